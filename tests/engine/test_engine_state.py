"""Guards that a notebook finds every setting as in a stock kernel, also when everything is warm."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from both_engines import notebook, run, texts

from helpers import engine
from helpers.engine import host

SOURCE = (Path(__file__).parent / "state.py").read_text(encoding="utf-8")

MAY_DIFFER = {
    r"environ\.PYDEVD_.*": "the stock kernel loads a debugger, to which nobody can attach in a batch",
    r"builtins\.names": "its debugger adds two",
    r"sys\.breakpointhook": "of its debugger, which does nothing either",
    r"sys\.(orig_)?argv": "names a file with the ports of the stock kernel's sockets; we have none",
    r"shell\.config\.IPKernelApp": "the same file",
    r"threads\.names": "the stock kernel's sockets have a thread each",
    r"gc\.frozen": "what notebooks share is not collected",
    r"matplotlib\.units": "matplotlib's own converters, which pyplot's import adds",
    r"matplotlib\.fonts": "the font of the charts, which a report's first import adds",
    r"warnings\.filters": "for warnings of ruamel.yaml's own; see below",
    r"various\.hooks at exit": "hooks of modules that are warm",
}


@pytest.fixture
def all_warm() -> Iterator[None]:
    """As for a nation."""
    engine.warm((*engine.DEFAULT_MODULES, "helpers.warming"))
    yield
    host._modules = engine.DEFAULT_MODULES


@pytest.mark.usefixtures("all_warm")
def test_every_setting_is_as_in_a_stock_kernel() -> None:
    ours, stock = (json.loads(texts(run(notebook(SOURCE), engine))[0]) for engine in ("forked", None))
    differ = {name for name in {*ours, *stock} if ours.get(name) != stock.get(name)}
    unexplained = {name for name in differ if not any(re.fullmatch(known, name) for known in MAY_DIFFER)}
    assert {name: (ours.get(name), stock.get(name)) for name in unexplained} == {}
    assert len(stock) > 700


@pytest.mark.usefixtures("all_warm")
def test_warnings_are_filtered_as_in_a_stock_kernel_that_has_imported_the_same() -> None:
    look = "import warnings, pandas, ruamel.yaml\nprint(*sorted(map(str, warnings.filters)), sep='\\n')"
    ours, stock = (texts(run(notebook(look), engine)) for engine in ("forked", None))
    assert ours == stock


def test_the_comparison_sees_a_changed_setting() -> None:
    spoil = "import pandas, os, signal\npandas.options.display.max_rows = 7; os.umask(0); signal.signal(14, print)\n"
    clean, spoilt = (json.loads(texts(run(notebook(source)))[0]) for source in (SOURCE, spoil + SOURCE))
    assert {name for name in clean if clean[name] != spoilt[name]} >= {
        "pandas.display.max_rows",
        "process.umask",
        "signal.14",
    }

"""Whatever a document holds, reading it gives a report or one line that names it, and a folder made of it is sound.

See `test_fuzz_folders` for how many cases are run and how one is repeated.
"""

from __future__ import annotations

import resource
import traceback
from pathlib import Path
from random import Random

import pytest

from fuzz.documents import originals, spoilt_document
from fuzz.guarding import PATIENCE, SEED, SHARDS, shard
from helpers.errors import DocumentError, ParameterError
from helpers.integrity import check
from helpers.limits import Limits, limit_memory
from helpers.loading import import_whole, whole_report
from helpers.readers import read_document
from helpers.visible import visible
from helpers.workers import apart

LIMITS = Limits(seconds=60, memory=1024)
"""Seconds of work: on a loaded machine a case may wait as much longer as PATIENCE says."""

COUNTY = "371524-donge"


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sound documents are read, and what they need is loaded once for all the processes that are forked."""
    folder = tmp_path_factory.mktemp("originals")
    for name, data in originals():
        (folder / name).write_bytes(data)
        assert read_document(folder / name, year=2024).cells


def read_and_imported(path: Path, params: Path) -> str:
    """Read the document, write it into a county's folder and judge that; gives the report as JSON."""
    limit_memory(LIMITS.memory)
    resource.setrlimit(resource.RLIMIT_CPU, (int(LIMITS.seconds), int(LIMITS.seconds)))
    report = read_document(path, "东阿县人民政府", 2024)
    text = report.as_json()
    text.encode()
    try:
        import_whole(report, params / COUNTY)
    except ParameterError:  # on a form that its year does not use
        return text
    check(whole_report(COUNTY, report.year, params))
    return text


@pytest.mark.parametrize("number", range(SHARDS))
def test_a_spoilt_document_is_read_or_refused_in_one_line(number: int, tmp_path: Path) -> None:
    for case in shard(number):
        random = Random(f"{SEED}/{case}/document")
        name, data = spoilt_document(random)
        path = tmp_path / f"{case}-{name}"
        path.write_bytes(data)
        ended = apart(read_and_imported, (path, tmp_path / f"params-{case}"), PATIENCE * LIMITS.seconds)
        if ended.value is None:
            problem = ended.error
            told = f"case {case} of seed {SEED}, {path}: {''.join(traceback.format_exception(problem))}"
            assert isinstance(problem, DocumentError), told
            message = str(problem)
            assert visible(message) == message, told
            assert len(message) < 2000, told
            assert name in str(problem.where), told
            assert problem.remedy, told
        path.unlink()

"""Whatever a document holds, each command that reads one gives what it gives, or one line that names the document.

Reading, importing into a county's folder, the audit's page and the comparison are done in a process each case, with
limits of time and memory far below those of the commands. See `test_fuzz_folders` for how many cases are run and how
one is repeated.
"""

from __future__ import annotations

import resource
import sys
import traceback
from functools import cache
from pathlib import Path
from random import Random

import pytest

import helpers
from fuzz.documents import originals, spoilt_document
from fuzz.guarding import PATIENCE, SEED, SHARDS, shard
from helpers.audit.outcome import Outcome
from helpers.audit.page import page as audited
from helpers.audit.run import fair
from helpers.diff import compare
from helpers.diff.page import page as compared
from helpers.errors import DocumentError, ParameterError
from helpers.integrity import check
from helpers.limits import Limits, limit_memory
from helpers.loading import import_whole, whole_report
from helpers.readers import read_document
from helpers.readers.pages import pdf
from helpers.report import AnnualReport
from helpers.visible import visible
from helpers.workers import Ended, apart
from strategies import flawless_report

LIMITS = Limits(seconds=30, memory=1024)
"""Half of what the commands allow. Seconds of work: on a loaded machine a case may wait PATIENCE times as long."""

COUNTY = "371524-donge"
HOUSE = str(Path(helpers.__file__).parent)
SLIPS = (
    LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, UnboundLocalError, RecursionError,
)  # fmt: skip
"""What no room of ours raises on purpose; where one of them is taken for damage, a defect hides behind it."""


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sound documents are read, and what they need is loaded once for all the processes that are forked."""
    folder = tmp_path_factory.mktemp("originals")
    for number, (name, data) in enumerate(originals()):
        (folder / name).write_bytes(data)
        assert through_every_command(folder / name, folder / f"{number}")


@cache
def sound() -> AnnualReport:
    return flawless_report(2024)


def limited(path: Path, params: Path) -> str:
    limit_memory(LIMITS.memory)
    resource.setrlimit(resource.RLIMIT_CPU, (int(LIMITS.seconds), int(LIMITS.seconds)))
    try:
        return through_every_command(path, params)
    except DocumentError as problem:
        if slip := slip_of_ours(problem):
            raise AssertionError(f"{path.name} was refused for a defect of ours") from slip
        raise


def through_every_command(path: Path, params: Path) -> str:
    """Read the document, show what is in it in every way, write it into a county's folder and judge that."""
    report = read_document(path, "东阿县人民政府", 2024)
    text = report.as_json()
    pages = [audited(Outcome.of(path.name, fair(check(report, own=False)), None, None), report)]
    pages += [compared(compare(*sides)) for sides in ((report, sound()), (sound(), report))]
    for shown in (text, *pages):
        shown.encode()
    assert not any("<script" in page for page in pages)
    try:
        import_whole(report, params / COUNTY, path)
    except ParameterError:  # on a form that its year does not use
        return text
    check(whole_report(COUNTY, report.year, params))
    return text


def slip_of_ours(problem: BaseException) -> BaseException | None:
    """What `problem` was raised for, where that happened in our own code and not in a library's."""
    cause = problem.__cause__ or problem.__context__
    if not isinstance(cause, SLIPS) or "exchange.py" in str(traceback.extract_tb(cause.__traceback__)):
        return None  # of the exchange format, a value that is not there is an answer
    where = traceback.extract_tb(cause.__traceback__)[-1].filename
    return cause if where.startswith(HOUSE) else None


def wrong_with(ended: Ended[str], path: Path) -> str | None:
    """Why the case is none that a user can do something with."""
    if ended.value is not None:
        return None
    problem = ended.error
    if not isinstance(problem, DocumentError):
        return "".join(traceback.format_exception(problem))
    message = str(problem)
    sound = visible(message) == message and len(message) < 2000 and path.name in str(problem.where) and problem.remedy
    return None if sound else f"no good message: {message!r}"


@pytest.mark.parametrize("number", range(SHARDS))
def test_a_spoilt_document_is_read_or_refused_in_one_line(number: int, tmp_path: Path) -> None:
    failed = []
    for case in shard(number):
        name, data = spoilt_document(Random(f"{SEED}/{case}/document"))
        path = tmp_path / f"{case}-{name}"
        path.write_bytes(data)
        ended = apart(limited, (path, tmp_path / f"params-{case}"), PATIENCE * LIMITS.seconds)
        if why := wrong_with(ended, path):
            failed.append(f"case {case} of seed {SEED}, {path}: {why}")
            print(failed[-1], file=sys.stderr, flush=True)
        else:
            path.unlink()
    assert not failed, "\n".join(failed)


def test_a_defect_of_ours_is_told_from_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    whole = dict(originals())["ruled.pdf"]
    path.write_bytes(whole[: len(whole) // 2])
    assert isinstance(apart(limited, (path, tmp_path), 60).error, DocumentError)
    path.write_bytes(whole)
    monkeypatch.setattr(pdf, "_borders", lambda values: None)
    assert "a defect of ours" in str(apart(limited, (path, tmp_path), 60).error)

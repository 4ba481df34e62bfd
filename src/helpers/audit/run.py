"""The audit itself: read every file, find each report's year before, try every rule; two passes in parallel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.audit.files import page_names, shown
from helpers.audit.outcome import Outcome
from helpers.audit.pairing import Card, agree, pair
from helpers.audit.spool import Spool
from helpers.errors import DocumentError, ParameterError
from helpers.integrity import Checks, check
from helpers.limits import DOCUMENT, Limits, limit_memory
from helpers.readers import read_document
from helpers.readers.limited import refusal
from helpers.report import AnnualReport
from helpers.workers import Ended, workers

Progress = Callable[[str, str | None], None]


@dataclass(frozen=True)
class Options:
    """How to audit: the report on the year before where it is given, where pages go, processes, limits for a file."""

    previous: Path | None = None
    html: Path | None = None
    jobs: int = 1
    limits: Limits = DOCUMENT


@dataclass(frozen=True)
class Case:
    """A report to check, and its year before, each with its file's name and as JSON; `page` is where to show
    it, `memory` how many MiB that may take."""

    file: str
    content: bytes
    before: tuple[str, bytes] | None
    page: Path | None
    memory: int


def audit(
    files: Sequence[Path], options: Options, progress: Progress = lambda file, problem: None
) -> Iterator[Outcome]:
    """What there is to say of each of `files`, in their order.

    Every file is read before the first is judged, because any may be another's year before. `progress` is told each
    file as its reading ends, with the problem if it cannot be read. A file that cannot be read, or that hangs or
    crashes its reader, costs itself alone. Raises ParameterError or DocumentError where `options.previous` is no
    report on the year before.
    """
    sources = [*files, options.previous] if options.previous else list(files)
    limits = options.limits
    with workers(min(options.jobs, len(sources))) as pool, Spool() as spool:
        cards: dict[int, Card] = {}
        problems: dict[int, str] = {}
        for ended in pool.each(_read, ((limits.memory, file) for file in sources), limits.seconds):
            number, file = ended.index, sources[ended.index]
            if ended.value is None:
                problems[number] = _said(file, ended.error, limits)
            else:
                body, year, content = ended.value
                cards[number] = Card(number, file, body, year)
                spool.put(number, content)
            progress(shown(file), problems.get(number))
        before = _given(sources, cards, problems) if options.previous else _found(cards, spool)
        readable = sorted(number for number in cards if number < len(files))
        cases = ((case,) for case in _cases(sources, readable, before, spool, options))
        checked = pool.each(_check, cases, limits.seconds)
        yield from _in_order(files, readable, problems, checked, limits)


def fair(checks: Checks) -> Checks:
    """What rests on a cell that we could not read may be our fault: a warning that says so, never an error."""
    doubtful = {doubt.address for doubt in checks.report.uncertain}
    findings = tuple(
        replace(
            finding,
            level="warning",
            message=f"{finding.message}（涉及未能确定的格，请对照原件。）",
            message_en=f"{finding.message_en}; rests on a cell that was not read with certainty",
        )
        if doubtful & set(finding.addresses)
        else finding
        for finding in checks.findings
    )
    return replace(checks, findings=findings)


def _read(memory: int, file: Path) -> tuple[str, int, bytes]:
    limit_memory(memory)
    report = read_document(file)
    return report.body.name, report.year, json.dumps(report.as_dict()).encode()


def _found(cards: Mapping[int, Card], spool: Spool) -> Mapping[int, int]:
    def same(one: int, other: int) -> bool:
        return agree(_report(spool.get(one)), _report(spool.get(other)))

    return pair(cards.values(), same)


def _given(sources: Sequence[Path], cards: Mapping[int, Card], problems: Mapping[int, str]) -> Mapping[int, int]:
    last = len(sources) - 1
    if last in problems:
        raise DocumentError(sources[last], "the report on the year before", "none that can be read", problems[last])
    own = [number for number in cards if number != last]
    for number in own:
        if cards[number].year - 1 != cards[last].year:
            raise ParameterError(
                sources[last], f"a report on {cards[number].year - 1}", f"one on {cards[last].year}",
                "Name the report on the year before.",
            )  # fmt: skip
    return dict.fromkeys(own, last)


def _cases(
    sources: Sequence[Path], numbers: Sequence[int], before: Mapping[int, int], spool: Spool, options: Options
) -> Iterator[Case]:
    pages = page_names(sources) if options.html else {}
    for number in numbers:
        last = before.get(number)
        previous = (shown(sources[last]), spool.get(last)) if last is not None else None
        page = options.html / pages[sources[number]] if options.html else None
        yield Case(shown(sources[number]), spool.get(number), previous, page, options.limits.memory)


def _check(case: Case) -> Outcome:
    limit_memory(case.memory)
    report = _report(case.content)
    if case.before:
        report = replace(report, previous=_report(case.before[1]))
    checks = fair(check(report, own=False))
    outcome = Outcome.of(case.file, checks, case.before[0] if case.before else None, case.page)
    if case.page:
        # Imported here: an audit without pages needs no fonts and no templates.
        from helpers.audit.page import write_page

        write_page(case.page, outcome, report)
    return outcome


def _report(content: bytes) -> AnnualReport:
    return AnnualReport.from_dict(json.loads(content))


def _said(file: Path, problem: Exception | None, limits: Limits) -> str:
    """What became of a file in one line that begins with its name."""
    return str(refusal(shown(file), problem, limits))


def _in_order(
    files: Sequence[Path],
    numbers: Sequence[int],
    problems: Mapping[int, str],
    checked: Iterator[Ended[Outcome]],
    limits: Limits,
) -> Iterator[Outcome]:
    """The outcomes as `files` are ordered, each as soon as those before it are there."""
    waiting: dict[int, Outcome] = {n: Outcome(shown(files[n]), text) for n, text in problems.items() if n < len(files)}
    upcoming = 0
    for ended in checked:
        number = numbers[ended.index]
        waiting[number] = ended.value or Outcome(shown(files[number]), _said(files[number], ended.error, limits))
        while upcoming in waiting:
            yield waiting.pop(upcoming)
            upcoming += 1
    for number in sorted(waiting):
        yield waiting[number]

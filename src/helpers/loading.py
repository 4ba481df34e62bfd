"""A county-year, ready to be shown: its folder read, and its prose written where the figures hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers import folder
from helpers.errors import DocumentError, FolderError, InputError, NarrativeError
from helpers.folder.imported import as_held, import_year, literal_line, narrative
from helpers.integrity import check
from helpers.narrative import compose
from helpers.report import AnnualReport, Draft

_SINGLY = 30
"""Lines that are mended one by one, each for reading the whole prose again; a site's page has a few."""


def whole_report(county: str, year: int, params: Path | str | None = None) -> AnnualReport:
    """The report with its text, as it is to be judged; see `helpers.folder.read_report` for where it is looked for.

    Prose about figures that break a law would only hide the finding behind another error (a blank cell cannot be
    written about), so such a report comes without text; its check cell stops it anyway. What was acknowledged is not
    asked yet: it may be a warning on the prose.
    """
    report = folder.read_report(county, year, params)
    if check(replace(report, acknowledged=())).errors:
        return report
    previous = report.previous and _with_own_text(report.previous)
    return compose(replace(report, previous=previous))


def import_whole(report: AnnualReport, county_dir: Path, document: Path | str) -> Path:
    """Write a report that was read as a year which `whole_report` takes; see `import_year` for what is refused.

    A line of its prose that narrative.md may not have (a picture, a heading twice) stands there as its mere letters.
    Raises DocumentError, which names the `document` it was read from, where that does not help.
    """
    report = as_held(report)
    lines = narrative(report).split("\n")
    free = [number for number, line in enumerate(lines) if not line.startswith("# ")]
    mended = 0
    while True:
        try:
            compose(replace(report, draft=Draft(Path("narrative.md"), "\n".join(lines))))
        except NarrativeError as problem:
            line = (problem.where.line or 0) - 1
            if not free:
                raise _not_held(document, problem) from None
            # Where the line is not to be found, or there is one more and one more, none of them is markup.
            alone = line in free and mended < _SINGLY
            for number in [line] if alone else free:
                lines[number] = literal_line(lines[number])
            free = [number for number in free if number != line] if alone else []
            mended += 1
        else:
            break
    try:
        return import_year(report, county_dir, "\n".join(lines))
    except FolderError as problem:
        raise _not_held(document, problem) from None


def _not_held(document: Path | str, problem: InputError) -> DocumentError:
    expected = f"a report that a county's folder can hold, in {Path(problem.where.file).name} {problem.expected}"
    return DocumentError(document, expected, problem.found, "Name the report alone, or begin with `gongkai new`.")


def _with_own_text(report: AnnualReport) -> AnnualReport:
    """Last year's report with the sections its county wrote itself, for the rule that looks for copied text.

    Defaults repeat by design and are left out. Prose that cannot be written now (it may compare with a year before,
    which is not at hand) is left out too: its own build says what is wrong with it.
    """
    if report.draft is None:
        return report
    try:
        written = compose(report)
    except NarrativeError:
        return report
    defaults = {name.partition(".")[0] for name in written.by_default}
    return replace(written, text={name: text for name, text in written.text.items() if name not in defaults})

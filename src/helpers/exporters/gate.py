"""The gate before every export: what readers will see is one report, whole, in order, and the one asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode

from helpers.errors import BuildError
from helpers.exporters.pieces import ReportPiece, pieces
from helpers.exporters.positions import position
from helpers.exporters.running import never_run, parameters, unfinished
from helpers.exporters.visibility import unknown_tags
from helpers.stamp import intact

FEW = 5
"""Lines of a message on the same kind of fault."""


class Whole(NamedTuple):
    """A report that has passed: what `stop_if_wrong` handed on, and the pieces that readers see, in order."""

    record: Mapping[str, Any]
    seen: Sequence[ReportPiece]

    @property
    def title(self) -> Mapping[str, Any]:
        """What the title says of the document: `body`, `title`, `date`."""
        return next(piece.about for piece in self.seen if piece.name == "title")

    @property
    def charts(self) -> dict[str, str]:
        """The charts shown, as SVG by id."""
        return {piece.about["id"]: piece.data["image/svg+xml"] for piece in self.seen if piece.about["kind"] == "chart"}


def require_whole(notebook: NotebookNode, name: str, target: tuple[str, int] | None = None) -> Whole:
    """The report that an executed notebook shows; BuildError with everything that is wrong with it.

    `target` is the county folder and year asked for; without it the notebook's own parameters say that.
    """
    if never_run(notebook):
        raise BuildError(
            f"{name} holds no report: it has not been executed. Run it first, "
            "e.g. papermill notebooks/annual_report.ipynb out.ipynb -f params/COUNTY/YEAR/params.yml."
        )
    found = list(pieces(notebook))
    records = [piece for piece in found if piece.name == "record"]
    seen = [piece for piece in found if piece.name != "record" and not (piece.hidden and piece.hidden.removed)]
    altered = [piece for piece in (*records, *seen) if not intact(piece.data, piece.about)]
    checks = [unfinished(notebook), _tags(notebook), _altered(altered), _not_one(records)]
    if records and records[0] not in altered:
        own = [piece for piece in seen if piece not in altered]
        record = records[0].about
        asked = dict(zip(("county", "year"), target, strict=True)) if target else parameters(notebook)
        checks += [_not_asked_for(record, asked), _of_another(record, own)]
        checks += [_unseen(record, found), _doubled(seen), _disordered(record, seen)]
    if wrong := [line for check in checks for line in _few(check)]:
        raise BuildError("\n".join([f"{name} does not show this report, whole and alone: {wrong[0]}", *wrong[1:]]))
    return Whole(records[0].about, seen)


def require_valid(notebook: NotebookNode, name: str) -> None:
    """Raise BuildError for what is no notebook by the format's own schema."""
    try:
        nbformat.validate(notebook, relax_add_props=True)
    except Exception as problem:  # what is too strange for it, the validator itself stumbles over
        said = str(problem).partition("\n")[0]
        raise BuildError(f"{name} is not a valid notebook: {said}. Mend or save it in JupyterLab.") from None


def require_in(body: str, seen: Iterable[ReportPiece], rendered: Callable[[ReportPiece], str]) -> None:
    """Raise BuildError unless every piece stands in the exported `body`, in order, as `rendered` has it there.

    A template that passes over a kind of output must not be able to drop a table from a published report.
    """
    place = 0
    for piece in seen:
        text = rendered(piece).strip()
        place = body.find(text, place)
        if place < 0:
            raise BuildError(f"The exporter lost {piece}. Is it configured to exclude outputs?")
        place += len(text)


def _few(lines: Iterable[str]) -> list[str]:
    """What one mistake has done everywhere need not be read everywhere."""
    first, more = list(islice(said := iter(lines), FEW)), sum(1 for _ in said)
    return [*first, f"{more} more of the same kind."] if more else first


def _by_cell(found: Iterable[ReportPiece]) -> Iterator[str]:
    """The pieces of a cell together: `chart flow, chart outcomes in cell 14 (…)`."""
    cells = defaultdict(list)
    for piece in found:
        cells[piece.cell].append(piece.name)
    return (f"{', '.join(names)} in {cell}" for cell, names in cells.items())


def _tags(notebook: NotebookNode) -> Iterator[str]:
    for number, cell in enumerate(notebook.cells):
        for tag in unknown_tags(cell):
            yield f"{position(number, cell)} has the unknown tag `{tag}`. Write e.g. `remove-cell` or `hide-output`."


def _altered(found: Iterable[ReportPiece]) -> Iterator[str]:
    for places in _by_cell(found):
        yield f"Not as this version of gongkai makes it: {places}. Run the notebook again."


def _not_one(records: Sequence[ReportPiece]) -> Iterator[str]:
    if not records:
        yield "No cell shows `stop_if_wrong(report)`. An unchecked report is not published."
    if any(record.about != records[0].about for record in records):
        cells = ", ".join(str(record.cell) for record in records)
        yield f"{cells} do not promise the same. Use `stop_if_wrong` once, for the report that is shown."


def _of_another(record: Mapping[str, Any], seen: Iterable[ReportPiece]) -> Iterator[str]:
    own = _whose(record)
    strange = defaultdict(list)
    for piece in seen:
        if piece.about.get("report") != record["report"]:
            of = _whose(piece.about)
            strange[of if of != own else "other data than were checked"].append(piece)
    for of, found in strange.items():
        for places in _by_cell(found):
            yield (
                f"Of {of}, not of {own}: {places}. Show the report that was checked alone; "
                "to compare with another, show `other.frame(table)`."
            )


def _whose(about: Mapping[str, Any]) -> str:
    of = about.get("report", {})
    return f"{of.get('body')} {of.get('year')}"


def _unseen(record: Mapping[str, Any], found: Iterable[ReportPiece]) -> Iterator[str]:
    """Pieces that are promised and that nobody sees at once: hidden ones by what hides them, the rest in one line."""
    places = defaultdict(list)
    for piece in found:
        places[piece.name].append(piece)
    hidden = defaultdict(list)
    for name in record["shows"]:
        if name in places and all(piece.hidden for piece in places[name]):
            first = places[name][0]
            hidden[first.hidden and first.hidden.by].append(first)
    for by, these in hidden.items():
        for cell in _by_cell(these):
            yield f"Hidden by {by}: {cell}. Take it away: the whole report must be seen."
    if missing := [name for name in record["shows"] if name not in places]:
        yield f"It lacks {', '.join(missing)}. Show each; choose charts with `stop_if_wrong(report, charts=…)`."


def _doubled(seen: Iterable[ReportPiece]) -> Iterator[str]:
    places = defaultdict(list)
    for piece in seen:
        places[piece.name].append(str(piece.cell))
    for name, cells in places.items():
        if len(cells) > 1:
            yield f"{name} is shown {len(cells)} times: {', '.join(cells)}. Show it once."


def _disordered(record: Mapping[str, Any], seen: Sequence[ReportPiece]) -> Iterator[str]:
    """Sections out of the form's order, and tables and charts that do not stand in their own section."""
    ranks: dict[str, tuple[int, int]] = {}
    for name in record["shows"]:
        below = name.startswith(("table ", "chart "))
        ranks[name] = (len(ranks) if not below else max(ranks.values())[0], int(below))
    placed: dict[str, tuple[tuple[int, int], ReportPiece]] = {}
    for piece in seen:
        home = ranks.get(f"section {piece.about.get('section')}")  # of a chart that need not be shown
        if rank := ranks.get(piece.name) or (home and (home[0], 1)):
            placed.setdefault(piece.name, (rank, piece))
    for (before, one), (after, two) in pairwise(placed.values()):
        if after < before:
            yield f"{two} stands after {one.name}. Put it where the form has it."


def _not_asked_for(record: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[str]:
    """The report is that of another county or year, or is no county-year as it was loaded."""
    if not {"county", "year"} & set(asked):
        return
    loaded = record["loaded"]
    if loaded is None:
        yield (
            "The report is not as `load(county, year)` read it: it was changed afterwards or made in another way. "
            "Change the county's files instead."
        )
        return
    if any(asked.get(key, loaded[key]) != loaded[key] for key in ("county", "year")):
        yield (
            f"It is asked for {asked.get('county')}, {asked.get('year')} and shows {loaded['county']}, "
            f"{loaded['year']}: a cell loads another report. Load the one that the parameters name."
        )

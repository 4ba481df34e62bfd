"""A comparison as an HTML page: self-contained, without script, in the frame and style of a published report."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment

from helpers.diff import Diff
from helpers.diff.cells import WORDS, CellChange
from helpers.diff.words import change, rate, share, title
from helpers.digits import digits
from helpers.exporters.standalone import environment, whole


def page(diff: Diff, everything: bool = False) -> str:
    """The page: what differs, or with `everything` also what is the same."""
    entries = [entry for entry in diff.cells if entry.differs or everything]
    tables = {**diff.new.form.tables, **diff.old.form.tables}
    shared = [entry for entry in entries if "absent" not in entry.states]
    cells = {
        (name, tables[name].title): [entry for entry in shared if entry.address.startswith(f"{name}.")]
        for name in tables
    }
    alone = {
        "old": [entry for entry in entries if entry.states[1] == "absent"],
        "new": [entry for entry in entries if entry.states[0] == "absent"],
    }
    notes = [note for note in diff.notes if note.differs or everything]
    prose = [section for section in diff.prose if section.differs or everything]
    heads = [(f"cells-{name}", heading) for (name, heading), there in cells.items() if there]
    heads += [("alone", "只有一方有的项目")] * any(alone.values()) + [("notes", "表格的注")] * bool(notes)
    heads += [(f"text-{section.id}", section.heading) for section in prose]
    body = _templates().get_template("diff.html.j2").render(
        diff=diff, cells=cells, alone=alone, notes=notes, prose=prose, everything=everything,
        old=title(diff.old), new=title(diff.new), value=_value, change=change, rate=rate, share=share,
    )  # fmt: skip
    return whole(_templates(), body, f"{title(diff.old)}与{title(diff.new)}报告对比", diff.new.body.name, heads)


def _value(entry: CellChange, place: int) -> str:
    value = (entry.old, entry.new)[place]
    return digits(value) if value is not None else WORDS[entry.states[place]][0]


@cache
def _templates() -> Environment:
    return environment(Path(__file__).parent / "templates")

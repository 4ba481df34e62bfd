"""A comparison on the terminal: tables of what differs, and the prose with what went [-out-] and came {+in+}."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpers.diff import Diff
from helpers.diff.cells import CellChange
from helpers.diff.sentences import SectionChange, Stretch
from helpers.diff.words import change, rate, share, title
from helpers.digits import digits
from helpers.visible import visible

# Of what is the same, as much as shows where one is.
_CONTEXT = 24

_STYLES = {"removed": ("[-", "-]", "red strike"), "inserted": ("{+", "+}", "green"), "same": ("", "", "")}


def show(diff: Diff, console: Console, everything: bool = False) -> None:
    """Print what differs; with `everything` also what is the same."""
    console.print(_text(f"old: {title(diff.old)}, form {diff.old.form.id}"))
    console.print(_text(f"new: {title(diff.new)}, form {diff.new.form.id}"))
    if not diff.differs:
        console.print("no difference")
        if not everything:
            return
    cells = [entry for entry in diff.cells if entry.differs or everything]
    both = [entry for entry in cells if "absent" not in entry.states]
    if both:
        console.print(_changes(both))
    for place, side in enumerate(("new", "old")):
        alone = [entry for entry in cells if entry.states[place] == "absent"]
        if alone:
            console.print(_alone(alone, side))
    for note in diff.notes:
        if note.differs or everything:
            pieces = (Stretch("removed", note.old or ""), Stretch("inserted", note.new or ""))
            shown = pieces if note.differs else (Stretch("same", note.new or ""),)
            console.print(_text(f"note {note.name}: ").append_text(_marked([p for p in shown if p.text])))
    for section in diff.prose:
        if section.differs or everything:
            _prose(section, console, everything)


def _changes(entries: list[CellChange]) -> Table:
    count = sum(entry.differs for entry in entries)
    table = Table("row", "column", title=f"{count} cells differ", title_justify="left")
    for name in ("old", "new", "change", "rate"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("remark")
    for entry in entries:
        table.add_row(
            _row(entry), _text(entry.names.column), _value(entry, 0), _value(entry, 1),
            change(entry), rate(entry), entry.says[1],
        )  # fmt: skip
    return table


def _alone(entries: list[CellChange], side: str) -> Table:
    table = Table("address", "row", "column", title=f"{len(entries)} cells only in {side}", title_justify="left")
    table.add_column(side, justify="right", no_wrap=True)
    for entry in entries:
        table.add_row(entry.address, _row(entry), _text(entry.names.column), _value(entry, int(side == "new")))
    return table


def _row(entry: CellChange) -> Text:
    """Without the outermost label where there are others: it heads half the table."""
    return _text("－".join(entry.names.rows[1:] or entry.names.rows))


def _value(entry: CellChange, place: int) -> str:
    value = (entry.old, entry.new)[place]
    return digits(value) if value is not None else f"({entry.states[place]})"


def _prose(section: SectionChange, console: Console, everything: bool) -> None:
    heading = _text(section.heading, "bold")
    if section.old is None or section.new is None:
        heading.append(f" (only in {'new' if section.old is None else 'old'})", "not bold")
    elif section.repeated is not None:
        heading.append(f" ({share(section.repeated)} of the new text repeats the old)", "not bold")
    console.print()
    console.print(heading)
    for line in section.lines:
        if everything or any(piece.kind != "same" for piece in line):
            console.print(_marked(line if everything else list(_shortened(line))))


def _shortened(line: tuple[Stretch, ...]) -> Iterator[Stretch]:
    """The same text far from any change left out."""
    for number, (kind, text) in enumerate(line):
        first, last = number == 0, number == len(line) - 1
        if kind != "same" or len(text) <= 2 * _CONTEXT:
            yield Stretch(kind, text)
        else:
            begin = "" if first else text[:_CONTEXT]
            end = "" if last else text[-_CONTEXT:]
            yield Stretch("same", f"{begin}…{end}")


def _marked(pieces: list[Stretch] | tuple[Stretch, ...]) -> Text:
    line = Text()
    for kind, text in pieces:
        before, after, style = _STYLES[kind]
        line.append(f"{before}{visible(text)}{after}", style)
    return line


def _text(text: str, style: str = "") -> Text:
    return Text(visible(text), style)

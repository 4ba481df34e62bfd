"""A form, resolved: every cell with its address, labels, kind and place in the printed grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from helpers.forms.headings import Collector, Heading, by_address
from helpers.forms.spec import LAST_YEAR, Block, Column, FormSpec, Kind, Law, Node, Row, SectionSpec, TableSpec


@dataclass(frozen=True)
class Cell:
    """One figure of the form.

    `address` is `table.row[.subrow].column`; `row` is the address without its last part, `column` that part.
    `row_labels` and `column_labels` run from the outermost heading to the innermost, verbatim.
    """

    address: str
    row: str
    column: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    en: str
    kind: Kind
    unit: str
    print_unit: bool
    article: str
    definition: str
    from_level: str | None

    @property
    def row_label(self) -> str:
        """The innermost label of the row, as a data file shows it."""
        return self.row_labels[-1]

    @property
    def column_label(self) -> str:
        """The innermost label of the column."""
        return self.column_labels[-1]

    @property
    def name(self) -> str:
        """Row and column in Chinese, as a finding names them."""
        return f"{'－'.join(self.row_labels)}·{self.column_label}"


@dataclass(frozen=True)
class Slot:
    """One rectangle of the printed grid: a heading, or the place of the cell at `address`."""

    role: Literal["banner", "corner", "column", "row", "cell"]
    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    address: str | None = None


@dataclass(frozen=True)
class Band:
    """One block of the grid: its header lines and its body lines, each a tuple of slots."""

    head: tuple[tuple[Slot, ...], ...]
    body: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True)
class Table:
    """A statutory table: its cells and headings in printed order and the grid they are printed in."""

    id: str
    title: str
    en: str
    stub: int
    width: int
    widths: tuple[int, ...]
    cells: tuple[Cell, ...]
    bands: tuple[Band, ...]
    headings: tuple[Heading, ...]

    @cached_property
    def rows(self) -> Mapping[str, tuple[Cell, ...]]:
        """The cells by row address, in printed order."""
        rows: dict[str, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return MappingProxyType({row: tuple(cells) for row, cells in rows.items()})

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Column id → Chinese label, in order of first appearance."""
        columns: dict[str, str] = {}
        for cell in self.cells:
            columns.setdefault(cell.column, cell.column_label)
        return MappingProxyType(columns)


@dataclass(frozen=True, eq=False)
class Form:
    """A statutory form: sections, tables, cells and laws. A form is itself alone, so that it can key a cache."""

    spec: FormSpec
    tables: Mapping[str, Table]

    @property
    def id(self) -> str:
        """The form's name, the first year it applied to."""
        return self.spec.form

    @property
    def title(self) -> str:
        """What the report is called."""
        return self.spec.title

    @property
    def sections(self) -> tuple[SectionSpec, ...]:
        """The sections in order."""
        return tuple(self.spec.sections)

    @cached_property
    def headings(self) -> Mapping[str, Heading]:
        """Every heading that has an address: rows, groups of rows, and columns (`requests.*.total`)."""
        return by_address(heading for table in self.tables.values() for heading in table.headings)

    def label(self, address: str) -> str:
        """What the form calls a row, group or column, in short; the address itself where it has none such."""
        heading = self.headings.get(address)
        return heading.short if heading else address

    @property
    def prose_sections(self) -> tuple[SectionSpec, ...]:
        """The sections that hold prose rather than a table."""
        return tuple(section for section in self.spec.sections if section.id not in self.tables)

    @property
    def laws(self) -> tuple[Law, ...]:
        """The identities the figures obey."""
        return tuple(self.spec.laws)

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """Every cell by address, in printed order."""
        return MappingProxyType({cell.address: cell for table in self.tables.values() for cell in table.cells})

    def group(self, address: str) -> tuple[str, ...]:
        """The cells whose sum a group's address is, e.g. `requests.denied.total`; empty where there is none."""
        return self.groups.get(address, ())

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Every group of rows in every column below which there are cells → the addresses of those cells."""
        groups: dict[str, list[str]] = {}
        for heading in self.headings.values():
            for address in heading.cells if heading.role == "group" else ():
                groups.setdefault(f"{heading.address}.{self.cells[address].column}", []).append(address)
        return MappingProxyType({address: tuple(cells) for address, cells in groups.items()})

    def applies_to(self, year: int) -> bool:
        """Whether reports on `year` use this form."""
        return self.spec.years.first <= year <= self.spec.years.last


def resolve(spec: FormSpec) -> Form:
    """The form that a checked form file describes.

    Raises ValueError for two cells of one address, rows deeper than the stub, a law about something not on the form.
    """
    tables = {table.id: _table(table) for table in spec.tables}
    addresses = [cell.address for table in tables.values() for cell in table.cells]
    twice = {address for address in addresses if addresses.count(address) > 1}
    if twice:
        raise ValueError(f"two cells share the address {', '.join(sorted(twice))}")
    form = Form(spec, MappingProxyType(tables))
    for law in spec.laws:
        _check(law, form)
    return form


def _check(law: Law, form: Form) -> None:
    """A misspelt term would never be found by the rule itself: it would only ever be reported as not-run."""
    table = form.tables.get(law.table)
    if table is None:
        raise ValueError(f"law {law.id} speaks of table {law.table}, which is not on the form")
    rows = law.rows or [row.removeprefix(f"{law.table}.") for row in table.rows]
    for term in (text.lstrip("-") for text in (*law.left, *law.right) if LAST_YEAR not in text):
        for row, column in ((row, term) for row in rows) if law.each == "row" else ((term, c) for c in table.columns):
            start, end = f"{law.table}.{row}.", f".{column}"
            if not any(cell.startswith(start) and cell.endswith(end) for cell in form.cells):
                raise ValueError(f"law {law.id} speaks of {start}{column}, which is not on the form")


def _table(spec: TableSpec) -> Table:
    width = spec.stub + sum(leaf[-1].span for leaf in _leaves(spec.blocks[0].columns))
    cells: list[Cell] = []
    bands: list[Band] = []
    if spec.widths and len(spec.widths) != width:
        raise ValueError(f"table {spec.id} is {width} columns wide but gives {len(spec.widths)} widths")
    headings = Collector(spec.id)
    for number, block in enumerate(spec.blocks):
        columns = list(_leaves(block.columns))
        if spec.stub + sum(leaf[-1].span for leaf in columns) != width:
            raise ValueError(f"the blocks of table {spec.id} differ in width ({block.banner or block.article})")
        body = []
        for path, line in _lines(block.rows, spec.stub):
            line_cells = [_cell(spec.id, block, path, column) for column in columns]
            slots = [Slot("cell", "", c[-1].span, 1, cell.address) for c, cell in zip(columns, line_cells, strict=True)]
            body.append((*line, *slots))
            cells.extend(line_cells)
            for column, cell in zip(columns, line_cells, strict=True):
                headings.add(number, path, column, cell.address)
        bands.append(Band(_head(spec, block, width), tuple(body)))
    widths = tuple(spec.widths) or (1,) * width
    return Table(
        spec.id, spec.title, spec.en, spec.stub, width, widths, tuple(cells), tuple(bands), headings.headings()
    )  # fmt: skip  # one argument a line would be a screen of commas


def _leaves(columns: list[Column], path: tuple[Column, ...] = ()) -> Iterator[tuple[Column, ...]]:
    for column in columns:
        here = (*path, column)
        if column.columns:
            yield from _leaves(column.columns, here)
        else:
            yield here


def _head(spec: TableSpec, block: Block, width: int) -> tuple[tuple[Slot, ...], ...]:
    depth = max(len(path) for path in _leaves(block.columns))
    lines: list[list[Slot]] = [[] for _ in range(depth)]
    if spec.stub:
        lines[0].append(Slot("corner", block.corner or "", spec.stub, depth))

    def descend(columns: list[Column], level: int) -> None:
        for column in columns:
            span = sum(path[-1].span for path in _leaves([column]))
            lines[level].append(Slot("column", column.label, span, 1 if column.columns else depth - level))
            descend(column.columns, level + 1)

    descend(block.columns, 0)
    banner = [[Slot("banner", block.banner, width)]] if block.banner else []
    return tuple(tuple(line) for line in banner + lines)


def _lines(
    rows: list[Row], stub: int, path: tuple[Row, ...] = ()
) -> Iterator[tuple[tuple[Row, ...], tuple[Slot, ...]]]:
    """Every body line with the path of rows that leads to it and the headings that begin on it."""
    for row in rows:
        here = (*path, row)
        if not row.rows:
            if stub and len(path) >= stub:
                raise ValueError(f"row {row.id} stands {len(here)} headings deep, but the stub is {stub} wide")
            yield here, (Slot("row", row.label, stub - len(path)),) if stub else ()
            continue
        below = list(_lines(row.rows, stub, here))
        heading = Slot("row", row.label, 1, len(below))
        for number, (leaf, slots) in enumerate(below):
            yield leaf, (heading, *slots) if number == 0 else slots


def _cell(table: str, block: Block, rows: tuple[Row, ...], columns: tuple[Column, ...]) -> Cell:
    leaf = columns[-1]
    nodes: list[Node] = [node for node in (*rows, *columns) if node.id]
    parts = [table, *(str(node.id) for node in nodes)]
    # A table without row headings (form table 四) takes its rows from the headings above its columns.
    row_nodes: tuple[Node, ...] = rows if any(row.label for row in rows) else columns[:-1]
    if not row_nodes:
        raise ValueError(f"table {table} has a row without a label under columns without headings above them")
    column_nodes = columns if row_nodes is rows else columns[-1:]
    row_labels = tuple(node.label for node in row_nodes if node.label)
    definitions = [node.definition for node in (row_nodes[-1], leaf) if node.definition]
    return Cell(
        address=".".join(parts),
        row=".".join(parts[:-1]),
        column=parts[-1],
        row_labels=row_labels or (table,),
        column_labels=tuple(node.label for node in column_nodes),
        en=f"{row_nodes[-1].en}: {leaf.en}",
        kind=leaf.kind,
        unit=leaf.unit,
        print_unit=leaf.print_unit,
        article=block.article,
        definition="；".join(definitions),
        from_level=next((row.from_level for row in reversed(rows) if row.from_level), None),
    )

"""What stands above and beside the cells of a form: rows, groups of rows, columns, and the headings over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from helpers.chinese import split_numbering
from helpers.forms.spec import Column, Node, Row

Role = Literal["row", "group", "column", "columns"]


@dataclass(frozen=True)
class Heading:
    """A heading of a statutory table, as the form prints it and as others write it.

    `role` is row, group (of rows), column, or columns (a heading over several). `address` is a row's or group's
    (`requests.denied`), a column's is `requests.*.total`; None for a heading that takes no part in addresses
    (法人或其他组织). `label` is verbatim, `labels` are all ways to write it: the label, the short one, the variants.
    `above` are the headings over it on its own side of the table, outermost first; `cells` the addresses below it;
    `block` the run of rows under one header, by number.
    """

    role: Role
    address: str | None
    label: str
    short: str
    labels: tuple[str, ...]
    en: str
    above: tuple[Heading, ...]
    cells: tuple[str, ...]
    block: int

    @cached_property
    def number(self) -> int | None:
        """What the form numbers it: 3 for （三）不予公开."""
        return split_numbering(self.label)[0]

    @cached_property
    def name(self) -> str:
        """The short label without numbering: 不予公开."""
        return split_numbering(self.short)[1].strip()


@dataclass
class _Found:
    node: Node
    role: Role
    address: str | None
    above: tuple[object, ...]
    block: int
    cells: list[str] = field(default_factory=list)


class Collector:
    """The headings of one table, gathered while its cells are laid out."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._found: dict[object, _Found] = {}

    def add(self, number: int, rows: tuple[Row, ...], columns: tuple[Column, ...], address: str) -> None:
        """Note the cell at `address` below every heading on the two paths that lead to it."""
        prefix = self._table
        labelled = any(row.label for row in rows)
        for axis, path in (("rows", rows), ("columns", columns)):
            above: tuple[object, ...] = ()
            for node in path:
                leaf = node is columns[-1]
                prefix = f"{prefix}.{node.id}" if node.id and not leaf else prefix
                if not node.label:
                    continue
                own = f"{self._table}.*.{node.id}" if leaf else prefix if node.id else None
                key = (number, axis, above, node.label, own)
                role = _role(node, path, by_columns=axis == "columns", labelled=labelled)
                self._found.setdefault(key, _Found(node, role, own, above, number)).cells.append(address)
                above = (*above, key)

    def headings(self) -> tuple[Heading, ...]:
        """All of them, in printed order, a heading before those below it."""
        built: dict[object, Heading] = {}
        for key, found in self._found.items():
            node = found.node
            built[key] = Heading(
                role=found.role,
                address=found.address,
                label=node.label,
                short=node.short or node.label,
                labels=tuple(dict.fromkeys((node.label, *([node.short] if node.short else []), *node.variants))),
                en=node.en,
                above=tuple(built[key] for key in found.above),
                cells=tuple(found.cells),
                block=found.block,
            )
        return tuple(built.values())


def _role(node: Node, path: tuple[Node, ...], *, by_columns: bool, labelled: bool) -> Role:
    if node is path[-1]:
        return "column" if by_columns else "row"
    # A table without row labels (form table 四) takes its rows from the headings above its columns.
    if by_columns and labelled:
        return "columns"
    return "row" if by_columns and node is path[-2] else "group"


def by_address(headings: Iterable[Heading]) -> Mapping[str, Heading]:
    """The headings by address; a column that stands in several blocks is one, with the cells of all of them."""
    found: dict[str, Heading] = {}
    for heading in headings:
        if heading.address is None:
            continue
        same = found.get(heading.address)
        found[heading.address] = (
            heading
            if same is None
            else replace(
                same, labels=tuple(dict.fromkeys(same.labels + heading.labels)), cells=same.cells + heading.cells
            )
        )
    return MappingProxyType(found)

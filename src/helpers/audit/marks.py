"""Marks in a page: the cells and the passages of prose that findings speak of, each with a link to its findings.

Everything works on parsed markup, never on its text, so that what a report says cannot become markup by being marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import html
from lxml.html import HtmlElement

_PARTS = re.compile(r"[《》；…\n]")
_PLAIN = "`~"

# A shorter excerpt (无, 0件) stands in too many places to say which is meant.
SHORTEST = 4


@dataclass(frozen=True)
class Ref:
    """What marks a place: the finding's number, its kind (error, warning, doubt) and what it says."""

    number: int
    kind: str
    says: str

    @property
    def id(self) -> str:
        """Where the finding stands on the page."""
        return f"finding-{self.number}"


@dataclass(frozen=True)
class _Slot:
    """A piece of text of the parsed markup: the text of an element, or what follows it."""

    element: HtmlElement
    tail: bool

    @property
    def text(self) -> str:
        return str((self.element.tail if self.tail else self.element.text) or "")


def mark_cells(markup: str, refs: Mapping[str, Sequence[Ref]]) -> str:
    """A table with the cells at the addresses of `refs` marked; every cell gets the id `cell-ADDRESS`."""
    root = html.fragment_fromstring(markup, create_parent="div")
    for cell in root.iter("td"):
        address = cell.get("data-cell")
        if address is None:
            continue
        cell.set("id", f"cell-{address}")
        if own := refs.get(address):
            kinds = {ref.kind for ref in own}
            worst = next(kind for kind in ("error", "warning", "doubt") if kind in kinds)
            cell.set("class", f"{cell.get('class', '')} marked {worst}".strip())
            mark = html.Element("mark", {"class": worst})
            mark.text, cell.text = cell.text or ("？" if "doubt" in kinds else "空"), None
            cell.insert(0, mark)
            for number, ref in enumerate(own, 1):
                cell.insert(number, _link(ref))
    return _inner(root)


def mark_prose(markup: str, excerpts: Mapping[int, str], refs: Mapping[int, Ref]) -> tuple[str, set[int]]:
    """Prose with every passage that `excerpts` quote marked, and the numbers of the findings that were found in it.

    Excerpts are compared by their letters and figures: white space, punctuation and Markdown do not matter. One that
    leaves out words (a document's title) is marked by its parts. The first mark of a finding has the id `mark-N`.
    """
    root = html.fragment_fromstring(markup, create_parent="div")
    slots = [slot for slot in _slots(root) if slot.text.strip()]
    letters, places = _letters(slots)
    covered: dict[tuple[int, int], set[int]] = {}
    found: set[int] = set()
    for number, excerpt in excerpts.items():
        for start, end in _passages(letters, excerpt):
            found.add(number)
            for place in _between(slots, places[start], places[end - 1]):
                covered.setdefault(place, set()).add(number)
    begun: set[int] = set()
    for index, slot in enumerate(slots):
        marked = [frozenset(covered.get((index, offset), ())) for offset in range(len(slot.text))]
        if any(marked):
            follows = frozenset().union(*(covered.get((index + 1, 0), ()),))
            _wrap(slot, marked, refs, begun, follows)
    return _inner(root), found


def _passages(letters: str, excerpt: str) -> Iterator[tuple[int, int]]:
    """Where the excerpt stands; if nowhere as a whole, where its parts do."""
    for parts in ([excerpt], [part for part in _PARTS.split(excerpt) if len(part) > SHORTEST]):
        found = False
        for part in parts:
            wanted = "".join(_folded(letter) for letter in part)
            if len(wanted) < SHORTEST and wanted != letters:
                continue
            start = letters.find(wanted) if wanted else -1
            while start >= 0:
                found = True
                yield start, start + len(wanted)
                start = letters.find(wanted, start + len(wanted))
        if found:
            return


def _letters(slots: Sequence[_Slot]) -> tuple[str, list[tuple[int, int]]]:
    """The text as it is compared, and for each of its characters the slot and offset it comes from."""
    letters, places = [], []
    for index, slot in enumerate(slots):
        for offset, letter in enumerate(slot.text):
            for folded in _folded(letter):
                letters.append(folded)
                places.append((index, offset))
    return "".join(letters), places


def _folded(letter: str) -> str:
    """Letters, figures and signs such as × as they are compared; nothing for white space and punctuation."""
    folded = unicodedata.normalize("NFKC", letter)
    return "".join(c for c in folded if c in ".%" or (unicodedata.category(c)[0] in "LNS" and c not in _PLAIN))


def _slots(root: HtmlElement) -> Iterator[_Slot]:
    yield _Slot(root, tail=False)
    for child in root:
        yield from _slots(child)
        yield _Slot(child, tail=True)


def _between(slots: Sequence[_Slot], first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for index in range(first[0], last[0] + 1):
        start = first[1] if index == first[0] else 0
        end = last[1] + 1 if index == last[0] else len(slots[index].text)
        yield from ((index, offset) for offset in range(start, end))


def _wrap(
    slot: _Slot,
    marked: Sequence[frozenset[int]],
    refs: Mapping[int, Ref],
    begun: set[int],
    follows: frozenset[int],
) -> None:
    """Put the marked runs of a slot into `mark` elements, and a link behind each passage that ends in it."""
    text = slot.text
    runs = [(numbers, "".join(letter for _, letter in group)) for numbers, group in groupby(
        zip(marked, text, strict=True), key=lambda pair: pair[0]
    )]  # fmt: skip
    made: list[HtmlElement] = []
    before = ""
    for place, (numbers, words) in enumerate(runs):
        if not numbers:
            if made:
                made[-1].tail = words
            else:
                before = words
            continue
        kind = "error" if any(refs[number].kind == "error" for number in numbers) else "warning"
        mark = html.Element("mark", {"class": kind})
        mark.text = words
        for number in sorted(numbers - begun):
            begun.add(number)
            mark.append(html.Element("span", {"id": f"mark-{number}"}))
        made.append(mark)
        after = runs[place + 1][0] if place + 1 < len(runs) else follows
        made += [_link(refs[number]) for number in sorted(numbers - after)]
    if slot.tail:
        parent, index = slot.element.getparent(), slot.element.getparent().index(slot.element) + 1
        slot.element.tail = before or None
    else:
        parent, index = slot.element, 0
        slot.element.text = before or None
    for offset, element in enumerate(made):
        parent.insert(index + offset, element)


def _link(ref: Ref) -> HtmlElement:
    link = html.Element("a", {"class": f"ref {ref.kind}", "href": f"#{ref.id}", "title": ref.says})
    link.set("aria-label", f"第{ref.number}条：{ref.says}")
    link.text = f"[{ref.number}]"
    return link


def _inner(root: HtmlElement) -> str:
    whole = html.tostring(root, encoding="unicode")
    return str(whole)[len("<div>") : -len("</div>")]

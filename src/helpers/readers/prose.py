"""The prose of a document by the form's sections, whatever the headings are numbered; the page around it left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from helpers.forms import Form, SectionSpec, normalise
from helpers.readers.identity import is_title, read_date
from helpers.readers.pages.document import Document, Grid, Home, Text
from helpers.readers.pages.emphasis import markdown
from helpers.readers.table.alignment import Alignment, Place
from helpers.readers.table.labels import NEAR, Key, similarity, split

# The longest title of a section has 40 characters.
_HEADING = 48

_FURNITURE = re.compile(
    r"^[【\[(（\s]*(数据来源[：:]|打印|关闭|分享|返回|上一篇|下一篇|相关(链接|文档|附件|稿件|信息)|扫一扫|版权所有|主办单位|承办单位|技术支持|网站(标识码|地图)|"
    r"附件(下载)?[：:]|责任编辑|编辑[：:]|浏览(次数|量)|来源[：:]|发布(时间|日期|机构)[：:]|字(号|体)[：:]|ICP备|[\u4e00-\u9fff]ICP备|无障碍|联系我们)"
)
_SUBHEADING = re.compile(r"^\s*[（(][一二三四五六七八九十\d]+[）)]\s*\S{2,28}$")
_MARKDOWN = re.compile(r"[\\`*]|<(?=[A-Za-z/!?])|\[(?=[^\]]*\]\()")
_LEADING = re.compile(r"^(?=#|>|[-+=] |[-+=]$|={2,}|-{2,}|~{3})")


@dataclass(frozen=True)
class Prose:
    """Markdown by section id (`preface` first), and the date the report is signed with."""

    text: Mapping[str, str]
    published: dt.date | None = None
    headings: frozenset[str] = frozenset()


@dataclass
class _Item:
    text: str
    place: Place
    home: Home = ()
    heading: int = 0
    item: str = ""
    marked: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    section: str | None = field(default=None)


def read_prose(document: Document, form: Form, alignment: Alignment, body: str | None) -> Prose:
    """The text of every prose section, paragraphs apart by blank lines, sub-headings as `## …`.

    A section the document does not have is absent; one that is there and empty is an empty text. The preface is what
    stands between the title and the first heading. Navigation around the report, signature and date are left out.
    """
    items = list(_items(document, alignment))
    headings = _headings([item for item in items if item.heading == 2 or not document.own], form, alignment)
    frame = _frame(document, items, headings, alignment)
    items = [item for item in items if item.home[: len(frame)] == frame or not item.home]
    order = sorted(headings.items(), key=lambda entry: entry[1].place)
    text: dict[str, str] = {}
    first = order[0][1].place if order else (len(document.blocks), 0)
    before = [item for item in items if item.place < first]
    if preface := _preface(before, document.own):
        text["preface"] = _markdown(preface, None, document.own)
    published = None
    for number, (section, heading) in enumerate(order):
        end = order[number + 1][1].place if number + 1 < len(order) else (len(document.blocks), 0)
        inside = [item for item in items if heading.place < item.place < end]
        if number + 1 == len(order):
            if not document.own:
                inside = list(takewhile(lambda item: not _FURNITURE.match(item.text), inside))
            inside, published = _without_signature(inside, body)
        spec = next(entry for entry in form.sections if entry.id == section)
        if spec in form.prose_sections:
            rest = [_Item(heading.section, heading.place)] if heading.section else []
            text[section] = _markdown([*rest, *inside], spec, document.own)
    return Prose(text, published, frozenset(headings))


def _items(document: Document, alignment: Alignment) -> Iterator[_Item]:
    """Texts, and rows of one cell, as paragraphs; other tables whole, unless they are the form's own."""
    spans = list(alignment.places.values())
    for number, block in enumerate(document.blocks):
        if isinstance(block, Text):
            yield _Item(block.text, (number, 0), block.home, block.heading, block.item, block.marked)
            continue
        loose: list[tuple[str, ...]] = []
        for row_number, row in enumerate(block.rows):
            place = (number, row_number)
            filled = [tile for tile in row if tile.text]
            if len(filled) == 1 and not filled[0].above:
                for line in filled[0].text.split("\n") if len(filled[0].text) > _HEADING else [filled[0].text]:
                    yield _Item(line.replace("\n", ""), place, block.home)
            elif filled and not any(first <= place <= last for first, last in spans):
                loose.append(tuple(tile.text for tile in row))
        if loose and not any(first[0] <= number <= last[0] for first, last in spans):
            yield _Item("", (number, len(block.rows)), block.home, rows=_table(block, loose))


def _table(block: Grid, rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def _headings(items: Sequence[_Item], form: Form, alignment: Alignment) -> dict[str, _Item]:
    """The heading of each section: among several texts that could be, the one that fits the place of the tables.

    A list of contents stands before the prose it announces, so before the first table the last one counts, after a
    table the first one.
    """
    names = [section.id for section in form.sections]
    found: dict[str, _Item] = {}
    after: Place = (-1, 0)
    candidates = [(item, match) for item in items if (match := _section(item, form))]
    for number, section in enumerate(names):
        before = min((alignment.places[s][0] for s in names[number:] if s in alignment.places), default=(10**9, 0))
        after = max([after, *(alignment.places[s][1] for s in names[:number] if s in alignment.places)])
        fitting = [(item, rest) for item, (name, rest) in candidates if name == section and after < item.place < before]
        if not fitting:
            continue
        leading = not any(s in alignment.places for s in names[:number]) or section in alignment.places
        # A table's caption repeats its section's title, without the number.
        fitting = [(item, rest) for item, rest in fitting if split(item.text).number is not None] or fitting
        item, rest = fitting[-1] if leading else fitting[0]
        found[section] = _Item(item.text, item.place, item.home, section=rest)
        after = item.place
    return found


def _section(item: _Item, form: Form) -> tuple[str, str] | None:
    """The section whose heading the text is, and the prose that runs on behind it in the same paragraph."""
    text = item.text
    if not text:
        return None
    if len(text) <= _HEADING:
        ranked = sorted(((similarity(text, _keys(section)), section.id) for section in form.sections), reverse=True)
        if ranked[0][0] >= NEAR - 0.1 and (len(ranked) < 2 or ranked[1][0] < ranked[0][0]) and not text.endswith("。"):
            return ranked[0][1], ""
    key = split(text[: _HEADING + 12])
    if key.number is None:
        return None
    for section in form.sections:
        for known in _keys(section):
            if key.core.startswith(known.core):
                rest = _behind(text, known.core)
                if rest is not None:
                    return section.id, rest
    return None


def _behind(text: str, core: str) -> str | None:
    """What follows a heading in its own paragraph; None where the heading's words only begin a sentence."""
    for end in range(len(core), len(text) + 1):
        if split(text[:end]).core == core:
            rest = text[end:]
            if rest[:1] in "。：:\n \u3000":
                return rest.lstrip("。：: \n\u3000")
            return None
    return None


def _keys(section: SectionSpec) -> tuple[Key, ...]:
    return tuple(Key(split(text).core) for text in (section.heading, *section.variants))


def _frame(document: Document, items: Sequence[_Item], headings: Mapping[str, _Item], alignment: Alignment) -> Home:
    """The container that holds the whole report, so that menus and footers around it can be left out."""
    blocks = {number for first, last in alignment.places.values() for number in (first[0], last[0])}
    homes = [document.blocks[number].home[:-1] for number in blocks] + [h.home[:-1] for h in headings.values()]
    if not homes or not all(homes):
        return ()
    shortest = min(homes, key=len)
    length = 0
    while length < len(shortest) and len({home[length] for home in homes}) == 1:
        length += 1
    return shortest[:length]


def _preface(before: Sequence[_Item], own: bool) -> list[_Item]:
    """Sentences after the title; the lines of a page that tell date, source and size of print are none."""
    titles = [number for number, item in enumerate(before) if (item.heading == 1 if own else is_title(item.text))]
    start = titles[-1] + 1 if titles else 0
    return [item for item in before[start:] if own or ("。" in item.text and not _FURNITURE.match(item.text))]


def _without_signature(items: list[_Item], body: str | None) -> tuple[list[_Item], dt.date | None]:
    kept = list(items)
    published = None
    while kept and not kept[-1].rows:
        date = read_date(kept[-1].text)
        if date is not None and published is None:
            published = date
        elif not (published and body and normalise(kept[-1].text) and normalise(kept[-1].text) in normalise(body)):
            break
        kept.pop()
    return kept, published


def _markdown(items: Sequence[_Item], section: SectionSpec | None, own: bool) -> str:
    """Paragraphs apart by blank lines; the items of one list are not."""
    parts = {split(text).core for part in (section.parts if section else ()) for text in (part.title, *part.variants)}
    written, before = "", ""
    for item in items:
        for text in _paragraphs(item, parts, own):
            written += ("\n" if _one_list(before, item.item) else "\n\n" if written else "") + text
            before = item.item
    return written


def _paragraphs(item: _Item, parts: Collection[str], own: bool) -> Iterator[str]:
    if item.rows:
        head, *rows = [" | ".join(_literal(cell).replace("|", "\\|") for cell in row) for row in item.rows]
        rule = " | ".join("---" for _ in item.rows[0])
        yield "\n".join(f"| {line} |" for line in (head, rule, *rows))
        return
    if own and item.heading > 1:
        yield f"{'#' * (item.heading - 1)} {markdown(item.marked or item.text, _literal)}"
        return
    for text in filter(None, item.text.split("\n")):
        guessed = not own and not item.item and _SUBHEADING.match(text)
        titled = item.heading > 1 or guessed or (not own and split(text).core in parts)
        if titled and not text.endswith(("。", "；", "：", "，", ".", ";")):
            yield f"## {_literal(text)}"
        else:
            yield item.item + markdown(item.marked if text == item.text and item.marked else text, _literal)


def _one_list(before: str, item: str) -> bool:
    """Whether two items that follow each other are of one list, or one of a list within the other's."""
    nested = before.startswith(" ") or item.startswith(" ")
    return bool(before and item) and (nested or before[0].isdigit() == item[0].isdigit())


def _literal(text: str) -> str:
    """Markdown that shows exactly `text`."""
    flat = " ".join(text.split())
    return _LEADING.sub(r"\\", _MARKDOWN.sub(r"\\\g<0>", flat))

"""The prose of a document by the form's sections, whatever the headings are numbered; the page around it left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from helpers.forms import Form, SectionSpec, normalise
from helpers.readers.identity import is_title, read_date
from helpers.readers.pages.document import Document, Home
from helpers.readers.paragraphs import LONGEST_HEADING, Paragraph, as_markdown, paragraphs_of
from helpers.readers.table.alignment import Alignment, Spot
from helpers.readers.table.similarity import NEAR, Key, similarity, split

_FURNITURE = re.compile(
    r"^[【\[(（\s]*(数据来源[：:]|打印|关闭|分享|返回|上一篇|下一篇|相关(链接|文档|附件|稿件|信息)|扫一扫|版权所有|主办单位|承办单位|技术支持|网站(标识码|地图)|"
    r"附件(下载)?[：:]|责任编辑|编辑[：:]|浏览(次数|量)|来源[：:]|发布(时间|日期|机构)[：:]|字(号|体)[：:]|ICP备|[\u4e00-\u9fff]ICP备|无障碍|联系我们)"
)


@dataclass(frozen=True)
class Prose:
    """Markdown by section id (`preface` first), and the date the report is signed with."""

    text: Mapping[str, str]
    published: dt.date | None = None
    headings: frozenset[str] = frozenset()


def read_prose(document: Document, form: Form, alignment: Alignment, body: str | None) -> Prose:
    """The text of every prose section, paragraphs apart by blank lines, sub-headings as `## …`.

    A section the document does not have is absent; one that is there and empty is an empty text. The preface is what
    stands between the title and the first heading. Navigation around the report, signature and date are left out.
    """
    items = list(paragraphs_of(document, alignment))
    headings = _headings([item for item in items if item.heading == 2 or not document.own], form, alignment)
    frame = _frame(document, headings, alignment)
    items = [item for item in items if item.home[: len(frame)] == frame or not item.home]
    order = sorted(headings.items(), key=lambda entry: entry[1].place)
    text: dict[str, str] = {}
    first = order[0][1].place if order else (len(document.blocks), 0)
    before = [item for item in items if item.place < first]
    if preface := _preface(before, document.own):
        text["preface"] = as_markdown(preface, None, document.own)
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
            rest = [Paragraph(heading.rest, heading.place)] if heading.rest else []
            text[section] = as_markdown([*rest, *inside], spec, document.own)
    return Prose(text, published, frozenset(headings))


def _headings(items: Sequence[Paragraph], form: Form, alignment: Alignment) -> dict[str, Paragraph]:
    """The heading of each section: among several texts that could be, the one that fits the place of the tables.

    A list of contents stands before the prose it announces, so before the first table the last one counts, after a
    table the first one.
    """
    names = [section.id for section in form.sections]
    found: dict[str, Paragraph] = {}
    after: Spot = (-1, 0)
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
        found[section] = Paragraph(item.text, item.place, item.home, rest=rest)
        after = item.place
    return found


def _section(item: Paragraph, form: Form) -> tuple[str, str] | None:
    """The section whose heading the text is, and the prose that runs on behind it in the same paragraph."""
    text = item.text
    if not text:
        return None
    if len(text) <= LONGEST_HEADING:
        ranked = sorted(((similarity(text, _keys(section)), section.id) for section in form.sections), reverse=True)
        if ranked[0][0] >= NEAR - 0.1 and (len(ranked) < 2 or ranked[1][0] < ranked[0][0]) and not text.endswith("。"):
            return ranked[0][1], ""
    key = split(text[: LONGEST_HEADING + 12])
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
    for end in range(len(core), min(len(text), LONGEST_HEADING + 12) + 1):
        if split(text[:end]).core == core:
            rest = text[end:]
            if rest[:1] in "。：:\n \u3000":
                return rest.lstrip("。：: \n\u3000")
            return None
    return None


def _keys(section: SectionSpec) -> tuple[Key, ...]:
    return tuple(Key(split(text).core) for text in (section.heading, *section.variants))


def _frame(document: Document, headings: Mapping[str, Paragraph], alignment: Alignment) -> Home:
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


def _preface(before: Sequence[Paragraph], own: bool) -> list[Paragraph]:
    """Sentences after the title; the lines of a page that tell date, source and size of print are none."""
    titles = [number for number, item in enumerate(before) if (item.heading == 1 if own else is_title(item.text))]
    start = titles[-1] + 1 if titles else 0
    return [item for item in before[start:] if own or ("。" in item.text and not _FURNITURE.match(item.text))]


def _without_signature(items: list[Paragraph], body: str | None) -> tuple[list[Paragraph], dt.date | None]:
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

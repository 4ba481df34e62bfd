"""One section from what the county wrote and what the defaults say, parts in order and numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpers.chinese import numeral
from helpers.forms import SectionSpec
from helpers.narrative.sections import Chapter, WrittenPart


def assemble(section: SectionSpec, chapter: Chapter, defaults: Mapping[str, str]) -> str:
    """One section's Markdown: the county's words where it has any, the default where it has none.

    Parts stand in the form's order. A part of the county's own follows the one it was written after; those behind
    the last known part close the section.
    """
    lead = chapter.lead or ("" if any(part.text for part in chapter.parts) else defaults.get(section.id, ""))
    parts = list(_ordered(section, chapter.parts, defaults))
    headed = [f"## （{numeral(number)}）{part.title}\n\n{part.text}" for number, part in enumerate(parts, 1)]
    return "\n\n".join(filter(None, [lead, *headed]))


def _ordered(section: SectionSpec, written: list[WrittenPart], defaults: Mapping[str, str]) -> Iterator[WrittenPart]:
    known = [part.id for part in written if part.id]
    followers: dict[str | None, list[WrittenPart]] = {}
    anchor: str | None = ""
    for part in written:
        if part.id:
            anchor = part.id if part.id != known[-1] else None
        else:
            followers.setdefault(anchor if known else None, []).append(part)
    yield from followers.get("", [])
    by_id = {part.id: part for part in written if part.id}
    for spec in section.parts:
        own = by_id.get(spec.id)
        text = own.text if own and own.text else defaults.get(f"{section.id}.{spec.id}", "")
        if text:
            yield WrittenPart(spec.id, spec.title, text)
        yield from followers.get(spec.id, [])
    yield from followers.get(None, [])

"""No box and no hole: each character that a notebook shows has a glyph on the page and in print.

Those that have none are named together, with the cells they stand in, before anything is typeset.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from helpers.errors import BuildError
from helpers.exporters.positions import position
from helpers.exporters.renderings import RASTERS
from helpers.faces import REFUSED, Face, invisible, own_faces, spread, unusual

NO_FONT = "no font at hand has it"
BOX = "matplotlib drew a box in its place; leave the figure's font to the report's style, or show it as SVG"


REMEDY = (
    "Replace them, or put a font that has them into a folder and name it in GONGKAI_FONTS: for Han characters e.g. "
    "遍黑体 (Plangothic), 花园明朝 or SimSun-ExtB, for other scripts the Noto fonts."
)

_REFUSED = [(re.compile(f"[{characters}]"), fault) for characters, fault in REFUSED]
_MISSING = re.compile(r"Glyph (\d+) \([^)]*\) missing from font")
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&#?\w+;")


@dataclass(frozen=True)
class Passage:
    """Some text that is shown, where it stands, as a message says it, and what is known to be wrong with all of it."""

    where: str
    text: str
    fault: str = ""


def require_glyphs(passages: Iterable[Passage]) -> None:
    """Raise one BuildError that names every character which cannot be shown, with its code point and its places."""
    faults: dict[str, dict[str, str]] = {}
    for passage in passages:
        if passage.fault:
            faults.setdefault(passage.where, {}).update(dict.fromkeys(passage.text, passage.fault))
        elif found := unusual(passage.text):
            faults.setdefault(passage.where, {}).update(_faults(passage.text, found))
    said = [f"In {where}: {_listed(here)}." for where, here in faults.items() if here]
    if said:
        count = len(set().union(*(here.keys() for here in faults.values())))
        raise BuildError(
            f"The notebook shows {f'{count} characters' if count > 1 else 'a character'} that cannot be published. "
            f"{' '.join(said)} {REMEDY}"
        )


def boxes(notebook: NotebookNode) -> Iterator[Passage]:
    """The characters in whose place matplotlib drew boxes into pictures made of pixels, as it says on stderr."""
    for number, cell in enumerate(notebook.cells):
        outputs = cell.get("outputs", ())
        if any(kind in RASTERS for output in outputs for kind in output.get("data", ())):
            said = "".join(output.text for output in outputs if output.get("name") == "stderr")
            missing = "".join(chr(int(code)) for code in _MISSING.findall(said))
            yield Passage(str(position(number, cell)), missing, BOX)


def markup_text(markup: str) -> str:
    """The text of some markup as far as there is anything rare in it; tags, alternative texts too, need no glyphs."""
    return (_TAG.sub("", markup) if unusual(markup) else "") + _entities(markup)


def _entities(markup: str) -> str:
    """The characters that `markup` spells out, such as `&#x20BB7;`."""
    return html.unescape("".join(sorted({*_ENTITY.findall(markup)})))


def _faults(text: str, found: set[str]) -> dict[str, str]:
    """What is wrong with each of the unusual characters `found` in `text`, in their order there."""
    faults = {char: fault for char in found for kind, fault in _REFUSED if kind.match(char)}
    standing_in = spread(found - faults.keys())
    orphans = found.difference(faults, *standing_in.values())
    faults |= {char: _why_none(char) for char in orphans} | _misplaced(text, standing_in)
    return {char: faults[char] for char in dict.fromkeys(text) if char in faults}


def _misplaced(text: str, standing_in: Mapping[Face, str]) -> dict[str, str]:
    """Marks on a letter that no font has with them: typeset, one of the two would cover or push out the other."""
    marks = "".join(char for drawn in standing_in.values() for char in drawn if unicodedata.category(char)[0] == "M")
    if not marks:
        return {}
    seen = "".join(char for char in text if char not in invisible())
    return {
        mark: f"no font at hand sets it on {base}"
        for base, mark in re.findall(f"([^{marks}])[{marks}]*([{marks}])", seen)
        if not any({base, mark} <= face.characters() for face in standing_in)
    }


def _why_none(char: str) -> str:
    for face in own_faces():
        if char in face.characters():
            return f"only {face.family} has it, which forbids to be embedded"
    return NO_FONT


def _listed(faults: Mapping[str, str]) -> str:
    """The characters by what is wrong with them: 甲 (U+7532), 乙 (U+4E59): no font at hand has it."""
    groups: dict[str, list[str]] = {}
    for char, fault in faults.items():
        groups.setdefault(fault, []).append(_named(char))
    return "; ".join(f"{', '.join(names)}: {fault}" for fault, names in groups.items())


def _named(char: str) -> str:
    name = unicodedata.name(char, "")
    code = f"U+{ord(char):04X}"
    return f"{char} ({code})" if char.isprintable() else f"{code} {name}".strip()

"""Which font has a character: the report's own, then those that stand in, then the deployment's ($GONGKAI_FONTS).

What the two Noto faces lack is rare: accented Latin and Cyrillic, Uyghur, Mongolian, Yi, Korean, most emoji and the
rare Han characters of names (Kurinto), smileys (DejaVu, which comes with matplotlib). No font of these is opened before
a document needs it, and every exporter asks here, so that page and print show a character alike or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pylopdf_fonts_zh_cn

from helpers.errors import ParameterError

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

    import uharfbuzz

NEEDS_NO_GLYPH = (
    "\u00a0\u2000-\u200a\u202f\u205f\u3000"  # room of some width
    "\u00ad\u200b-\u200d\u2060"  # where a line may break and where not, what joins
    "\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069"  # the direction of words
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2061-\u2064\u3164\ufe00-\ufe0f\uffa0\U0001d173-\U0001d17a"
    "\U000e0100-\U000e01ef"  # variants of a shape, fillers, marks without a shape
    "\ufeff"  # a byte order mark, which print leaves out
)
"""What works on its neighbours and is itself invisible, in the page as in print."""

REFUSED = (
    ("\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f", "a control character"),
    ("\u2028\u2029", "a line end of its own kind, which is one in print only"),
    ("\u202d\u202e", "it turns the order of what follows, and of figures"),
    ("\u206a-\u206f\ufff9-\ufffb\U0001bca0-\U0001bca3\U000e0001-\U000e007f", "invisible and obsolete"),
    ("\ufffc\ufffd", "it stands for something lost when the text was copied or decoded"),
    ("\ud800-\udfff", "half a character: the text was cut or wrongly decoded"),
    ("\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd", "for private use: it means nothing outside one font"),
    ("\ufdd0-\ufdef" + "".join(f"{chr(n << 16 | 0xFFFE)}{chr(n << 16 | 0xFFFF)}" for n in range(17)), "no character"),
)
"""What no published text may hold, whatever a font says, and why."""

_ASCII = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
_FONT_FILES = {".ttf", ".otf", ".ttc", ".otc"}
_RESTRICTED = 0x0002
_NO_SUBSET = 0x0300
"""OpenType's `fsType`: restricted licence; no subsetting, or bitmaps only."""


@dataclass(frozen=True)
class Face:
    """One font of a file: its family as the typesetter knows it, and the characters it draws."""

    family: str
    path: Path
    index: int = 0

    def opened(self) -> uharfbuzz.Face:
        """The font itself, read once."""
        return _opened(self.path, self.index)

    def characters(self) -> frozenset[str]:
        """The characters it has a glyph for."""
        return _characters(self.path, self.index)

    def embeddable(self) -> bool:
        """Whether the font itself allows what publishing does: to embed the part of it that is used."""
        metrics = self.opened().reference_table("OS/2").data
        licence = int.from_bytes(metrics[8:10], "big")
        return not (licence & 0x000E == _RESTRICTED or licence & _NO_SUBSET)


SANS = Face("Noto Sans SC", Path(pylopdf_fonts_zh_cn.sans_path()))
SERIF = Face("Noto Serif SC", Path(pylopdf_fonts_zh_cn.serif_path()))

_WEBLATE = Path(str(files("weblate_fonts") / "static" / "weblate_fonts"))

FIXED = Face("Source Code Pro", _WEBLATE / "source-code" / "ttf" / "SourceCodePro-Regular.ttf")
"""For what a program prints: columns and boxes stand under each other. It is kin to the Latin of Noto Sans SC."""

FIXED_WIDTH = 0.6
"""How wide each of its characters is, in ems: at 5/6 of the size of Han characters, two are as wide as one of those."""

_ZIAMATH = str(cast("ModuleSpec", find_spec("ziamath")).origin)

MATH = Face("STIX Two Math", Path(_ZIAMATH).parent / "fonts" / "STIXTwoMath-Regular.ttf")
"""For the formulas of a page: without such a font a browser draws brackets too small, and no root at all."""


@cache
def stand_ins() -> tuple[Face, ...]:
    """Asked in this order for what the sans face lacks. A script whose letters join stands whole in one of them."""
    import matplotlib as mpl  # a tenth of a second, for pages that need none of this

    dejavu = Path(mpl.get_data_path()) / "fonts" / "ttf"
    kurinto = _WEBLATE / "kurinto" / "ttf"
    return (
        SERIF,
        Face("Kurinto Sans", kurinto / "KurintoSans-Rg.ttf"),
        *(Face(f"Kurinto Sans {area}", kurinto / f"KurintoSans{area}-Rg.ttf") for area in ("TC", "KR", "JP")),
        Face("DejaVu Sans", dejavu / "DejaVuSans.ttf"),
    )


@cache
def invisible() -> frozenset[str]:
    """The characters of NEEDS_NO_GLYPH."""
    ranges = re.findall(r"(.)(?:-(.))?", NEEDS_NO_GLYPH)
    return frozenset(chr(code) for first, last in ranges for code in range(ord(first), ord(last or first) + 1))


def own_folder() -> Path | None:
    """$GONGKAI_FONTS; raises ParameterError where it names no folder."""
    named = os.environ.get("GONGKAI_FONTS")
    if named and not Path(named).is_dir():
        raise ParameterError(Path(named), "a folder of fonts", "no such folder", "Correct GONGKAI_FONTS.")
    return Path(named) if named else None


def own_faces() -> tuple[Face, ...]:
    """The fonts of the deployment's folder and of the folders in it, by file name."""
    folder = own_folder()
    return _faces_in(folder) if folder else ()


def unusual(text: str) -> set[str]:
    """The characters of `text` that need a glyph and have none in the sans face; in most reports none."""
    # Markup is mostly ASCII: taken away byte by byte, it costs a tenth of looking at every character.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return {char for char in set(rest) if not _everyday(char)}


def spread(characters: Iterable[str]) -> Mapping[Face, str]:
    """Which face draws which of the `characters` that the sans face lacks, the first that has it; the rest has none."""
    wanted = {char for char in characters if not _everyday(char)}
    found = {}
    for face in (*stand_ins(), *own_faces()) if wanted else ():
        drawn = wanted & face.characters()
        if drawn and face.embeddable():
            found[face] = "".join(sorted(drawn))
            wanted -= drawn
    return found


@cache
def _everyday(char: str) -> bool:
    """A report has a thousand characters, the sans face thirty thousand: only those that come up are asked for."""
    return ord(char) in SANS.opened().unicodes or char in invisible()


@cache
def _opened(path: Path, index: int) -> uharfbuzz.Face:
    import uharfbuzz  # charts ask for files alone, and need not wait for it

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)


@cache
def _characters(path: Path, index: int) -> frozenset[str]:
    return frozenset(map(chr, _opened(path, index).unicodes))


@cache
def _faces_in(folder: Path) -> tuple[Face, ...]:
    found = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.suffix.lower() not in _FONT_FILES or not path.is_file():
            continue
        for index in range(_opened(path, 0).count):
            opened = _opened(path, index)
            names = (opened.get_name(number) for number in (16, 1))  # typographic family, family
            found.append(Face(next(filter(None, names), path.stem), path, index))
    return tuple(found)

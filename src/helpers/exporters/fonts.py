"""The fonts that a page brings along, cut to its characters, and where the typesetter finds them whole."""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

import uharfbuzz

from helpers.display import literal
from helpers.faces import FIXED, FIXED_WIDTH, MATH, SANS, Face, own_folder, spread, unusual

FAMILY = SANS.family
"""The family name that charts ask for, and under which the page brings its own fonts along."""

CODE_FAMILY, MATH_FAMILY = "Gongkai Code", "Gongkai Math"
"""The family names that the page's style asks for where it shows what a program prints, and formulas."""

_CODE = ("<pre", "<code", "<kbd", "<samp", "<tt", "#raw(", "#preformatted")
_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)

ROLES = {
    "body": ("FangSong_GB2312", "FangSong", "Noto Serif SC"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
    "heading": ("SimHei", "Noto Sans SC"),
    "subheading": ("KaiTi_GB2312", "KaiTi", "Noto Sans SC"),
    "fixed": (FIXED.family, "Noto Sans SC"),
    "chart": (FAMILY,),
    "math": ("New Computer Modern Math",),
}
"""GB/T 9704 names 仿宋, 小标宋, 黑体 and 楷体, which nobody may redistribute: the first family at hand is used."""


def folders(faces: Iterable[Face]) -> tuple[str, ...]:
    """Where the typesetter looks for fonts: the deployment's own ($GONGKAI_FONTS) first, then those of `faces`."""
    own = own_folder()
    wheels = (face.path.parent for face in (SANS, *faces) if own is None or own not in face.path.parents)
    return (*([str(own)] if own else []), *dict.fromkeys(map(str, wheels)))


def prints_code(markup: str) -> bool:
    """Whether there is in some HTML or Typst what a program prints: rare enough not to bring its font along always."""
    return any(mark in markup for mark in _CODE)


def roles(families: Collection[str], standing_in: Mapping[Face, str]) -> str:
    """The dictionary `faces` of the template: of each role's families those at hand, then those that stand in."""
    # A face that has z and the acute but no ź would set one beside the other: such letters are kept from it.
    composed = {char for drawn in standing_in.values() for char in drawn if unicodedata.normalize("NFD", char) != char}
    has = {face.family: composed.intersection(face.characters()) for face in (*standing_in, FIXED) if composed}
    spare = [face.family for face in standing_in]
    asked = {role: [*filter(families.__contains__, names), *spare] for role, names in ROLES.items()}
    return "".join(
        f"{role}: ({''.join(_but_for(composed.difference(has.get(name, ())), name) for name in names)}), "
        for role, names in asked.items()
    )


def _but_for(characters: set[str], family: str) -> str:
    """An entry of Typst's list of fonts: the family, not to be asked for `characters`."""
    if not characters:
        return f"{literal(family)}, "
    kept = literal("[^" + "".join(f"\\u{{{ord(char):x}}}" for char in sorted(characters)) + "]")
    return f"(name: {literal(family)}, covers: regex({kept})), "


def embedded(text: str, markup: str = "") -> str:
    """The `@font-face` rules of a page: the sans font, and what stands in for it, cut to the characters of `text`.

    All go by one family name, each for its own characters; the fonts of what a program prints and of formulas, brought
    where the page's `markup` has such, go by others. Some 5 ms and 200 bytes a character: a page's thousand characters
    cost less than one photograph, and no reader needs a font installed for it to look as it was made.
    """
    joined = "" if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    rules = [_rule(SANS, text + joined)]  # a letter and its accent may become one glyph
    for face, drawn in spread(unusual(text)).items():
        joiners = {char for char in text if unicodedata.category(char) == "Cf"} & face.characters()
        drawn = "".join(sorted({*drawn, *joiners}))
        only = ", ".join(f"U+{ord(char):X}" for char in drawn)
        rules.append(_rule(face, drawn, unicode_range=only))
    if prints_code(markup):
        drawn = "".join(FIXED.characters().intersection(text))
        rules.append(_rule(FIXED, drawn, family=CODE_FAMILY, size_adjust=f"{50 / FIXED_WIDTH:.3f}%"))
    if formulas := "".join(_FORMULA.findall(markup)):
        written = {*html.unescape(formulas), "√"}
        slanted = (char for char in _slanted() if unicodedata.normalize("NFKC", char) in written)
        rules.append(_rule(MATH, "".join(MATH.characters().intersection((*written, *slanted))), family=MATH_FAMILY))
    return "\n".join(rules)


def _slanted() -> Iterator[str]:
    """The italics of mathematics, as which browsers show a letter that stands alone in a formula."""
    yield "\N{PLANCK CONSTANT}"
    yield from map(chr, (*range(0x1D434, 0x1D468), *range(0x1D6A4, 0x1D6A6), *range(0x1D6E2, 0x1D71C)))


def _rule(face: Face, text: str, family: str = FAMILY, **descriptors: str) -> str:
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    if face is not SANS:
        wanted.name_id_set.clear()  # a part of a font is another font: its name may be reserved (OFL)
    for char in sorted(set(text)):
        wanted.unicode_set.add(ord(char))
    font = base64.b64encode(uharfbuzz.subset(face.opened(), wanted).blob.data).decode("ascii")
    source = f'src: url(data:font/otf;base64,{font}) format("opentype");'
    more = "".join(f" {name.replace('_', '-')}: {value};" for name, value in descriptors.items())
    return f'@font-face {{ font-family: "{family}"; {source}{more} }}'

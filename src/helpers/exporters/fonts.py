"""The fonts that a page brings along, cut to its characters, and where the typesetter finds them whole."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

import uharfbuzz

from helpers.display import literal
from helpers.faces import FIXED, FIXED_WIDTH, SANS, Face, own_folder, spread, unusual

FAMILY = SANS.family
"""The family name that charts ask for, and under which the page brings its own fonts along."""

CODE_FAMILY = "Gongkai Code"
"""The family name that the page's style asks for where it shows what a program prints."""

_CODE = re.compile(r"<(?:pre|code|kbd|samp|tt)\b|#raw\(|#preformatted\b")

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
    return _CODE.search(markup) is not None


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


def embedded(text: str, code: bool = False) -> str:
    """The `@font-face` rules of a page: the sans font, and what stands in for it, cut to the characters of `text`.

    All go by one family name, each for its own characters; the font of what a program prints, brought if the page has
    `code`, by another. Some 5 ms and 200 bytes a character: a page's thousand characters cost less than one photograph,
    and no reader needs a font installed for it to look as it was made.
    """
    rules = [_rule(SANS, text + unicodedata.normalize("NFC", text))]  # a letter and its accent become one glyph
    for face, drawn in spread(unusual(text)).items():
        joiners = {char for char in text if unicodedata.category(char) == "Cf"} & face.characters()
        drawn = "".join(sorted({*drawn, *joiners}))
        only = ", ".join(f"U+{ord(char):X}" for char in drawn)
        rules.append(_rule(face, drawn, unicode_range=only))
    if code:
        drawn = "".join(sorted(FIXED.characters().intersection(text)))
        rules.append(_rule(FIXED, drawn, family=CODE_FAMILY, size_adjust=f"{50 / FIXED_WIDTH:.3f}%"))
    return "\n".join(rules)


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

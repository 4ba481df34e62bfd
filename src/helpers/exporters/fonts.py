"""The fonts that a page brings along, cut to its characters, and where the typesetter finds them whole."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable, Mapping

import uharfbuzz

from helpers.display import literal
from helpers.faces import SANS, Face, own_folder, spread, stand_ins, unusual

FAMILY = SANS.family
"""The family name that charts ask for, and under which the page brings its own fonts along."""

ROLES = {
    "body": ("FangSong_GB2312", "FangSong", "Noto Serif SC"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
    "heading": ("SimHei", "Noto Sans SC"),
    "subheading": ("KaiTi_GB2312", "KaiTi", "Noto Sans SC"),
    "chart": (FAMILY,),
    "math": ("New Computer Modern Math",),
}
"""GB/T 9704 names 仿宋, 小标宋, 黑体 and 楷体, which nobody may redistribute: the first family at hand is used."""


def folders(all_of_them: bool = False) -> tuple[str, ...]:
    """Where the typesetter looks for fonts: the deployment's own ($GONGKAI_FONTS) first, then the wheels'.

    Those of the fonts that stand in take 80 ms to list; few documents need `all_of_them`.
    """
    own = own_folder()
    faces = (SANS, *stand_ins()) if all_of_them else (SANS,)
    return (*([str(own)] if own else []), *dict.fromkeys(str(face.path.parent) for face in faces))


def roles(families: Iterable[str], standing_in: Mapping[Face, str]) -> str:
    """The dictionary `faces` of the template: of each role's families those at hand, then those that stand in."""
    at_hand = set(families)
    # A face that has z and the acute but no ź would set one beside the other: such letters are kept from it.
    composed = {char for drawn in standing_in.values() for char in drawn if unicodedata.normalize("NFD", char) != char}
    spare = [_but_for(composed.difference(drawn), face.family) for face, drawn in standing_in.items()]
    return "".join(
        f"{role}: ({''.join([*(_but_for(composed, name) for name in names if name in at_hand), *spare])}), "
        for role, names in ROLES.items()
    )


def _but_for(characters: set[str], family: str) -> str:
    """An entry of Typst's list of fonts: the family, not to be asked for `characters`."""
    if not characters:
        return f"{literal(family)}, "
    kept = literal("[^" + "".join(f"\\u{{{ord(char):x}}}" for char in sorted(characters)) + "]")
    return f"(name: {literal(family)}, covers: regex({kept})), "


def embedded(text: str) -> str:
    """The `@font-face` rules of a page: the sans font, and what stands in for it, cut to the characters of `text`.

    All go by one family name, each for its own characters. Some 5 ms and 200 bytes a character: a page's thousand
    characters cost less than one photograph, and no reader needs a font installed for it to look as it was made.
    """
    rules = [_rule(SANS, text + unicodedata.normalize("NFC", text))]  # a letter and its accent become one glyph
    for face, drawn in spread(unusual(text)).items():
        joiners = {char for char in text if unicodedata.category(char) == "Cf"} & face.characters()
        drawn = "".join(sorted({*drawn, *joiners}))
        rules.append(_rule(face, drawn, f" unicode-range: {', '.join(f'U+{ord(char):X}' for char in drawn)};"))
    return "\n".join(rules)


def _rule(face: Face, text: str, only: str = "") -> str:
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    if only:
        wanted.name_id_set.clear()  # a part of a font is another font: its name may be reserved (OFL)
    for char in sorted(set(text)):
        wanted.unicode_set.add(ord(char))
    font = base64.b64encode(uharfbuzz.subset(face.opened(), wanted).blob.data).decode("ascii")
    source = f'src: url(data:font/otf;base64,{font}) format("opentype");'
    return f'@font-face {{ font-family: "{FAMILY}"; {source}{only} }}'

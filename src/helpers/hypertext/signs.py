"""Signs of mathematics and how wide its spaces are, as MathML names them and as Typst does."""

from __future__ import annotations

import re

OPENING, CLOSING, BARS = "([{⟨⌈⌊⟦⟮⌜⎰", ")]}⟩⌉⌋⟧⟯⌝⎱", "|‖∣∥/\\"
NO_FENCE = "\u2063"
"""Stands where `\\left.` has no ink."""

LARGE = frozenset("∏∐∑∫∬∭⨌∮∯∰⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆⨉")
INTEGRALS = frozenset("∫∬∭⨌∮∯∰")
ARROWS = frozenset("→←↔⇒⇐⇔↦⟶⟵⟷⇌=")
LINES = frozenset("\u0332\u0305\u0304\u0331¯‾―_ˉ")
BRACES = {"⏞": "overbrace", "⎴": "overbracket", "⏜": "overparen", "⏠": "overshell",
          "⏟": "underbrace", "⎵": "underbracket", "⏝": "underparen", "⏡": "undershell"}  # fmt: skip
ACCENTS = {"^": "\u0302", "ˆ": "\u0302", "\u0302": "\u0302", "~": "\u0303", "˜": "\u0303", "\u0303": "\u0303",
           "¯": "\u0304", "ˉ": "\u0304", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", "\u030c": "\u030c",
           "˘": "\u0306", "´": "\u0301", "`": "\u0300", "˚": "\u030a", "\u20d7": "\u20d7",
           "\u20db": "\u20db"}  # fmt: skip
ARROW_ACCENTS = {"→": "→", "←": "←", "↔": "↔", ".": "\u0307"}
"""Accents only where MathML says so: an arrow above something may be a limit."""

VARIANTS = {"normal": "upright", "bold": "bold", "italic": "italic", "monospace": "mono", "sans-serif": "sans",
            "double-struck": "bb", "script": "cal", "fraktur": "frak"}  # fmt: skip
SIZES = {"0": "inline", "1": "script", "2": "sscript"}

_LENGTH = re.compile(r"(-?[\d.]+)(em|ex|px|pt|cm|mm|in|rem|mu)?$")
_UNITS = {"ex": (0.45, "em"), "px": (0.75, "pt"), "rem": (10, "pt"), "mu": (1 / 18, "em")}
_NAMED = ("veryverythin", "verythin", "thin", "medium", "thick", "verythick", "veryverythick")


def length(width: str | None) -> str:
    """A width as Typst has it, empty for none."""
    sign, name = ("-", width[8:]) if width and width.startswith("negative") else ("", width or "")
    if name.endswith("mathspace") and name[:-9] in _NAMED:
        return f"{sign}{(_NAMED.index(name[:-9]) + 1) / 18:.4f}em"
    found = _LENGTH.match(name.strip())
    if not found or not float(found[1]):
        return ""
    factor, unit = _UNITS.get(found[2], (1, found[2] or "em"))
    return f"{float(found[1]) * factor:.4f}{unit}"

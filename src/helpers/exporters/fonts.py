"""The open Chinese fonts of the data wheel: whole for the typesetter, cut to the page's characters for HTML."""

from __future__ import annotations

import base64
import os
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import uharfbuzz

FAMILY = "Noto Sans SC"
"""The family name that charts ask for, and under which the page brings its own font along."""


def folders() -> list[Path]:
    """Where the typesetter looks for fonts: the deployment's own ($GONGKAI_FONTS) first, then the wheel's."""
    own = os.environ.get("GONGKAI_FONTS")
    return [*([Path(own)] if own else []), pylopdf_fonts_zh_cn.sans_path().parent]


def embedded(text: str) -> str:
    """The sans font cut down to the characters of `text`, as a base64 OpenType file.

    Some 5 ms and 200 bytes a character: a page's thousand characters cost less than one photograph, and no reader
    needs a Chinese font installed for the page or its charts to look as they were made.
    """
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    for char in sorted(set(text)):
        wanted.unicode_set.add(ord(char))
    return base64.b64encode(uharfbuzz.subset(_sans(), wanted).blob.data).decode("ascii")


@cache
def _sans() -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(pylopdf_fonts_zh_cn.sans_path())))

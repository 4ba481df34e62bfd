"""Pictures within the page: whole, named, as large as their author meant them."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from helpers.hypertext import drawings
from helpers.hypertext.addresses import is_picture
from helpers.hypertext.refusals import refused
from helpers.hypertext.styles import read, written

MOST_PIXELS = 50_000_000
"""A page of A4 at 600 dpi has 35 million; a small file may claim to be a picture of any size."""

_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_POINTS = 0.75
_SVG_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_EMBED = "A published page loads nothing: embed the picture as data:image/png;base64,…"
_AGAIN = "Make the picture anew."


def settle(body: Any) -> None:
    """Look at every picture under `body`; drawings in files become drawings of the page, whose words use its font.

    Raises Refused for a picture that would be fetched, that is none, or that nothing is said of.
    """
    for image in list(body.iter("img")):
        kind, data = _decoded(image)
        alt = " ".join(image.get("alt", "").split())
        if not alt:
            remedy = 'Say what it shows: <img alt="…">, in Markdown ![…](…).'
            raise refused("a picture without alternative text", _start(image), remedy)
        if kind == "image/svg+xml":
            _replace_by_drawing(image, data, alt)
            continue
        kind, width, height = _measured(image, data)
        image.set("src", f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}")
        style = _sized(dict(read(image.get("style"))), width, height)
        image.attrib.pop("style", None)
        if style:
            image.set("style", style)


def as_file(image: Any) -> str:
    """An `img` as an SVG file around its data, which the typesetter takes five times as quickly as their bytes."""
    width, height = natural(image)
    sides = f'width="{width:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {sides}><image {sides} href="{image.get("src")}"/></svg>'


def natural(image: Any) -> tuple[float, float]:
    """Width and height in points, a pixel being one of CSS."""
    from PIL import Image

    with Image.open(io.BytesIO(base64.b64decode(image.get("src").partition(",")[2]))) as picture:
        return picture.size[0] * _POINTS, picture.size[1] * _POINTS


def _decoded(image: Any) -> tuple[str, bytes]:
    address = image.get("src", "")
    if not is_picture(address):
        raise refused("a picture that is fetched, or of no known kind", _start(image), _EMBED)
    head, _, data = address.partition(",")
    head = "".join(head.split()).lower()  # great-tables writes it with spaces
    kind = head.partition(";")[0].removeprefix("data:")
    if ";base64" not in head:
        return kind, unquote_to_bytes(data)
    try:
        return kind, base64.b64decode("".join(unquote_to_bytes(data).decode("ascii").split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise refused(f"a picture whose data are no base64 ({problem})", _start(image), _AGAIN) from None


def _measured(image: Any, data: bytes) -> tuple[str, int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(_KINDS)) as picture:
                if picture.size[0] * picture.size[1] <= MOST_PIXELS:
                    picture.load()
                    return _KINDS[str(picture.format)], *picture.size
                found = f"{picture.size[0]} × {picture.size[1]} pixels"
    except UnidentifiedImageError:
        found = "its data are of another kind, or cut off"
    except (OSError, SyntaxError, ValueError, Warning) as problem:
        found = re.sub(r"<.*", "", " ".join(str(problem).split()))[:120] or type(problem).__name__
    raise refused(f"a picture that is no whole PNG, JPEG, GIF or WebP ({found})", _start(image), _AGAIN)


def _sized(style: dict[str, str], width: int, height: int) -> str:
    """The size as its author gave it: a width, and a height only where it is to be out of shape."""
    across, down = _points(style.get("width")), _points(style.get("height"))
    if down and not style.get("width"):
        style["width"] = f"{down * width / height:.4g}pt"
    if not (across and down and abs(across * height / (down * width) - 1) > 0.02):
        style.pop("height", None)
    return written(style)


def _points(length: str | None) -> float:
    return float(length.removesuffix("pt")) if length and length.endswith("pt") else 0.0


def _replace_by_drawing(image: Any, data: bytes, alt: str) -> None:
    try:
        root = etree.fromstring(data, _SVG_PARSER)
    except (etree.XMLSyntaxError, ValueError) as problem:
        found = " ".join(str(problem).split())[:120]
        raise refused(f"a picture that is no SVG ({found})", _start(image), _AGAIN) from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise refused("a picture that is no SVG", _start(image), "Give its outermost element, svg, its xmlns.")
    root.set("aria-label", alt)
    drawing = drawings.cleaned(root)
    style = read(image.get("style"))
    if "width" in style or "height" in style:
        drawings.resized(drawing, style.get("width", ""), style.get("height", ""))
    drawing.tail, image.tail = image.tail, None
    image.getparent().replace(image, drawing)


def _start(image: Any) -> str:
    """The picture's tag without its data, which say nothing to anyone."""
    said = (f'{name}="{value if len(value) <= 40 else value[:40] + "…"}"' for name, value in image.items())
    return f"<img {' '.join(said)}>"

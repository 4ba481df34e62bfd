"""PDF made of its objects: packed as office suites do it, with fonts that it does not bring; and spoilt.

A file whose table of objects is out of place is read by another way, which looks for them; so a spoilt file mostly
gets a new table, and what was spoilt is read like in any sound one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

from fuzz.mutation import spoilt

_OBJECT = re.compile(rb"(?:^|[\r\n])(\d+) 0 obj\s(.*?)\s?endobj", re.DOTALL)
_STREAM = re.compile(rb"(<<.*?>>)\s*stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*(<<.*?>>)\s*startxref", re.DOTALL)
_REFERENCE = re.compile(rb"(?<!\d)(\d+) 0 R")
_NUMBER = re.compile(rb"(?<![\d.])-?\d+(?:\.\d+)?(?! \d+ R| 0 R)")
_NAME = re.compile(rb"/[A-Za-z0-9]+")
_ELEMENTS = b"/StructElem"

Objects = dict[int, bytes]


def taken_apart(data: bytes) -> tuple[Objects, bytes]:
    """The bodies of a file's objects by number, and its trailer."""
    trailer = _TRAILER.search(data)
    assert trailer
    return {int(found[1]): found[2] for found in _OBJECT.finditer(data)}, trailer[1]


def put_together(objects: Objects, trailer: bytes) -> bytes:
    """The objects as a file with a table that says where they are."""
    data, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    last = max(objects)
    lines = [b"%010d 00000 %s" % (places.get(n, 0), b"n" if n in places else b"f") for n in range(last + 1)]
    table = b"xref\n0 %d\n%s \n" % (last + 1, b" \n".join(lines))
    return data + table + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(data))


def packed(data: bytes) -> bytes:
    """The file with its objects in streams and its table as a stream, as office suites write it."""
    objects, trailer = taken_apart(data)
    loose = {number: body for number, body in objects.items() if b"stream" not in body}
    whole = {number: body for number, body in objects.items() if number not in loose}
    holder, table = max(objects) + 1, max(objects) + 2
    heads, bodies = [], b""
    for number, body in loose.items():
        heads.append(b"%d %d" % (number, len(bodies)))
        bodies += body + b" "
    head = b" ".join(heads) + b" "
    whole[holder] = _stream(b"/Type/ObjStm/N %d/First %d" % (len(loose), len(head)), head + bodies)
    data, rows = b"%PDF-1.7\n", {0: (0, 0, 0)}
    rows |= {number: (2, holder, index) for index, number in enumerate(loose)}
    for number, body in whole.items():
        rows[number] = (1, len(data), 0)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows[table] = (1, len(data), 0)
    entries = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, place, index in (rows.get(number, (0, 0, 0)) for number in range(table + 1))
    )
    about = b"/Type/XRef/W[1 4 2]/Size %d%s" % (table + 1, re.sub(rb"/Size \d+", b"", trailer)[2:-2])
    return data + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, _stream(about, entries), len(data))


def _stream(about: bytes, content: bytes) -> bytes:
    content = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (about, len(content), content)


def borrowed(lines: Sequence[tuple[float, float, str]]) -> bytes:
    """Text in fonts that the file does not bring and whose codes are GBK, as printer drivers wrote it; rules around.

    `lines` are pieces of text with their place from the left and from the top, of a sheet of A4 after another.
    """
    sheets: dict[int, list[bytes]] = {}
    for left, top, text in lines:
        sheet, y = divmod(top, 780)
        code = text.encode("gbk", "replace").hex().encode()
        sheets.setdefault(int(sheet), []).append(b"BT /F0 8 Tf 1 0 0 1 %.1f %.1f Tm <%s> Tj ET" % (left, 810 - y, code))
    objects: Objects = {
        2: b"<</Type/Catalog/Pages 1 0 R>>",
        3: b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[4 0 R]>>",
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/W[2 95 500 814 939 500]/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        5: b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/Ascent 859/Descent -140/FontBBox[-8 -145 1000 859]>>",
    }
    kids = []
    for pieces in sheets.values():
        number = len(objects) + 2
        objects[number] = _stream(b"", b"\n".join(pieces))
        objects[number + 1] = (
            b"<</Type/Page/Parent 1 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F0 3 0 R>>>>>>"
            % number
        )
        kids.append(b"%d 0 R" % (number + 1))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return put_together(objects, b"<</Size %d/Root 2 0 R>>" % (len(objects) + 1))


def spoilt_objects(data: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """One to three objects spoilt, mostly with a sound table again; or the table and the trailer themselves."""
    if not _TRAILER.search(data):
        return spoilt_stream(data, random, pieces)
    objects, trailer = taken_apart(data)
    # Nine of ten objects are tags, of which one is like the other.
    tags = [number for number, body in objects.items() if _ELEMENTS in body]
    others = [number for number in objects if number not in tags]
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        number = random.choice(tags if tags and random.random() < 0.15 else others)
        if number in objects:
            random.choice(_DAMAGES)(objects, number, random, pieces)
    if random.random() < 0.1:
        trailer = spoilt(trailer, random, pieces)
    whole = put_together(objects, trailer) if objects else data
    return whole if random.random() < 0.8 else whole[: whole.rindex(b"xref\n0")] + spoilt(
        whole[whole.rindex(b"xref\n0") :], random, pieces
    )  # fmt: skip


def spoilt_stream(data: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """A packed file with one of its streams unpacked, spoilt and packed again."""
    found = random.choice(list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", data)))
    start, length = found.end(), int(found[1])
    try:
        content = zlib.decompress(data[start : start + length])
    except zlib.error:
        return spoilt(data, random, pieces)
    content = zlib.compress(random.choice((spoilt, _operators))(content, random, pieces))
    head = data[found.start() : start].replace(b"/Length %d" % length, b"/Length %d" % len(content), 1)
    return data[: found.start()] + head + content + data[start + length :]


def _contents(objects: Objects, number: int, random: Random, pieces: Sequence[bytes]) -> None:
    """What is in a stream, its dictionary kept; of an object that is none, the object."""
    if not (found := _STREAM.fullmatch(objects[number].strip())):
        _dictionary(objects, number, random, pieces)
        return
    try:
        content = zlib.decompress(found[2])
    except zlib.error:
        return
    damage = random.choice((spoilt, _operators, _operators))
    content = zlib.compress(damage(content, random, pieces))
    about = re.sub(rb"/Length \d+", b"/Length %d" % len(content), found[1])
    objects[number] = b"%s\nstream\n%s\nendstream" % (about, content)


def _operators(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """Numbers, operators and strings of a page's content exchanged: what is left is still a program."""
    lines = content.split(b"\n")
    for _ in range(random.choice((1, 3, 30))):
        at = random.randrange(len(lines))
        words = lines[at].split(b" ")
        words[random.randrange(len(words))] = random.choice((*pieces, *random.choice(lines).split(b" ")))
        lines[at] = b" ".join(words)
    if random.random() < 0.1:
        at = random.randrange(len(lines))
        lines[at : at + 1] = lines[at : at + 20] * 500
    return b"\n".join(lines)


def _dictionary(objects: Objects, number: int, random: Random, pieces: Sequence[bytes]) -> None:
    """The text of the object: its bytes, or a number, a name or a reference of it."""
    head, stream, rest = objects[number].partition(b"stream")
    if random.random() < 0.3:
        head = spoilt(head, random, pieces)
    else:
        pattern = random.choice((_NUMBER, _NAME, _REFERENCE))
        if places := list(pattern.finditer(head)):
            found = random.choice(places)
            others = [match[0] for match in places] + [b"%d 0 R" % random.choice(list(objects))]
            head = head[: found.start()] + random.choice((*others, *pieces)) + head[found.end() :]
    objects[number] = head + stream + rest


def _circle(objects: Objects, number: int, random: Random, _: object) -> None:
    """A reference to the object itself, or to any other, where one led somewhere else."""
    if places := list(_REFERENCE.finditer(objects[number])):
        found = random.choice(places)
        target = random.choice((number, number, *objects))
        body = objects[number]
        objects[number] = body[: found.start()] + b"%d 0 R" % target + body[found.end() :]


def _exchanged(objects: Objects, number: int, random: Random, _: object) -> None:
    """A page where a font was, a font where an array was."""
    other = random.choice([key for key in objects if _ELEMENTS not in objects[key]] or [number])
    objects[number], objects[other] = objects[other], objects[number]


def _gone(objects: Objects, number: int, *_: object) -> None:
    del objects[number]


_DAMAGES: tuple[Callable[..., None], ...] = (
    _contents, _contents, _contents, _dictionary, _dictionary, _dictionary, _circle, _circle, _exchanged, _gone,
)  # fmt: skip

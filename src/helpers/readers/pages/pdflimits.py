"""Bounds that pdfminer does not set itself: what a file unpacks to, draws, and lists."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any

from helpers.readers.pages.document import LONGEST

# The largest stream of a report, a picture apart, has half a megabyte; its fonts map some thousand characters each.
_UNPACKED = 64 * 2**20
_CHARACTERS = 0x2_0000
_FILTERS, _COLUMNS = 3, 100_000
_CHECKSUM = 4  # bytes

# Byte by byte in Python; tables of objects are packed so, and of pictures, which are not unpacked.
_PREDICTED = 8 * 2**20

# A run of 128 is two bytes.
_RUNS = _UNPACKED // 64

# Tagged reports of a hundred pages have some 50,000.
_OBJECTS = 1_000_000

# The pages of a tagged report are looked up a hundred times each.
_LOOKED_UP = 500_000

# Letters that one sign of a font may stand for; three is what there is.
_LIGATURE = 500

# Bytes of all pages and forms as they are drawn: 60 pages of tables have 3 MB. Calling a form costs as reading so many.
_DRAWN, _CALL = 24 * 2**20, 500

# Those that an operator has not taken; none has more than some thirty.
_OPERANDS = 1000


@cache
def bound() -> None:
    """Set them, once in a process: to pdfminer a bomb is then a damaged stream, which it says and we say after it."""
    _bound_unpacking()
    _bound_drawing()
    _bound_lists()


def _bound_unpacking() -> None:
    from pdfminer import pdftypes, runlength, utils
    from pdfminer.lzw import LZWDecoder
    from pdfminer.pdfexceptions import PDFException

    filters = pdftypes.PDFStream.get_filters

    def too_much() -> PDFException:
        return PDFException(f"a stream that unpacks to more than {_UNPACKED // 2**20} MB")

    class Zlib:
        """What pdfminer uses of the library of that name."""

        error, decompressobj = zlib.error, zlib.decompressobj

        @staticmethod
        def decompress(data: bytes) -> bytes:
            stream = zlib.decompressobj()
            try:
                unpacked = stream.decompress(data, _UNPACKED)
            except zlib.error:  # the checksum behind it is wrong; else this fails as well
                stream = zlib.decompressobj()
                unpacked = stream.decompress(data[:-_CHECKSUM], _UNPACKED)
            if stream.unconsumed_tail:
                raise too_much()
            return unpacked

    def lzwdecode(data: bytes) -> bytes:
        unpacked = bytearray()
        for piece in LZWDecoder(BytesIO(data)).run():
            unpacked += piece
            if len(unpacked) > _UNPACKED:
                raise too_much()
        return bytes(unpacked)

    def rldecode(data: bytes) -> bytes:
        if len(data) > _RUNS:
            raise too_much()
        return runlength.rldecode(data)

    def apply_png_predictor(*settings: Any) -> bytes:
        *_, data = settings
        if len(data) > _PREDICTED:
            raise PDFException(f"a stream of which more than {_PREDICTED // 2**20} MB are predicted")
        return utils.apply_png_predictor(*settings)

    def get_filters(self: Any) -> list[tuple[Any, Any]]:
        found = filters(self)
        if len(found) > _FILTERS:
            raise PDFException(f"a stream packed {len(found)} times over")
        for _, parameters in found:
            columns = parameters.get("Columns") if isinstance(parameters, dict) else None
            if isinstance(columns, int) and not 0 < columns <= _COLUMNS:
                raise PDFException(f"a stream of {columns} columns")
        return found

    # Its own way with a damaged stream is byte by byte, and takes the square of what is in it.
    pdftypes.decompress_corrupted = Zlib.decompress
    pdftypes.zlib = Zlib  # type: ignore[assignment,attr-defined]  # in a module's place
    pdftypes.lzwdecode = lzwdecode  # type: ignore[attr-defined]  # as above
    pdftypes.rldecode = rldecode  # type: ignore[attr-defined]  # as above
    pdftypes.apply_png_predictor = apply_png_predictor  # type: ignore[assignment,attr-defined]  # as above
    pdftypes.PDFStream.get_filters = get_filters  # type: ignore[method-assign]  # in a method's place


def _bound_drawing() -> None:
    from pdfminer import pdfdevice, pdfinterp
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.pdftypes import stream_value

    draw, show = pdfinterp.PDFPageInterpreter.execute, pdfdevice.PDFTextDevice.render_string

    def execute(self: Any, streams: Any) -> None:
        # Forms draw forms, and a page may be the same one a thousand times: it is counted where a file's fonts are.
        for stream in map(stream_value, streams):
            self.rsrcmgr.drawn = getattr(self.rsrcmgr, "drawn", 0) + len(stream.get_data()) + _CALL
            if self.rsrcmgr.drawn > _DRAWN:
                raise PDFException(f"pages and forms that draw more than {_DRAWN // 2**20} MB")
        draw(self, streams)

    def render_string(self: Any, textstate: Any, seq: Any, *rest: Any) -> None:
        codes = sum(len(piece) for piece in seq if isinstance(piece, bytes)) if isinstance(seq, list) else 0
        self.rsrcmgr.shown = getattr(self.rsrcmgr, "shown", 0) + codes
        if self.rsrcmgr.shown > 2 * LONGEST:
            raise PDFException(f"more than {LONGEST:,} characters")
        show(self, textstate, seq, *rest)

    def push(self: Any, obj: Any) -> None:
        # Each operator copies the pile that it takes its operands from.
        if len(self.argstack) > _OPERANDS:
            del self.argstack[: -_OPERANDS // 2]
        self.argstack.append(obj)

    pdfinterp.PDFPageInterpreter.execute = execute  # type: ignore[method-assign]  # as above
    pdfdevice.PDFTextDevice.render_string = render_string  # type: ignore[assignment]  # as above
    pdfinterp.PDFPageInterpreter.push = push  # type: ignore[method-assign]  # as above


def _bound_lists() -> None:
    from pdfminer import cmapdb, pdfdocument, pdffont
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.pdftypes import resolve1

    add, table = cmapdb.FileUnicodeMap.add_cid2unichr, pdfdocument.PDFXRefStream.load
    look_up, across, down = pdfdocument.PDFDocument.getobj, pdffont.get_widths, pdffont.get_widths2

    def add_cid2unichr(self: Any, cid: int, code: Any) -> None:
        if len(self.cid2unichr) > _CHARACTERS:
            raise PDFException("a font that maps more characters than there are")
        if isinstance(code, bytes) and len(code) > _LIGATURE:
            raise PDFException(f"a font with a character of {len(code)} letters")
        add(self, cid, code)

    def few(widths: Iterable[Any], size: int) -> list[Any]:
        """The widths of a font, where its ranges (first, last and `size` - 2 figures each) are not too long."""
        seen, numbers, characters = [resolve1(width) for width in widths], list[float](), 0.0
        for width in seen:
            numbers = [*numbers, width] if isinstance(width, int | float) else []
            if len(numbers) == size:
                characters += max(numbers[1] - numbers[0], 0)
                numbers = []
        if characters > _CHARACTERS:
            raise PDFException("a font with widths of more characters than there are")
        return seen

    def getobj(self: Any, objid: int) -> object:
        # Of objects that lead to each other some are looked up for ever, and some twice as often at each step.
        self.looked_up = getattr(self, "looked_up", 0) + 1
        if self.looked_up > _LOOKED_UP:
            raise PDFException("objects that lead to each other without end")
        return look_up(self, objid)

    def load(self: Any, parser: Any) -> None:
        table(self, parser)
        if sum(count for _, count in self.ranges) > _OBJECTS:
            raise PDFException(f"a table of more than {_OBJECTS:,} objects")

    pdfdocument.PDFDocument.getobj = getobj  # type: ignore[method-assign]  # as above
    pdffont.get_widths = lambda seq: across(few(seq, 3))
    pdffont.get_widths2 = lambda seq: down(few(seq, 5))
    cmapdb.FileUnicodeMap.add_cid2unichr = add_cid2unichr  # type: ignore[method-assign]  # as above
    pdfdocument.PDFXRefStream.load = load  # type: ignore[method-assign]  # as above

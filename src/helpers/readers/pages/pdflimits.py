"""Bounds that pdfminer does not set itself: how much a stream unpacks to, and how many characters a font may map."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any

# The largest stream of a report, a picture apart, has half a megabyte; its fonts map some thousand characters each.
_UNPACKED = 64 * 2**20
_CHARACTERS = 0x2_0000
_FILTERS = 3


@cache
def bound() -> None:
    """Set them, once in a process: to pdfminer a bomb is then a damaged stream, which it says and we say after it."""
    from pdfminer import cmapdb, pdftypes
    from pdfminer.pdfexceptions import PDFException

    add, filters = cmapdb.FileUnicodeMap.add_cid2unichr, pdftypes.PDFStream.get_filters

    class Zlib:
        """What pdfminer uses of the library of that name."""

        error, decompressobj = zlib.error, zlib.decompressobj

        @staticmethod
        def decompress(data: bytes) -> bytes:
            stream = zlib.decompressobj()
            unpacked = stream.decompress(data, _UNPACKED)
            if stream.unconsumed_tail:
                raise PDFException(f"a stream that unpacks to more than {_UNPACKED // 2**20} MB")
            if not stream.eof:
                raise zlib.error("incomplete or truncated stream")
            return unpacked

    def add_cid2unichr(self: Any, cid: int, code: Any) -> None:
        if len(self.cid2unichr) > _CHARACTERS:
            raise PDFException("a font that maps more characters than there are")
        add(self, cid, code)

    def get_filters(self: Any) -> list[tuple[Any, Any]]:
        found = filters(self)
        if len(found) > _FILTERS:
            raise PDFException(f"a stream packed {len(found)} times over")
        return found

    pdftypes.zlib = Zlib  # type: ignore[assignment,attr-defined]  # in a module's place
    cmapdb.FileUnicodeMap.add_cid2unichr = add_cid2unichr  # type: ignore[method-assign]  # as above
    pdftypes.PDFStream.get_filters = get_filters  # type: ignore[method-assign]  # as above

"""Pictures that Markdown and HTML name: attachments, files beside the notebook, data in the address; each embedded."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from helpers.errors import BuildError, InputError
from helpers.opening import read_bytes

LARGEST = 1 << 25
"""Bytes of a picture; a photograph of 20 megapixels has 8 million."""


@dataclass(frozen=True)
class Sources:
    """Where a cell's pictures are: its `attachments`, and files from the notebook's `folder` downward."""

    attachments: Mapping[str, Mapping[str, Any]]
    folder: Path | None

    def embedded(self, address: str) -> str:
        """The picture at `address` as data; BuildError for one that is not to be had.

        What is data already, or an address of the web, is left as it is: the list of what is allowed looks at it.
        """
        here = urlsplit(address).scheme.lower() in ("", "attachment") and not address.startswith(("//", "\\"))
        return self._data(address) if here else address

    def _data(self, address: str) -> str:
        scheme, _, rest = address.partition(":")
        try:
            data = self._attached(unquote(rest)) if scheme.lower() == "attachment" else self._file(address)
        except BuildError as problem:
            raise BuildError(f"the picture {address[:80]!r}: {problem}") from None
        kind = "image/svg+xml" if b"<svg" in data[:4096] else "image/png"  # of several kinds, which is found out later
        return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"

    def _attached(self, name: str) -> bytes:
        for kind, data in self.attachments.get(name, {}).items():
            text = data if isinstance(data, str) else "".join(data)
            if kind.startswith("image/"):
                return text.encode() if "<svg" in text else _decoded(text)
        known = ", ".join(self.attachments) or "none"
        raise BuildError(f"the cell has no such attachment of a picture, it has {known}. Attach it anew.")

    def _file(self, address: str) -> bytes:
        name = unquote(urlsplit(address).path)
        if self.folder is None:
            raise BuildError("where the notebook lies is not known, so no file beside it is. Attach the picture.")
        path = self.folder / name
        if not name or Path(name).is_absolute() or ".." in Path(name).parts:
            raise BuildError("only a file from the notebook's own folder downward is shown. Put it there.")
        try:
            return read_bytes(path, InputError, LARGEST, within=self.folder)
        except InputError as problem:
            raise BuildError(f"expected {problem.expected}, found {problem.found}. {problem.remedy}") from None


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except ValueError as problem:
        raise BuildError(f"its data are no base64 ({problem}). Attach it anew.") from None

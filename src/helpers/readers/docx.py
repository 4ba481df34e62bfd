"""DOCX → texts and grids, through pandoc, which keeps row and column spans."""

from __future__ import annotations

import subprocess
from pathlib import Path

from helpers.errors import DocumentError
from helpers.readers.document import Document
from helpers.readers.html import from_markup

# A report takes pandoc a third of a second; a file that takes a minute was made to.
_SECONDS = 60


def read_docx(path: Path, data: bytes) -> Document:
    """The document as texts and grids; raises DocumentError where pandoc cannot read it."""
    from pypandoc import get_pandoc_path

    command = [get_pandoc_path(), "--from=docx", "--to=html", "--wrap=none", "--sandbox", "--quiet"]
    limits = ["+RTS", "-M1G", "-RTS"]
    try:
        done = subprocess.run([*command, *limits], input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            path, "a Word file", f"one that takes longer than {_SECONDS} s", "The file is not trusted."
        ) from None
    if done.returncode:
        why = " ".join(done.stderr.decode("utf-8", errors="replace").split())[:160]
        raise DocumentError(path, "a Word file (.docx)", f"a damaged one ({why})", "Download it again.")
    return from_markup(done.stdout.decode("utf-8"))

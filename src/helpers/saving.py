"""Files of ours, written: where one cannot be, the error names it, which a full disk by itself does not."""

from __future__ import annotations

from pathlib import Path


def save(path: Path, content: bytes | str) -> None:
    """Write a file and the folders that it stands in; text as UTF-8, its line ends as they are."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from None

"""Where what was read waits to be checked: on disk, so that thousands of reports cost no memory."""

from __future__ import annotations

import tempfile


class Spool:
    """Byte strings by number, kept in one nameless file that vanishes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by __exit__
        self._places: dict[int, tuple[int, int]] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *problem: object) -> None:
        self._file.close()

    def put(self, number: int, content: bytes) -> None:
        """Keep `content` under `number`."""
        self._places[number] = (self._file.seek(0, 2), len(content))
        self._file.write(content)

    def get(self, number: int) -> bytes:
        """What is kept under `number`."""
        start, length = self._places[number]
        self._file.seek(start)
        return self._file.read(length)

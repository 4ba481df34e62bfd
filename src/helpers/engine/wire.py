"""The one socket between papermill and a notebook's process."""

import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any


class Wire:
    """Multipart messages over a connection, in the two calls Jupyter's code makes on a ZeroMQ socket."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._lock = threading.Lock()

    def send_multipart(self, parts: Sequence[bytes], **_options: Any) -> None:
        """Send one message; several threads may."""
        with self._lock:
            self.connection.send_bytes(b"%d" % len(parts))
            for part in parts:
                self.connection.send_bytes(part)

    def recv_multipart(self) -> list[bytes]:
        """Wait for one message. Raises EOFError or OSError when the other side is gone."""
        return [self.connection.recv_bytes() for _ in range(int(self.connection.recv_bytes()))]

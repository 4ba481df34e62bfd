"""The one socket between papermill and a notebook's process."""

import marshal
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any


class Wire:
    """Multipart messages over a connection, in the two calls Jupyter's code makes on a ZeroMQ socket."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._lock = threading.Lock()

    def send_multipart(self, parts: Sequence[Any], **_options: Any) -> None:
        """Send one message, its parts bytes or what holds bytes; several threads may."""
        message = marshal.dumps([bytes(part) for part in parts])
        with self._lock:
            self.connection.send_bytes(message)

    def recv_multipart(self) -> list[bytes]:
        """Wait for one message. Raises EOFError or OSError when the other side is gone."""
        parts: list[bytes] = marshal.loads(self.connection.recv_bytes())
        return parts

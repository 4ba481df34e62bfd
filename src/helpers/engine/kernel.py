"""ipykernel's own application with the network taken out: what runs inside a notebook's process.

The zygote builds the application once. What belongs to one notebook (streams, environment, start-up
files, event loop) is set up after the fork, by ``ForkedKernelApp.run``.
"""

import asyncio
import atexit
import codecs
import importlib.util
import json
import os
import select
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any, ClassVar, TypeVar

import traitlets
import zmq
from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.jsonutil import json_default
from tornado.platform.asyncio import AsyncIOMainLoop

from helpers.engine.wire import Wire

Class = TypeVar("Class", bound=type)


def named_as_stock(cls: Class) -> Class:
    """Let a class of ours go by the name of the stock class it refines: `%config`, logs and messages show it."""
    stock = cls.__mro__[1]
    cls.__name__, cls.__qualname__, cls.__module__ = stock.__name__, stock.__qualname__, stock.__module__
    return cls


class _Packer:
    """The session's own way to write messages; what no message can hold is shown as Python writes it.

    A stock kernel drops output with half a surrogate pair in it, or never answers.
    """

    def __init__(self, pack: Any) -> None:
        self._pack = pack

    def __call__(self, message: Any) -> bytes:
        try:
            return bytes(self._pack(message))
        except UnicodeEncodeError:
            return json.dumps(message, default=json_default, ensure_ascii=False).encode("utf-8", _Packer.__name__)


def _shown(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(rf"\\u{ord(char):04x}" for char in error.object[error.start : error.end]), error.end


codecs.register_error(_Packer.__name__, _shown)


class DirectPub(IOPubThread):
    """ipykernel's output thread without the thread: whoever has something to send sends it."""

    def __init__(self, wire: Wire) -> None:
        self.socket = wire
        self.thread = threading.Thread()  # never started: ipykernel then calls instead of scheduling
        self.io_loop: Any = None
        self._pipe_flag = False
        self.background_socket = BackgroundSocket(self)


@named_as_stock
class DrainedStream(OutStream):
    """ipykernel's stdout or stderr, which also keeps what C code and subprocesses write in its place.

    Those write to the file descriptor, a pipe that ipykernel reads in a thread. Emptying the pipe before
    each Python-level write and flush gives every run the order that a stock kernel gives most of the time.
    """

    _watched: ClassVar[list["DrainedStream"]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._fid: Any = None
        self._flush_due = 0.0
        self._sending = threading.RLock()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        super().__init__(*args, **kwargs)

    def _watch_pipe_fd(self) -> None:
        """Watch every stream in the first one's thread: two threads would send their pieces in the order of a race."""
        self._watched.append(self)
        if self._watched[0] is not self:
            return
        while True:
            select.select([stream._fid for stream in self._watched], [], [], self.flush_interval)
            for stream in self._watched:
                stream._drain()
            for stream in sorted(self._watched, key=lambda stream: stream._flush_due):
                if stream._flush_pending and time.monotonic() > stream._flush_due:
                    stream.flush()

    def _schedule_flush(self) -> None:
        if not self._flush_pending:
            self._flush_pending, self._flush_due = True, time.monotonic() + self.flush_interval

    def _drain(self) -> None:
        with self._sending:
            while self._fid is not None and select.select([self._fid], [], [], 0)[0]:
                super().write(self._decoder.decode(os.read(self._fid, 65536)))

    def write(self, string: str) -> int:
        """Write after what the descriptor already holds."""
        if not self._is_master_process():  # forked by the notebook, and so without a socket of its own
            return os.write(1 if self.name == "stdout" else 2, string.encode())
        self._drain()
        super().write(string)
        return len(string)

    def flush(self) -> None:
        """Send everything written so far, at either level."""
        if self._is_master_process():
            with self._sending:
                self._drain()
                super().flush()


@named_as_stock
class ForkedKernel(IPythonKernel):
    """The IPython kernel, fed from a Wire instead of ZeroMQ streams."""

    shell_stream = traitlets.Any()
    _supports_kernel_subshells = False
    _execute_sleep = 0  # the stock kernel sleeps to let ZeroMQ catch up


@named_as_stock
class ForkedKernelApp(IPKernelApp):
    """ipykernel's application: configuration, shell and magics as in stock, sockets and threads left out."""

    def _leave_out(self, **_kwargs: Any) -> None:
        pass

    init_poller = init_connection_file = init_sockets = init_heartbeat = _leave_out
    write_connection_file = log_connection_info = _leave_out
    init_io = init_code = _leave_out  # these belong to one notebook: run() does them

    def init_kernel(self) -> None:
        """Create the kernel and its shell."""
        self.configure_tornado_logger()
        self.session.key = b""  # nobody else can reach the socket: nothing to sign
        self.session.pack = _Packer(self.session.pack)
        # No debugger attaches to a batch run; ipykernel does without one where debugpy cannot be imported.
        sys.modules["debugpy"] = None  # type: ignore[assignment]
        self.kernel = ForkedKernel.instance(
            parent=self,
            session=self.session,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
            # Only asked for the thread in which an interrupt can reach a cell.
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
        )
        del sys.modules["debugpy"]
        if importlib.util.find_spec("debugpy"):
            # Its import, which the stock kernel has behind it, makes breakpoint() wait for nobody.
            sys.breakpointhook = lambda *_args, **_kwargs: None

    def run(self, connection: Connection) -> None:
        """Serve one notebook in this freshly forked process, until the other side closes or a cell quits."""
        wire = Wire(connection)
        self.session.pid = os.getpid()
        self.iopub_thread = DirectPub(wire)
        self.iopub_socket = self.iopub_thread.background_socket
        self.outstream_class = f"{__name__}.DrainedStream"
        super().init_io()
        kernel = self.kernel
        shell: Any = self.shell
        self.displayhook.get_execution_count = lambda: kernel.execution_count
        kernel.iopub_thread, kernel.iopub_socket, kernel.shell_stream = self.iopub_thread, self.iopub_socket, wire
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = self.iopub_socket
        shell.init_environment()
        self.init_gui_pylab()
        super().init_code()
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        with suppress(RuntimeError):  # the loop is stopped: so quit() ends a kernel, a tenth of a second later
            loop.run_until_complete(self._serve(wire))
        # An interpreter's full exit would cost more than most notebooks: run the exit hooks, and drop the
        # notebook's names so that files left open are written.
        atexit._run_exitfuncs()
        shell.user_ns.clear()

    async def _serve(self, wire: Wire) -> None:
        self.kernel.io_loop = AsyncIOMainLoop.current()
        requests: asyncio.Queue[list[bytes]] = asyncio.Queue()

        def receive() -> None:
            try:
                requests.put_nowait(wire.recv_multipart())
            except (EOFError, OSError):
                requests.put_nowait([])

        asyncio.get_running_loop().add_reader(wire.connection.fileno(), receive)
        while request := await requests.get():
            await self.kernel.dispatch_shell([zmq.Frame(part) for part in request])

"""papermill's side: its own client, talking to a forked process, and when to leave a notebook to stock."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_hook, run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from helpers.engine import host
from helpers.engine.processes import below, signal_group
from helpers.engine.stock import limited
from helpers.engine.wire import Wire
from helpers.limits import MEBIBYTE, MOST_PROCESSES

WIDGETS = re.compile(
    r"\b(ipywidgets|ipympl|FigureWidget|create_comm|Comm)\b|\btqdm\.(auto|notebook)\b|%matplotlib (widget|notebook)"
)
OWN_KERNEL_OPTIONS = {"km", "extra_arguments", "kernel_manager_class", "ipython_hist_file"}
EXIT_PATIENCE = 5.0  # seconds for exit hooks, as long as jupyter_client gives a kernel
INTERRUPT_PATIENCE = 2.5  # seconds, as long as jupyter_client gives an interrupted kernel
COUNTING = 0.1  # seconds between two counts of a notebook's processes; a fork bomb makes some hundreds meanwhile
MOST_OUTPUT = 256 * MEBIBYTE  # of all messages of a notebook; a report's are 2 MiB, and they are held in memory here


class Channel(asyncio.Queue[dict[str, Any]]):
    """Messages received, read the way nbclient reads a kernel's channel."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Wait for the next message. Raises queue.Empty after ``timeout`` seconds."""
        try:
            return await asyncio.wait_for(self.get(), timeout)
        except TimeoutError:
            raise Empty from None


class NotebookProcess:
    """One notebook's process, through what nbclient asks of a kernel manager and of a kernel client."""

    def __init__(self, options: Sequence[str], cwd: str, timeout: float, memory: int | None) -> None:
        self._zygote, self._pid, connection = host.fork(options, cwd, timeout, memory)
        self._room = MOST_OUTPUT
        self._crowded = False
        self._wire = Wire(connection)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.session = Session()
        self.session.key = b""  # nobody else can reach the socket: nothing to sign
        self.shell_channel, self.iopub_channel = Channel(), Channel()
        self.died = asyncio.Event()

    async def execute(self, code: str, store_history: bool = True, **_options: Any) -> str:
        """Run a cell; give the number by which its messages are known."""
        if self._loop is not (running := asyncio.get_running_loop()):
            self._loop = running
            running.add_reader(self._wire.connection.fileno(), self._receive)
            running.call_later(COUNTING, self._count, running)
        content = {"code": code, "silent": False, "store_history": store_history, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": False}
        message = self.session.msg("execute_request", content)
        with suppress(OSError):  # then it has died, and _receive says so
            self.session.send(self._wire, message)  # type: ignore[arg-type]  # it asks only for send_multipart
        return str(message["header"]["msg_id"])

    def kernel_info(self) -> str:
        """Have the kernel's language described on the shell channel."""
        content = {"language_info": self._zygote.hello["language_info"]}
        self.shell_channel.put_nowait({"parent_header": {"msg_id": "info"}, "content": content})
        return "info"

    @property
    def excess(self) -> str | None:
        """What the notebook was ended for, in words, if anything."""
        if self._crowded:
            return f"started more than {MOST_PROCESSES} processes"
        return f"put out more than {MOST_OUTPUT // MEBIBYTE} MiB" if self._room < 0 else None

    def is_alive(self) -> bool:
        """Tell whether the process still runs."""
        return not self.died.is_set()

    def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs."""
        self._zygote.ask("interrupt", self._pid)

    async def end(self, patience: float = 0) -> int | None:
        """Kill the process and all it started, after its exit hooks if there is patience; give its exit code."""
        if patience and self._loop:
            with suppress(OSError, TimeoutError):
                self._wire.send_multipart([])
                await asyncio.wait_for(self.died.wait(), patience)
        await asyncio.sleep(0)  # nbclient cancels its tasks without waiting for them
        if self._loop:
            self._loop.remove_reader(self._wire.connection.fileno())
            self._loop = None
        self._wire.connection.close()
        try:
            code: int = self._zygote.ask("end", self._pid)
        except (EOFError, OSError):  # the zygote is gone, and its notebooks with it
            return None
        return code

    def _count(self, loop: asyncio.AbstractEventLoop) -> None:
        """End a notebook that starts processes without end, while there is still room to."""
        if loop is not self._loop or self.died.is_set():
            return
        if len(below(self._pid)) > MOST_PROCESSES:
            self._crowded = True
            signal_group(self._pid, signal.SIGKILL)
        loop.call_later(COUNTING, self._count, loop)

    def _receive(self) -> None:
        try:
            received = self._wire.recv_multipart()
            self._room -= sum(map(len, received))
            if self.excess:
                raise EOFError
            _, parts = self.session.feed_identities(received)
        except (EOFError, OSError):
            assert self._loop is not None
            self._loop.remove_reader(self._wire.connection.fileno())
            self.died.set()
            return
        message = self.session.deserialize(parts)
        channel = self.shell_channel if message["msg_type"] == "execute_reply" else self.iopub_channel
        channel.put_nowait(message)


class ForkedClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client with a forked process for a kernel. Running a cell is nbclient's own code."""

    def __init__(
        self, nb_man: NotebookExecutionManager, options: Sequence[str], memory: int | None, **traits: Any
    ) -> None:
        super().__init__(nb_man, **traits)
        self._options, self._memory = options, memory
        self.km: Any = None
        self.kc: Any = None

    @contextmanager
    def setup_kernel(self, **_kwargs: Any) -> Iterator[None]:
        """Hold a process for one notebook. Raises host.ZygoteError when there cannot be one."""
        cwd = self.resources.get("metadata", {}).get("path") or Path.cwd()
        self.km = self.kc = NotebookProcess(self._options, str(cwd), self.startup_timeout, self._memory)
        patience = 0.0
        try:
            run_sync(run_hook)(self.on_notebook_start, notebook=self.nb)
            yield
            patience = EXIT_PATIENCE
        finally:
            if self.kc:
                run_sync(self.kc.end)(patience)
            self.km = self.kc = None

    async def _async_poll_kernel_alive(self) -> None:
        await self.kc.died.wait()
        self.task_poll_for_reply.cancel()

    async def _async_poll_for_reply(self, *args: Any, **kwargs: Any) -> Any:
        self._outputs: asyncio.Future[None] = args[3]
        return await super()._async_poll_for_reply(*args, **kwargs)

    async def _async_handle_timeout(self, timeout: int, cell: NotebookNode | None = None) -> dict[str, Any] | None:
        """A cell that is late is interrupted before it is ended, as in stock: its traceback then says where it was."""
        if not self.interrupt_on_timeout:
            self.kc.interrupt_kernel()
            await asyncio.wait([self._outputs], timeout=INTERRUPT_PATIENCE)
            self._outputs.cancel()
        reply: dict[str, Any] | None = await super()._async_handle_timeout(timeout, cell)
        return reply

    async def async_execute_cell(self, cell: NotebookNode, cell_index: int, *args: Any, **kwargs: Any) -> NotebookNode:
        """Run a cell; a process that dies or hangs is an error that names the cell."""
        try:
            done: NotebookNode = await super().async_execute_cell(cell, cell_index, *args, **kwargs)
            return done
        except (DeadKernelError, CellTimeoutError) as error:
            self.nb_man.cell_exception(cell, cell_index=cell_index, exception=error)
            message = str(error)
            if isinstance(error, DeadKernelError):
                how, code = self.kc.excess, await self.kc.end()
                how = how or host.describe_exit(code) + (", as after quit()" if code == 0 else "")
                self.kc = None
                message = f"Kernel died ({how}) while running:\n{cell.source[:500]}"
            raise type(error)(f"Cell {cell_index} of the notebook: {message}") from None

    execute_cell = run_sync(async_execute_cell)


def why_stock(nb: NotebookNode, options: Sequence[str] | None, kwargs: dict[str, Any]) -> str | None:
    """Say why the stock engine must run this notebook, or None if it need not."""
    if not hasattr(os, "fork"):
        return "this system cannot fork"
    if asked := OWN_KERNEL_OPTIONS & kwargs.keys():
        return f"{', '.join(sorted(asked))} ask for a kernel process of their own"
    if options is None:
        return "the kernel is not this Python's own ipykernel"
    if "widgets" in nb.metadata or any(c.cell_type == "code" and WIDGETS.search(c.source) for c in nb.cells):
        return "the notebook uses widgets"
    return None


class ForkedEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's engine ``forked``; takes the stock engine's options, and gives its results and errors."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        memory_limit: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the notebook in a forked process, or with the stock engine where that cannot be.

        ``memory_limit`` is in MiB, for the notebook's process and for each that it starts.
        """
        common = {"log_output": log_output, "stdout_file": stdout_file, "stderr_file": stderr_file}
        # Whoever brings a kernel manager has it look for the kernel.
        options = None if OWN_KERNEL_OPTIONS & kwargs.keys() else host.kernel_options(kernel_name)
        reason = why_stock(nb_man.nb, options, kwargs)
        if reason is None and options is not None:
            traits = merge_kwargs(
                remove_args(["input_path", "timeout", "startup_timeout"], **kwargs),
                timeout=execution_timeout or kwargs.get("timeout"),
                startup_timeout=start_timeout,
                kernel_name=kernel_name,
                log=logger,
                **common,
            )
            try:
                return ForkedClient(nb_man, options, memory_limit, **traits).execute()
            except host.ZygoteError as error:  # which has been said
                logger.info("Engine 'forked' leaves this notebook to papermill's stock engine: %s", error)
        else:
            logger.warning("Engine 'forked' leaves this notebook to papermill's stock engine: %s", reason)
        common |= {"start_timeout": start_timeout, "execution_timeout": execution_timeout}
        if memory_limit and not OWN_KERNEL_OPTIONS & kwargs.keys():
            kwargs["kernel_manager_class"] = limited(memory_limit)
        return super().execute_managed_notebook(nb_man, kernel_name, **common, **kwargs)

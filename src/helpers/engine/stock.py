"""The stock engine's kernels, within the limits that a forked notebook has."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from papermill.log import logger

from helpers.engine.processes import below
from helpers.limits import MOST_PROCESSES, limit_memory


def limited(memory: int) -> type[AsyncKernelManager]:
    """A kernel manager whose kernels, and what they start, may each allocate so many MiB."""

    class LimitedKernelManager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
            """Not to our standard output: a kernel repeats there what subprocesses print, and ours may be JSON."""
            command, options = await super()._async_pre_start_kernel(**options)
            return command, {**options, "stdout": subprocess.DEVNULL}

        async def _async_post_start_kernel(self, **options: Any) -> None:
            await super()._async_post_start_kernel(**options)
            if pid := getattr(self.provisioner, "pid", None):
                limit_memory(memory, pid)

        async def _async_is_alive(self) -> bool:
            """As asked every second: a kernel that has started too many processes is ended with them."""
            alive: bool = await super()._async_is_alive()
            pid = getattr(self.provisioner, "pid", None)
            if alive and pid and len(below(pid)) > MOST_PROCESSES:
                logger.error("The kernel started more than %d processes and is ended.", MOST_PROCESSES)
                os.killpg(pid, signal.SIGKILL)
            return alive

        post_start_kernel: Any = _async_post_start_kernel
        is_alive: Any = _async_is_alive

    return LimitedKernelManager

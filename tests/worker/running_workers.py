"""Workers in this process and in processes of their own."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from recording_core import Journal, RecordingCore, until

from worker.runner import Worker

LEASE = 1.0
"""Seconds after which a message of a dead worker is taken up; 30 in production."""

StartWorker = Callable[..., AbstractAsyncContextManager[Worker]]
"""``async with start_worker(): ...``, on the core of the test or on another one."""


@asynccontextmanager
async def worker_on(
    core: RecordingCore, *, lease: float = LEASE, buried_after: float = 86_400.0, until_ready: bool = True
) -> AsyncGenerator[Worker]:
    """A worker that is ready; afterwards it stops in order, and nothing of it is left."""
    worker = Worker(core)
    for queue in worker.queues:
        queue.lease = lease
        queue.buried_after = buried_after
    finish = asyncio.Event()
    running = asyncio.create_task(worker.run(finish))
    try:
        if until_ready:
            await until(worker.ready.is_set)
        yield worker
    finally:
        finish.set()
        async with asyncio.timeout(10):
            await running
    assert not any(queue.held for queue in worker.queues)


@dataclass
class WorkerProcess:
    """A worker in a process of its own, and what its services wrote down."""

    process: asyncio.subprocess.Process
    file: Path
    log: Path

    @property
    def journal(self) -> Journal:
        return Journal.read(self.file)

    async def until_logged(self, event: str) -> None:
        await until(lambda: event in self.log.read_text())

    async def stop(self, number: signal.Signals) -> tuple[int, float]:
        """Send the signal; the exit code and the seconds until the end."""
        began = time.monotonic()
        self.process.send_signal(number)
        async with asyncio.timeout(20):
            code = await self.process.wait()
        return code, time.monotonic() - began


Spawn = Callable[[], Awaitable[WorkerProcess]]
"""``await spawn()``: a worker in a process of its own, ready."""

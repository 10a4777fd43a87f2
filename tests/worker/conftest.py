"""A real Redis, and workers on it in this process."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from recording import Journal, RecordingCore, open_recording, until

from core.local.redis_server import RedisServer
from core.settings import Settings
from worker.runner import Worker

LEASE = 1.0
"""Seconds after which a message of a dead worker is taken up; 30 in production."""

StartWorker = Callable[..., AbstractAsyncContextManager[Worker]]
"""``async with start_worker(): ...``, on the core of the test or on another one."""


def running(folder: str) -> RedisServer:
    server = RedisServer(Path(folder))
    server.start()
    return server


@pytest.fixture(scope="session")
def shared_server() -> Iterator[RedisServer]:
    """One Redis for the tests that leave it alive."""
    with tempfile.TemporaryDirectory() as folder:
        server = running(folder)
        yield server
        server.kill()


@pytest.fixture
def own_server() -> Iterator[RedisServer]:
    """A Redis that the test may kill, empty and start again."""
    with tempfile.TemporaryDirectory() as folder:
        server = running(folder)
        yield server
        server.kill()


@pytest.fixture
def settings() -> Settings:
    """Under a namespace of its own."""
    return Settings(_env_file=None, redis_namespace=f"test-{uuid.uuid4().hex[:8]}")  # pyright: ignore[reportCallIssue]  # pydantic-settings' own argument


@pytest.fixture
async def core(shared_server: RedisServer, settings: Settings) -> AsyncIterator[RecordingCore]:
    """Recording services over the shared Redis."""
    async with open_recording(settings, shared_server.url) as core:
        yield core


@asynccontextmanager
async def worker_on(core: RecordingCore, *, lease: float = LEASE) -> AsyncGenerator[Worker]:
    """A worker that is ready; afterwards it stops in order, and nothing of it is left."""
    worker = Worker(core)
    for queue in worker.queues:
        queue.lease = lease
    finish = asyncio.Event()
    running = asyncio.create_task(worker.run(finish))
    try:
        async with asyncio.timeout(10):
            await worker.ready.wait()
        yield worker
    finally:
        finish.set()
        async with asyncio.timeout(10):
            await running
    assert not any(queue.held for queue in worker.queues)


@pytest.fixture
def start_worker(core: RecordingCore) -> StartWorker:
    """Start a worker on the core of the test, or on another one."""

    def start(
        other: RecordingCore | None = None, *, lease: float = LEASE
    ) -> AbstractAsyncContextManager[Worker]:
        return worker_on(other or core, lease=lease)

    return start


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


@pytest.fixture
async def spawn(core: RecordingCore, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[WorkerProcess]]]:
    """Start workers in processes of their own, on the Redis of the test."""
    started: list[WorkerProcess] = []

    async def start() -> WorkerProcess:
        file, log = (tmp_path / f"{len(started)}.{kind}" for kind in ("journal", "log"))
        with log.open("w") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(Path(__file__).with_name("recorded_worker.py")),
                core.redis.url,
                core.settings.redis_namespace,
                str(file),
                cwd=Path(__file__).parents[2],
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
                stdout=output,
                stderr=output,
            )
        worker = WorkerProcess(process, file, log)
        started.append(worker)
        await worker.until_logged("worker.ready")
        return worker

    yield start
    for worker in started:
        if worker.process.returncode is None:
            worker.process.kill()
            await worker.process.wait()

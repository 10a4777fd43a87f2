"""A real Redis, and workers on it in this process."""

from __future__ import annotations

import asyncio
import tempfile
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from recording import RecordingCore, open_recording

from core.local.redis_server import RedisServer
from core.settings import Settings
from worker.runner import Worker

LEASE = 1.0
"""Seconds after which a message of a dead worker is taken up; 30 in production."""

StartWorker = Callable[..., AbstractAsyncContextManager[Worker]]


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

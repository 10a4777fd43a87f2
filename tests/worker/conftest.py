"""A real Redis, and workers on it in this process."""

from __future__ import annotations

import asyncio
import os
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from recording_core import RecordingCore, open_recording
from running_workers import Spawn, StartWorker, WorkerProcess, worker_on

from core.local.redis_server import RedisServer
from core.local.temporary import temporary_data_dir
from core.settings import Settings
from worker.runner import Worker


@pytest.fixture(scope="session")
def shared_server() -> Iterator[RedisServer]:
    """One Redis for the tests that leave it alive."""
    with temporary_data_dir() as folder:
        server = RedisServer(folder)
        server.start()
        yield server


@pytest.fixture
def own_server() -> Iterator[RedisServer]:
    """A Redis that the test may kill, empty and start again."""
    with temporary_data_dir() as folder:
        server = RedisServer(folder)
        server.start()
        yield server


@pytest.fixture
def settings() -> Settings:
    """Under a namespace of its own."""
    return Settings(_env_file=None, redis_namespace=f"test-{uuid.uuid4().hex[:8]}")  # pyright: ignore[reportCallIssue]  # pydantic-settings' own argument


@pytest.fixture
async def core(shared_server: RedisServer, settings: Settings) -> AsyncIterator[RecordingCore]:
    """Recording services over the shared Redis."""
    async with open_recording(settings, shared_server.url) as core:
        yield core


@pytest.fixture
def start_worker(core: RecordingCore) -> StartWorker:
    """Start a worker on the core of the test, or on another one."""

    def start(other: RecordingCore | None = None, **how: Any) -> AbstractAsyncContextManager[Worker]:
        return worker_on(other or core, **how)

    return start


@pytest.fixture
async def spawn(core: RecordingCore, tmp_path: Path) -> AsyncIterator[Spawn]:
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

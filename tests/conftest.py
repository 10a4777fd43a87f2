"""Real servers for every test: one MongoDB and one Redis per session, a database and a namespace per test."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from redis.asyncio import Redis

from core.adapters.cipher import Cipher
from core.adapters.mongo.client import Database, close, open_database
from core.adapters.mongo.indexes import ensure_indexes
from core.adapters.mongo.stores import Stores, stores_in
from core.domain.secret import Secret
from core.local.sandbox.server import SandboxServer, running_sandbox
from core.local.stack import StackState, temporary_stack
from fake_clock import FakeClock

# The same examples in every run, however busy the machine.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def stack() -> Iterator[StackState]:
    """MongoDB and Redis, without the sandbox; gone after the session."""
    with temporary_stack(sandbox=False) as state:
        yield state


@pytest.fixture(scope="session")
async def mongo(stack: StackState) -> AsyncIterator[Database]:
    """The connection that all tests share; its own database stays empty."""
    database = open_database(Secret(stack.mongodb_uri), "test")
    yield database
    close(database)


@pytest.fixture(scope="session")
async def drops(mongo: Database) -> AsyncIterator[set[asyncio.Task[Any]]]:
    """Drops of databases that go on in the background: MongoDB takes 100 ms for each, idle."""
    tasks: set[asyncio.Task[Any]] = set()
    yield tasks
    await asyncio.gather(*tasks)
    assert not [name for name in await mongo.client.list_database_names() if name.startswith("test-")]


@pytest.fixture
async def database(mongo: Database, drops: set[asyncio.Task[Any]]) -> AsyncIterator[Database]:
    """A database of its own, with its indexes."""
    database = mongo.client.get_database(f"test-{uuid.uuid4().hex}", codec_options=mongo.codec_options)
    await ensure_indexes(database)
    yield database
    drops.add(asyncio.ensure_future(database.command("dropDatabase")))


@pytest.fixture
def cipher() -> Cipher:
    return Cipher(Secret("a key for tests"))


@pytest.fixture
def stores(database: Database, cipher: Cipher) -> Stores:
    """The MongoDB stores over an empty database."""
    return stores_in(database, cipher)


@pytest.fixture
def namespace() -> str:
    """The prefix of every Redis key of this test."""
    return f"test-{uuid.uuid4().hex}:"


@pytest.fixture
async def redis(stack: StackState, namespace: str) -> AsyncIterator[Redis]:
    """A client of the real Redis; keys under ``namespace`` are deleted afterwards."""
    client: Redis = Redis.from_url(stack.redis_url)  # pyright: ignore[reportUnknownMemberType]  # untyped keywords
    async with client:
        yield client
        if keys := await client.keys(f"{namespace}*"):  # pyright: ignore[reportUnknownMemberType]  # as above
            await client.delete(*keys)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    """A Threads with empty state, served over HTTP from the loop of the test."""
    async with running_sandbox(tmp_path / "sandbox") as server:
        yield server

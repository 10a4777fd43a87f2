"""What the stories play with; imported by the conftest of each folder, which takes what is in ``__all__``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core import log
from core.adapters.mongo.client import Database
from core.adapters.mongo.indexes import INDEXES, ensure_indexes
from core.domain.account import Account
from core.domain.post import Content, Media, MediaKind, Post
from core.domain.recurrence import Recurrence
from core.domain.series import Series
from core.local.sandbox.server import SandboxServer
from core.local.stack import StackState
from core.settings import Settings
from stories.engine import Engine, open_engine
from stories.movable_clock import MovableClock
from stories.threads_side import Shown, ThreadsSide

__all__ = [
    "clip",
    "clock",
    "database",
    "engine",
    "environment",
    "other_shop",
    "photo",
    "prepared_database",
    "settings",
    "shop",
    "threads",
]

WHO = "test:linh"


@dataclass(frozen=True, slots=True)
class Shop:
    """A linked account, and the person who writes its posts."""

    engine: Engine
    threads: ThreadsSide
    account: Account

    async def draft(self, what: str | Content) -> Post:
        content = Content(text=what) if isinstance(what, str) else what
        return (await self.engine.core.posts.create(self.account, content, who=WHO)).post

    async def schedule(self, what: str | Content, in_: timedelta, *, allow_duplicate: bool = False) -> Post:
        """Write a post and give it the time that is ``in_`` from now."""
        draft = await self.draft(what)
        at = self.engine.clock.now() + in_
        return await self.engine.core.posts.schedule(draft.id, at, who=WHO, allow_duplicate=allow_duplicate)

    async def repeat(self, what: str | Content, rule: Recurrence) -> Series:
        """Start a series."""
        now = self.engine.clock.now()
        series = Series(
            id=uuid4().hex[:12],
            account_id=self.account.id,
            content=Content(text=what) if isinstance(what, str) else what,
            rule=rule,
            due_at=now,
            created_at=now,
            created_by=WHO,
        )
        await self.engine.core.recurring.start([series])
        return series

    async def series(self, series: Series) -> Series:
        """The series as it is now."""
        found = await self.engine.core.stores.series.get(series.id)
        assert found is not None
        return found

    async def get(self, post: Post) -> Post:
        """The post as it is now."""
        return await self.engine.core.posts.get(post.id)

    async def feed(self) -> list[Shown]:
        """What the public sees of the account."""
        return await self.threads.feed(self.account.username)


@pytest.fixture(scope="session")
async def prepared_database(mongo: Database, drops: set[asyncio.Task[Any]]) -> AsyncIterator[Database]:
    """A database with its indexes, which take MongoDB 100 ms to make and as long to drop."""
    database = mongo.client.get_database(f"test-{uuid4().hex}", codec_options=mongo.codec_options)
    await ensure_indexes(database)
    yield database
    drops.add(asyncio.ensure_future(database.command("dropDatabase")))


@pytest.fixture
async def database(prepared_database: Database) -> AsyncIterator[Database]:
    """It again, empty after the test."""
    yield prepared_database
    for collection in INDEXES:
        await prepared_database[collection].delete_many({})


@pytest.fixture
async def threads(sandbox: SandboxServer) -> AsyncIterator[ThreadsSide]:
    """Threads, seen from behind the scenes; nothing takes it any time.

    A container that is published twice makes two posts: what is sent twice by mistake shows.
    """
    plain: dict[str, Any] = {"verify": False, "trust_env": False}  # certificates take 30 ms to load
    async with httpx.AsyncClient(base_url=sandbox.url, **plain) as http:
        side = ThreadsSide(http)
        await side.settings(processing_seconds=0, second_publish="again")
        yield side


@pytest.fixture
async def clock(threads: ThreadsSide) -> MovableClock:
    """The clock of the engine and of Threads; it is ten in the morning in Hanoi."""
    clock = MovableClock(threads)
    now = clock.now()
    ten = now.replace(hour=3, minute=0, second=0, microsecond=0)
    await clock.hold_until(ten if ten > now else ten + timedelta(days=1))
    return clock


@pytest.fixture
def environment() -> dict[str, Any]:
    """Settings by which a test module differs from the defaults."""
    return {}


@pytest.fixture
def settings(
    database: Database,
    stack: StackState,
    sandbox: SandboxServer,
    namespace: str,
    tmp_path: Path,
    environment: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """The defaults, on the servers of the test. No reconcile: what is not armed is never looked at."""
    # What hides secrets in logs is compiled anew for each token; hundreds of tests have hundreds of them.
    monkeypatch.setattr("core.log._secrets", log._Secrets())  # pyright: ignore[reportPrivateUsage]  # as said
    return Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue]  # pydantic-settings' own argument
        mongodb_uri=stack.mongodb_uri,
        mongodb_database=database.name,
        redis_url=stack.redis_url,
        redis_namespace=namespace,
        threads_api_base_url=sandbox.url,
        data_dir=tmp_path / "data",
        reconcile_interval=10**9,
        **environment,
    )


@pytest.fixture
async def engine(settings: Settings, clock: MovableClock) -> AsyncIterator[Engine]:
    """The product, running."""
    async with open_engine(settings, clock) as engine:
        yield engine


async def open_shop(engine: Engine, threads: ThreadsSide, name: str) -> Shop:
    """Link a new account."""
    token = await threads.sign_up(name.replace("-", "."))
    account = await engine.core.accounts.add(name, token, "Asia/Ho_Chi_Minh")
    return Shop(engine, threads, account)


@pytest.fixture
async def shop(engine: Engine, threads: ThreadsSide) -> Shop:
    return await open_shop(engine, threads, "shop-hanoi")


@pytest.fixture
async def other_shop(engine: Engine, threads: ThreadsSide, shop: Shop) -> Shop:  # noqa: ARG001  # shop comes first
    return await open_shop(engine, threads, "shop-saigon")


@pytest.fixture
def photo(sandbox: SandboxServer) -> Media:
    return Media(MediaKind.IMAGE, f"{sandbox.url}/sandbox/media/photo.jpg", alt_text="A bowl of pho")


@pytest.fixture
def clip(sandbox: SandboxServer) -> Media:
    return Media(MediaKind.VIDEO, f"{sandbox.url}/sandbox/media/clip.mp4")

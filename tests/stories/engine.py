"""The whole product in one process, without a worker: real MongoDB, Redis and sandbox, a clock that moves."""

from __future__ import annotations

import asyncio
import dataclasses
import heapq
import itertools
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final
from unittest.mock import Mock

import pytest

from core import bootstrap
from core.adapters.cipher import Cipher
from core.adapters.mongo.client import Database
from core.adapters.mongo.stores import Stores, stores_in
from core.adapters.threads import ThreadsClient
from core.bootstrap import Core
from core.domain.account import Account
from core.domain.post import Post
from core.settings import Settings
from stories.crash import Fuse
from stories.movable_clock import MovableClock

CHECK_EARLY: Final = timedelta(milliseconds=400)
"""How long before its time the worker fires a check, so that the posts reach their queue."""
_trust = cache(ssl.create_default_context)
"""Certificates take 30 ms to load, and nothing here asks for them."""
Around = Callable[[str, Any], Any]
_ALWAYS: Final = timedelta(days=100_000)
_MOST_STEPS: Final = 5_000


@dataclass(order=True)
class _Message:
    at: datetime
    number: int
    what: Post | Account = field(compare=False)


class Queues:
    """Implements :class:`core.ports.Dispatch`: messages in the order of their times."""

    def __init__(self, early: timedelta) -> None:
        self._early = early
        self._messages: list[_Message] = []
        self._numbers = itertools.count()
        self.copies = 1
        """How often each message is delivered; two is what a queue may do after a crash."""

    async def publish(self, post: Post) -> None:
        self._push(_eta(post) - self._early, post)

    async def prepare(self, post: Post) -> None:
        self._push(_eta(post), post)

    async def refresh(self, account: Account) -> None:
        self._push(account.token_issued_at, account)

    def head(self) -> datetime | None:
        return self._messages[0].at if self._messages else None

    def take(self, now: datetime) -> list[Post | Account]:
        """Everything whose time has come."""
        taken: list[Post | Account] = []
        while self._messages and self._messages[0].at <= now:
            taken += [heapq.heappop(self._messages).what] * self.copies
        return taken

    def lose(self) -> None:
        """Redis is emptied."""
        self._messages.clear()

    def _push(self, at: datetime, what: Post | Account) -> None:
        heapq.heappush(self._messages, _Message(at, next(self._numbers), what))


class Engine:
    """Drives the product from one moment at which something is due to the next."""

    def __init__(self, core: Core, clock: MovableClock) -> None:
        self.core = core
        self.clock = clock
        self.queues = Queues(core.policy.early)
        self.scheduling = core.scheduling(self.queues)

    async def run_for(self, length: timedelta) -> None:
        await self.run_until(self.clock.now() + length)

    async def run_until(self, moment: datetime) -> None:
        """Let time pass up to ``moment``; all that falls due until then is done at its time."""
        for _ in range(_MOST_STEPS):
            check, message = await self.core.alarm.next(), self.queues.head()
            due = min((at for at in (check and check - CHECK_EARLY, message) if at), default=None)
            if due is None or due > moment:
                await self.clock.hold_until(moment)
                return
            await self.clock.hold_until(due)
            if message is not None and message <= self.clock.now():
                await self.work()
            elif check is not None:
                await self.check(check)
        raise AssertionError(f"After {_MOST_STEPS} steps there was still something due before {moment}.")

    async def check(self, at: datetime) -> None:
        """Fire the alarm as the worker does, and look what is due."""
        stream = self.core.redis.key("checks-of-this-test")
        await self.core.alarm.fire(at, early=_ALWAYS, stream=stream, message=str.encode)
        await self.scheduling.check_due(f"scheduler-check-{at.timestamp():.3f}")

    async def work(self) -> None:
        """Do what lies in the queues, all of it at once; what one of them raises is raised here."""
        work = [self._do(what) for what in self.queues.take(self.clock.now())]
        for outcome in await asyncio.gather(*work, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def stop(self) -> None:
        """Let what goes on in the background end."""
        warming = self.scheduling._warming  # pyright: ignore[reportPrivateUsage]  # nobody else waits for it
        if warming is not None:
            await asyncio.wait([warming])

    async def _do(self, what: Post | Account) -> None:
        if isinstance(what, Account):
            await self.core.accounts.keep_alive(what.id, what.version)
        else:
            await self.core.publishing.advance(what.id, what.version)


@asynccontextmanager
async def open_engine(
    settings: Settings, clock: MovableClock, around: Around | None = None
) -> AsyncGenerator[Engine]:
    """The product on its servers, with ``clock`` for that of Redis, just started.

    ``around`` may put something around each port: it is given the port's name and the port.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "RedisClock", Mock(return_value=clock))
        patch.setattr(ssl, "create_default_context", _trust)
        if around is not None:
            _surround(patch, around)
        opened = bootstrap.open_core(settings)
        core = await opened.__aenter__()
    engine = Engine(core, clock)
    try:
        await engine.scheduling.repair()
        yield engine
    finally:
        await engine.stop()
        if isinstance(around, Fuse):
            await around.settle()
        await opened.__aexit__(None, None, None)


def _surround(patch: pytest.MonkeyPatch, around: Around) -> None:
    def stores(database: Database, cipher: Cipher) -> Stores:
        real = stores_in(database, cipher)
        ports = {field.name: getattr(real, field.name) for field in dataclasses.fields(real)}
        return Stores(**{name: around(name, port) for name, port in ports.items()})

    def threads(url: str) -> object:
        return around("threads", ThreadsClient(url))

    patch.setattr(bootstrap, "stores_in", stores)
    patch.setattr(bootstrap, "ThreadsClient", threads)


def _eta(post: Post) -> datetime:
    if post.claim is None:
        raise ValueError(f"post {post.id} was sent to a queue without a claim")
    return post.claim.eta

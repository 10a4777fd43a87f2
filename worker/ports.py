"""What the worker needs from core: the part of ``core.bootstrap.Core`` that it uses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol

from core.ports import Alarm, Clock, Dispatch
from core.settings import Settings


class Connections(Protocol):
    """The Redis of this installation; both clients are ``redis.asyncio.Redis``."""

    @property
    def url(self) -> str: ...
    @property
    def commands(self) -> Any: ...
    def key(self, name: str) -> str: ...


class SharedClock(Clock, Protocol):
    async def measure(self, samples: int = 1) -> None:
        """Compare with the clock of Redis again."""
        ...


class Fired(Protocol):
    @property
    def fired(self) -> bool: ...
    @property
    def next(self) -> datetime | None: ...


class Wake(Protocol):
    @property
    def what(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...


class WorkerAlarm(Alarm, Protocol):
    """The alarm, as the one who waits for it sees it."""

    @property
    def channel(self) -> str: ...
    async def next(self) -> datetime | None: ...
    async def fire(
        self, at: datetime, *, early: timedelta, stream: str, message: Callable[[str], bytes]
    ) -> Fired: ...
    def wakes(self) -> AbstractAsyncContextManager[AsyncIterator[Wake]]: ...


class Presence(Protocol):
    async def beat(self, worker: str, now: datetime) -> None: ...
    async def leave(self, worker: str) -> None: ...


class Scheduling(Protocol):
    async def check_due(self, job_id: str) -> None: ...
    async def repair(self) -> None: ...


class Publishing(Protocol):
    async def advance(self, post_id: str, version: int) -> None: ...


class Accounts(Protocol):
    async def keep_alive(self, account_id: str, version: int) -> None: ...


class MediaSweep(Protocol):
    async def sweep_if_due(self) -> int | None: ...


class WorkerCore(Protocol):
    """The use cases, and the parts of Redis that the worker shares with core."""

    @property
    def settings(self) -> Settings: ...
    @property
    def redis(self) -> Connections: ...
    @property
    def clock(self) -> SharedClock: ...
    @property
    def alarm(self) -> WorkerAlarm: ...
    @property
    def presence(self) -> Presence: ...
    @property
    def publishing(self) -> Publishing: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def media_sweep(self) -> MediaSweep: ...
    def scheduling(self, dispatch: Dispatch) -> Scheduling: ...

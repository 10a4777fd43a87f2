"""A core whose Redis is real and whose services write down what the worker asks of them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.adapters.redis.alarm import RedisAlarm
from core.adapters.redis.clock import RedisClock
from core.adapters.redis.connection import RedisConnections, open_redis
from core.adapters.redis.presence import RedisPresence
from core.domain.errors import UnavailableError
from core.domain.post import Claim, Content, Post, PostStatus
from core.ports import Dispatch
from core.settings import Settings
from worker.outage import Outage
from worker.queues import Queues, TaskiqDispatch

WINDOW = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Entry:
    """``what`` happened to ``subject`` at ``at`` (seconds since 1970)."""

    what: str
    subject: str
    at: float


@dataclass
class Journal:
    """What happened, in order; also appended to ``file``, for a worker in a process of its own."""

    file: Path | None = None
    entries: list[Entry] = field(default_factory=list[Entry])

    def write(self, what: str, subject: str, at: datetime | None = None) -> None:
        entry = Entry(what, subject, at.timestamp() if at else time.time())
        self.entries.append(entry)
        if self.file:
            with self.file.open("a") as file:
                file.write(f"{entry.what} {entry.subject} {entry.at}\n")

    def subjects(self, what: str) -> list[str]:
        return [entry.subject for entry in self.entries if entry.what == what]

    @staticmethod
    def read(file: Path) -> Journal:
        lines = file.read_text().splitlines() if file.exists() else []
        return Journal(
            entries=[Entry(what, subject, float(at)) for what, subject, at in map(str.split, lines)]
        )


def post(name: str, eta: datetime | None = None, version: int = 1) -> Post:
    """A claimed post."""
    now = datetime.now(UTC)
    return Post(
        id=name,
        account_id="a",
        content=Content(text=name),
        content_hash=name,
        status=PostStatus.SCHEDULED,
        scheduled_at=eta,
        claim=Claim("check", eta or now),
        created_at=now,
        created_by="test",
        version=version,
    )


def message(task: str, *args: str | int) -> bytes:
    """A message as it stands in a stream."""
    return json.dumps({"task_id": task, "task_name": task, "labels": {}, "args": args, "kwargs": {}}).encode()


@dataclass
class RecordingScheduling:
    """Stands for MongoDB: ``agenda`` holds the posts that are not handed out yet, by when they are due."""

    core: RecordingCore
    dispatch: Dispatch

    async def check_due(self, job_id: str) -> None:
        core = self.core
        core.journal.write("check", job_id, core.clock.now())
        core.reach(broken=core.fails_checks)
        now = core.clock.now()
        due = [name for name, at in core.agenda.items() if at <= now + WINDOW]
        for name in due:
            await self.dispatch.publish(post(name, core.agenda.pop(name)))
        latest = now + timedelta(seconds=core.settings.reconcile_interval)
        overdue = [] if core.overdue is None else [now - core.overdue]
        await core.alarm.rearm(min([*core.agenda.values(), *overdue, latest]))

    async def repair(self) -> None:
        self.core.journal.write("repair", "-", self.core.clock.now())
        self.core.reach()
        await self.core.alarm.arm(self.core.clock.now())


@dataclass
class RecordingServices:
    """Publishing and accounts. The id of a post says how it behaves: ``<manner>:<argument>:<name>``."""

    core: RecordingCore

    async def advance(self, post_id: str, version: int) -> None:
        manner, _, rest = post_id.partition(":")
        argument = rest.partition(":")[0]
        journal = self.core.journal
        journal.write("start", f"{post_id}@{version}", self.core.clock.now())
        match manner:
            case "hold":
                await self.core.clock.hold_until(datetime.fromtimestamp(int(argument) / 1000, UTC))
            case "stuck" if self.core.stuck:
                await asyncio.Event().wait()
            case "slow":
                await asyncio.sleep(float(argument))
            case "block":
                time.sleep(float(argument))  # noqa: ASYNC251  # what a careless task does
            case "fail":
                raise ValueError(argument)
            case _:
                pass
        self.core.reach()
        journal.write("done", post_id, self.core.clock.now())

    async def keep_alive(self, account_id: str, version: int) -> None:
        self.core.journal.write("refresh", f"{account_id}@{version}", self.core.clock.now())


class RecordingSweep:
    """Journals each question whether it is due."""

    def __init__(self, core: RecordingCore) -> None:
        self.core = core

    async def sweep_if_due(self) -> int | None:
        self.core.reach()
        self.core.journal.write("sweep", "media", self.core.clock.now())
        return None


@dataclass
class RecordingCore:
    """What the worker sees of core. While ``away``, its MongoDB does not answer; while ``stuck``, posts named so hang.

    ``overdue`` is how long ago something fell due that no check ever removes; with ``fails_checks`` only
    checks meet a server that is away.
    """

    settings: Settings
    redis: RedisConnections
    journal: Journal
    agenda: dict[str, datetime] = field(default_factory=dict[str, datetime])
    away: bool = False
    stuck: bool = False
    overdue: timedelta | None = None
    fails_checks: bool = False

    def __post_init__(self) -> None:
        self.clock = RedisClock(self.redis)
        self.alarm = RedisAlarm(self.redis)
        self.presence = RedisPresence(self.redis)
        self.publishing = RecordingServices(self)
        self.accounts = self.publishing
        self.media_sweep = RecordingSweep(self)

    def scheduling(self, dispatch: Dispatch) -> RecordingScheduling:
        return RecordingScheduling(self, dispatch)

    def reach(self, *, broken: bool = False) -> None:
        if self.away or broken:
            raise UnavailableError("MongoDB does not answer: check that it runs.")

    def dispatch(self) -> TaskiqDispatch:
        """A sender of messages that is no worker."""
        queues = Queues(
            self.redis,
            self.settings,
            consumer="sender",
            channel=self.alarm.channel,
            outage=Outage("Redis"),
            lost=lambda _: None,
        )
        return TaskiqDispatch(queues)

    async def plan(self, name: str, at: datetime) -> None:
        """What a front end does: arm, commit, arm."""
        await self.alarm.arm(at)
        self.agenda[name] = at
        await self.alarm.arm(at)


@asynccontextmanager
async def open_recording(
    settings: Settings, url: str, journal: Journal | None = None
) -> AsyncGenerator[RecordingCore]:
    async with open_redis(url, namespace=settings.redis_namespace) as redis:
        yield RecordingCore(settings, redis, journal or Journal())


def moment(core: RecordingCore, seconds: float) -> datetime:
    """A whole millisecond, so many seconds from now."""
    at = core.clock.now() + timedelta(seconds=seconds)
    return datetime.fromtimestamp(int(at.timestamp() * 1000) / 1000, UTC)


def held_until(at: datetime, name: str = "x") -> str:
    """The id of a post whose publishing is held to that moment."""
    return f"hold:{round(at.timestamp() * 1000)}:{name}"


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition, for ten seconds at most."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # conditions are of any kind
            await asyncio.sleep(0.005)


async def until_true(condition: Callable[[], Awaitable[bool]]) -> None:
    """The same for a condition that has to be asked for."""
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110  # as above
            await asyncio.sleep(0.01)


async def until_quiet(core: RecordingCore) -> None:
    """Wait until the checks at the start have run: the alarm is armed for the slow reconcile."""

    async def far() -> bool:
        at = await core.alarm.next()
        return at is not None and at - core.clock.now() > timedelta(seconds=60)

    await until_true(far)

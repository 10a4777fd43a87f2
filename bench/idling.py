"""What a worker costs while nothing is due: 1,000 posts lie in the store, the first of them for tomorrow.

The baseline is the same worker with ``USE_EVENT_DRIVEN_SCHEDULER=false``, which looks at MongoDB every minute
as the original's polling scheduler does. The two run side by side for the same minute, each on servers of its
own. Redis commands are counted by Redis, queries by MongoDB's profiler (the driver's heartbeat is none), and
CPU time by the kernel, on Linux only.

An hour is projected as 60 such minutes and, for ours, the looks at MongoDB that RECONCILE_INTERVAL asks for,
each taken to cost as much as a whole minute of the polling worker. Left out is what both do less often than
every minute: the patrol of the queues every ten, and reads that end after a quarter of an hour.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from typing import Final

from bench.figures import Figure
from bench.stage import Stage, open_stage
from core.adapters.mongo.client import Database, close, open_database

_POSTS: Final = 1000
_SETTLED: Final = 4.0
"""Seconds after which a worker that has started is at rest, well before its next duty."""
_WINDOW: Final = 60.0
_PROFILE: Final = "system.profile"


@dataclass(frozen=True, slots=True)
class _Cost:
    """What was used since the start: Redis commands, queries, seconds of CPU time (0 if unknown)."""

    commands: int
    queries: int
    cpu: float

    def since(self, early: _Cost) -> _Cost:
        return _Cost(self.commands - early.commands, self.queries - early.queries, self.cpu - early.cpu)


@dataclass(frozen=True, slots=True)
class _Resting:
    """A worker with nothing to do, and the ways to see what it costs."""

    stage: Stage
    database: Database
    pid: int

    async def cost(self) -> _Cost:
        stats = await self.stage.core.redis.commands.info("commandstats")
        commands = sum(facts["calls"] for name, facts in stats.items() if name != "cmdstat_info")
        of_product = {"ns": {"$ne": f"{self.database.name}.{_PROFILE}"}}
        queries = await self.database[_PROFILE].count_documents(of_product)
        return _Cost(commands, queries, _cpu(self.pid))


async def run() -> list[Figure]:
    """Commands, queries and CPU share of the two workers over a minute, and per hour."""
    async with open_stage() as ours, open_stage(use_event_driven_scheduler=False) as polling:
        workers = [await _rest(stage) for stage in (ours, polling)]
        await asyncio.sleep(_SETTLED)
        before = [await worker.cost() for worker in workers]
        await asyncio.sleep(_WINDOW)
        after = [await worker.cost() for worker in workers]
        for worker in workers:
            close(worker.database)
        looks = 3600 / ours.core.settings.reconcile_interval
    mine, theirs = (late.since(early) for early, late in zip(before, after, strict=True))
    return _figures(mine, theirs, looks)


async def _rest(stage: Stage) -> _Resting:
    await stage.fill(await stage.link(5), _POSTS)
    database = open_database(stage.core.addresses.mongodb, stage.core.settings.mongodb_database)
    await database.command("profile", 2)
    return _Resting(stage, database, await stage.start_worker())


def _cpu(pid: int) -> float:
    """All threads, ended ones too: the kernel has a clock for each process (Linux, ``CPUCLOCK_SCHED``)."""
    return time.clock_gettime((~pid << 3) | 2) if sys.platform == "linux" else 0.0


def _figures(ours: _Cost, polling: _Cost, looks: float) -> list[Figure]:
    """``looks`` is how often in an hour ours looks at MongoDB although nothing is due."""

    def figure(what: str, unit: str, mine: float, theirs: float) -> Figure:
        return Figure(subject="idling", what=what, ours=mine, baseline=theirs, unit=unit, against="polling")

    def per_hour(mine: float, theirs: float) -> tuple[float, float]:
        return 60 * mine + looks * theirs, 60 * theirs

    share = 100 / _WINDOW
    return [
        figure("Redis commands a minute", "", ours.commands, polling.commands),
        figure("Redis commands an hour, projected", "", *per_hour(ours.commands, polling.commands)),
        figure("MongoDB queries a minute", "", ours.queries, polling.queries),
        figure("MongoDB queries an hour, projected", "", *per_hour(ours.queries, polling.queries)),
        figure("share of a core", "%", ours.cpu * share, polling.cpu * share),
    ]

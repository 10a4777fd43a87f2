"""Pitfalls of taskiq around a Redis or MongoDB that goes away, each answered: wait quietly, then repair.

The letters are those of worker/README.md.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from recording_core import RecordingCore, open_recording, post, until, until_quiet, until_true
from running_workers import StartWorker

from core.local.redis_server import RedisServer
from core.settings import Settings
from worker.queues import POST_PUBLISHING


@pytest.fixture
async def core(own_server: RedisServer, settings: Settings) -> AsyncIterator[RecordingCore]:
    """On a Redis that the test may kill."""
    async with open_recording(settings, own_server.url) as core:
        yield core


def loud(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says at WARNING and above."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


async def plan_soon(core: RecordingCore, name: str) -> None:
    await core.plan(name, core.clock.now() + timedelta(seconds=0.6))


async def test_redis_goes_and_comes_back(
    core: RecordingCore, own_server: RedisServer, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(b) While Redis is down the task in hand ends, the log stays quiet, and afterwards work goes on."""
    async with start_worker() as worker:
        await core.dispatch().publish(post("slow:1.5:in hand"))
        await until(lambda: bool(core.journal.subjects("start")))
        await until_true(lambda: persisted(core))
        own_server.kill()
        await until(lambda: bool(worker.queues.publishing.unacknowledged))
        assert core.journal.subjects("done") == ["slow:1.5:in hand"]
        own_server.start()
        await until(lambda: len(core.journal.subjects("repair")) >= 2)
        await plan_soon(core, "after")
        await until(lambda: "after" in core.journal.subjects("done"))
        await until_true(lambda: is_empty(core))
    assert core.journal.subjects("start").count("slow:1.5:in hand@1") == 1
    assert loud(caplog) == ["worker.away", "worker.back"]


async def persisted(core: RecordingCore) -> bool:
    """Whether all that Redis holds is on disk."""
    info = await core.redis.commands.waitaof(1, 0, 2000)
    return bool(info[0])


async def is_empty(core: RecordingCore) -> bool:
    return await core.redis.commands.xlen(core.redis.key(POST_PUBLISHING)) == 0


async def test_redis_comes_back_empty(
    core: RecordingCore, own_server: RedisServer, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(b') After a Redis without its data, groups and alarm are made anew and MongoDB is looked at."""
    async with start_worker():
        await until_quiet(core)
        own_server.kill()
        own_server.wipe()
        core.agenda["lost alarm"] = core.clock.now() + timedelta(seconds=1.5)
        own_server.start()
        await until(lambda: core.journal.subjects("done") == ["lost alarm"])
    assert loud(caplog) == ["worker.away", "worker.back"]


@pytest.mark.parametrize("value", [None, b"rubbish", b"99999999999999"])
async def test_an_alarm_that_cannot_be_true_is_mended(
    core: RecordingCore, start_worker: StartWorker, value: bytes | None
) -> None:
    """The look at the alarm finds it lost, unreadable or years away: MongoDB is asked, and it is armed anew.

    What triggers the look here is rubbish on the wake channel; the clock does once a minute.
    """
    key = core.redis.key("scheduler:nextExecutionAt")
    async with start_worker():
        await until_quiet(core)
        core.agenda["forgotten"] = core.clock.now() + timedelta(seconds=0.5)
        await (core.redis.commands.delete(key) if value is None else core.redis.commands.set(key, value))
        await core.redis.commands.publish(core.alarm.channel, b"\xff rubbish")
        await until(lambda: core.journal.subjects("done") == ["forgotten"])


async def test_everything_is_flushed(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(b') FLUSHALL under a connected worker is noticed at once, without any reconnect."""
    async with start_worker():
        await until_quiet(core)
        core.agenda["forgotten"] = core.clock.now() + timedelta(seconds=1)
        await core.redis.commands.flushall()
        await until(lambda: core.journal.subjects("done") == ["forgotten"])
    assert loud(caplog) == []


async def test_redis_is_down_at_the_start(
    core: RecordingCore, own_server: RedisServer, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """A worker that starts before Redis waits for it."""
    own_server.kill()
    core.agenda["waiting"] = core.clock.now()
    async with start_worker(until_ready=False) as worker:
        await until(lambda: "worker.away" in loud(caplog))
        own_server.start()
        await until(worker.ready.is_set)
        await until(lambda: core.journal.subjects("done") == ["waiting"])
    assert loud(caplog) == ["worker.away", "worker.back"]


async def test_a_worker_stops_while_redis_is_down(
    core: RecordingCore, own_server: RedisServer, start_worker: StartWorker
) -> None:
    """A stop during an outage ends within the usual time, without an error."""
    async with start_worker():
        await until_quiet(core)
        own_server.kill()


async def test_mongodb_is_down_at_the_start(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """The first look at MongoDB is repeated until it answers; the log says so once."""
    core.away = True
    core.agenda["waiting"] = core.clock.now()
    async with start_worker():
        await until(lambda: len(core.journal.subjects("repair")) >= 4)
        core.away = False
        await until(lambda: core.journal.subjects("done") == ["waiting"])
    assert loud(caplog) == ["worker.away", "worker.back"]


async def test_mongodb_goes_and_comes_back(core: RecordingCore, start_worker: StartWorker) -> None:
    """A check that finds MongoDB away is made up for as soon as it answers, not when the watchdog ends."""
    async with start_worker():
        await until_quiet(core)
        checks = len(core.journal.subjects("check"))
        core.away = True
        core.agenda["due"] = core.clock.now()
        await core.alarm.arm(core.clock.now())
        await until(lambda: len(core.journal.subjects("check")) > checks)
        core.away = False
        await until(lambda: core.journal.subjects("done") == ["due"])


async def test_endless_trouble_makes_no_busy_loop(core: RecordingCore, start_worker: StartWorker) -> None:
    """A check that always meets a server that is away asks for repairs further and further apart."""
    core.fails_checks = True
    async with start_worker():
        began = time.monotonic()
        await until(lambda: time.monotonic() - began > 3.0)
    assert 3 < len(core.journal.subjects("repair")) < 15


async def test_lost_connections_cost_nothing(core: RecordingCore, start_worker: StartWorker) -> None:
    """When Redis drops every connection, also the subscription, each planned post still runs once and on time."""
    async with start_worker():
        await until_quiet(core)
        begin = core.clock.now() + timedelta(seconds=1)
        moments = {f"p{n}": begin + timedelta(milliseconds=50 * n) for n in range(40)}
        core.agenda.update(moments)
        await core.alarm.arm(begin)
        await until(lambda: len(core.journal.subjects("done")) >= 5)
        await core.redis.commands.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        await until(lambda: len(core.journal.subjects("done")) >= 15)
        await core.redis.commands.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        await until(lambda: len(core.journal.subjects("done")) >= 40)
        await until_true(lambda: is_empty(core))
    assert set(core.journal.subjects("done")) == set(moments)
    starts = {
        entry.subject.removesuffix("@1"): entry.at for entry in core.journal.entries if entry.what == "start"
    }
    assert all(starts[name] >= at.timestamp() - 0.1 for name, at in moments.items())

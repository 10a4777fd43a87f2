"""Pitfalls of taskiq around time, each answered: exact delays, no polling, no busy loops.

The letters are those of worker/README.md.
"""

from __future__ import annotations

import gc
import time
from datetime import timedelta

import pytest
from recording_core import (
    RecordingCore,
    held_until,
    moment,
    open_recording,
    post,
    until,
    until_quiet,
    until_true,
)
from running_workers import Spawn, StartWorker

from core.settings import Settings
from worker.queues import POST_PUBLISHING, SCHEDULER_META

Calls = dict[str, int]


async def calls(core: RecordingCore) -> Calls:
    """How often each command has run on the server, also inside scripts."""
    stats = await core.redis.commands.info("commandstats")
    return {name.removeprefix("cmdstat_"): facts["calls"] for name, facts in stats.items()}


async def test_an_eta_is_kept(core: RecordingCore, start_worker: StartWorker) -> None:
    """(c) A message with the label ``eta`` is delivered within PUBLISH_EARLY_MS of it, not at once."""
    async with start_worker():
        at = moment(core, 0.7)
        await core.dispatch().publish(post("x", at))
        await until(lambda: bool(core.journal.subjects("done")))
    start = next(entry.at for entry in core.journal.entries if entry.what == "start")
    assert -0.09 <= start - at.timestamp() < 0.15


async def test_an_earlier_eta_is_not_stuck_behind_a_later_one(
    core: RecordingCore, start_worker: StartWorker
) -> None:
    """(c) A message for sooner wakes a worker that waits for a later one."""
    async with start_worker():
        dispatch = core.dispatch()
        await dispatch.publish(post("late", moment(core, 3600)))
        await dispatch.publish(post("soon", moment(core, 0.3)))
        await until(lambda: core.journal.subjects("done") == ["soon"])


async def test_sending_again_replaces(core: RecordingCore, start_worker: StartWorker) -> None:
    """(c) The same version of a post sent twice is one message, at the later of the two etas."""
    async with start_worker():
        dispatch = core.dispatch()
        await dispatch.publish(post("x", moment(core, 0.3)))
        await dispatch.publish(post("x", at := moment(core, 0.8)))
        await until(lambda: bool(core.journal.subjects("done")))
        await until_true(lambda: nothing_is_kept(core))
    (start,) = [entry.at for entry in core.journal.entries if entry.what == "start"]
    assert start - at.timestamp() > -0.09


async def nothing_is_kept(core: RecordingCore, queue: str = POST_PUBLISHING) -> bool:
    """Whether stream, due times and payloads of the queue are empty."""
    stream, commands = core.redis.key(queue), core.redis.commands
    sizes = [
        await commands.xlen(stream),
        await commands.zcard(f"{stream}:delayed"),
        await commands.hlen(f"{stream}:payloads"),
    ]
    return not any(sizes)


async def test_an_idle_worker_leaves_redis_alone(core: RecordingCore, start_worker: StartWorker) -> None:
    """(d) For longer than redis-py's own time-out of 5 s an idle worker sends no command and keeps its connections."""
    async with start_worker(lease=30.0):
        await until_quiet(core)
        await until_true(lambda: nothing_is_kept(core, SCHEDULER_META))
        before, clients = await calls(core), await connections(core)
        began = time.monotonic()
        await until(lambda: time.monotonic() - began > 7.0)
        after = await calls(core)
        assert await connections(core) == clients
    spent = {name: count - before.get(name, 0) for name, count in after.items()}
    assert sum(count for name, count in spent.items() if name not in ("info", "client|list")) == 0


async def connections(core: RecordingCore) -> set[str]:
    return {client["id"] for client in await core.redis.commands.client_list()}


async def test_a_blocking_call_is_reported(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(r) A task that blocks the event loop cannot hide: the timer says how long everything stood still."""
    async with start_worker(lease=30.0):
        await until_quiet(core)
        await core.dispatch().publish(post("later", moment(core, 0.5)))
        await core.dispatch().publish(post("block:1:x"))
        await until(lambda: len(core.journal.subjects("done")) == 2)
    stalls = [record for record in caplog.records if record.getMessage() == "worker.stalled"]
    assert len(stalls) == 1


async def test_another_worker_goes_on_while_one_is_blocked(
    core: RecordingCore, spawn: Spawn, start_worker: StartWorker
) -> None:
    """(r) What a blocked worker cannot start, another one starts on time."""
    blocked = await spawn()
    await core.dispatch().publish(post("block:5:x"))
    await until(lambda: bool(blocked.journal.subjects("start")))
    async with start_worker(lease=30.0):
        at = moment(core, 0.5)
        await core.plan(held_until(at), at)
        await until(lambda: bool(core.journal.subjects("done")))
    (done,) = [entry.at for entry in core.journal.entries if entry.what == "done"]
    assert 0 <= done - at.timestamp() < 0.2
    assert not blocked.journal.subjects("done")


async def test_a_large_backlog_costs_no_time(core: RecordingCore, start_worker: StartWorker) -> None:
    """(s) With 20,000 messages waiting, one for now is on time, and the key space is never scanned."""
    stream, later = core.redis.key(POST_PUBLISHING), moment(core, 86_400).timestamp() * 1000
    names = [f"waiting-{number}" for number in range(20_000)]
    await core.redis.commands.zadd(f"{stream}:delayed", dict.fromkeys(names, later))
    await core.redis.commands.hset(f"{stream}:payloads", mapping=dict.fromkeys(names, b"x" * 200))
    before = await calls(core)
    async with start_worker():
        await until_quiet(core)
        at = moment(core, 0.6)
        await core.plan(held_until(at), at)
        await until(lambda: bool(core.journal.subjects("done")))
        assert await core.redis.commands.zcard(f"{stream}:delayed") == 20_000
    (done,) = [entry.at for entry in core.journal.entries if entry.what == "done"]
    assert 0 <= done - at.timestamp() < 0.2
    assert (await calls(core)).get("scan", 0) == before.get("scan", 0)


async def test_a_thousand_posts_at_one_instant(core: RecordingCore, start_worker: StartWorker) -> None:
    """A burst runs through, each post once, none before its time."""
    async with start_worker():
        await until_quiet(core)
        at = moment(core, 2)
        core.agenda.update({held_until(at, str(number)): at for number in range(1000)})
        await core.alarm.arm(at)
        await until(lambda: len(core.journal.subjects("done")) == 1000)
        await until_true(lambda: nothing_is_kept(core))
    assert len(core.journal.subjects("start")) == 1000
    assert min(entry.at for entry in core.journal.entries if entry.what == "done") >= at.timestamp()


async def test_a_time_in_the_past_makes_no_busy_loop(
    core: RecordingCore, settings: Settings, start_worker: StartWorker
) -> None:
    """A due time that never goes away costs at most 20 checks a second."""
    async with open_recording(settings, core.redis.url) as stubborn:
        stubborn.overdue = timedelta(minutes=1)
        async with start_worker(stubborn):
            began = time.monotonic()
            await until(lambda: time.monotonic() - began > 1.0)
            checks = len(stubborn.journal.subjects("check"))
    assert 5 < checks <= 25


async def test_tasks_leave_nothing_in_memory(core: RecordingCore, start_worker: StartWorker) -> None:
    """After hundreds of tasks the process holds as many objects as after a few."""
    async with start_worker() as worker:
        await until_quiet(core)
        counts: list[int] = []
        for _ in range(3):
            await burst(core, 300)
            gc.collect()
            counts.append(len(gc.get_objects()))
        assert not any(queue.held for queue in worker.queues)
    assert counts[2] - counts[1] < 300


async def burst(core: RecordingCore, count: int) -> None:
    dispatch = core.dispatch()
    core.journal.entries.clear()
    for number in range(count):
        await dispatch.publish(post(str(number)))
    await until(lambda: len(core.journal.subjects("done")) == count)
    await until_true(lambda: nothing_is_kept(core))
    core.journal.entries.clear()

"""Pitfalls of taskiq-redis around delivery, each answered: nothing is lost, hoarded or run twice.

The letters are those of worker/README.md.
"""

from __future__ import annotations

import asyncio
import signal

import pytest
from recording_core import RecordingCore, message, open_recording, post, until, until_quiet, until_true
from running_workers import LEASE, Spawn, StartWorker

from core.settings import Settings
from worker.queues import POST_PUBLISHING
from worker.runner import Worker


def stream_of(core: RecordingCore, queue: str = POST_PUBLISHING) -> str:
    return core.redis.key(queue)


async def is_empty(core: RecordingCore, queue: str = POST_PUBLISHING) -> bool:
    return await core.redis.commands.xlen(stream_of(core, queue)) == 0


def with_slots(settings: Settings, slots: int) -> Settings:
    return settings.model_copy(update={"worker_concurrency": slots})


async def test_work_of_a_killed_worker_is_taken_up_on_a_quiet_queue(
    core: RecordingCore, spawn: Spawn, start_worker: StartWorker
) -> None:
    """(a, q) A task whose worker was killed is run by another one, without any other message arriving."""
    killed = await spawn()
    await core.dispatch().publish(post("stuck:x"))
    await until(lambda: killed.journal.subjects("start") == ["stuck:x@1"])
    await killed.stop(signal.SIGKILL)
    async with start_worker():
        await until(lambda: core.journal.subjects("done") == ["stuck:x"])
        await until_true(lambda: is_empty(core))


async def test_messages_sent_before_the_first_worker_are_run(
    core: RecordingCore, start_worker: StartWorker
) -> None:
    """(e) A message that was sent before any worker had made the group is run, not skipped."""
    await core.dispatch().publish(post("early"))
    async with start_worker():
        await until(lambda: core.journal.subjects("done") == ["early"])


async def test_a_task_longer_than_its_lease_runs_once(
    core: RecordingCore, settings: Settings, start_worker: StartWorker
) -> None:
    """(j) A message that is worked on for longer than its lease is not given to the worker that watches."""
    async with open_recording(settings, core.redis.url) as other, start_worker():
        await core.dispatch().publish(post(f"slow:{3 * LEASE}:x"))
        await until(lambda: bool(core.journal.subjects("start")))
        async with start_worker(other):
            await until(lambda: bool(core.journal.subjects("done") + other.journal.subjects("done")))
        assert len(core.journal.subjects("start") + other.journal.subjects("start")) == 1


async def test_workers_take_only_what_they_have_room_for(
    core: RecordingCore, settings: Settings, start_worker: StartWorker
) -> None:
    """(j, k) With two slots each, two workers share eight tasks; none waits in a worker's hands."""
    narrow = with_slots(settings, 2)
    async with (
        open_recording(narrow, core.redis.url) as one,
        open_recording(narrow, core.redis.url) as two,
        start_worker(one),
        start_worker(two),
    ):
        dispatch = core.dispatch()
        for number in range(8):
            await dispatch.publish(post(f"slow:0.6:{number}"))
        await until(lambda: len(one.journal.subjects("start") + two.journal.subjects("start")) == 4)
        held = await core.redis.commands.xpending(stream_of(core), "workers")
        assert held["pending"] == 4
        await until(lambda: len(one.journal.subjects("done") + two.journal.subjects("done")) == 8)
    assert len(one.journal.subjects("start")) >= 3
    assert len(two.journal.subjects("start")) >= 3


async def test_what_is_done_is_deleted(core: RecordingCore, start_worker: StartWorker) -> None:
    """(m) A message that was acknowledged leaves the stream, and a worker that stops leaves the group."""
    async with start_worker():
        for number in range(20):
            await core.dispatch().publish(post(str(number)))
        await until(lambda: len(core.journal.subjects("done")) == 20)
        await until_true(lambda: is_empty(core))
    assert await core.redis.commands.xinfo_consumers(stream_of(core), "workers") == []


async def test_dead_consumers_are_removed_unless_they_hold_something(
    core: RecordingCore, start_worker: StartWorker
) -> None:
    """(m) A consumer that died long ago is removed at the next start; its messages are never lost with it."""
    commands, stream = core.redis.commands, stream_of(core)
    await commands.xgroup_create(stream, "workers", id="0", mkstream=True)
    await commands.xgroup_createconsumer(stream, "workers", "dead")
    await core.dispatch().publish(post("held"))
    await commands.xreadgroup("workers", "died holding", {stream: ">"})

    async def names() -> set[bytes]:
        return {consumer["name"] for consumer in await commands.xinfo_consumers(stream, "workers")}

    async def buried() -> bool:
        return b"dead" not in await names()

    async with start_worker(lease=3600, buried_after=0.0):
        await until_true(buried)
        assert b"died holding" in await names()


async def test_a_failing_task_is_logged_once_and_left_to_mongodb(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(n) A task that raises runs once and is deleted, with one traceback; MongoDB's due_at heals it."""
    async with start_worker():
        await core.dispatch().publish(post("fail:on purpose"))
        await until_true(lambda: is_empty(core))
    assert core.journal.subjects("start") == ["fail:on purpose@1"]
    assert sum(record.exc_info is not None for record in caplog.records) == 1


async def test_a_task_whose_server_is_away_is_kept(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(n) While MongoDB does not answer a message is kept and tried again after its lease, with one log line."""
    async with start_worker():
        await until_quiet(core)
        core.away = True
        await core.dispatch().publish(post("x"))
        await until(lambda: len(core.journal.subjects("start")) >= 3)
        core.away = False
        await until(lambda: core.journal.subjects("done") == ["x"])
        await until_true(lambda: is_empty(core))
    assert sum(record.getMessage() == "worker.away" for record in caplog.records) == 1
    assert not any(record.exc_info for record in caplog.records)


async def test_an_unknown_task_waits_for_a_worker_that_knows_it(
    core: RecordingCore, settings: Settings, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(n) In a rolling deploy an old worker does not drop the task of a newer one."""
    done: list[int] = []

    async def new_task(number: int) -> None:  # a task is a coroutine function
        done.append(number)

    async with start_worker():
        await core.redis.commands.xadd(stream_of(core), {"data": message("new_task", 7)})
        await until(lambda: any(record.getMessage() == "queue.unknown_task" for record in caplog.records))
        async with open_recording(settings, core.redis.url) as other, start_worker(other) as new:
            new.queues.publishing.register_task(new_task, "new_task")
            await until(lambda: done == [7])
            await until_true(lambda: is_empty(core))


async def test_a_message_nobody_can_finish_is_dropped_loudly(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(n) After its last attempt a message is deleted with an error in the log."""
    async with start_worker(lease=0.2) as worker:
        worker.queues.publishing.attempts = 2
        await core.redis.commands.xadd(stream_of(core), {"data": message("nobody_knows")})
        await until(lambda: any(record.getMessage() == "queue.dropped" for record in caplog.records))
        await until_true(lambda: is_empty(core))


async def test_a_message_that_is_no_message_stops_nobody(
    core: RecordingCore, start_worker: StartWorker
) -> None:
    """Rubbish in a stream is deleted, and what comes after it is run."""
    async with start_worker():
        await core.redis.commands.xadd(stream_of(core), {"data": b"\x80 rubbish"})
        await core.redis.commands.xadd(stream_of(core), {"other field": b"x"})
        await core.dispatch().publish(post("after"))
        await until(lambda: core.journal.subjects("done") == ["after"])
        await until_true(lambda: is_empty(core))


async def test_full_publishing_slots_delay_no_check(core: RecordingCore, start_worker: StartWorker) -> None:
    """(o) The queues of one process have slots of their own: checks run while publishing is full."""
    async with start_worker():
        await until_quiet(core)
        checks = len(core.journal.subjects("check"))
        for number in range(6):
            await core.dispatch().publish(post(f"slow:1.5:{number}"))
        await until(lambda: len(core.journal.subjects("start")) == 5)
        await core.alarm.arm(core.clock.now())
        await until(lambda: len(core.journal.subjects("check")) > checks)
        assert len(core.journal.subjects("start")) == 5


async def test_a_message_in_the_wrong_queue_is_not_dropped(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """(o) A check that was put into the publishing queue is told, and stays."""
    async with start_worker(lease=3600):
        await core.redis.commands.xadd(stream_of(core), {"data": message("check_due", "x")})
        await until(lambda: any(record.getMessage() == "queue.unknown_task" for record in caplog.records))
        assert not await is_empty(core)


async def test_sending_while_listening_does_not_block(core: RecordingCore, start_worker: StartWorker) -> None:
    """(o) Hundreds of messages are sent by a process that listens on the same Redis."""
    async with start_worker() as worker:
        async with asyncio.timeout(10):
            dispatch = core.dispatch()
            await asyncio.gather(*(dispatch.publish(post(str(number))) for number in range(500)))
        await until(lambda: len(core.journal.subjects("done")) == 500)
        assert not worker.queues.publishing.held


async def test_concurrent_tasks_keep_their_own_arguments(
    core: RecordingCore, settings: Settings, start_worker: StartWorker
) -> None:
    """(p) Fifty tasks at once each see their own post: ids are plain arguments, there is no shared context."""
    async with open_recording(with_slots(settings, 50), core.redis.url) as wide, start_worker(wide):
        names = {f"slow:0.1:{number}" for number in range(50)}
        for name in names:
            await core.dispatch().publish(post(name))
        await until(lambda: len(wide.journal.subjects("done")) == 50)
    assert set(wide.journal.subjects("start")) == {f"{name}@1" for name in names}
    assert set(wide.journal.subjects("done")) == names


async def test_two_rescuers_give_back_each_message_once(core: RecordingCore, settings: Settings) -> None:
    """(l) Two workers that rescue the same messages at the same moment make no copies."""
    commands, stream = core.redis.commands, stream_of(core)
    await commands.xgroup_create(stream, "workers", id="0", mkstream=True)
    dispatch = core.dispatch()
    for number in range(200):
        await dispatch.publish(post(str(number)))
    await commands.xreadgroup("workers", "dead", {stream: ">"}, count=200)
    async with open_recording(settings, core.redis.url) as other:
        rescuers = [Worker(core).queues.publishing.recovery, Worker(other).queues.publishing.recovery]
        await asyncio.gather(*(rescuer.give_back_idle(0.0, 20) for rescuer in rescuers * 3))
    assert await commands.xlen(stream) == 200
    assert (await commands.xpending(stream, "workers"))["pending"] == 0

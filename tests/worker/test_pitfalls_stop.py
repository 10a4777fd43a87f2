"""Pitfalls of taskiq around stopping, each answered: work in hand ends, the rest is handed back.

The letters are those of worker/README.md.
"""

from __future__ import annotations

import asyncio
import signal

from recording_core import RecordingCore, post, until, until_quiet
from running_workers import Spawn, StartWorker

from worker.queues import POST_PUBLISHING
from worker.receiver import StreamReceiver
from worker.runner import Worker


async def test_an_idle_worker_stops_at_once(spawn: Spawn) -> None:
    """(h) SIGTERM ends an idle worker in less than a second, with exit code 0."""
    worker = await spawn()
    code, seconds = await worker.stop(signal.SIGTERM)
    assert code == 0
    assert seconds < 1
    assert "Traceback" not in worker.log.read_text()


async def test_work_in_hand_ends_and_nothing_new_is_taken(
    core: RecordingCore, spawn: Spawn, start_worker: StartWorker
) -> None:
    """(g, i) After SIGTERM the five tasks in hand finish; the others are left for the next worker at once."""
    worker = await spawn()
    dispatch = core.dispatch()
    for number in range(8):
        await dispatch.publish(post(f"slow:1:{number}"))
    await until(lambda: len(worker.journal.subjects("start")) == 5)
    code, seconds = await worker.stop(signal.SIGTERM)
    assert code == 0
    assert 0.5 < seconds < 10  # far from JOB_TIMEOUT, on a busy machine too
    assert len(worker.journal.subjects("done")) == 5
    assert len(worker.journal.subjects("start")) == 5
    async with start_worker(lease=3600):
        await until(lambda: len(core.journal.subjects("done")) == 3)


async def test_sigint_is_obeyed_as_well(spawn: Spawn) -> None:
    """Ctrl-C ends a worker in order."""
    worker = await spawn()
    code, _ = await worker.stop(signal.SIGINT)
    assert code == 0


async def test_a_second_signal_ends_the_process_and_loses_nothing(
    core: RecordingCore, spawn: Spawn, start_worker: StartWorker
) -> None:
    """(f) Whoever does not want to wait signals twice; the message in hand is run by another worker."""
    worker = await spawn()
    await core.dispatch().publish(post("stuck:x"))
    await until(lambda: bool(worker.journal.subjects("start")))
    worker.process.send_signal(signal.SIGTERM)
    await worker.until_logged("worker.draining")
    code, seconds = await worker.stop(signal.SIGTERM)
    assert code != 0
    assert seconds < 1
    async with start_worker():
        await until(lambda: core.journal.subjects("done") == ["stuck:x"])


async def test_a_cancelled_task_is_not_acknowledged(core: RecordingCore, start_worker: StartWorker) -> None:
    """(f) A task that outlives the drain is cancelled, and its message goes back into the queue."""
    core.stuck = True
    worker = Worker(core)
    finish = asyncio.Event()
    await worker.queues.publishing.startup()
    working = asyncio.create_task(StreamReceiver(worker.queues.publishing, drain=0.2).work(finish))
    await core.dispatch().publish(post("stuck:x"))
    await until(lambda: bool(core.journal.subjects("start")))
    finish.set()
    await working
    await worker.queues.publishing.shutdown()
    assert await core.redis.commands.xlen(core.redis.key(POST_PUBLISHING)) == 1
    core.stuck = False
    async with start_worker(lease=3600):
        await until(lambda: core.journal.subjects("done") == ["stuck:x"])


async def test_messages_read_but_not_begun_are_handed_back(
    core: RecordingCore, start_worker: StartWorker
) -> None:
    """(i) What a stopping worker has read and not begun is at once in the queue again."""
    worker = Worker(core)
    broker = worker.queues.publishing
    await broker.startup()
    dispatch = core.dispatch()
    for number in range(5):
        await dispatch.publish(post(str(number)))
    messages = broker.listen()
    await anext(messages)
    assert len(broker.held) == 5
    await messages.aclose()
    await broker.shutdown()
    async with start_worker(lease=3600):
        await until(lambda: len(core.journal.subjects("done")) == 5)


async def test_stopping_leaves_no_task_behind(core: RecordingCore, start_worker: StartWorker) -> None:
    """(g) After a worker has stopped, none of its coroutines runs on."""
    before = len(asyncio.all_tasks())
    async with start_worker():
        await until_quiet(core)
    await until(lambda: len(asyncio.all_tasks()) <= before)

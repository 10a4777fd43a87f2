"""What the worker is for, read from top to bottom."""

from __future__ import annotations

from recording_core import RecordingCore, held_until, moment, open_recording, until, until_quiet, until_true
from running_workers import StartWorker

from core.settings import Settings


async def test_a_planned_post_is_published_at_its_moment(
    core: RecordingCore, start_worker: StartWorker
) -> None:
    """A post that a front end plans starts at its own millisecond and never before it."""
    async with start_worker():
        await until_quiet(core)
        at = moment(core, 0.8)
        await core.plan(held_until(at), at)
        await until(lambda: bool(core.journal.subjects("done")))
    done = next(entry for entry in core.journal.entries if entry.what == "done")
    assert 0 <= done.at - at.timestamp() < 0.2


async def test_a_check_carries_the_id_of_its_time(core: RecordingCore, start_worker: StartWorker) -> None:
    """The job id of a check is ``scheduler-check-`` and the millisecond for which it was armed."""
    async with start_worker():
        await until_quiet(core)
        at = moment(core, 0.8)
        await core.plan(held_until(at), at)
        await until(lambda: bool(core.journal.subjects("done")))
    assert f"scheduler-check-{round(at.timestamp() * 1000)}" in core.journal.subjects("check")


async def test_one_check_serves_a_window_and_each_post_keeps_its_time(
    core: RecordingCore, start_worker: StartWorker
) -> None:
    """Posts within the batch window are handed out together, and still start one by one."""
    async with start_worker():
        await until_quiet(core)
        moments = [moment(core, 0.8 + n / 10) for n in range(5)]
        checks = len(core.journal.subjects("check"))
        core.agenda.update({held_until(at): at for at in moments})
        await core.alarm.arm(moments[0])
        await until(lambda: len(core.journal.subjects("done")) == 5)
    late = [
        entry.at - at.timestamp()
        for entry, at in zip([e for e in core.journal.entries if e.what == "done"], moments, strict=True)
    ]
    assert all(0 <= seconds < 0.2 for seconds in late)
    assert len(core.journal.subjects("check")) == checks + 1


async def test_an_earlier_post_moves_the_alarm(core: RecordingCore, start_worker: StartWorker) -> None:
    """A worker that waits for a far post wakes up for one that is planned for sooner."""
    async with start_worker():
        await core.plan("far", moment(core, 3600))
        soon = moment(core, 0.6)
        await core.plan(held_until(soon), soon)
        await until(lambda: bool(core.journal.subjects("done")))
        assert "far" in core.agenda
        after = await core.alarm.next()
        assert after is not None
        assert after > soon


async def test_a_deleted_post_costs_one_empty_check(core: RecordingCore, start_worker: StartWorker) -> None:
    """After the earliest post was deleted the alarm fires once for nothing and is armed for the next."""
    async with start_worker():
        await until_quiet(core)
        gone, later = moment(core, 0.6), moment(core, 120)
        core.agenda["later"] = later
        checks = len(core.journal.subjects("check"))
        await core.alarm.arm(gone)
        await until(lambda: len(core.journal.subjects("check")) == checks + 1)

        async def armed() -> bool:
            return await core.alarm.next() == later

        await until_true(armed)
    assert not core.journal.subjects("start")


async def test_two_workers_share_the_work_and_make_one_check(
    core: RecordingCore, settings: Settings, start_worker: StartWorker
) -> None:
    """Two workers that wake for the same moment fire one check, and each post runs once."""
    async with (
        open_recording(settings, core.redis.url) as other,
        start_worker(),
        start_worker(other),
    ):
        other.agenda = core.agenda
        await until_quiet(core)
        checks = len(core.journal.subjects("check") + other.journal.subjects("check"))
        moments = [moment(core, 0.8 + n / 100) for n in range(30)]
        core.agenda.update({held_until(at, str(n)): at for n, at in enumerate(moments)})
        await core.alarm.arm(moments[0])
        await until(lambda: len(core.journal.subjects("done") + other.journal.subjects("done")) == 30)
        assert len(core.journal.subjects("check") + other.journal.subjects("check")) == checks + 1
    started = core.journal.subjects("start") + other.journal.subjects("start")
    assert len(started) == len(set(started)) == 30


async def test_a_worker_is_listed_while_it_lives(core: RecordingCore, start_worker: StartWorker) -> None:
    """A worker is present under its name from its start until it stops."""
    async with start_worker() as worker:

        async def present() -> bool:
            return worker.name in await core.presence.live(core.clock.now())

        await until_true(present)
    assert worker.name not in await core.presence.live(core.clock.now())


async def test_polling_looks_without_an_alarm(core: RecordingCore, start_worker: StartWorker) -> None:
    """With USE_EVENT_DRIVEN_SCHEDULER=false the worker looks by itself, whatever is armed."""
    polling = core.settings.model_copy(update={"use_event_driven_scheduler": False})
    async with open_recording(polling, core.redis.url) as rolled_back:
        await rolled_back.alarm.rearm(moment(core, 3600))
        rolled_back.agenda["due"] = rolled_back.clock.now()
        async with start_worker(rolled_back):
            await until(lambda: bool(rolled_back.journal.subjects("done")))

"""The alarm: armed only earlier, fired once, and no hint in Redis can suppress a check."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest

from core.adapters.redis.alarm import Fired, RedisAlarm, Wake
from core.adapters.redis.connection import RedisConnections

EARLY = timedelta(milliseconds=400)


def in_seconds(seconds: float) -> datetime:
    """A whole millisecond from now."""
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def message(job_id: str) -> bytes:
    return job_id.encode()


async def fire(alarm: RedisAlarm, at: datetime, early: timedelta = EARLY) -> Fired:
    return await alarm.fire(at, early=early, stream=checks_of(alarm), message=message)


def checks_of(alarm: RedisAlarm) -> str:
    return alarm.channel.replace("wake", "test-checks")


async def checks(connections: RedisConnections, alarm: RedisAlarm) -> list[bytes]:
    return [fields[b"data"] for _, fields in await connections.commands.xrange(checks_of(alarm))]


async def test_arming_sets_the_keys_by_name(connections: RedisConnections, alarm: RedisAlarm) -> None:
    """The time stands in scheduler:nextExecutionAt in ms, the job id in scheduler:activeJobId."""
    at = in_seconds(60)
    await alarm.arm(at)
    assert await alarm.next() == at
    millis = round(at.timestamp() * 1000)
    assert await connections.commands.get(connections.key("scheduler:nextExecutionAt")) == b"%d" % millis
    job = await connections.commands.get(connections.key("scheduler:activeJobId"))
    assert job == b"scheduler-check-%d" % millis


async def test_arming_replaces_only_a_later_time(alarm: RedisAlarm) -> None:
    """An earlier time wins, a later one changes nothing."""
    await alarm.arm(in_seconds(60))
    await alarm.arm(early := in_seconds(30))
    await alarm.arm(in_seconds(90))
    assert await alarm.next() == early


async def test_arming_at_once_from_many_sides_keeps_the_earliest(alarm: RedisAlarm) -> None:
    """Arming is atomic: of fifty front ends at the same time the earliest wins."""
    moments = [in_seconds(60 + number) for number in range(50)]
    await asyncio.gather(*(alarm.arm(at) for at in reversed(moments)))
    assert await alarm.next() == moments[0]


async def test_the_same_time_twice_is_one_check(connections: RedisConnections, alarm: RedisAlarm) -> None:
    """Two front ends that arm the same moment, and two workers that fire it, make one check."""
    at = in_seconds(0)
    await asyncio.gather(alarm.arm(at), alarm.arm(at))
    fired = await asyncio.gather(fire(alarm, at), fire(alarm, at), fire(alarm, at))
    assert sorted(one.fired for one in fired) == [False, False, True]
    assert await checks(connections, alarm) == [b"scheduler-check-%d" % round(at.timestamp() * 1000)]


async def test_firing_leaves_a_watchdog(alarm: RedisAlarm) -> None:
    """A check that dies is fired again: until it re-arms, the alarm stands 30 s ahead."""
    await alarm.arm(in_seconds(0))
    answer = await fire(alarm, in_seconds(0))
    assert answer.next is not None
    assert answer.next == await alarm.next()
    assert timedelta(seconds=29) < answer.next - datetime.now(UTC) < timedelta(seconds=31)


async def test_firing_too_early_says_when(connections: RedisConnections, alarm: RedisAlarm) -> None:
    """A worker that wakes too early is told the time that is armed, and nothing is sent."""
    await alarm.arm(at := in_seconds(10))
    assert await fire(alarm, at) == Fired(fired=False, next=at)
    assert await checks(connections, alarm) == []


async def test_firing_within_the_allowance_is_in_time(alarm: RedisAlarm) -> None:
    """``early`` is how long before its time a check may be fired."""
    await alarm.arm(at := in_seconds(5))
    assert (await fire(alarm, at, early=timedelta(seconds=6))).fired


async def test_firing_notes_the_last_check(alarm: RedisAlarm) -> None:
    """scheduler:lastCheck says when a check was fired."""
    assert await alarm.last_check() is None
    await fire(alarm, in_seconds(0))
    last = await alarm.last_check()
    assert last is not None
    assert abs(datetime.now(UTC) - last) < timedelta(seconds=1)


async def test_what_was_armed_during_a_check_is_not_lost(alarm: RedisAlarm) -> None:
    """A front end arms while the check looks at MongoDB: the check's re-arming does not push that back."""
    await alarm.arm(in_seconds(0))
    await fire(alarm, in_seconds(0))
    await alarm.arm(meanwhile := in_seconds(40))
    await alarm.rearm(in_seconds(900))
    assert await alarm.next() == meanwhile


async def test_overlapping_checks_lose_nothing(alarm: RedisAlarm) -> None:
    """What was armed after both checks had looked survives the re-arming of both."""
    await fire(alarm, in_seconds(0), early=timedelta(days=1))
    await fire(alarm, in_seconds(0), early=timedelta(days=1))
    await alarm.arm(meanwhile := in_seconds(5))
    await alarm.rearm(in_seconds(900))
    await alarm.rearm(in_seconds(900))
    assert await alarm.next() == meanwhile


async def test_what_was_armed_before_a_check_is_served_by_it(alarm: RedisAlarm) -> None:
    """Re-arming moves the alarm to a later time once the earlier one has been looked at."""
    await alarm.arm(in_seconds(0))
    await fire(alarm, in_seconds(0))
    await alarm.rearm(later := in_seconds(900))
    assert await alarm.next() == later
    await alarm.arm(in_seconds(1200))
    assert await alarm.next() == later


@pytest.mark.parametrize("seed", range(20))
async def test_nothing_armed_is_ever_passed_over(alarm: RedisAlarm, seed: int) -> None:
    """In any order of arming, firing and re-arming, what was armed since the last check is still ahead."""
    chance = random.Random(seed)  # noqa: S311  # the same orders in every run
    owed: list[datetime] = []
    for _ in range(40):
        at = in_seconds(chance.choice([-5, 0, 0.3, 3, 40, 900]))
        match chance.choice(["arm", "arm", "fire", "rearm"]):
            case "arm":
                await alarm.arm(at)
                owed.append(at)
            case "fire":
                if (await fire(alarm, at)).fired:
                    owed.clear()
            case _:
                await alarm.rearm(at)
        armed = await alarm.next()
        assert all(armed is not None and armed <= one for one in owed)


RUBBISH = [b"", b"soon", b"nan", b"-nan", b"1e999", b"0x", b"1795451294140 ", b"\xff\xfe", b"-1", b"0", b"{}"]


@pytest.mark.parametrize("value", RUBBISH)
async def test_rubbish_in_redis_suppresses_no_check(
    connections: RedisConnections, alarm: RedisAlarm, value: bytes
) -> None:
    """Whatever stands in the keys, an earlier time can be armed and a due check fired."""
    for name in ("nextExecutionAt", "pending", "activeJobId", "lastCheck"):
        await connections.commands.set(connections.key(f"scheduler:{name}"), value)
    at = in_seconds(0)
    await alarm.arm(at)
    seen = await alarm.next()
    assert seen is None or seen <= at
    assert (await fire(alarm, at)).fired
    await connections.commands.set(connections.key("scheduler:pending"), value)
    await alarm.arm(at := in_seconds(5))
    await alarm.rearm(in_seconds(900))
    seen = await alarm.next()
    assert seen is None or seen <= at


async def test_keys_of_another_type_suppress_no_check(
    connections: RedisConnections, alarm: RedisAlarm
) -> None:
    """A list where a time should be counts as missing, and is replaced."""
    for name in ("nextExecutionAt", "pending", "activeJobId", "lastCheck"):
        await connections.commands.rpush(connections.key(f"scheduler:{name}"), "x")
    assert await alarm.next() is None
    assert (await fire(alarm, in_seconds(0))).fired
    await alarm.arm(at := in_seconds(5))
    assert await alarm.next() == at


async def test_a_missing_alarm_is_fired(connections: RedisConnections, alarm: RedisAlarm) -> None:
    """A worker whose local timer ends fires, although Redis has lost the key meanwhile."""
    assert (await fire(alarm, in_seconds(0))).fired
    assert len(await checks(connections, alarm)) == 1


async def test_workers_hear_when_the_head_moves(alarm: RedisAlarm) -> None:
    """Arming earlier and re-arming are heard on the wake channel; arming later is not."""
    async with alarm.wakes() as wakes:
        await alarm.arm(first := in_seconds(60))
        await alarm.arm(in_seconds(90))
        await alarm.rearm(second := in_seconds(30))
        heard = [await within_a_second(anext(wakes)) for _ in range(2)]
    assert heard == [Wake("alarm", first), Wake("alarm", second)]


async def test_rubbish_on_the_wake_channel_is_told_as_such(
    connections: RedisConnections, alarm: RedisAlarm
) -> None:
    """A message that names no time is a wake-up without one."""
    async with alarm.wakes() as wakes:
        await connections.commands.publish(alarm.channel, b"\xff rubbish")
        assert (await within_a_second(anext(wakes))).at is None


async def within_a_second(answer: Awaitable[Wake]) -> Wake:
    async with asyncio.timeout(1):
        return await answer

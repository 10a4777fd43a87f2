"""The shared clock: the time of Redis, and holds that end on the millisecond."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest

from core.adapters.redis import clock as clock_module
from core.adapters.redis.clock import RedisClock
from core.adapters.redis.connection import RedisConnections


async def time_of_redis(connections: RedisConnections) -> datetime:
    seconds, micros = await connections.commands.time()
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)


async def test_a_wrong_local_clock_is_corrected(
    connections: RedisConnections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker whose clock is an hour ahead still tells the time of Redis."""
    real = time.time
    monkeypatch.setattr(clock_module.time, "time", lambda: real() + 3600)
    clock = RedisClock(connections)
    assert clock.now() - await time_of_redis(connections) > timedelta(minutes=59)
    await clock.measure(samples=5)
    assert abs(clock.now() - await time_of_redis(connections)) < timedelta(milliseconds=50)


async def test_a_step_of_the_local_clock_is_found_by_the_next_measurement(
    connections: RedisConnections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the local clock was set back a single question mends the offset."""
    clock = RedisClock(connections)
    await clock.measure(samples=5)
    real = time.time
    monkeypatch.setattr(clock_module.time, "time", lambda: real() - 10)
    await clock.measure()
    assert abs(clock.now() - await time_of_redis(connections)) < timedelta(milliseconds=50)


async def test_a_vague_answer_does_not_replace_an_exact_one(
    connections: RedisConnections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that took long, and agrees within its doubt, leaves the offset as it was."""
    clock = RedisClock(connections)
    await clock.measure(samples=5)
    known = clock.offset
    real, asked = time.time, iter([0.0, 0.4])
    monkeypatch.setattr(clock_module.time, "time", lambda: real() + next(asked))
    await clock.measure()
    assert clock.offset == known


async def test_a_hold_ends_on_time_and_never_early(connections: RedisConnections) -> None:
    """Fifty holds at once each end at their moment: none early, half of them within a millisecond."""
    clock = RedisClock(connections)
    await clock.measure(samples=5)
    begin = clock.now() + timedelta(milliseconds=100)

    async def held(moment: datetime) -> float:
        await clock.hold_until(moment)
        return (clock.now() - moment).total_seconds()

    late = await asyncio.gather(*(held(begin + timedelta(milliseconds=7 * n)) for n in range(50)))
    assert min(late) >= 0
    assert median(late) < 0.02  # a busy machine; punctuality itself is measured in bench


async def test_a_hold_for_the_past_returns_at_once(connections: RedisConnections) -> None:
    """A moment that has gone by holds nobody."""
    clock = RedisClock(connections)
    began = time.monotonic()
    await clock.hold_until(clock.now() - timedelta(seconds=5))
    assert time.monotonic() - began < 0.05

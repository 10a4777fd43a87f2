"""Workers say that they are there, and are forgotten when they are silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.adapters.redis.connection import RedisConnections
from core.adapters.redis.presence import BEAT, RedisPresence

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def test_a_worker_that_beats_is_alive(connections: RedisConnections) -> None:
    """Each worker is listed with when it was last seen."""
    presence = RedisPresence(connections)
    await presence.beat("a", NOW)
    await presence.beat("b", NOW + timedelta(seconds=5))
    assert await presence.live(NOW + BEAT) == {"a": NOW, "b": NOW + timedelta(seconds=5)}


async def test_a_silent_worker_is_gone(connections: RedisConnections) -> None:
    """After two and a half beats without a sign it is listed no more; another worker's beat forgets it."""
    presence = RedisPresence(connections)
    await presence.beat("a", NOW)
    await presence.beat("b", NOW + 2 * BEAT)
    assert list(await presence.live(NOW + 3 * BEAT)) == ["b"]
    assert list(await presence.live(NOW)) == ["a", "b"]
    await presence.beat("b", NOW + 3 * BEAT)
    assert list(await presence.live(NOW)) == ["b"]


async def test_a_clock_that_is_wrong_forgets_nobody(connections: RedisConnections) -> None:
    """Whoever only looks, with a clock a day ahead, takes no worker away from the others."""
    presence = RedisPresence(connections)
    await presence.beat("a", NOW)
    assert await presence.live(NOW + timedelta(days=1)) == {}
    assert await presence.live(NOW) == {"a": NOW}


async def test_a_worker_that_leaves_is_gone_at_once(connections: RedisConnections) -> None:
    """An orderly stop is seen immediately."""
    presence = RedisPresence(connections)
    await presence.beat("a", NOW)
    await presence.leave("a")
    assert await presence.live(NOW) == {}

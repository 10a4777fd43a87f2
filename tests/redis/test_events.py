"""Events: what changes is heard by whoever listens, and nobody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from core.adapters.redis.connection import RedisConnections, open_redis
from core.adapters.redis.events import RedisEvents
from core.domain.errors import UnavailableError


@pytest.fixture
async def events(connections: RedisConnections) -> AsyncIterator[RedisEvents]:
    events = RedisEvents(connections)
    yield events
    await events.aclose()


async def test_a_change_is_heard_by_everybody(events: RedisEvents, connections: RedisConnections) -> None:
    """Each listener hears it; what was announced before it listened is not heard."""
    other = RedisEvents(connections)
    other.announce("too early")
    await other.aclose()
    async with events.follow() as first, events.follow() as second:
        other.announce("post-1")
        await other.aclose()
        assert list(await anext(first)) == ["post-1"]
        assert list(await anext(second)) == ["post-1"]


async def test_changes_that_come_together_are_told_together(events: RedisEvents) -> None:
    """A thousand announcements of one moment are one message, each post once."""
    async with events.follow() as changes:
        for number in range(1000):
            events.announce(f"post-{number % 500}")
        assert list(await anext(changes)) == [f"post-{number}" for number in range(500)]


async def test_something_else_to_look_at(events: RedisEvents) -> None:
    """Without a post, listeners wake up all the same."""
    async with events.follow() as changes:
        events.announce()
        assert list(await anext(changes)) == []


async def test_a_listener_learns_that_it_is_deaf(events: RedisEvents, connections: RedisConnections) -> None:
    """A line that is cut raises, so that it can listen anew."""
    async with events.follow() as changes:
        await connections.commands.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        with pytest.raises(UnavailableError):
            await anext(changes)
    async with events.follow() as changes:
        events.announce("post-2")
        assert list(await anext(changes)) == ["post-2"]


async def test_nobody_waits_for_a_redis_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    """The announcement returns at once and is given up with a line in the log."""
    caplog.set_level("INFO")
    async with open_redis("redis://127.0.0.1:9/0") as nowhere:
        events = RedisEvents(nowhere)
        began = asyncio.get_running_loop().time()
        events.announce("post-3")
        assert asyncio.get_running_loop().time() - began < 0.01
        await events.aclose()
        with pytest.raises(UnavailableError):
            async with events.follow():
                raise AssertionError("there is nothing to hear")
    assert [record.message for record in caplog.records] == ["events.not_told"]

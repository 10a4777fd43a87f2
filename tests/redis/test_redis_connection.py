"""Connections: a namespace, clear errors without secrets, and turns instead of too many sockets."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime

import pytest

from core.adapters.redis.alarm import RedisAlarm
from core.adapters.redis.connection import RedisConnections, open_redis
from core.domain.errors import SettingsError, UnavailableError
from core.local.stack import StackState


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def test_two_namespaces_do_not_meet(stack: StackState, namespace: str) -> None:
    """Installations that share a Redis have keys of their own."""
    async with (
        open_redis(stack.redis_url, namespace=f"{namespace}a") as one,
        open_redis(stack.redis_url, namespace=f"{namespace}b") as two,
    ):
        await RedisAlarm(one).arm(datetime.now(UTC))
        assert await RedisAlarm(two).next() is None


async def test_without_a_namespace_keys_are_plain() -> None:
    """The names of the design stand alone when no namespace is set."""
    async with open_redis("redis://127.0.0.1:1/0") as connections:
        assert connections.key("scheduler:nextExecutionAt") == "scheduler:nextExecutionAt"


async def test_a_redis_that_is_away_is_told_in_one_sentence() -> None:
    """The error says where Redis should be and how to mend it, and keeps the password."""
    port = closed_port()
    async with open_redis(f"redis://:s3cr3t-word@127.0.0.1:{port}/0") as connections:
        with pytest.raises(UnavailableError) as caught:
            await RedisAlarm(connections).arm(datetime.now(UTC))
        assert f"127.0.0.1:{port}" in str(caught.value)
        assert "REDIS_URL" in str(caught.value)
        assert "s3cr3t-word" not in f"{caught.value!r} {caught.value.__cause__!r} {connections!r}"


async def test_a_refused_password_is_told_as_such(stack: StackState) -> None:
    """A wrong user or password is named as the cause."""
    wrong = stack.redis_url.replace("redis://", "redis://nobody:s3cr3t-word@")
    async with open_redis(wrong) as connections:
        with pytest.raises(UnavailableError, match="password") as caught:
            await RedisAlarm(connections).next()
        assert "s3cr3t-word" not in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:6379", "http://localhost", "redis://:s3cr3t-word@host:port/0"])
async def test_an_address_that_is_none_is_refused(url: str) -> None:
    """A wrong REDIS_URL is a settings error that does not repeat it."""
    with pytest.raises(SettingsError, match="REDIS_URL") as caught:
        async with open_redis(url):
            pass
    assert "s3cr3t-word" not in str(caught.value)


async def test_many_callers_wait_for_a_turn(connections: RedisConnections) -> None:
    """A thousand commands at once share a few connections and all succeed."""
    answers = await asyncio.gather(*(connections.commands.ping() for _ in range(1000)))
    assert all(answers)
    assert len(answers) == 1000

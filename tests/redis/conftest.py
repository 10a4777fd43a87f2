"""Connections to the real Redis of the session, under the namespace of the test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.adapters.redis.alarm import RedisAlarm
from core.adapters.redis.connection import RedisConnections, open_redis
from core.local.stack import StackState


@pytest.fixture
async def connections(stack: StackState, namespace: str) -> AsyncIterator[RedisConnections]:
    """Keys under the namespace are deleted afterwards."""
    async with open_redis(stack.redis_url, namespace=namespace) as connections:
        yield connections
        if keys := await connections.commands.keys(f"{namespace}*"):
            await connections.commands.delete(*keys)


@pytest.fixture
def alarm(connections: RedisConnections) -> RedisAlarm:
    return RedisAlarm(connections)

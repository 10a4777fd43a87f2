"""Which workers are alive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from core.adapters.redis.connection import RedisConnections

BEAT: Final = timedelta(seconds=60)
"""How often a worker says that it is there."""
GONE: Final = 2.5 * BEAT
"""A worker that has been silent for this long counts as gone."""


class RedisPresence:
    """One sorted set of worker names, by when each was last seen (ms). Raises UnavailableError."""

    def __init__(self, connections: RedisConnections) -> None:
        self._connections = connections
        self._key = connections.key("workers")

    async def beat(self, worker: str, now: datetime) -> None:
        """This worker is alive; those that are gone are forgotten. One round trip."""
        with self._connections.reaching():
            async with self._connections.commands.pipeline(transaction=False) as both:
                both.zadd(self._key, {worker: _ms(now)})
                both.zremrangebyscore(self._key, "-inf", f"({_ms(now - GONE)}")
                await both.execute()

    async def leave(self, worker: str) -> None:
        """This worker stops."""
        with self._connections.reaching():
            await self._connections.commands.zrem(self._key, worker)

    async def live(self, now: datetime) -> dict[str, datetime]:
        """The workers that are alive at ``now``, with when each was last seen; changes nothing."""
        with self._connections.reaching():
            seen = await self._connections.commands.zrangebyscore(
                self._key, _ms(now - GONE), "+inf", withscores=True
            )
        return {name.decode(): datetime.fromtimestamp(score / 1000, UTC) for name, score in seen}


def _ms(at: datetime) -> float:
    return at.timestamp() * 1000

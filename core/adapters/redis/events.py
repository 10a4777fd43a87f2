"""Which posts have changed, told between processes on a channel."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from core.adapters.redis.connection import RedisConnections
from core.domain.errors import UnavailableError

log = logging.getLogger(__name__)


class RedisEvents:
    """Implements :class:`core.ports.Events` on the channel ``posts:changed``.

    What is announced goes out in the background, each post once however often it changed meanwhile: nobody
    who publishes a post waits for Redis.
    """

    def __init__(self, connections: RedisConnections) -> None:
        self._connections = connections
        self._channel = connections.key("posts:changed")
        self._changed: dict[str, None] = {}
        self._untold = False
        self._sending: asyncio.Task[None] | None = None

    def announce(self, post_id: str | None = None) -> None:
        self._untold = True
        if post_id is not None:
            self._changed[post_id] = None
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())

    @asynccontextmanager
    async def follow(self) -> AsyncGenerator[AsyncIterator[Sequence[str]]]:
        pubsub = self._connections.blocking.pubsub()
        try:
            with self._connections.reaching():
                await pubsub.subscribe(self._channel)
                await pubsub.get_message(timeout=None)
            yield self._heard(pubsub)
        finally:
            await pubsub.aclose()

    async def aclose(self) -> None:
        """Return once everything announced is told."""
        if self._sending is not None:
            await self._sending

    async def _send(self) -> None:
        while self._untold:
            post_ids, self._changed, self._untold = list(self._changed), {}, False
            try:
                with self._connections.reaching():
                    await self._connections.commands.publish(self._channel, " ".join(post_ids))
            except UnavailableError as error:
                log.info("events.not_told", extra={"posts": len(post_ids), "reason": str(error)})

    async def _heard(self, pubsub: Any) -> AsyncIterator[Sequence[str]]:
        with self._connections.reaching():
            async for message in pubsub.listen():
                if message["type"] == "message":
                    yield bytes(message["data"]).decode(errors="replace").split()

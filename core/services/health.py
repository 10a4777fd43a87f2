"""Whether MongoDB, Redis and a worker are there, asked without relying on any of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from core.domain.errors import UnavailableError
from core.domain.watching import Part
from core.ports import Engine, WorkerBeat

_PATIENCE: Final = 5.0
"""Seconds after which a server that has not answered counts as away."""


class Health:
    """Asks each part for a sign of life.

    ``ping`` returns once MongoDB has answered. ``measure`` sets the clock by that of Redis: whoever keeps
    looking keeps it right.
    """

    def __init__(
        self, ping: Callable[[], Awaitable[None]], measure: Callable[[], Awaitable[None]], engine: Engine
    ) -> None:
        self._ping = ping
        self._measure = measure
        self._engine = engine

    async def look(self) -> dict[Part, str]:
        """The parts that are away, each with the reason in one sentence."""
        mongodb, redis = await asyncio.gather(_reason(self._ping, "MongoDB"), self._redis())
        return {part: reason for part, reason in {Part.MONGODB: mongodb, **redis}.items() if reason}

    async def _redis(self) -> dict[Part, str]:
        try:
            async with asyncio.timeout(_PATIENCE):
                workers = await self._workers()
        except UnavailableError as error:
            return {Part.REDIS: str(error)}
        except TimeoutError:
            return {Part.REDIS: _silent("Redis")}
        return {} if workers else {Part.WORKER: "No worker is running."}

    async def _workers(self) -> list[WorkerBeat]:
        """Those that are alive by the clock of Redis."""
        await self._measure()
        return await self._engine.workers()


async def _reason(ask: Callable[[], Awaitable[None]], name: str) -> str:
    try:
        async with asyncio.timeout(_PATIENCE):
            await ask()
    except UnavailableError as error:
        return str(error)
    except TimeoutError:
        return _silent(name)
    return ""


def _silent(name: str) -> str:
    return f"{name} has not answered for {_PATIENCE:.0f} seconds: check that it runs."

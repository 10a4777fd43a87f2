"""The clock that all workers share: the local one, corrected to that of Redis."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from core.adapters.redis.connection import RedisConnections

_SPIN: Final = 0.002
"""Seconds before the moment at which sleeping ends: uvloop's timers have a grain of 1 ms."""
_NAP: Final = 1.0
"""The longest sleep of a hold in seconds, so that a step of the local clock is noticed."""
_DRIFT: Final = 20e-6
"""Seconds by which two disciplined clocks may part in one second."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """What one question to Redis taught: its time minus ours, known to within ``error`` seconds."""

    offset: float
    error: float
    taken: float


class RedisClock:
    """Implements core.ports.Clock. Until :meth:`measure` was called it is the local clock."""

    def __init__(self, connections: RedisConnections) -> None:
        self._connections = connections
        self._known = _Sample(offset=0.0, error=math.inf, taken=0.0)

    @property
    def offset(self) -> float:
        """Seconds by which the clock of Redis is ahead of the local one."""
        return self._known.offset

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self._known.offset, UTC)

    async def measure(self, samples: int = 1) -> None:
        """Ask Redis for its time; the quickest answer is the most exact one.

        A new answer replaces the old one if it is as exact, or proves it wrong. Raises UnavailableError.
        """
        for _ in range(samples):
            sample = await self._ask()
            doubt = self._known.error + _DRIFT * (sample.taken - self._known.taken)
            moved = abs(sample.offset - self._known.offset) > sample.error + doubt
            if moved or sample.error <= doubt:
                self._known = sample

    async def hold_until(self, moment: datetime) -> None:
        while (left := self._left(moment)) > _SPIN:  # noqa: ASYNC110  # time is the only event
            await asyncio.sleep(min(left - _SPIN, _NAP))
        while self._left(moment) > 0:  # noqa: ASYNC110  # as above, at full precision
            await asyncio.sleep(0)

    def _left(self, moment: datetime) -> float:
        return (moment - self.now()).total_seconds()

    async def _ask(self) -> _Sample:
        before = time.time()
        with self._connections.reaching():
            seconds, micros = await self._connections.commands.time()
        after = time.time()
        theirs = seconds + micros / 1_000_000
        return _Sample(
            offset=theirs - (before + after) / 2, error=abs(after - before) / 2, taken=time.monotonic()
        )

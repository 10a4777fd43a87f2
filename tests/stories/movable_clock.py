"""A clock that goes as real time does and can be moved ahead, Threads' clock with it."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

from stories.threads_side import ThreadsSide


class MovableClock:
    """Implements :class:`core.ports.Clock`: whoever holds until a moment moves the time there.

    The sandbox is moved by the same length and first, so that what it dates is never earlier than what
    this clock said before.
    """

    def __init__(self, threads: ThreadsSide) -> None:
        self._threads = threads
        self._ahead = timedelta()
        self._moving = asyncio.Lock()

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC) + self._ahead

    async def measure(self, samples: int = 1) -> None:
        """There is one clock in a test."""

    async def hold_until(self, moment: datetime) -> None:
        async with self._moving:
            left = moment - self.now()
            if left > timedelta():
                await self._threads.move_clock(left)
                self._ahead += left

    async def advance(self, by: timedelta) -> None:
        """Let time pass while nobody works."""
        await self.hold_until(self.now() + by)

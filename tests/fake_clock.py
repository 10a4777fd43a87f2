"""A clock that moves only when a test moves it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

NOW: Final = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
"""Monday 7 December 2026, 09:00 in Vietnam: where a :class:`FakeClock` starts."""


class FakeClock:
    """Implements :class:`core.ports.Clock`: whoever holds until a moment moves the time there."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Let time pass; the new now."""
        self._now += by
        return self._now

    async def hold_until(self, moment: datetime) -> None:
        await asyncio.sleep(0)
        self._now = max(self._now, moment)

"""A card that shows how far something is."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from bot.screens import Screen
from bot.visit import Visit

PACE: Final = 3.0
"""Seconds between two edits of a card that shows progress."""


class Progress:
    """Edits one card, no two times within :data:`PACE` seconds."""

    def __init__(self, visit: Visit, card: int | None) -> None:
        self._visit = visit
        self._edited: float | None = None
        self._begun = time.monotonic()
        self.card = card

    async def tell(self, screen: Screen) -> None:
        """Show how far it is, if the last word on it is old enough."""
        since = self._begun if self._edited is None else self._edited
        if time.monotonic() - since >= PACE:
            await self._put(screen)
            self._edited = time.monotonic()

    async def conclude(self, screen: Screen) -> int:
        """Show the outcome; the id of its message."""
        if self._edited is not None:
            await asyncio.sleep(max(0.0, self._edited + PACE - time.monotonic()))
        return await self._put(screen)

    async def begin(self, screen: Screen) -> None:
        """Show at once that it has begun."""
        await self._put(screen)
        self._edited = time.monotonic()

    async def _put(self, screen: Screen) -> int:
        chat_id = self._visit.chat_id
        if self.card is None or not await self._visit.out.edit(chat_id, self.card, screen):
            self.card = await self._visit.out.send(chat_id, screen)
        return self.card

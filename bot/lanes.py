"""What people say, in the order of each, side by side between them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from bot.arrivals import Arrival

log = logging.getLogger(__name__)

_WIDTH: Final = 64
"""People who are answered at the same time."""
_FULL: Final = 1000
"""Arrivals that may wait before Telegram is not asked for more."""

Handle = Callable[[Arrival, bool], Awaitable[None]]


class Lanes:
    """``handle`` is given an arrival and whether more of its album waits behind it; what it raises is logged."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._lines: dict[int, deque[Arrival]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(_WIDTH)
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()

    def put(self, arrival: Arrival) -> None:
        """Let it be handled after what the same person said before."""
        self._count(1)
        line = self._lines.get(arrival.user.id)
        if line is not None:
            line.append(arrival)
            return
        self._lines[arrival.user.id] = line = deque([arrival])
        task = asyncio.create_task(self._work(arrival.user.id, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def room(self) -> None:
        """Return when not too many wait."""
        await self._room.wait()

    async def close(self, grace: float) -> None:
        """Handle nothing more; what is in hand may take ``grace`` seconds, then it is cut short."""
        for line in self._lines.values():
            line.clear()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, sender: int, line: deque[Arrival]) -> None:
        try:
            while line:
                async with self._places:
                    if line:  # not cleared meanwhile
                        arrival = line.popleft()
                        self._count(-1)
                        await self._handled(arrival, more_of_album=_goes_on(arrival, line))
        finally:
            del self._lines[sender]

    async def _handled(self, arrival: Arrival, *, more_of_album: bool) -> None:
        try:
            await self._handle(arrival, more_of_album)
        except Exception:  # what the person says next has to be heard
            log.exception("bot.letter_failed", extra={"letter": arrival.letter.id})

    def _count(self, change: int) -> None:
        self._waiting += change
        if self._waiting < _FULL:
            self._room.set()
        else:
            self._room.clear()


def _goes_on(arrival: Arrival, line: deque[Arrival]) -> bool:
    return arrival.album is not None and any(later.album == arrival.album for later in line)

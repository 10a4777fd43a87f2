"""What people say, in the order of each, side by side between them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot.arrivals import Arrival

log = logging.getLogger(__name__)

_WIDTH: Final = 64
"""People who are answered at the same time."""
_FULL: Final = 100
"""Arrivals of one person that wait in memory; those after them wait in the letter box only."""

Handle = Callable[[Arrival, bool], Awaitable[None]]
Left = Callable[[int, int], Awaitable[Sequence[Arrival]]]


class Lanes:
    """``handle`` is given an arrival and whether more of its album waits behind it; what it raises is logged.

    ``left`` brings the first so many arrivals of a person that were not taken since too many waited.
    """

    def __init__(self, handle: Handle, left: Left) -> None:
        self._handle = handle
        self._left = left
        self._lines: dict[int, deque[Arrival]] = {}
        self._refused: dict[int, int] = {}
        """How many were not taken, by the people of whom some may be left."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(_WIDTH)
        self.closed = False

    def put(self, arrival: Arrival) -> bool:
        """Let it be handled after what the same person said before; False when it is not taken."""
        sender = arrival.user.id
        line = self._lines.get(sender)
        if self.closed:
            return False
        if line is None:
            self._lines[sender] = line = deque([arrival])
            task = asyncio.create_task(self._work(sender, line))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif sender in self._refused or len(line) >= _FULL:
            self._refused[sender] = self._refused.get(sender, 0) + 1
            return False
        else:
            line.append(arrival)
        return True

    async def close(self, grace: float) -> None:
        """Handle nothing more; what is in hand may take ``grace`` seconds, then it is cut short."""
        self.closed = True
        self._refused.clear()
        for line in self._lines.values():
            line.clear()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, sender: int, line: deque[Arrival]) -> None:
        try:
            while line or await self._refilled(sender, line):
                async with self._places:
                    if line:  # not cleared meanwhile
                        arrival = line.popleft()
                        await self._handled(arrival, more_of_album=_goes_on(arrival, line))
        finally:
            del self._lines[sender]

    async def _refilled(self, sender: int, line: deque[Arrival]) -> bool:
        """Put what was left into the line; False when nothing was, nor was refused meanwhile."""
        while not line and (refused := self._refused.get(sender)):
            line.extend(await self._left(sender, _FULL))
            if not line and self._refused.get(sender) == refused:
                del self._refused[sender]
        return bool(line) and not self.closed

    async def _handled(self, arrival: Arrival, *, more_of_album: bool) -> None:
        try:
            await self._handle(arrival, more_of_album)
        except Exception:  # what the person says next has to be heard
            log.exception("bot.letter_failed", extra={"letter": arrival.letter.id})


def _goes_on(arrival: Arrival, line: deque[Arrival]) -> bool:
    return arrival.album is not None and any(later.album == arrival.album for later in line)

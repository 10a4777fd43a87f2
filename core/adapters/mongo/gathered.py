"""Reads by id: what is asked for at the same moment is one query."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Gathered(Generic[T]):
    """``read`` finds values by their ids.

    The driver wakes a thread for each query, half a millisecond of the one processor that Python uses: whoever is
    the last of 50 waits for all of them. Nothing is kept between two moments.
    """

    def __init__(self, read: Callable[[Collection[str]], Awaitable[Mapping[str, T]]]) -> None:
        self._read = read
        self._wanted: set[str] = set()
        self._reading: asyncio.Task[Mapping[str, T]] | None = None

    async def get(self, key: str) -> T | None:
        """What has this id now; None for nothing. Raises what ``read`` raises."""
        self._wanted.add(key)
        if self._reading is None:
            self._reading = asyncio.create_task(self._all())
            self._reading.add_done_callback(_seen)
        return (await asyncio.shield(self._reading)).get(key)

    async def _all(self) -> Mapping[str, T]:
        wanted, self._wanted, self._reading = self._wanted, set[str](), None
        return await self._read(wanted)


def _seen(reading: asyncio.Task[Mapping[str, T]]) -> None:
    """What it raised is told to whoever still waits for it, and may be nobody."""
    if not reading.cancelled():
        reading.exception()

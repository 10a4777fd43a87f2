"""Waiting for conditions, and the clock that a test moves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

Found = TypeVar("Found")


class Changes:
    """Tells whoever waits, whenever anything has happened on the server; conditions are asked, tasks not woken."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: dict[asyncio.Future[Any], Callable[[], Any]] = {}
        self._asked = False

    def happened(self) -> int:
        """The number of this change."""
        self.count += 1
        if self._waiting and not self._asked:
            self._asked = True
            asyncio.get_running_loop().call_soon(self._ask)
        return self.count

    async def until(self, look: Callable[[], Found | None], within: float) -> Found | None:
        """What ``look`` finds as soon as it finds something; None when ``within`` seconds have gone."""
        if (found := look()) is not None:
            return found
        waiting: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._waiting[waiting] = look
        try:
            async with asyncio.timeout(within):
                return await waiting
        except TimeoutError:
            return None
        finally:
            del self._waiting[waiting]

    def _ask(self) -> None:
        self._asked = False
        for waiting, look in self._waiting.items():
            if waiting.done():
                continue
            try:
                if (found := look()) is not None:
                    waiting.set_result(found)
            except AssertionError as problem:
                waiting.set_exception(problem)


class Clock:
    """Telegram's clock: real time, moved ahead by a test."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._ahead

    def advance(self, by: timedelta) -> None:
        self._ahead += by.total_seconds()

"""Gets a call through to Telegram: waits for its turn, and tries again where that can do no harm."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.api import FloodError, NotSentError
from bot.pacing import Pace

T = TypeVar("T")

log = logging.getLogger(__name__)

_FIRST: Final = 0.5
_LONGEST: Final = 30.0
_MOST_TRIES: Final = 6


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: from half a second to thirty, with jitter."""
    return min(_LONGEST, _FIRST * 2 ** (failures - 1)) * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load, keeps no secret


def pause_for(error: TelegramError, failures: int) -> float:
    """The same, or the seconds that Telegram wants."""
    return error.seconds if isinstance(error, FloodError) else pause_after(failures)


class Delivery:
    """``blocked`` is told of a chat whose person has blocked the bot."""

    def __init__(self, pace: Pace, blocked: Callable[[int], Awaitable[None]]) -> None:
        self._pace = pace
        self._blocked = blocked

    async def turn_of_many(self) -> None:
        """Return when a message to somebody may be edited for which nobody waits."""
        await self._pace.turn_of_many()

    async def send(self, chat_id: int, call: Callable[[], Awaitable[T]], *, urgent: bool) -> T:
        """Send a message: again when it has surely not arrived. Waits as long as Telegram is out of reach.

        What is urgent goes again some times when nobody knows whether it has arrived: an answer that comes twice
        is better than none. Raises TelegramError; NetworkError when nobody knows.
        """
        failures = uncertain = 0
        while True:
            await self._pace.turn(chat_id, urgent=urgent)
            try:
                return await self._called(chat_id, call)
            except FloodError as error:
                self._pace.hold(error.seconds, chat_id)
            except BadRequest:  # a NetworkError to the library, but no trouble on the way
                raise
            except NetworkError as error:
                failures += 1
                uncertain += not isinstance(error, NotSentError)
                if uncertain >= (_MOST_TRIES if urgent else 1):
                    raise
                log.warning("bot.send_waits", extra={"reason": error.message, "failures": failures})
                await asyncio.sleep(pause_after(failures))

    async def repeat(self, chat_id: int, call: Callable[[], Awaitable[T]]) -> T:
        """Edit or delete a message: what may be done twice is tried again after any trouble on the way."""
        failures = 0
        while True:
            try:
                return await self._called(chat_id, call)
            except FloodError as error:
                self._pace.hold(error.seconds, chat_id)
                await asyncio.sleep(error.seconds)
            except BadRequest:  # a NetworkError to the library, but no trouble on the way
                raise
            except NetworkError as error:
                failures += 1
                if failures >= _MOST_TRIES:
                    raise
                log.warning("bot.edit_waits", extra={"reason": error.message, "failures": failures})
                await asyncio.sleep(pause_after(failures))

    async def _called(self, chat_id: int, call: Callable[[], Awaitable[T]]) -> T:
        try:
            return await call()
        except Forbidden:
            await self._blocked(chat_id)
            raise

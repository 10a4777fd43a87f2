"""How long MongoDB is waited for: by a person until they are told that it is away, by our own records for ever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from core.domain.errors import UnavailableError

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE: Final = 3.0
"""Seconds; MongoDB's own patience is longer than that of somebody with a phone."""
_AGAIN: Final = 1.0


def cause(error: Exception) -> str:
    """What may stand in the log of it: other errors of MongoDB repeat what was to be written."""
    return str(error) if isinstance(error, UnavailableError) else type(error).__name__


async def soon(work: Awaitable[T]) -> T:
    """What comes of it. Raises UnavailableError after three seconds."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await work
    except TimeoutError:
        raise UnavailableError("MongoDB does not answer: check that it runs.") from None


async def at_last(step: Callable[[], Awaitable[T]]) -> T:
    """What comes of it once MongoDB can do it; tried every second, and told once."""
    told = False
    while True:
        try:
            return await step()
        except Exception as error:  # noqa: BLE001  # whatever MongoDB says, what is owed to it stays owed
            if not told:
                log.warning("bot.mongodb_waits", extra={"reason": cause(error)})
            told = True
            await asyncio.sleep(_AGAIN)

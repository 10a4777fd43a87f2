"""Work for people unasked: one thing after another for each of them, side by side between them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable

from telegram.error import TelegramError

from bot.delivery import pause_after
from core.domain.errors import UnavailableError

log = logging.getLogger(__name__)


class Errands:
    """``serve`` does what is to be done for a person; when it is done, ``wake``: there may be more by then.

    After a failure the person waits, the longer the more often. So a chat that Telegram slows down, and a
    message that cannot be made, keep nobody else waiting.
    """

    def __init__(self, serve: Callable[[str], Awaitable[None]], wake: Callable[[], None]) -> None:
        self._serve = serve
        self._wake = wake
        self._running: dict[str, asyncio.Task[None]] = {}
        self._failures: dict[str, int] = {}

    @property
    def busy(self) -> Collection[str]:
        """The people for whom something is being done, or waits after a failure."""
        return self._running.keys()

    def start(self, person_ids: Iterable[str]) -> None:
        """See to these people, except those who are being seen to."""
        for person_id in person_ids:
            if person_id not in self._running:
                self._running[person_id] = asyncio.create_task(self._work(person_id))

    async def close(self) -> None:
        """Cut everything short."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, person_id: str) -> None:
        try:
            if await self._succeeds(person_id):
                self._failures.pop(person_id, None)
            else:
                failures = self._failures[person_id] = self._failures.get(person_id, 0) + 1
                await asyncio.sleep(pause_after(failures))
        finally:
            del self._running[person_id]
            self._wake()

    async def _succeeds(self, person_id: str) -> bool:
        try:
            await self._serve(person_id)
        except (UnavailableError, TelegramError) as error:
            log.warning("errand.later", extra={"person": person_id, "reason": str(error)})
            return False
        except Exception:
            log.exception("errand.failed", extra={"person": person_id})
            return False
        return True

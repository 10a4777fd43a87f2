"""Brings notices to people and keeps the cards in their chats true, round after round."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from bot.bulletins import Bulletins
from bot.errands import Errands
from bot.followers import Followers
from core.bootstrap import Core
from core.domain.errors import UnavailableError

log = logging.getLogger(__name__)

_LOOK_EVERY: Final = 60.0
"""Seconds after which a round is made though nothing was heard: an event may be lost."""
_LOOK_DEAF: Final = 5.0
"""The same while nothing can be heard."""
_AGAIN: Final = 2.0
_GATHER: Final = 0.1
"""Seconds for which changes are gathered before they are shown."""


class Courier:
    """Runs in the one bot process that holds the lease.

    What has happened is told between processes by events, which may be lost; it stands in MongoDB too, where
    each round looks for it. Cards are compared with their subjects whenever events can be heard again.
    """

    def __init__(
        self, core: Core, bulletins: Bulletins, followers: Followers, *, every: float = _LOOK_EVERY
    ) -> None:
        self._core = core
        self._followers = followers
        self._every = every
        self._woken = asyncio.Event()
        self._hears = False
        self._behind = True
        """Changes may have been missed: every recent card has to be looked at."""
        self._planned: set[str] | None = None
        """The accounts whose plan has changed; None: it may be any."""
        self._causes: dict[str, str | None] = {}
        """By step, what was in its way the last time."""
        self._next_look = 0.0
        self._redrawing = Errands(followers.redraw, self._woken.set)
        self._telling = Errands(bulletins.deliver, self._woken.set)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen())
                tasks.create_task(self._rounds())
        finally:
            await self._redrawing.close()
            await self._telling.close()

    async def _rounds(self) -> None:
        while True:
            self._woken.clear()
            succeeded = await self._round()
            patience = self._patience()
            with suppress(TimeoutError):
                async with asyncio.timeout(patience if succeeded else min(patience, _AGAIN)):
                    await self._woken.wait()
            await asyncio.sleep(_GATHER)

    async def _round(self) -> bool:
        """Find out what has changed and what is to be told, and see to the people whom it concerns.

        What one step stumbles over keeps no other waiting; whether none did.
        """
        steps = (self._collect, self._tell, self._catch_up, self._look, self._redraw, self._look_at_accounts)
        return all([await self._succeeds(step) for step in steps])

    async def _succeeds(self, step: Callable[[], Awaitable[None]]) -> bool:
        """Whether it did; what is in its way is logged once, until it is something else."""
        name, cause = step.__name__.strip("_"), None
        try:
            await step()
        except UnavailableError as error:
            cause = str(error)
            if self._causes.get(name) != cause:
                log.warning("courier.waits", extra={"step": name, "reason": cause})
        except Exception as error:
            cause = repr(error)
            if self._causes.get(name) != cause:
                log.exception("courier.step_failed", extra={"step": name})
        self._causes[name] = cause
        return cause is None

    async def _tell(self) -> None:
        self._telling.start(person.id for person in await self._core.notices.readers())

    async def _collect(self) -> None:
        if news := await self._core.notices.collect():
            self._followers.changed(news)
            self._woken.set()

    async def _catch_up(self) -> None:
        if self._behind:
            self._behind = False
            try:
                await self._followers.catch_up()
            except Exception:
                self._behind = True
                raise

    async def _look(self) -> None:
        planned = await self._followers.look()
        if self._planned is not None:
            self._planned |= set(planned)

    async def _redraw(self) -> None:
        self._redrawing.start(self._followers.due())

    async def _look_at_accounts(self) -> None:
        if self._planned is None or time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + self._every
            planned, self._planned = self._planned, set()
            try:
                await self._core.notices.look_at_accounts(planned)
            except Exception:
                self._planned = None
                raise

    def _patience(self) -> float:
        most = self._every if self._hears else min(self._every, _LOOK_DEAF)
        return self._followers.patience(most, but=self._redrawing.busy)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except UnavailableError as error:
                log.info("courier.deaf", extra={"reason": str(error)})
            except Exception:
                log.exception("courier.hearing_failed")
            self._hears = False
            self._woken.set()
            await asyncio.sleep(_AGAIN)

    async def _hear(self) -> None:
        async with self._core.events.follow() as changes:
            self._hears = self._behind = True
            self._planned = None
            self._woken.set()
            async for post_ids in changes:
                self._followers.changed(post_ids)
                self._woken.set()

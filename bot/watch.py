"""Tells those who run the posts when MongoDB, Redis or the worker is down, and relies on none of them to do it.

A worker that hangs may still be counted as there: posts that lie about past their time are told too.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import datetime
from typing import Final

from telegram.error import TelegramError

from bot.cards.bulletin import length
from bot.html import lines
from bot.outgoing import Outgoing
from bot.screens import Screen
from bot.wording import Words
from bot.wording.reader import words_for
from core.bootstrap import Core
from core.domain.access import Noise, NoticeKind, Person, Role
from core.domain.conversation import Talk
from core.domain.errors import UnavailableError
from core.domain.watching import Change, Outage, Part, Watched
from core.domain.zones import in_zone
from core.services.monitoring import overdue_sentence

log = logging.getLogger(__name__)

_EVERY: Final = 10.0
"""Seconds between two looks."""
_PEOPLE_EVERY: Final = 60.0
"""Seconds for which the people are remembered before they are looked up again."""
_MEMORY: Final = "watch"
_PATIENCE: Final = 10.0
"""Seconds for which one person's message may keep the next look waiting."""


class Watch:
    """A dead-man's switch in the one bot process that holds the lease; looks ``every`` so many seconds.

    The outages that go on are kept in MongoDB whenever it answers, so that a bot that is started again tells
    none of them twice. They are written after they were told: one that is killed in between tells once more.
    """

    def __init__(self, core: Core, out: Outgoing, *, every: float = _EVERY) -> None:
        self._core = core
        self._out = out
        self._every = every
        self._watched = Watched()
        self._kept: Watched | None = None
        """What MongoDB knows; None until it has been asked."""
        self._people: list[Person] = []
        self._people_until = 0.0
        self._telling: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                try:
                    await self.look()
                except UnavailableError as error:
                    log.info("watch.not_kept", extra={"reason": str(error)})
                except Exception:
                    log.exception("watch.failed")
                await asyncio.sleep(self._every)
        finally:
            for task in self._telling:
                task.cancel()

    async def look(self) -> None:
        """Ask every part for a sign of life, and tell what has changed.

        Raises UnavailableError when MongoDB goes meanwhile; nothing is lost then.
        """
        down = await self._core.health.look()
        answers = Part.MONGODB not in down
        if answers:
            await self._recall()
            overdue = overdue_sentence(await self._core.monitoring.overdue())
            down |= {Part.POSTS: overdue} if overdue else {}
        now = self._core.clock.now()
        watched, changes = self._watched.after(down, now)
        if answers and (changes or time.monotonic() >= self._people_until):
            await self._remember_people()
        for change in changes:
            log.warning("watch.changed", extra={"part": change.part, "back": change.back})
        if changes:
            await self._tell_everybody(changes, now)
        self._watched = watched
        if answers and watched != self._kept:
            facts = {part.value: str(outage) for part, outage in watched.outages.items()}
            await self._core.stores.talks.put(Talk(id=_MEMORY, facts=facts))
            self._kept = watched

    async def _recall(self) -> None:
        """What an earlier process has told goes on."""
        if self._kept is None:
            memory = await self._core.stores.talks.get(_MEMORY)
            kept = {Part(part): Outage.read(fact) for part, fact in memory.facts.items()}
            self._kept = Watched(kept)
            self._watched = Watched({**kept, **self._watched.outages})

    async def _remember_people(self) -> None:
        """Whom to tell when nobody can be looked up any more: all who write posts."""
        self._people = [
            person
            for person in await self._core.people.everybody()
            if person.seen_at is not None
            and not person.blocked
            and person.grant is not None
            and person.grant.role is not Role.VIEWER
        ]
        self._people_until = time.monotonic() + _PEOPLE_EVERY

    async def _tell_everybody(self, changes: list[Change], now: datetime) -> None:
        """Side by side; a chat that takes longer goes on by itself."""
        tasks = [asyncio.create_task(self._tell(person, changes, now)) for person in self._people]
        self._telling.update(tasks)
        for task in tasks:
            task.add_done_callback(self._telling.discard)
        if tasks:
            await asyncio.wait(tasks, timeout=_PATIENCE)

    async def _tell(self, person: Person, changes: list[Change], now: datetime) -> None:
        noise = person.noise_of(NoticeKind.SYSTEM)
        if noise is Noise.OFF:
            return
        words = words_for(person, default_zone=self._core.settings.tz, now=now)
        for change in changes:
            silent = change.back or noise is Noise.SILENT
            try:
                await self._out.send(int(person.id), system_screen(change, words, silent=silent))
            except TelegramError as error:
                log.warning("watch.not_told", extra={"person": person.id, "reason": str(error)})


def system_screen(change: Change, words: Words, *, silent: bool) -> Screen:
    """Which part is down since when, why and what that means; or that it is back."""
    kind = "posts" if change.part is Part.POSTS else "part"
    part = words.say(f"notice.part.{change.part}")
    if change.back:
        seconds = round((words.now - change.outage.since).total_seconds())
        told = words.say(f"notice.back_{kind}", part=part, length=length(seconds, words))
        return Screen(text=told, silent=silent)
    reason = words.sentence(in_zone(change.outage.reason, words.zone))
    told = words.say(f"notice.down_{kind}", part=part, time=words.time(change.outage.since), reason=reason)
    return Screen(text=lines(told, words.say(f"notice.down.{change.part}")), silent=silent)

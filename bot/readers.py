"""Whoever is told something unasked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.wording import Words
from bot.wording.reader import words_for
from core.bootstrap import Core
from core.domain.access import Person


@dataclass(frozen=True, slots=True)
class Reader:
    """``core`` has the person's rights, ``words`` are in their language and zone."""

    person: Person
    core: Core
    words: Words

    @property
    def chat_id(self) -> int:
        """The private chat, whose id is that of the person (Bot API: Chat)."""
        return int(self.person.id)


async def reader_of(core: Core, person_id: str) -> Reader | None:
    """None for somebody who may do nothing any more, and for one who cannot be written to."""
    person = await core.people.known(person_id)
    if person is None or person.blocked:
        return None
    words = words_for(person, default_zone=core.settings.tz, now=core.clock.now())
    return Reader(person, await core.acting(person), words)

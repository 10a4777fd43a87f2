"""One update of one person, with all that its handler needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Unpack

from telegram import Message

from bot.outgoing import Outgoing
from bot.screens import Screen
from bot.taps import Tap
from bot.wording import Words
from core.bootstrap import Core
from core.domain.access import Person
from core.domain.actors import telegram_actor
from core.domain.conversation import Card, Talk
from core.domain.zones import zone
from core.services.people import Preferences


@dataclass(slots=True, kw_only=True)
class Visit:
    """A person says or taps something.

    ``core`` has the rights of the person. ``message`` is what was said or, for a ``tap``, the card that was
    tapped (None when Telegram does not show it any more). ``args`` is what stands after a command.
    ``more_of_album``: further parts of the same album wait behind this one. ``card`` is what a text
    replies to, when that is a card that follows its subject.
    """

    person: Person
    core: Core
    words: Words
    out: Outgoing
    update_id: int
    message: Message | None
    talk: Talk
    tap: Tap | None = None
    args: str = ""
    more_of_album: bool = False
    card: Card | None = None

    @property
    def chat_id(self) -> int:
        """The private chat, whose id is that of the person (Bot API: Chat)."""
        return int(self.person.id)

    @property
    def who(self) -> str:
        """How the person appears in the history of a post."""
        return telegram_actor(self.person.id, self.person.name)

    @property
    def subject(self) -> str:
        """What the tapped button is about; empty for none."""
        return self.tap.subject if self.tap else ""

    def arg(self, index: int = 0) -> str:
        """What else the tapped button says; empty for nothing."""
        return self.tap.arg(index) if self.tap else ""

    async def show(self, screen: Screen) -> int:
        """Put the screen in place of the card that was tapped, which follows nothing any more, else below.

        The id of its message.
        """
        if self.tap is not None and self.message is not None:
            await self.core.stores.cards.delete(f"{self.chat_id}:{self.message.message_id}")
        return await self.put(screen)

    async def put(self, screen: Screen) -> int:
        """The same, and the card goes on following what it followed."""
        if self.tap is None or self.message is None:
            return await self.out.send(self.chat_id, screen)
        return await self.out.turn(self.message, screen)

    async def say(self, screen: Screen) -> int:
        """A new message; its id."""
        return await self.out.send(self.chat_id, screen)

    async def prefer(self, **changes: Unpack[Preferences]) -> None:
        """Change what the person prefers; from here on they are spoken to in their new language and zone."""
        self.person = await self.core.people.set_preferences(self.person, **changes)
        language = self.person.language or self.words.language
        where = zone(self.person.zone or self.core.settings.tz)
        self.words = replace(self.words, language=language, zone=where)

    async def expect(self, verb: str, subject: str = "", card: int | None = None, **facts: str) -> None:
        """Let the next typed text answer this flow, unless something else is tapped or an hour goes by."""
        await self.remember(
            replace(
                self.talk,
                awaiting=verb,
                subject=subject,
                card=card,
                asked_at=self.core.clock.now(),
                facts={**self.talk.facts, **facts},
                answered_by=None,
            )
        )

    async def expect_nothing(self) -> None:
        """Whatever was asked is answered by this update, or not at all."""
        if self.talk.awaiting:
            await self.core.stores.talks.put(replace(self.talk, answered_by=self.update_id))
            self.talk = self.talk.without_question()

    async def remember(self, talk: Talk) -> None:
        await self.core.stores.talks.put(talk)
        self.talk = talk

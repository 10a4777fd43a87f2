"""An update of somebody who may use the bot."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import Update, User

from bot.wording import Words
from bot.wording.reader import words_for
from core.bootstrap import Core
from core.domain.access import Person
from core.domain.conversation import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """``resumed``: it was stored before, and may have been begun or dealt with since.

    ``answering`` lets the button that was tapped stop turning, which people look at first.
    """

    letter: Letter
    update: Update
    user: User
    person: Person
    resumed: bool = False
    answering: asyncio.Task[None] | None = None

    @property
    def chat_id(self) -> int:
        """That of the private chat is the user's id (Bot API: Chat)."""
        return self.user.id

    @property
    def album(self) -> str | None:
        message = self.update.message
        return message.media_group_id if message else None

    def words(self, core: Core) -> Words:
        return words_for(
            self.person,
            default_zone=core.settings.tz,
            now=core.clock.now(),
            language_code=self.user.language_code or "",
        )

"""An update of somebody who may use the bot."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from telegram import Update, User

from bot.wording import Words
from bot.wording.reader import words_for
from core.bootstrap import Core
from core.domain.access import Person
from core.domain.conversation import Letter

_FRESH: Final = timedelta(minutes=5)
_TELEGRAMS_WORD: Final = 5.0
"""Seconds for which a tap waits to hear how old it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """``resumed``: it was stored before, and may have been begun or dealt with since.

    ``answering`` lets the button that was tapped stop turning, which people look at first; False when the tap
    is too old for that.
    """

    letter: Letter
    update: Update
    user: User
    person: Person
    resumed: bool = False
    answering: asyncio.Task[bool] | None = None

    @property
    def chat_id(self) -> int:
        """That of the private chat is the user's id (Bot API: Chat)."""
        return self.user.id

    @property
    def album(self) -> str | None:
        message = self.update.message
        return message.media_group_id if message else None

    async def waited(self, now: datetime) -> bool:
        """Whether a tap has lain somewhere for so long that its person cannot mean it to be carried out now.

        Telegram does not say when a button was tapped.
        """
        if self.answering is None or now - self.letter.arrived_at > _FRESH:
            return now - self.letter.arrived_at > _FRESH
        answered, _ = await asyncio.wait([self.answering], timeout=_TELEGRAMS_WORD)
        return bool(answered) and not self.answering.result()

    def words(self, core: Core) -> Words:
        return words_for(
            self.person,
            default_zone=core.settings.tz,
            now=core.clock.now(),
            language_code=self.user.language_code or "",
        )

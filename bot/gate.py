"""Who is let in: people by their numeric id, in their private chat with the bot. Nobody else gets an answer.

Telegram's own rule: a name is no identity, ids are (Bot API: User). Groups, channels, anonymous admins and
inline messages are nobody.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from telegram import Bot, ChatMember, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.commands import command_of
from bot.outgoing import Outgoing
from bot.patience import soon
from bot.screens import Screen
from bot.wording.reader import spoken, words_for
from core.bootstrap import Core
from core.domain.access import Person, parse_allowed_users
from core.domain.errors import ConflictError, NotFoundError, UnavailableError

log = logging.getLogger(__name__)

_MINUTE: Final = 60.0
_MOST_STRANGERS: Final = 500


def sender_of(update: Update) -> User | None:
    """Who writes or taps in the private chat with the bot; None for everything else."""
    said, tapped = update.message, update.callback_query
    if said is not None:
        user, chat = said.from_user, said.chat
    elif tapped is not None and tapped.message is not None:
        user, chat = tapped.from_user, tapped.message.chat
    else:
        return None
    if user is None or user.is_bot or chat.type != ChatType.PRIVATE or chat.id != user.id:
        return None
    return user


class Gate:
    """``out`` carries the one answer that a stranger gets."""

    def __init__(self, core: Core, out: Outgoing) -> None:
        self._core = core
        self._out = out
        self._bell = Doorbell()
        self._known: dict[str, Person] = {}
        """Whom MongoDB has let in, for as long as it cannot be asked."""
        self._granted = parse_allowed_users(core.settings.telegram_allowed_users)

    async def admit(self, update: Update, user: User) -> Person | None:
        """The person, if they may use the bot; whoever brings a good invitation may from now on.

        Raises UnavailableError for somebody whom only MongoDB could know, while it does not answer.
        """
        person_id, command = str(user.id), command_of(update.message)
        try:
            if command is not None and command.name == "start" and command.args:
                person = await soon(self._core.people.join(command.args, person_id, user.full_name))
            else:
                admitted = self._core.people.admit(
                    person_id, name=user.full_name, language=spoken(user.language_code or "")
                )
                person = await soon(admitted)
        except NotFoundError:  # removed at this very moment
            person = None
        except (UnavailableError, ConflictError) as error:
            grant = self._granted.get(person_id)
            by_settings = Person(id=person_id, name=user.full_name, grant=grant) if grant else None
            known = self._known.get(person_id, by_settings)
            if known is None:
                raise UnavailableError(str(error)) from error
            return known
        if person is None:
            self._known.pop(person_id, None)
        else:
            self._known[person_id] = person
        return person

    async def turn_away(self, update: Update, user: User) -> None:
        """A stranger who asks gets told their id, once a minute; anything else gets nothing."""
        command = command_of(update.message)
        if command is None or command.name != "whoami" or not self._bell.rings(user.id):
            return
        words = words_for(
            None,
            default_zone=self._core.settings.tz,
            now=self._core.clock.now(),
            language_code=user.language_code or "",
        )
        try:
            await self._out.send(user.id, Screen(text=words.say("transport.whoami", id=user.id)))
        except TelegramError as error:
            log.info("bot.stranger_unreachable", extra={"reason": error.message})


class Doorbell:
    """Rings once a minute for each stranger, and for 500 of them at most."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rung: dict[int, float] = {}

    def rings(self, user_id: int) -> bool:
        now = self._clock()
        self._rung = {user: at for user, at in self._rung.items() if now - at < _MINUTE}
        if user_id in self._rung or len(self._rung) >= _MOST_STRANGERS:
            return False
        self._rung[user_id] = now
        return True


async def membership(update: Update, bot: Bot, core: Core) -> None:
    """The bot leaves a group to which it was added; a person who has blocked it is not written to."""
    change = update.my_chat_member
    if change is None:
        return
    gone = change.new_chat_member.status in {ChatMember.LEFT, ChatMember.BANNED}
    try:
        if change.chat.type == ChatType.PRIVATE and gone:
            await core.people.mark_blocked(str(change.chat.id))
        elif change.chat.type != ChatType.PRIVATE and not gone:
            await bot.leave_chat(change.chat.id)
    except (TelegramError, UnavailableError) as error:
        log.warning("bot.membership_unsettled", extra={"reason": str(error)})

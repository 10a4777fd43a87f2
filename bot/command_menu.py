"""The commands that Telegram offers: few to strangers, to each person those that their role may use."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Final

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.api import Api
from bot.wording.catalogue import TEXTS
from core.domain.access import Language, Person, Rights, Role

log = logging.getLogger(__name__)

_STRANGER: Final = ("start", "help", "whoami")
_LEAST: Final[Mapping[str, Role]] = {
    **dict.fromkeys(("new", "import", "template"), Role.EDITOR),
    **dict.fromkeys(("pause", "resume"), Role.OWNER),
}
"""The role that a command takes, where a viewer's is not enough."""
_PERSON: Final = (
    "new",
    "queue",
    "calendar",
    "import",
    "failed",
    "stats",
    "accounts",
    "pause",
    "resume",
    "status",
    "settings",
    "template",
    "export",
    "help",
)
BY_ID: Final = ("post", "why")
"""What help alone tells of: they take an id, so they are nothing to pick from a menu."""
_LANGUAGES: Final[tuple[tuple[str, Language], ...]] = (("", "en"), ("vi", "vi"))
"""Telegram's code (empty: for all others) and ours."""


async def offer_to_strangers(api: Api) -> None:
    """Raises telegram.error.TelegramError."""
    for code, language in _LANGUAGES:
        await _offer(api, _STRANGER, BotCommandScopeDefault(), code, language)


async def offer_to(api: Api, person: Person) -> None:
    """In the language that the person chose, else in that of their Telegram; what fails leaves it as it was."""
    if person.grant is None:
        return
    scope = BotCommandScopeChat(int(person.id))
    try:
        for code, language in _LANGUAGES:
            await _offer(api, commands_of(person.grant.role), scope, code, person.language or language)
    except TelegramError as error:
        log.info("bot.menu_not_set", extra={"person": person.id, "reason": error.message})


async def withdraw_from(api: Api, person_id: str) -> None:
    """Whoever was removed is a stranger: theirs is the strangers' menu; what fails leaves it as it was."""
    scope = BotCommandScopeChat(int(person_id))
    try:
        for code, _ in _LANGUAGES:
            await api.delete_my_commands(scope=scope, language_code=code)
    except TelegramError as error:
        log.info("bot.menu_not_withdrawn", extra={"person": person_id, "reason": error.message})


def commands_of(role: Role) -> tuple[str, ...]:
    """The names, in the order in which they are shown."""
    rights = Rights(role)
    return tuple(name for name in _PERSON if rights.may(_LEAST.get(name, Role.VIEWER)))


async def _offer(
    api: Api, names: Iterable[str], scope: BotCommandScope, code: str, language: Language
) -> None:
    commands = [BotCommand(name, getattr(TEXTS[f"menu.{name}"], language)) for name in names]
    await api.set_my_commands(commands, scope=scope, language_code=code)

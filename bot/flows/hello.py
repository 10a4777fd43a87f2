"""/start, /help and /whoami."""

from __future__ import annotations

from bot.cards.hello import hello_screen, help_screen, who_screen
from bot.command_menu import BY_ID, commands_of, offer_to
from bot.routes import Routes
from bot.visit import Visit
from core.domain.access import Role


async def start(visit: Visit) -> None:
    """Say hello, in the language of the person's Telegram from now on unless they chose another."""
    if visit.person.language is None:
        await visit.prefer(language=visit.words.language)
    linked = bool(await visit.core.accounts.list())
    sandbox = visit.core.settings.uses_sandbox
    await visit.show(hello_screen(visit.person, visit.words, sandbox=sandbox, linked=linked))
    await offer_to(visit.out.api, visit.person)


async def show_help(visit: Visit) -> None:
    role = visit.person.grant.role if visit.person.grant else Role.VIEWER
    await visit.show(help_screen(visit.person, (*commands_of(role), *BY_ID), visit.words))


async def _who_am_i(visit: Visit) -> None:
    await visit.show(who_screen(visit.person, visit.words))


ROUTES = Routes(
    commands={"start": start, "help": show_help, "whoami": _who_am_i},
    taps={"start": start},
)

"""Settings of one person: language, zone, account, digest, notices."""

from __future__ import annotations

from datetime import time

from bot.cards.settings import (
    accounts_screen,
    ask_zone_screen,
    digests_screen,
    notices_screen,
    settings_screen,
    zones_screen,
)
from bot.command_menu import offer_to
from bot.html import NOTHING, Html
from bot.routes import Routes
from bot.visit import Visit
from core.domain.access import Noise, NoticeKind
from core.domain.account import Account
from core.domain.zones import UnknownZoneError

_HOURS = range(24)


async def show_settings(visit: Visit) -> None:
    await visit.expect_nothing()
    await visit.show(settings_screen(visit.person, await _where_posts_go(visit), visit.words))


async def _where_posts_go(visit: Visit) -> Account | None:
    """The account that the person chose, else the default, else the only one that they see."""
    accounts = await visit.core.accounts.list()
    chosen = [one for one in accounts if one.id == visit.person.account_id]
    default = [one for one in accounts if one.is_default]
    only = accounts if len(accounts) == 1 else []
    return next(iter([*chosen, *default, *only]), None)


async def _language(visit: Visit) -> None:
    await visit.prefer(language="vi" if visit.arg() == "vi" else "en")
    await show_settings(visit)
    await offer_to(visit.out.api, visit.person)


async def _zones(visit: Visit) -> None:
    await visit.show(zones_screen(visit.words))


async def _zone(visit: Visit) -> None:
    await visit.prefer(zone=visit.subject)
    await show_settings(visit)


async def _ask_zone(visit: Visit, wrong: Html = NOTHING) -> None:
    card = await visit.show(ask_zone_screen(visit.words, wrong))
    await visit.expect("zone", card=card)


async def _typed_zone(visit: Visit) -> None:
    """The answer; the question goes from above it, and comes again below one that is no zone."""
    if visit.talk.card is not None:
        await visit.out.remove(visit.chat_id, visit.talk.card)
    try:
        await visit.prefer(zone=(visit.message and visit.message.text) or "")
    except UnknownZoneError as error:
        await _ask_zone(visit, visit.words.sentence(str(error)))
        return
    await show_settings(visit)


async def _accounts(visit: Visit) -> None:
    await visit.show(accounts_screen(visit.person, await visit.core.accounts.list(), visit.words))


async def _account(visit: Visit) -> None:
    await visit.prefer(account_id=visit.subject or None)
    await show_settings(visit)


async def _digests(visit: Visit) -> None:
    await visit.show(digests_screen(visit.person, visit.words))


async def _digest(visit: Visit) -> None:
    hour = visit.arg()
    wanted = hour.isascii() and hour.isdecimal() and int(hour) in _HOURS
    await visit.prefer(digest_at=time(int(hour)) if wanted else None)
    await show_settings(visit)


async def _notices(visit: Visit) -> None:
    await visit.show(notices_screen(visit.person, visit.words))


async def _noise(visit: Visit) -> None:
    kind, noise = visit.arg(0), visit.arg(1)
    if kind in set(NoticeKind) and noise in set(Noise):
        await visit.prefer(noise={NoticeKind(kind): Noise(noise)})
    await _notices(visit)


ROUTES = Routes(
    commands={"settings": show_settings},
    taps={
        "s_open": show_settings,
        "s_language": _language,
        "s_zones": _zones,
        "s_zone": _zone,
        "s_ask_zone": _ask_zone,
        "s_accounts": _accounts,
        "s_account": _account,
        "s_digests": _digests,
        "s_digest": _digest,
        "s_notices": _notices,
        "s_noise": _noise,
    },
    answers={"zone": _typed_zone},
)

"""/calendar: the posts of a week or a month as a picture, turned in place."""

from __future__ import annotations

from typing import Final

from bot import agenda, pictures
from bot.cards.calendar import Calendar, accounts_screen, calendar_of, calendar_screen
from bot.flows.queue import put
from bot.pictures.drawing import drawn
from bot.routes import Routes
from bot.visit import Visit


async def show_calendar(visit: Visit) -> None:
    """The week or month of the tapped button, this week without one."""
    shown = calendar_of(visit.tap, agenda.today_of(visit.words))
    picture, summary = await _drawn(visit, shown)
    accounts = await visit.core.accounts.list()
    await put(visit, calendar_screen(shown, picture, summary, accounts, visit.words))


async def _accounts(visit: Visit) -> None:
    shown = calendar_of(visit.tap, agenda.today_of(visit.words))
    picture, summary = await _drawn(visit, shown)
    accounts = await visit.core.accounts.list()
    await put(visit, accounts_screen(shown, picture, summary, accounts, visit.words))


async def _drawn(visit: Visit, shown: Calendar) -> tuple[bytes, str]:
    """The picture, and its numbers in words."""
    core, words = visit.core, visit.words
    if shown.monthly:
        month = await agenda.month_of(core, words, shown.first_day, shown.account_id)
        picture = await drawn(pictures.month_strip, month, words.language)
        return picture, pictures.month_summary(month, words.language)
    week = await agenda.week_of(core, words, shown.first_day, shown.account_id)
    return await agenda.week_picture(week, words), pictures.week_summary(week, words.language)


ROUTES: Final = Routes(
    commands={"calendar": show_calendar},
    taps={"c_week": show_calendar, "c_month": show_calendar, "c_accounts": _accounts},
)

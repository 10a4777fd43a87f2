"""A week or a month as a picture, with the same numbers below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.cards.queue import Kind, Listing
from bot.html import Html, escape, lines
from bot.screens import Button, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.distance import monday_of

_YEARS: Final = range(2000, 2069)
_MOST_ACCOUNTS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What is shown: the week of ``day``, or its month, of one account or of all that can be seen."""

    day: date
    monthly: bool = False
    account_id: str = ""

    @property
    def before(self) -> Calendar:
        """The week or month before."""
        return replace(self, day=self.first_day - timedelta(days=1))

    @property
    def after(self) -> Calendar:
        """The week or month after."""
        return replace(self, day=self.first_day + timedelta(days=31 if self.monthly else 7))

    @property
    def first_day(self) -> date:
        return self.day.replace(day=1) if self.monthly else monday_of(self.day)

    def tap(self, verb: str = "") -> Tap:
        """A button that leads here."""
        shown = "c_month" if self.monthly else "c_week"
        return Tap(verb or shown, args=(f"{self.day:%y%m%d}", self.account_id, "m" if self.monthly else ""))


def calendar_of(tap: Tap | None, today: date) -> Calendar:
    """What a button says; what makes no sense there is this week of all accounts."""
    if tap is None:
        return Calendar(day=today)
    monthly = tap.verb == "c_month" or tap.arg(2) == "m"
    return Calendar(day=_day(tap.arg()) or today, monthly=monthly, account_id=tap.arg(1))


def calendar_screen(
    shown: Calendar, picture: bytes, summary: str, accounts: Sequence[Account], words: Words
) -> Screen:
    """The picture, its caption, the ways to other weeks and months, and to the list of its posts."""
    account = next((one.username for one in accounts if one.id == shown.account_id), "")
    today = words.now.astimezone(words.zone).date()
    rows: list[Row] = [
        [
            Button("‹", shown.before.tap()),  # noqa: RUF001  # the way back
            Button(words.label("cal.b_this_week"), replace(shown, day=today, monthly=False).tap()),
            Button("›", shown.after.tap()),  # noqa: RUF001  # the way on
        ],
        [_other(shown, words), *_list(shown, words)],
    ]
    if len(accounts) > 1:
        name = f"@{account}" if account else words.label("queue.all_accounts")
        rows.append([Button(words.label("queue.b_account", account=name), shown.tap("c_accounts"))])
    return Screen(text=caption(summary, account, words), picture=picture, buttons=rows)


def accounts_screen(
    shown: Calendar, picture: bytes, summary: str, accounts: Sequence[Account], words: Words
) -> Screen:
    """The same picture with a button for each account."""
    account = next((one.username for one in accounts if one.id == shown.account_id), "")
    every = Button(words.label("queue.all_accounts"), replace(shown, account_id="").tap())
    buttons = [
        Button(
            f"{'● ' if one.id == shown.account_id else ''}@{one.username}",
            replace(shown, account_id=one.id).tap(),
        )
        for one in accounts[:_MOST_ACCOUNTS]
    ]
    return Screen(
        text=lines(words.say("cal.choose"), caption(summary, account, words)),
        picture=picture,
        buttons=[[every], *grid(buttons, 2), [Button(words.label("button.back"), shown.tap())]],
    )


def caption(summary: str, account: str, words: Words) -> Html:
    return lines(words.say("cal.account", account=account) if account else None, escape(summary))


def _other(shown: Calendar, words: Words) -> Button:
    label = "cal.b_week" if shown.monthly else "cal.b_month"
    return Button(words.label(label), replace(shown, monthly=not shown.monthly).tap())


def _list(shown: Calendar, words: Words) -> list[Button]:
    """The posts of the week as a list; a month has no list of its own."""
    if shown.monthly:
        return []
    listing = Listing(kind=Kind.ALL, account_id=shown.account_id, first_day=shown.first_day, days=7)
    return [Button(words.label("cal.b_list"), listing.tap("q_go"))]


def _day(text: str) -> date | None:
    try:
        day = datetime.strptime(text, "%y%m%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None
    return day if day.year in _YEARS else None

"""What somebody types behind /queue: states, days and accounts in their words; the rest is sought in texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.cards.queue import Kind, Listing
from bot.wording import Words
from core.domain.account import Account
from core.domain.distance import monday_of

_KINDS: Final = {
    "scheduled": Kind.SCHEDULED,
    "đã lên lịch": Kind.SCHEDULED,
    "drafts": Kind.DRAFTS,
    "draft": Kind.DRAFTS,
    "bản nháp": Kind.DRAFTS,
    "nháp": Kind.DRAFTS,
    "failed": Kind.FAILED,
    "lỗi": Kind.FAILED,
    "held": Kind.HELD,
    "on hold": Kind.HELD,
    "bị giữ": Kind.HELD,
    "published": Kind.PUBLISHED,
    "đã đăng": Kind.PUBLISHED,
    "all": Kind.ALL,
    "tất cả": Kind.ALL,
}
_TODAY: Final = {"today": 0, "tomorrow": 1, "hôm nay": 0, "ngày mai": 1, "mai": 1}
_WEEK: Final = ("this week", "week", "tuần này")
_DATE: Final = re.compile(r"(?P<iso>\d{4}-\d\d-\d\d)|(?P<day>\d{1,2})[./](?P<month>\d{1,2})\.?")


def read_query(text: str, accounts: Sequence[Account], words: Words) -> Listing:
    """The list that is meant; every word that is no state, day or account is sought in the texts."""
    listing, rest = Listing(), text
    today = words.now.astimezone(words.zone).date()
    for account in accounts:
        for name in (f"@{account.username}", account.username, account.name):
            listing, rest = _taken(listing, rest, name, account_id=account.id)
    for phrase, kind in _KINDS.items():
        listing, rest = _taken(listing, rest, phrase, kind=kind)
    for phrase, ahead in _TODAY.items():
        listing, rest = _taken(listing, rest, phrase, first_day=today + timedelta(days=ahead))
    for phrase in _WEEK:
        listing, rest = _taken(listing, rest, phrase, first_day=monday_of(today), days=7)
    found = _DATE.search(rest)
    day = _date(found, today) if found and listing.first_day is None else None
    if found and day is not None:
        listing = replace(listing, first_day=day)
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    return replace(listing, text=" ".join(rest.split()))


def _taken(listing: Listing, rest: str, phrase: str, **changes: object) -> tuple[Listing, str]:
    """The listing changed and the phrase taken out, if it stands there as a whole."""
    pattern = rf"(?<!\w){re.escape(phrase)}(?!\w)"
    shorter, times = re.subn(pattern, " ", rest, count=1, flags=re.IGNORECASE)
    return (replace(listing, **changes), shorter) if times else (listing, rest)


def _date(found: re.Match[str], today: date) -> date | None:
    """A date without a year is the one nearest to today."""
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        days = [date(today.year + years, int(found["month"]), int(found["day"])) for years in (-1, 0, 1)]
    except ValueError:
        return None
    return min(days, key=lambda day: abs(day - today))

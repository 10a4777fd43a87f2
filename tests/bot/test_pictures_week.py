"""Busy weeks: posts become counts, rows become hours together, accounts have a letter and a colour each."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from PIL import Image

from bot import pictures
from bot.pictures import Entry, State, Week
from bot.pictures.account_marks import account_marks
from bot.pictures.palette import ACCOUNTS, LOOKS

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 14, 40)  # noqa: DTZ001 - the pictures take local times without a zone
LONG = "Bánh mì nóng hổi từ 6 giờ sáng, ghé tiệm hoặc đặt trước qua tin nhắn nhé cả nhà ơi! " * 9
TALLEST = 2200
"""In pixels: on a phone the whole picture is seen at once."""


def entry(day: int, minutes: int, account: str = "@shop", state: State = State.SCHEDULED) -> Entry:
    at = datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day, minutes=minutes)
    return Entry(at=at, text=LONG, state=state, account=account)


def drawn(*entries: Entry, accounts: tuple[str, ...] = ()) -> bytes:
    week = Week(first_day=MONDAY, zone="Asia/Ho_Chi_Minh", now=NOW, entries=entries, accounts=accounts)
    return pictures.week_calendar(week, "vi")


def colours(png: bytes) -> set[str]:
    """Those of the pixels."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    found = image.getcolors(image.width * image.height) or []
    return {"#{:02X}{:02X}{:02X}".format(*seen) for _, seen in found if isinstance(seen, tuple)}


@pytest.mark.parametrize("accounts", [1, 3, 40])
@pytest.mark.parametrize("posts", [5, 30, 300])
def test_a_week_stays_one_screen_however_full_it_is(posts: int, accounts: int) -> None:
    """Day and night, on many accounts, with long texts: it keeps its width and is not too tall to be read."""
    entries = [
        entry(day, (n * 977) % 1440, f"@account{n % accounts}", list(State)[n % 6])
        for day in range(7)
        for n in range(posts)
    ]
    png = drawn(*entries)
    image = Image.open(io.BytesIO(png))
    assert image.width == 1080
    assert image.height <= TALLEST
    assert len(png) <= 300_000


def test_hours_are_put_together_only_where_they_would_be_too_many() -> None:
    """An hour has a row of its own until the week would get too tall; then the rows get fewer."""
    heights = [
        Image.open(io.BytesIO(drawn(*(entry(0, 60 * hour) for hour in range(hours))))).height
        for hours in range(1, 25)
    ]
    drops = [(one, other) for one, other in pairwise(heights) if other < one]
    assert len(drops) == 1
    assert max(heights) <= TALLEST


@pytest.mark.parametrize("accounts", [("@a", "@a"), ("@a", "@b")])
@pytest.mark.parametrize("posts", range(2, 9))
def test_a_failure_among_many_is_seen(posts: int, accounts: tuple[str, str]) -> None:
    """However many posts share the hour, the failed one gives the field its colour and its sign."""
    entries = [entry(0, 540 + n, accounts[n % 2]) for n in range(posts)]
    failed = [*entries[:-1], entry(0, 540 + posts - 1, accounts[(posts - 1) % 2], State.FAILED)]
    assert LOOKS[State.FAILED].fill not in colours(drawn(*entries))
    assert {LOOKS[State.FAILED].fill, LOOKS[State.FAILED].edge} <= colours(drawn(*failed))


def test_an_account_is_seen_only_where_there_are_several() -> None:
    """The colours of both are there, and none when the week has the posts of one."""
    assert set(ACCOUNTS[:2]) <= colours(drawn(entry(0, 540, "@a"), entry(0, 560, "@b")))
    alone = drawn(entry(0, 540, "@a"), entry(0, 560, "@a"), accounts=("@a", "@b"))
    assert not set(ACCOUNTS) & colours(alone)


def test_an_account_keeps_its_mark_in_every_week() -> None:
    """Which others have posts in the week does not matter."""
    every = ("@a", "@b", "@c")
    for others in ("@a", "@b"):
        assert ACCOUNTS[2] in colours(drawn(entry(0, 540, "@c"), entry(1, 540, others), accounts=every))


def test_letters_are_those_that_tell_accounts_apart() -> None:
    """A part of the name that others have too does not give the letter."""
    labels = ["@banhmi.co.ba", "@shop.hanoi", "@shop.saigon", "@shop_hue"]
    letters = {label: mark.glyph for label, mark in account_marks(labels).items()}
    assert letters == {"@banhmi.co.ba": "B", "@shop.hanoi": "H", "@shop.saigon": "S", "@shop_hue": "U"}


def test_letters_and_colours_differ_as_long_as_there_are_enough() -> None:
    """Thirty-six accounts of one name have thirty-six letters and digits; a name without letters has one too."""
    marks = account_marks([*(f"@shop{n}" for n in range(35)), "@___"])
    assert len({mark.glyph for mark in marks.values()}) == 36
    assert len({mark.colour for mark in list(marks.values())[: len(ACCOUNTS)]}) == len(ACCOUNTS)
    assert len(account_marks([f"@shop{n}" for n in range(50)])) == 50

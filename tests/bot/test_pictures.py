"""The pictures: what they show, and that they are fit to be sent."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PIL import Image, ImageChops

from bot import pictures
from bot.pictures import Entry, ImportPlan, Month, Preview, State, Stats, Thumbnail, Week
from core.domain.access import Language
from core.domain.post import MediaKind

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 14, 40)  # noqa: DTZ001 - the pictures take local times without a zone
ZONE = "Asia/Ho_Chi_Minh"
TALLIES = {
    MONDAY + timedelta(days=day): {state: 1 + (day + number) % 4 for number, state in enumerate(State)}
    for day in range(-20, 20, 2)
}


def entry(day: int, hour: int, minute: int = 0, state: State = State.SCHEDULED, **changes: str) -> Entry:
    at = datetime(2026, 11, 23, hour, minute) + timedelta(days=day)  # noqa: DTZ001 - as above
    return replace(Entry(at=at, text="Giảm giá cả tuần", state=state), **changes)


WEEK = Week(
    first_day=MONDAY,
    zone=ZONE,
    now=NOW,
    entries=tuple(entry(day, 7 + 2 * day, 10, state) for day, state in enumerate(State)),
)
MONTH = Month(day=NOW.date(), zone=ZONE, today=NOW.date(), days=TALLIES)
STATS = Stats(
    last_day=NOW.date(), zone=ZONE, days=TALLIES, p50_ms=1.8, p99_ms=5731, upcoming=1234, next_at=NOW
)
PLAN = ImportPlan(
    zone=ZONE,
    today=NOW.date(),
    days={MONDAY + timedelta(days=day): day + 1 for day in range(0, 40, 3)},
    over_quota=frozenset({MONDAY + timedelta(days=6)}),
    too_close=frozenset({MONDAY + timedelta(days=3), MONDAY + timedelta(days=6)}),
)
PREVIEW = Preview(
    username="shop.hanoi",
    text="Khai trương 🎉 https://example.com @ban #càphê",
    when="T4 25/11 10:00",
    media=(Thumbnail(MediaKind.IMAGE), Thumbnail(MediaKind.VIDEO)),
    parts=("Phần hai", "Phần ba"),
    first_comment="Link ở đây",
    topic="càphê",
    link="https://www.example.com/a",
)
DRAWN: dict[str, Callable[[Language], bytes]] = {
    "week": lambda language: pictures.week_calendar(WEEK, language),
    "empty week": lambda language: pictures.week_calendar(replace(WEEK, entries=()), language),
    "month": lambda language: pictures.month_strip(MONTH, language),
    "empty month": lambda language: pictures.month_strip(replace(MONTH, days={}), language),
    "stats": lambda language: pictures.stats_picture(STATS, language),
    "empty stats": lambda language: pictures.stats_picture(Stats(last_day=MONDAY, zone="UTC"), language),
    "import": lambda language: pictures.weeks_preview(PLAN, language),
    "empty import": lambda language: pictures.weeks_preview(replace(PLAN, days={}), language),
    "preview": lambda language: pictures.preview_card(PREVIEW, language),
    "empty preview": lambda language: pictures.preview_card(Preview(username=""), language),
}


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png), formats=["PNG"])
    image.load()
    return image.convert("RGB")


def differ(one: bytes, other: bytes) -> bool:
    first, second = opened(one), opened(other)
    return first.size != second.size or ImageChops.difference(first, second).getbbox() is not None


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_picture_is_a_png_that_telegram_takes(name: str, language: Language) -> None:
    """It is 1080 pixels wide, at most 300 KB, and within what Telegram allows a photo to measure."""
    png = DRAWN[name](language)
    image = opened(png)
    assert image.width == 1080
    assert image.width + image.height <= 10_000
    assert image.height <= 20 * image.width
    assert len(png) <= 300_000


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    """Nothing random and no clock gets into a picture."""
    assert DRAWN[name]("vi") == DRAWN[name]("vi")


@pytest.mark.parametrize("name", DRAWN)
def test_the_words_follow_the_language(name: str) -> None:
    """English and Vietnamese pictures differ."""
    assert differ(DRAWN[name]("en"), DRAWN[name]("vi"))


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_drawn_in_a_blink(name: str) -> None:
    """The best of three drawings takes well under a second, on a busy machine too."""
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        DRAWN[name]("en")
        best = min(best, time.perf_counter() - started)
    assert best < 0.8


CHANGED_WEEKS = {
    "text": replace(WEEK, entries=(replace(WEEK.entries[0], text="Other"), *WEEK.entries[1:])),
    "state": replace(WEEK, entries=(replace(WEEK.entries[0], state=State.HELD), *WEEK.entries[1:])),
    "minute": replace(
        WEEK, entries=(replace(WEEK.entries[0], at=WEEK.entries[0].at.replace(minute=59)), *WEEK.entries[1:])
    ),
    "now": replace(WEEK, now=NOW + timedelta(hours=1)),
    "today": replace(WEEK, now=NOW + timedelta(days=1)),
    "zone": replace(WEEK, zone="Europe/Berlin"),
    "one account more": replace(WEEK, entries=(replace(WEEK.entries[0], account="@shop"), *WEEK.entries[1:])),
    "one post less": replace(WEEK, entries=WEEK.entries[1:]),
}


@pytest.mark.parametrize("change", CHANGED_WEEKS)
def test_each_fact_of_a_week_is_seen(change: str) -> None:
    """A change of any one fact changes the picture."""
    assert differ(pictures.week_calendar(WEEK, "en"), pictures.week_calendar(CHANGED_WEEKS[change], "en"))


CHANGED_PREVIEWS = {
    "username": replace(PREVIEW, username="blog"),
    "text": replace(PREVIEW, text="Khai trương"),
    "line break": replace(PREVIEW, text=PREVIEW.text.replace(" @", "\n@")),
    "when": replace(PREVIEW, when="T5"),
    "media": replace(PREVIEW, media=PREVIEW.media[:1]),
    "part": replace(PREVIEW, parts=("Phần hai", "Phần cuối")),
    "comment": replace(PREVIEW, first_comment=""),
    "topic": replace(PREVIEW, topic=""),
    "link": replace(PREVIEW, link="https://example.org"),
    "limit": replace(PREVIEW, limit=10),
}


@pytest.mark.parametrize("change", CHANGED_PREVIEWS)
def test_each_fact_of_a_preview_is_seen(change: str) -> None:
    """A change of any one fact changes the card."""
    assert differ(pictures.preview_card(PREVIEW, "vi"), pictures.preview_card(CHANGED_PREVIEWS[change], "vi"))


def test_hours_outside_of_the_day_are_shown_when_they_are_used() -> None:
    """A post at 03:00 makes the calendar taller; without it the hours are 8 to 20."""
    usual = opened(pictures.week_calendar(replace(WEEK, entries=(entry(0, 9),)), "en"))
    early = opened(pictures.week_calendar(replace(WEEK, entries=(entry(0, 3),)), "en"))
    assert early.height > usual.height


def test_entries_of_other_weeks_are_left_out() -> None:
    """The day before and the day after the week change nothing."""
    more = replace(WEEK, entries=(*WEEK.entries, entry(-1, 9), entry(7, 9)))
    assert pictures.week_calendar(more, "en") == pictures.week_calendar(WEEK, "en")


def test_many_posts_in_one_hour_become_a_number() -> None:
    """From the fourth on they are counted, and each one more is seen in the count."""
    weeks = [replace(WEEK, entries=tuple(entry(0, 9, n) for n in range(many))) for many in range(1, 60, 7)]
    drawn = [pictures.week_calendar(week, "en") for week in weeks]
    assert len(set(drawn)) == len(drawn)


def test_a_day_marked_as_a_conflict_is_seen() -> None:
    """Each kind of conflict changes the picture of an import, and so does the other kind."""
    none = replace(PLAN, over_quota=frozenset(), too_close=frozenset())
    plans = [none, replace(none, over_quota=PLAN.over_quota), replace(none, too_close=PLAN.over_quota)]
    assert len({pictures.weeks_preview(plan, "en") for plan in plans}) == 3


def test_a_hundred_weeks_stay_one_picture() -> None:
    """Of a long import the first weeks are drawn and the others counted."""
    long = replace(PLAN, days={MONDAY + timedelta(days=7 * week): 9999 for week in range(100)})
    assert opened(pictures.weeks_preview(long, "vi")).height < 1500


@pytest.mark.parametrize("posts", [1, 7, 99, 2_500, 10**9])
def test_any_number_of_posts_has_an_axis(posts: int) -> None:
    """A day with very many posts is drawn as one with few is."""
    days = {NOW.date(): {State.PUBLISHED: posts}}
    assert opened(pictures.stats_picture(replace(STATS, days=days), "en")).width == 1080


@pytest.mark.parametrize("day", [date(1, 2, 1), date(9999, 12, 31), date(2026, 2, 1), date(2027, 2, 1)])
def test_months_at_the_ends_of_the_calendar_are_drawn(day: date) -> None:
    """Months of four and six rows, and the last month there is."""
    month = Month(day=day, zone="UTC", today=day, days={day: {State.FAILED: 1}})
    assert opened(pictures.month_strip(month, "en")).width == 1080


def test_states_differ_by_glyph_and_not_by_colour_alone() -> None:
    """No two states have the same glyph."""
    assert set(pictures.LOOKS) == set(State)
    assert len({look.glyph for look in pictures.LOOKS.values()}) == len(State)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("state", State)
def test_words_and_glyphs_stand_out_from_their_ground(state: State) -> None:
    """WCAG 2.2 asks for 4.5 to 1 for words and 3 to 1 for signs."""
    look = pictures.LOOKS[state]
    assert contrast(look.ink, look.fill) >= 4.5
    assert contrast(look.mark, look.edge) >= 3


def test_the_bot_starts_without_pillow() -> None:
    """Importing the package does not import Pillow; drawing does."""
    code = "import sys, bot.pictures as p; print('PIL' in sys.modules); p.week_calendar; print('PIL' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert run.stdout.split() == ["False", "True"]


def test_there_is_no_other_picture() -> None:
    """A wrong name is an AttributeError as in any module."""
    with pytest.raises(AttributeError, match="year_calendar"):
        _ = pictures.year_calendar

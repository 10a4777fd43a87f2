"""Posts that repeat: each occurrence is a post of its own, made once and published once."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.errors import RefusedError
from core.domain.post import Content, PostStatus
from core.domain.recurrence import Pattern, Recurrence, occurrence_id
from core.domain.series import Series
from core.ports import PostFilter
from stories.fixtures import WHO, Shop

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NINE = time(9)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def _tomorrow(shop: Shop) -> date:
    return (shop.engine.clock.now().astimezone(HANOI) + DAY).date()


def _weekly(first: date, count: int = 3) -> Recurrence:
    return Recurrence(
        Pattern.WEEKLY, first, NINE, HANOI.key, weekdays=frozenset({first.weekday()}), count=count
    )


def _at_nine(day: date) -> datetime:
    return datetime.combine(day, NINE, HANOI).astimezone(UTC)


async def _published_at(shop: Shop) -> list[datetime]:
    """To the second."""
    return [shown.published_at.replace(microsecond=0) for shown in await shop.feed()]


async def test_a_weekly_series(shop: Shop) -> None:
    """Every week at nine in Hanoi, from the very first date on, each date once, and then it ends."""
    first = _tomorrow(shop)
    series = await shop.repeat("Fresh bread", _weekly(first))

    await shop.engine.run_for(5 * WEEK)

    assert await _published_at(shop) == [_at_nine(first + number * WEEK) for number in range(3)]
    assert (await shop.series(series)).due_at is None
    occurrences = await shop.engine.core.posts.find(PostFilter(series_id=series.id))
    assert [post.occurrence for post in occurrences] == [first + number * WEEK for number in range(3)]
    assert len({post.permalink for post in occurrences}) == 3


async def test_several_days_a_week_until_a_last_day(shop: Shop) -> None:
    """Two weekdays; the end date is included."""
    first = _tomorrow(shop)
    days = frozenset({first.weekday(), (first + 2 * DAY).weekday()})
    rule = Recurrence(Pattern.WEEKLY, first, NINE, HANOI.key, weekdays=days, until=first + WEEK)
    await shop.repeat("Twice a week", rule)

    await shop.engine.run_for(4 * WEEK)

    assert await _published_at(shop) == [_at_nine(day) for day in (first, first + 2 * DAY, first + WEEK)]


async def test_the_same_text_every_day(shop: Shop) -> None:
    """Occurrences of one series are no duplicates of one another, even less than a day apart."""
    first = _tomorrow(shop)
    rule = Recurrence(
        Pattern.DATE_RANGE,
        first,
        NINE,
        HANOI.key,
        until=first + 3 * DAY,
        moved={first + DAY: time(6)},
    )
    await shop.repeat("Good morning", rule)

    await shop.engine.run_for(WEEK)

    times = await _published_at(shop)
    assert len(times) == 4
    assert times[1] == _at_nine(first + DAY) - timedelta(hours=3)


async def test_the_31st_of_every_month(shop: Shop) -> None:
    """A monthly post for the 31st goes out on the last day of a shorter month; none is left out."""
    year = shop.engine.clock.now().year + 1
    await shop.engine.clock.hold_until(datetime(year, 1, 20, tzinfo=UTC))
    rule = Recurrence(
        Pattern.MONTHLY, date(year, 1, 31), NINE, HANOI.key, day_of_month=31, until=date(year, 4, 30)
    )
    await shop.repeat("Sale", rule)

    await shop.engine.run_until(datetime(year, 6, 1, tzinfo=UTC))

    last_days = [date(year, month, monthrange(year, month)[1]) for month in range(1, 5)]
    assert await _published_at(shop) == [_at_nine(day) for day in last_days]


async def test_one_occurrence_is_left_out(shop: Shop) -> None:
    """A person skips one date, be its post made already or not; the others go out."""
    first = _tomorrow(shop)
    series = await shop.repeat("Fresh bread", _weekly(first, count=4))

    assert await shop.engine.core.recurring.skip(series, first, who=WHO)
    assert await shop.engine.core.recurring.skip(await shop.series(series), first + 2 * WEEK, who=WHO)
    await shop.engine.run_for(6 * WEEK)

    assert await _published_at(shop) == [_at_nine(first + WEEK), _at_nine(first + 3 * WEEK)]


async def test_one_occurrence_is_different(shop: Shop) -> None:
    """A person edits one occurrence; a later change of the whole series leaves it as it is."""
    first = _tomorrow(shop)
    series = await shop.repeat("Fresh bread", _weekly(first, count=2))
    special = occurrence_id(series.id, first)

    await shop.engine.core.posts.edit(special, Content(text="Fresh bread and cake"), who=WHO)
    before = await shop.series(series)
    rule = _weekly(first, count=3)
    await shop.engine.core.recurring.change(before, _with(before, Content(text="Warm bread"), rule))
    await shop.engine.run_for(5 * WEEK)

    texts = [shown.text for shown in await shop.feed()]
    assert texts == ["Fresh bread and cake", "Warm bread", "Warm bread"]
    assert (await _published_at(shop))[0] == _at_nine(first)


async def test_a_series_is_stopped(shop: Shop) -> None:
    """Nothing more appears after a series was stopped; what is live stays."""
    first = _tomorrow(shop)
    series = await shop.repeat("Fresh bread", _weekly(first))
    await shop.engine.run_until(_at_nine(first) + timedelta(minutes=5))

    removed = await shop.engine.core.recurring.stop(await shop.series(series), who=WHO)
    await shop.engine.run_for(5 * WEEK)

    assert removed == 1
    assert await _published_at(shop) == [_at_nine(first)]


async def test_an_occurrence_behaves_as_any_post(shop: Shop) -> None:
    """An occurrence can be published ahead of its time, and its date is not made again."""
    first = _tomorrow(shop)
    series = await shop.repeat("Fresh bread", _weekly(first, count=1))

    post = await shop.engine.core.posts.publish_now(occurrence_id(series.id, first), who=WHO)
    await shop.engine.run_for(2 * WEEK)

    assert (await shop.get(post)).status is PostStatus.PUBLISHED
    assert len(await shop.feed()) == 1
    with pytest.raises(RefusedError, match="is live"):
        await shop.engine.core.posts.cancel(post.id, who=WHO)


def _with(series: Series, content: Content, rule: Recurrence) -> Series:
    return replace(series, content=content, rule=rule)

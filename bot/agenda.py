"""The posts of a period as the pictures show them, in the reader's zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from bot import pictures
from bot.cards.draft import facts
from bot.pictures import Entry, Month, State, Stats, Tally, Week
from bot.pictures.drawing import drawn
from bot.wording import Words
from core.bootstrap import Core
from core.domain.post import Post, PostStatus
from core.domain.zones import resolve_local, zone_label
from core.ports import PostFilter
from core.services.monitoring import Overview

STATS_DAYS: Final = 28
_PLANNED: Final = tuple(status for status in PostStatus if status is not PostStatus.DRAFT)
_MOST: Final = 1000


async def week_of(core: Core, words: Words, first_day: date, account_id: str | None = None) -> Week:
    """Seven days from ``first_day``: at most a thousand posts, drafts left out."""
    which = planned(words, first_day, first_day + timedelta(days=7), account_id)
    posts = await core.posts.find(which, limit=_MOST)
    names = {one.id: f"@{one.username}" for one in await core.accounts.list()}
    entries = [
        Entry(
            at=post.scheduled_at.astimezone(words.zone),
            text=post.content.text or facts(post.content, words).plain,
            state=state_of(post),
            account=names.get(post.account_id, ""),
        )
        for post in posts
        if post.scheduled_at is not None
    ]
    now = words.now.astimezone(words.zone)
    return Week(
        first_day=first_day,
        zone=zone_label(words.zone),
        now=now,
        entries=tuple(entries),
        accounts=tuple(names.values()),
    )


async def month_of(core: Core, words: Words, day: date, account_id: str | None = None) -> Month:
    """The month that ``day`` lies in."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    days = [first + timedelta(days=n) for n in range((following - first).days)]
    tallies = await tallies_of(core, words, days, account_id)
    return Month(day=day, zone=zone_label(words.zone), today=today_of(words), days=tallies)


async def stats_of(core: Core, words: Words, overview: Overview) -> Stats:
    """What was due in the 28 days up to now, and the figures of ``overview``."""
    today = today_of(words)
    days = [today - timedelta(days=ago) for ago in range(STATS_DAYS)]
    first = next((post.scheduled_at for post in overview.upcoming if post.scheduled_at), None)
    return Stats(
        last_day=today,
        zone=zone_label(words.zone),
        days=await tallies_of(core, words, days, until=words.now),
        p50_ms=overview.lateness_ms.p50,
        p99_ms=overview.lateness_ms.p99,
        upcoming=overview.counts.get(PostStatus.SCHEDULED, 0),
        next_at=first.astimezone(words.zone) if first else None,
    )


async def tallies_of(
    core: Core,
    words: Words,
    days: Sequence[date],
    account_id: str | None = None,
    *,
    until: datetime | None = None,
) -> dict[date, Tally]:
    """How many posts each day has in each state, drafts left out; days that follow one another.

    Those due at ``until`` or later are left out: it lies on the last day.
    """
    ordered = sorted(days)
    end = until or midnight(ordered[-1] + timedelta(days=1), words)
    bounds = [*(midnight(day, words) for day in ordered), end]
    which = PostFilter(account_id=account_id or None, statuses=_PLANNED)
    tallies: dict[date, dict[State, int]] = {day: {} for day in ordered}
    for one in await core.monitoring.tallies(which, bounds):
        tally = tallies[one.since.astimezone(words.zone).date()]
        state = State.HELD if one.held else State(one.status)
        tally[state] = tally.get(state, 0) + one.posts
    return dict(tallies)


def planned(words: Words, first: date, end: date, account_id: str | None = None) -> PostFilter:
    """The posts of the local days from ``first`` to before ``end``, drafts left out."""
    return PostFilter(
        account_id=account_id or None,
        statuses=_PLANNED,
        since=midnight(first, words),
        until=midnight(end, words),
    )


def state_of(post: Post) -> State:
    """How the pictures show it."""
    return State.HELD if post.hold is not None else State(post.status)


def today_of(words: Words) -> date:
    return words.now.astimezone(words.zone).date()


def midnight(day: date, words: Words) -> datetime:
    """When the day begins for the reader, UTC."""
    return resolve_local(datetime.combine(day, time()), words.zone).at


async def week_picture(week: Week, words: Words) -> bytes:
    return await drawn(pictures.week_calendar, week, words.language)


def first_without(days: Iterable[date], tallies: dict[date, Tally]) -> date | None:
    """The first day that has no post."""
    return next((day for day in days if not sum(tallies[day].values())), None)

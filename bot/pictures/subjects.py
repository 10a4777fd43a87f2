"""What the pictures show. All times are local to the reader; a time zone in them is ignored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.post import MediaKind
from core.domain.text import TEXT_LIMIT


class State(StrEnum):
    """A post's status as people see it: those of :class:`core.domain.post.PostStatus`, and held."""

    SCHEDULED = "SCHEDULED"
    PUBLISHED = "PUBLISHED"
    PUBLISHING = "PUBLISHING"
    FAILED = "FAILED"
    HELD = "HELD"
    DRAFT = "DRAFT"


Tally = Mapping[State, int]
"""How many posts are in each state; those left out have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One post in a calendar. ``account`` is its label, shown when a week has several."""

    at: datetime
    text: str
    state: State
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from ``first_day``; entries of other days are left out. ``zone`` is named in the footer.

    ``accounts`` are all labels there may be in any week: they keep an account's letter the same in every one.
    """

    first_day: date
    zone: str
    now: datetime
    entries: tuple[Entry, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=6)

    @property
    def shown(self) -> Sequence[Entry]:
        """Its entries in the order of their times."""
        inside = (entry for entry in self.entries if self.first_day <= entry.at.date() <= self.last_day)
        return sorted(inside, key=lambda entry: entry.at.replace(tzinfo=None))

    @property
    def labels(self) -> Sequence[str]:
        """Every account's label, in order."""
        return sorted({*self.accounts, *(entry.account for entry in self.entries)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The month that ``day`` lies in."""

    day: date
    zone: str
    today: date
    days: Mapping[date, Tally] = field(default_factory=dict[date, Tally])

    @property
    def shown(self) -> Mapping[date, Tally]:
        """Its days that have posts, in order."""
        month = (self.day.year, self.day.month)
        days = (day for day in sorted(self.days) if (day.year, day.month) == month)
        return {day: self.days[day] for day in days if count(self.days[day])}


MEDIA_SHOWN: Final = 3
"""So many of a post's media are drawn, the others are counted."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """One picture or video of a post; ``data`` is the picture, or one of the video, if there is any."""

    kind: MediaKind
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A post as Threads will show it. ``when`` stands beside the name, as the age does on Threads.

    ``parts`` are the thread parts after the first; ``topic`` is without its #; ``link`` is the link
    attachment.
    """

    username: str
    text: str = ""
    when: str = ""
    media: tuple[Thumbnail, ...] = ()
    parts: tuple[str, ...] = ()
    first_comment: str = ""
    topic: str = ""
    link: str = ""
    limit: int = TEXT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What was due in the 28 days up to ``last_day``.

    Half of the posts of the last 24 hours were at most ``p50_ms`` milliseconds late, 99 of 100 at most
    ``p99_ms``; None when nothing was published.

    ``upcoming`` posts wait for their time; ``next_at`` is that of the first.
    """

    last_day: date
    zone: str
    days: Mapping[date, Tally] = field(default_factory=dict[date, Tally])
    p50_ms: float | None = None
    p99_ms: float | None = None
    upcoming: int = 0
    next_at: datetime | None = None

    @property
    def shown(self) -> Mapping[date, Tally]:
        """The 28 days, oldest first."""
        days = (self.last_day - timedelta(days=ago) for ago in reversed(range(28)))
        return {day: self.days.get(day, {}) for day in days}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The days that a workbook would fill: new posts, and the days with a conflict."""

    zone: str
    today: date
    days: Mapping[date, int] = field(default_factory=dict[date, int])
    over_quota: frozenset[date] = frozenset()
    """More posts than the account may publish on one day."""
    too_close: frozenset[date] = frozenset()
    """Two posts of one account are nearer to each other than its gap."""

    @property
    def shown(self) -> Mapping[date, int]:
        """The days that get posts, in order."""
        return {day: self.days[day] for day in sorted(self.days) if self.days[day]}


def count(tally: Tally) -> int:
    """How many posts a tally has in all states."""
    return sum(tally.values())


def total(tallies: Iterable[Tally]) -> Tally:
    """All tallies added up."""
    summed = dict.fromkeys(State, 0)
    for tally in tallies:
        for state, number in tally.items():
            summed[state] += number
    return summed

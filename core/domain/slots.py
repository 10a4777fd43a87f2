"""Times that are offered: an account's daily slots, and quick choices."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from core.domain.zones import resolve_local

DEFAULT_APART = timedelta(minutes=30)

_HOUR, _STEP = timedelta(hours=1), timedelta(minutes=5)
_TONIGHT, _TOMORROW, _SOON = time(19), time(9), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class QuickTime:
    """A choice of one tap; ``at`` is aware and in UTC."""

    key: Literal["hour", "tonight", "tomorrow"]
    at: datetime


def next_free_slot(
    taken: Sequence[datetime],
    now: datetime,
    zone: ZoneInfo,
    *,
    slots: tuple[time, ...],
    apart: timedelta = DEFAULT_APART,
) -> datetime:
    """Return the next of the daily ``slots`` (local times of ``zone``) after ``now``, in UTC.

    No moment of ``taken``, in any order, is nearer to it than ``apart``. There is at least one slot.
    """
    planned = sorted(taken)
    days = (now.astimezone(zone).date() + timedelta(days) for days in itertools.count())
    return next(
        at for day in days for at in _moments(day, slots, zone) if at > now and not _near(at, planned, apart)
    )


def quick_times(now: datetime, zone: ZoneInfo) -> tuple[QuickTime, ...]:
    """Return the choices that make sense now: in an hour, tonight while it is still to come, tomorrow."""
    local = now.astimezone(zone)
    tonight = resolve_local(datetime.combine(local.date(), _TONIGHT), zone).at
    tomorrow = resolve_local(datetime.combine(local.date() + timedelta(days=1), _TOMORROW), zone).at
    return (
        QuickTime("hour", _rounded_up(now + _HOUR)),
        *((QuickTime("tonight", tonight),) if tonight - now >= _SOON else ()),
        QuickTime("tomorrow", tomorrow),
    )


def _moments(day: date, slots: Sequence[time], zone: ZoneInfo) -> Iterator[datetime]:
    return iter(sorted(resolve_local(datetime.combine(day, slot), zone).at for slot in slots))


def _near(at: datetime, planned: Sequence[datetime], apart: timedelta) -> bool:
    place = bisect_right(planned, at)
    return any(abs(other - at) < apart for other in planned[max(place - 1, 0) : place + 1])


def _rounded_up(moment: datetime) -> datetime:
    """The next whole five minutes; all zones of today are whole quarters of an hour from UTC."""
    at = moment.astimezone(UTC)
    return at + (datetime.min.replace(tzinfo=UTC) - at) % _STEP

"""Times for many posts within certain hours of each day, so that nobody is written to at night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.domain.spread import spread
from core.domain.zones import resolve_local, zone


@dataclass(frozen=True, slots=True)
class DailyHours:
    """From ``first`` to ``last`` o'clock (0 to 23) of each day in ``zone`` (IANA)."""

    first: int
    last: int
    zone: str


def spread_within(
    hours: DailyHours, count: int, start: datetime, end: datetime, *, gap: timedelta, seed: int | None = None
) -> list[datetime]:
    """Draw ``count`` moments as :func:`core.domain.spread.spread` does, but only within ``hours``.

    Raises:
        RefusedError: there is not room for so many.
    """
    windows = list(_windows(hours, start, end))
    length = sum((until - since for since, until in windows), timedelta())
    drawn = spread(count, start, start + length, gap=gap, seed=seed)
    return [_moment(windows, at - start) for at in drawn]


def room_for(hours: DailyHours, start: datetime, end: datetime, gap: timedelta) -> int:
    """How many moments at least ``gap`` apart there is room for."""
    length = sum((until - since for since, until in _windows(hours, start, end)), timedelta())
    return length // gap + 1 if length else 0


def _windows(hours: DailyHours, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open hours from ``start`` to ``end``."""
    where = zone(hours.zone)
    day, last_day = start.astimezone(where).date(), end.astimezone(where).date()
    while day <= last_day:
        opens = resolve_local(datetime.combine(day, time(hours.first)), where).at
        closes = resolve_local(datetime.combine(day, time(hours.last)), where).at
        if max(opens, start) < min(closes, end):
            yield max(opens, start), min(closes, end)
        day += timedelta(days=1)


def _moment(windows: list[tuple[datetime, datetime]], passed: timedelta) -> datetime:
    """The moment at which so much of the windows has passed."""
    for since, until in windows:
        if passed <= until - since:
            return since + passed
        passed -= until - since
    return windows[-1][1]

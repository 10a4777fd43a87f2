"""When a series happens: a pure function of its rule, asked as often as one likes.

Dates and times of a rule are local wall-clock ones in the rule's zone. A rule happens for the first time
on its first matching date, the start included. Moments in and out are aware; those out are UTC.
"""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.domain.zones import UnknownZoneError, format_day, resolve_local, zone

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
_DAYS_OF_WEEK, _DAYS_OF_MONTH = range(7), range(1, 32)
_DATE_LINE = timedelta(days=2)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Pattern(StrEnum):
    """How a post repeats."""

    ONCE = "ONCE"
    """On the start date."""
    WEEKLY = "WEEKLY"
    """On each of ``weekdays``."""
    MONTHLY = "MONTHLY"
    """On ``day_of_month``, in a shorter month on its last day."""
    DATE_RANGE = "DATE_RANGE"
    """Every day from the start until ``until``."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule. :func:`problems` says what is wrong with it.

    ``weekdays`` counts 0 = Monday to 6 = Sunday, as :meth:`datetime.date.weekday` does. ``until`` is a
    local date and included. ``count`` numbers the dates from the start, the skipped ones too; where both
    ends are given, the earlier holds. ``skipped`` dates do not happen; ``moved`` gives single dates
    another time of the same day. Fields that the pattern does not use are ignored.
    """

    pattern: Pattern
    start: date
    at: time
    zone: str
    weekdays: frozenset[int] = frozenset()
    day_of_month: int | None = None
    until: date | None = None
    count: int | None = None
    skipped: frozenset[date] = frozenset()
    moved: Mapping[date, time] = field(default_factory=dict[date, time])


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One happening: ``date`` is its key (the local date of the rule), ``at`` its moment in UTC.

    ``notes`` are sentences about what is special, such as a day or a time that does not exist.
    """

    date: date
    at: datetime
    notes: tuple[str, ...] = ()


def occurrences(rule: Recurrence, *, after: datetime | None = None) -> Iterator[Occurrence]:
    """Yield the occurrences of ``rule`` later than ``after``, in order, one at a time.

    A rule without an end goes on until the year 2199.

    Raises:
        ValueError: the rule has :func:`problems`.
    """
    found = problems(rule)
    if found:
        raise ValueError(" ".join(found))
    return _occurrences(rule, zone(rule.zone), after)


def next_after(rule: Recurrence, moment: datetime) -> Occurrence | None:
    """Return the first occurrence later than ``moment``, or None when the rule has ended."""
    return next(occurrences(rule, after=moment), None)


def preview(rule: Recurrence, after: datetime, limit: int = 5) -> tuple[Occurrence, ...]:
    """Return at most ``limit`` occurrences later than ``after``."""
    return tuple(itertools.islice(occurrences(rule, after=after), limit))


def occurrence_id(series_id: str, day: date) -> str:
    """Derive the id of the post that a series makes for ``day``; it is the same wherever it is made."""
    return f"{series_id}-{day:%Y%m%d}"


def series_of(post_id: str) -> str:
    """The series that has made the post of this id; empty for one that none has made."""
    return post_id.rpartition("-")[0]


def problems(rule: Recurrence) -> tuple[str, ...]:
    """List what is wrong with ``rule``, a sentence each; a rule without problems happens at least once.

    (Unless a person has skipped all its dates.)
    """
    found = (*_zone_problems(rule), *_pattern_problems(rule), *_end_problems(rule))
    if not found and next(_dates(rule), None) is None:
        return (f"The rule never happens: no matching day lies from {format_day(rule.start)} to its end.",)
    return found


def _occurrences(rule: Recurrence, where: ZoneInfo, after: datetime | None) -> Iterator[Occurrence]:
    reached = after.astimezone(UTC).date() if after else None
    for day in itertools.islice(_dates(rule), rule.count):
        if day in rule.skipped or (reached and day + _DATE_LINE < reached):
            continue
        occurrence = _occurrence(rule, day, where)
        if after is None or occurrence.at > after:
            yield occurrence


def _occurrence(rule: Recurrence, day: date, where: ZoneInfo) -> Occurrence:
    notes: list[str] = []
    if rule.pattern is Pattern.MONTHLY and day.day != rule.day_of_month:
        notes.append(f"{rule.day_of_month} does not exist in {_MONTHS[day.month - 1]}: {day.day} is used")
    at = rule.moved.get(day, rule.at)
    if at != rule.at:
        notes.append(f"moved from {rule.at:%H:%M} to {at:%H:%M}")
    resolution = resolve_local(datetime.combine(day, at), where)
    if resolution.note:
        notes.append(resolution.note)
    return Occurrence(day, resolution.at, tuple(notes))


def _dates(rule: Recurrence) -> Iterator[date]:
    last = min(rule.until or _LAST_DAY, _LAST_DAY)
    return itertools.takewhile(lambda day: day <= last, _endless_dates(rule))


def _endless_dates(rule: Recurrence) -> Iterator[date]:
    match rule.pattern:
        case Pattern.ONCE:
            return iter((rule.start,))
        case Pattern.WEEKLY:
            return (day for day in _every_day(rule.start) if day.weekday() in rule.weekdays)
        case Pattern.MONTHLY:
            return _every_month(rule.start, rule.day_of_month or 1)
        case Pattern.DATE_RANGE:
            return _every_day(rule.start)


def _every_day(start: date) -> Iterator[date]:
    return (start + timedelta(days) for days in itertools.count())


def _every_month(start: date, day_of_month: int) -> Iterator[date]:
    for months in itertools.count(start.year * 12 + start.month - 1):
        year, month = divmod(months, 12)
        day = date(year, month + 1, min(day_of_month, monthrange(year, month + 1)[1]))
        if day >= start:
            yield day


def _zone_problems(rule: Recurrence) -> Iterator[str]:
    try:
        zone(rule.zone)
    except UnknownZoneError as error:
        yield str(error)


def _pattern_problems(rule: Recurrence) -> Iterator[str]:
    if not _FIRST_DAY <= rule.start <= _LAST_DAY:
        yield f"The start {format_day(rule.start)} is out of reach: choose a year from 2000 to 2199."
    if rule.pattern is Pattern.WEEKLY:
        if not rule.weekdays:
            yield 'A weekly post has no weekday: write for example "Mon, Thu".'
        elif not rule.weekdays <= set(_DAYS_OF_WEEK):
            yield "A weekday is out of range: 0 is Monday and 6 is Sunday."
    if rule.pattern is Pattern.MONTHLY:
        if rule.day_of_month is None:
            yield "A monthly post has no day of the month: choose 1 to 31."
        elif rule.day_of_month not in _DAYS_OF_MONTH:
            yield f"Day {rule.day_of_month} is in no month: choose 1 to 31."


def _end_problems(rule: Recurrence) -> Iterator[str]:
    if rule.pattern is Pattern.ONCE and (rule.until is not None or rule.count is not None):
        yield "A post that goes out once has no end: remove the end, or choose a pattern that repeats."
    if rule.pattern is Pattern.DATE_RANGE and rule.until is None:
        yield "A date range has no end date: give its last day."
    if rule.until is not None and rule.until < rule.start:
        yield f"The end {format_day(rule.until)} is before the start {format_day(rule.start)}: choose a later end."
    if rule.count is not None and rule.count < 1:
        yield f"The number of times is {rule.count}: choose 1 or more."

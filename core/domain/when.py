"""Moments as people type them, in English and Vietnamese: strict, so that nothing is guessed or left over.

Days are written day first. Case and accents do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from core.domain.distance import moment_label
from core.domain.when_days import (
    check_night,
    check_weekday,
    next_date,
    no_hour,
    says_day,
    says_time,
    sort_out_pairs,
    time_of_day,
    weekday_dates,
)
from core.domain.when_facts import Delay, Facts, scan
from core.domain.when_lexemes import LEXEMES
from core.domain.when_never import GROUP, NEVER, unclear_group
from core.domain.when_rules import parse_rule, speaks_of_rule
from core.domain.when_words import EVENING, WhenError
from core.domain.zones import LocalResolution, format_day, resolve_local

__all__ = ["When", "WhenError", "parse_rule", "parse_when", "speaks_of_time"]

_HINT = 'write for example "tomorrow 9:00" or "in 2h"'
_LEXEMES = (*NEVER, GROUP, *LEXEMES)
_FARTHEST_DAYS = 36_525
_FAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class When:
    """A moment, aware and in UTC, and the zone in which it was meant.

    ``notes`` are sentences about what is special: a time that the clocks skip, or one that is over today.
    """

    at: datetime
    zone: ZoneInfo
    notes: tuple[str, ...] = ()


def parse_when(text: str, now: datetime, zone: ZoneInfo) -> When:
    """Read a moment from ``now`` on, such as ``tomorrow 9:00``, ``thứ 2 tuần sau 9h30`` or ``in 2h``.

    A time alone is the next such moment; so is a date without its year, and a weekday, of which "next" is
    the one in next week (Monday to Sunday). Local times are meant in ``zone``, unless the text names
    another one, or an offset.

    Raises:
        WhenError: in one sentence, what is missing, unknown, past or impossible.
    """
    facts = scan(text, _LEXEMES, _HINT)
    facts.check()
    if facts.groups:
        raise unclear_group(facts, time_of_day(facts))
    sort_out_pairs(facts)
    where = facts.one(facts.zones, "time zone") or zone
    if facts.nows:
        _check_alone(facts)
        return When(now.astimezone(UTC), where)
    at, notes = _after(facts, now, where) or _on_a_day(facts, now, where)
    if at < now:
        named = moment_label(at, where, place="" if where == zone else None)
        raise WhenError(f"{named} is past: choose a later time.")
    return When(at, where, notes)


def speaks_of_time(text: str) -> bool:
    """Whether every word is one about a moment or a rule, even of one that is refused."""
    return _speaks_of_moment(text) or speaks_of_rule(text)


def _speaks_of_moment(text: str) -> bool:
    try:
        facts = scan(text, _LEXEMES, _HINT)
    except WhenError:
        return False
    told = facts.nows or facts.pairs or facts.groups or facts.refused
    return bool(told or says_day(facts) or says_time(facts))


def _check_alone(facts: Facts) -> None:
    if len(facts.nows) > 1 or says_day(facts) or says_time(facts) or facts.offsets:
        raise WhenError(f'"{facts.text}" says the time more than once: {facts.hint}.')


def _after(facts: Facts, now: datetime, where: ZoneInfo) -> tuple[datetime, tuple[str, ...]] | None:
    """The moment that is a length of time away; None when there is none, or it counts days to a time."""
    delay = facts.one(facts.delays, "delay")
    if delay is None:
        return None
    if delay.days > _FARTHEST_DAYS or delay.rest > timedelta(_FARTHEST_DAYS):
        raise WhenError(f'"{facts.text}" is out of reach: choose 100 years at most.')
    timed = says_time(facts)
    named = facts.days or facts.weekdays or facts.weeks or facts.days_ahead
    if named or facts.offsets or (timed and delay.rest):
        raise WhenError(f'"{facts.text}" says the day or the time more than once: {facts.hint}.')
    return None if timed else _delayed(delay, now, where)


def _delayed(delay: Delay, now: datetime, where: ZoneInfo) -> tuple[datetime, tuple[str, ...]]:
    if not delay.days:
        return now.astimezone(UTC) + delay.rest, ()
    resolved = resolve_local(now.astimezone(where).replace(tzinfo=None) + timedelta(delay.days), where)
    return resolved.at + delay.rest, _notes(resolved)


def _on_a_day(facts: Facts, now: datetime, where: ZoneInfo) -> tuple[datetime, tuple[str, ...]]:
    offset = facts.one(facts.offsets, "time zone")
    if offset and facts.zones:
        raise WhenError(f'"{facts.text}" says the time zone more than once: {facts.hint}.')
    if facts.numbers and not (says_day(facts) or facts.parts):
        raise WhenError(
            f'"{facts.text}" may be an hour or a day: write "{facts.numbers[0]}:00" for the hour.'
        )
    today = now.astimezone(offset or where).date()
    days = _days(facts, today)
    at = time_of_day(facts)
    if at is None:
        raise no_hour(facts)
    check_night(facts, at)
    found = [_resolved(datetime.combine(day, at), where, offset) for day in days]
    day, resolved = next(
        ((day, one) for day, one in zip(days, found, strict=True) if one.at > now), (days[0], found[0])
    )
    return resolved.at, (*_spoken(facts, at, day, days, today), *_notes(resolved))


def _days(facts: Facts, today: date) -> tuple[date, ...]:
    """The dates that the text may mean, the nearest first: the first whose time is still to come counts."""
    written = facts.one(facts.days, "day")
    weekday = facts.one(facts.weekdays, "day of the week")
    ahead = facts.one([*facts.days_ahead, *(delay.days for delay in facts.delays)], "day")
    week = facts.one(facts.weeks, "week")
    if week is not None and weekday is None:
        raise WhenError(
            f'"{facts.text}" names a week but no day of it: add the day, as in "next monday 9:00".'
        )
    if (written, ahead, week).count(None) < 2:  # noqa: PLR2004 - of three ways to fix the day, one
        raise WhenError(f'"{facts.text}" says the day more than once: {facts.hint}.')
    if written is not None:
        day = next_date(written, today)
    elif ahead is not None:
        day = today + timedelta(ahead)
    elif weekday is not None:
        return weekday_dates(weekday, facts.weeks, today)
    else:
        return today, today + timedelta(days=1)
    check_weekday(facts, day)
    return (day,)


def _resolved(naive: datetime, where: ZoneInfo, offset: tzinfo | None) -> LocalResolution:
    if offset is not None:
        return LocalResolution(naive.replace(tzinfo=offset).astimezone(UTC))
    return resolve_local(naive, where)


def _spoken(facts: Facts, at: time, day: date, days: tuple[date, ...], today: date) -> tuple[str, ...]:
    """What was chosen for the person, in sentences."""
    notes: list[str] = []
    if not facts.clocks and not facts.numbers and at == EVENING.alone:
        notes.append(f"No hour is given: {at:%H:%M} is used")
    if day != days[0] and days[0] == today:
        notes.append(f"{at:%H:%M} has passed today: {format_day(day)} is used")
    if facts.days and facts.days[0].year is None and day - today > _FAR:
        notes.append(f"{facts.days[0]} has passed this year: {format_day(day)} is used")
    return tuple(notes)


def _notes(resolved: LocalResolution) -> tuple[str, ...]:
    return (resolved.note,) if resolved.note else ()

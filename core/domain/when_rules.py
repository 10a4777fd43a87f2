"""Recurrence rules as people type them, in English and Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.domain.recurrence import Pattern, Recurrence, next_after, problems
from core.domain.weekdays import WeekdaysError, parse_weekdays
from core.domain.when_days import next_date, no_hour, time_of_day
from core.domain.when_facts import LONGEST, CalendarDay, Clock, Facts, Lexeme, scan
from core.domain.when_lexemes import (
    CLOCKS,
    DATE_FORMS,
    WEEKDAY_NAME,
    ZONE_FORM,
    calendar_day,
    lexeme,
    phrase,
    skip,
)
from core.domain.when_never import NEVER, group_of, unclear_group
from core.domain.when_words import DAYS_AHEAD, END, EVENING, FILLERS, WhenError, any_of
from core.domain.zones import format_day

_HINT = 'write for example "every mon, thu 9:00" or "monthly 15 10:00"'
_LONGEST = 2 * LONGEST
_EVERY_DAY = frozenset(range(7))
_LAST_DAY = 31
_TO = r"(?:-|\u2013|to|through|den)"
_NAMES = (
    rf"(?:{WEEKDAY_NAME}|(?:mon|tues|wednes|thurs|fri|satur|sun)days{END}"
    rf"|(?:weekdays?|workdays?|weekends?|cuoi tuan|ngay thuong|ngay trong tuan){END})"
)
_BARE = rf"[2-7](?![0-9a-z]|[-:/.][0-9]| *(?:h|g|gio|lan|times|[ap]\.?m){END})"
_THU_TO = rf"thu *[2-7] *[-\u2013] *(?:thu *)?[2-7]{END}"
_RUN = rf"(?:from +)?(?:{_THU_TO}|{_NAMES})(?: *(?:[,;/&+]|{_TO}|and +|va +)? *{_NAMES}| *(?:[,;]|va +|{_TO}) *{_BARE}){{0,9}}"
_DAILY, _WEEKLY, _MONTHLY, _EVERY = "daily", "weekly", "monthly", "every"
_REPEATS = {
    _DAILY: (
        "daily",
        "everyday",
        "(?:every|each) day",
        "(?:hang|moi) ngay(?! +(?:thuong|trong +tuan))",
        "tat ca cac ngay",
    ),
    _WEEKLY: ("weekly", "(?:every|each) week", "(?:hang|moi) tuan"),
    _MONTHLY: ("monthly", "(?:every|each) month", "(?:hang|moi) thang"),
    _EVERY: ("every", "each", "moi", "hang"),
}
_LAST = (
    r"(?:the +)?last +day(?: +of(?: +the +month)?)?"
    r"|(?:ngay +)?cuoi(?: +cung)?(?: +cua)?(?: +thang|(?= +(?:moi|hang) +thang))"
)
_UNTIL = r"(?:until|till?|through|to|den|coming)(?: +het)?(?: +ngay)? +"
_FROM = r"(?:from|tu|since|starting(?: +(?:on|from))?|bat +dau(?: +(?:from|tu))?)(?: +ngay)? +"
_DATES = (*DATE_FORMS, r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})(?![0-9a-z])")


def parse_rule(text: str, now: datetime, zone: ZoneInfo) -> Recurrence:
    """Read a rule such as ``every mon, thu 9:00``, ``hằng ngày 9h đến 31/12`` or ``monthly 15 10:00``.

    It starts at its first date after ``now``, and not before the date after "from". A text that names one
    moment, such as ``mon 9:00``, is no rule. Local times are meant in ``zone``, unless the text names another.

    Raises:
        WhenError: in one sentence, what is missing, unknown or impossible.
    """
    facts = scan(text, _LEXEMES, _HINT, _LONGEST)
    facts.check()
    where = facts.one(facts.zones, "time zone") or zone
    today = now.astimezone(where).date()
    weekdays, day_of_month = _weekdays(facts), _day_of_month(facts)
    pattern = _pattern(facts, weekdays, day_of_month)
    start = _start(facts, today)
    end = facts.one(facts.ends, "end")
    rule = Recurrence(
        pattern,
        start,
        _time(facts),
        where.key,
        weekdays=weekdays if pattern is Pattern.WEEKLY else frozenset(),
        day_of_month=day_of_month,
        until=next_date(end, start) if end else None,
        count=facts.one(facts.counts, "number of times"),
    )
    return _from_now_on(rule, now)


def speaks_of_rule(text: str) -> bool:
    """Whether every word is one of a rule or of a part of one, even of a rule that is refused."""
    try:
        facts = scan(text, _LEXEMES, _HINT, _LONGEST)
    except WhenError:
        return False
    return bool(facts.repeats or facts.runs or facts.counts or facts.starts or facts.ends)


def _weekdays(facts: Facts) -> frozenset[int]:
    """The days of the week; "every day" gives way to those that are named, as in "every day Mon to Fri"."""
    named = frozenset[int]().union(*facts.runs)
    each_part = facts.parts and set(facts.repeats) == {_EVERY} and not facts.days
    return named or (_EVERY_DAY if _DAILY in facts.repeats or each_part else named)


def _day_of_month(facts: Facts) -> int | None:
    """The day of the month; a number before the time is one where "every month" is written."""
    if _MONTHLY in facts.repeats and not facts.days and facts.numbers:
        return facts.numbers.pop(0)
    day = facts.one(facts.days, "day")
    if day is not None and (day.month or day.year):
        raise WhenError(f'"{day}" is one date of a rule: write "from {day}" or "until {day}".')
    return day.day if day else None


def _pattern(facts: Facts, weekdays: frozenset[int], day_of_month: int | None) -> Pattern:
    if not facts.repeats and facts.groups:
        raise unclear_group(facts, time_of_day(facts))
    if not facts.repeats:
        raise WhenError(f'"{facts.text}" does not say that it repeats: {_HINT}.')
    monthly = day_of_month is not None or _MONTHLY in facts.repeats
    if monthly and (weekdays or _WEEKLY in facts.repeats):
        raise WhenError(f'"{facts.text}" names days of the week and of the month: {_HINT}.')
    if monthly and day_of_month is None:
        raise WhenError(f'"{facts.text}" does not say the day of the month: {_HINT}.')
    if not monthly and not weekdays:
        raise WhenError(f'"{facts.text}" does not say the day of the week: {_HINT}.')
    if monthly:
        return Pattern.MONTHLY
    return Pattern.DATE_RANGE if facts.ends and not facts.runs else Pattern.WEEKLY


def _start(facts: Facts, today: date) -> date:
    start = facts.one([*facts.starts, *facts.days_ahead], "start") or 0
    day = today + timedelta(start) if isinstance(start, int) else next_date(start, today)
    if day < today:
        raise WhenError(f"The start {format_day(day)} is past: choose a later start.")
    return day


def _time(facts: Facts) -> time:
    facts.clocks.extend(Clock(*pair) for pair in facts.pairs)
    at = time_of_day(facts)
    if at is None or (at == EVENING.alone and not facts.clocks and not facts.numbers):
        raise no_hour(facts)
    if facts.offsets:
        raise WhenError(f'"{facts.text}" repeats in no time zone: name it, as in "9:00 Asia/Ho_Chi_Minh".')
    return at


def _from_now_on(rule: Recurrence, now: datetime) -> Recurrence:
    """The rule from its first date after ``now`` on, so that none of a number of times is lost."""
    found = problems(rule)
    if found:
        raise WhenError(found[0])
    first = next_after(replace(rule, count=None), now)
    if first is None:
        end = format_day(rule.until or rule.start)
        raise WhenError(f"The rule never happens from now to its end {end}: choose a later end.")
    return replace(rule, start=first.date)


def _add_run(found: re.Match[str], facts: Facts) -> None:
    try:
        days = parse_weekdays(found[0])
    except WeekdaysError as error:
        raise WhenError(str(error)) from None
    facts.runs.append(days)
    if group := group_of(found[0]):
        facts.groups.append(group)
    elif len(days) > 1 or found[0].endswith("days"):
        facts.repeats.append(_WEEKLY)


def _add_repeat(name: str) -> Callable[[re.Match[str], Facts], None]:
    return lambda _found, facts: facts.repeats.append(name)


_LEXEMES: tuple[Lexeme, ...] = (
    *NEVER,
    lexeme(
        rf"(?:for +|x *)?(?P<count>[0-9]{{1,4}}) *(?:times?|x|lan|in all){END}",
        lambda found, facts: facts.counts.append(int(found["count"])),
    ),
    lexeme(rf"(?:{_LAST}){END}", lambda _, facts: facts.days.append(CalendarDay(31))),
    *(lexeme(_UNTIL + form, lambda found, facts: facts.ends.append(calendar_day(found))) for form in _DATES),
    *(lexeme(_FROM + form, lambda found, facts: facts.starts.append(calendar_day(found))) for form in _DATES),
    lexeme(
        rf"{_FROM}(?P<ahead>{any_of(DAYS_AHEAD)}){END}",
        lambda found, facts: facts.days_ahead.append(DAYS_AHEAD[" ".join(found["ahead"].split())]),
    ),
    lexeme(_RUN, _add_run),
    *(phrase(words, _add_repeat(name)) for name, words in _REPEATS.items()),
    *(lexeme(form, lambda found, facts: facts.days.append(calendar_day(found))) for form in DATE_FORMS),
    *CLOCKS,
    lexeme(ZONE_FORM, lambda found, facts: facts.add_zone(found[0])),
    phrase(FILLERS, skip),
)

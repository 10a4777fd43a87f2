"""When a row of a calendar sheet wants to be published, and by which account."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.domain.recurrence import Pattern, Recurrence, next_after
from core.domain.recurrence import problems as rule_problems
from core.domain.sheet import Cell, CellKind
from core.domain.sheet_headers import Column, Field, Header
from core.domain.sheet_lines import Line, text_of
from core.domain.sheet_problems import CellError, RowProblems, quoted, told
from core.domain.sheet_times import Holds, When, read_day, read_when
from core.domain.sheet_words import means_nothing, pattern_of
from core.domain.weekdays import WeekdaysError, parse_weekdays
from core.domain.zones import UnknownZoneError, describe, resolve_local, zone

_TIMES = {Field.SCHEDULED_AT: Holds.MOMENT, Field.DATE: Holds.DAY, Field.TIME: Holds.TIME}
_MIDNIGHT = time()
_LAST_DAY_OF_MONTH = 31
_LONGEST = 200
_NOTHING_LATER = "Choose a later time, or clear the cell to import the row as a draft."


@dataclass(frozen=True, slots=True)
class Schedule:
    """``at`` is the moment in UTC (of a series: its first occurrence from now on), None without a time."""

    zone: str
    at: datetime | None = None
    recurrence: Recurrence | None = None


def read_account(line: Line, known: Mapping[str | None, str], problems: RowProblems) -> str | None:
    """The known name of the account that the row names, whatever its case and with or without ``@``."""
    found = line.cell(Field.ACCOUNT)
    written = text_of(*found, problems).lstrip("@").strip()[:_LONGEST] if found else ""
    if found is None or not written:
        return None
    names = {name.casefold(): name for name in known if name is not None}
    name = names.get(written.casefold())
    if name is None:
        near = difflib.get_close_matches(written.casefold(), names, n=1)
        remedy = f'Did you mean "{names[near[0]]}"?' if near else f"Known are: {', '.join(names.values())}."
        if not names:
            remedy = "Link it first: `autopost accounts add NAME`."
        problems.error(found[0], CellError(f"No linked account is called {quoted(written)}.", remedy))
    return name


def read_schedule(
    line: Line, header: Header, default_zone: str, now: datetime, problems: RowProblems
) -> Schedule:
    """Read time, zone and recurrence; what is wrong with them is noted in ``problems``."""
    place = _read_zone(line, default_zone, problems)
    when, column = _read_when(line, header, problems)
    pattern = _read_pattern(line, problems)
    if problems.errors:
        return Schedule(place.key)
    if pattern is not Pattern.ONCE:
        return _series(line, header, pattern, when, place, now, problems)
    _warn_of_days(line, when, problems)
    if when.day is None and when.at is None:
        return Schedule(place.key)
    if when.day is None or when.at is None:
        _tell_missing(when, header, column, problems)
        return Schedule(place.key)
    at = _moment(when.day, when.at, when, place, column, problems)
    if at is not None and at <= now:
        cause = f"The time has passed: it was {describe(at, place)}."
        problems.error(column, CellError(cause, _NOTHING_LATER))
    return Schedule(place.key, at)


def _read_zone(line: Line, default: str, problems: RowProblems) -> ZoneInfo:
    found = line.cell(Field.ZONE)
    name = text_of(*found, problems) if found else ""
    try:
        return zone(name or default)
    except UnknownZoneError as error:
        problems.error(found[0] if found else None, told(str(error)))
        return zone("UTC")


def _read_when(line: Line, header: Header, problems: RowProblems) -> tuple[When, Column | None]:
    """Put date and time together from the columns that have them; the column is the first of those."""
    total = When()
    first: Column | None = None
    for field, holds in _TIMES.items():
        found = line.cell(field)
        part = _part(*found, problems, holds=holds) if found else None
        if found is None or part is None:
            continue
        column = found[0]
        if part.day and part.at == _MIDNIGHT and (field is Field.DATE or line.cell(Field.TIME)):
            # A date that Excel formats with a time of day shows midnight; the time stands elsewhere.
            part = replace(part, at=None)
        _warn_of_order(part, header, column, problems)
        if (part.day and total.day not in (None, part.day)) or (part.at and total.at not in (None, part.at)):
            cause = "Its date or time differs from that in another column of the row."
            problems.error(column, CellError(cause, "Keep one of the two."))
        first = first or column
        total = When(total.day or part.day, total.at or part.at, total.offset or part.offset)
    return total, first


def _part(column: Column, cell: Cell, problems: RowProblems, *, holds: Holds) -> When | None:
    value = text_of(column, cell, problems)
    if means_nothing(value):
        return None
    try:
        return read_when(replace(cell, value=value), holds)
    except CellError as error:
        problems.error(column, error)
        return None


def _warn_of_order(part: When, header: Header, column: Column, problems: RowProblems) -> None:
    if part.either_order and part.day and not header.vietnamese:
        cause = f"The date is read with the day first, as {part.day.isoformat()}."
        problems.warn(column, cause, "Write it as year-month-day if that is not meant.")


def _read_pattern(line: Line, problems: RowProblems) -> Pattern:
    found = line.cell(Field.PATTERN)
    word = text_of(*found, problems) if found else ""
    pattern = Pattern.ONCE if not word else pattern_of(word)
    if found and pattern is None:
        remedy = "Write ONCE, WEEKLY, MONTHLY or DATE_RANGE (một lần, hàng tuần, hàng tháng, hàng ngày)."
        problems.error(found[0], CellError(f"{quoted(word)} is no way to repeat a post.", remedy))
    return pattern or Pattern.ONCE


def _tell_missing(when: When, header: Header, column: Column | None, problems: RowProblems) -> None:
    if when.day is None:
        place = header.one(Field.DATE) or column
        problems.error(
            place, CellError("There is a time of day but no date.", "Add the date, such as 01/03/2027.")
        )
    else:
        place = header.one(Field.TIME) or column
        problems.error(
            place, CellError("There is a date but no time of day.", "Add the time, such as 09:30.")
        )


def _moment(
    day: date, at: time, when: When, place: ZoneInfo, column: Column | None, problems: RowProblems
) -> datetime | None:
    naive = datetime.combine(day, at)
    try:
        if when.offset is not None:
            return naive.replace(tzinfo=when.offset).astimezone(UTC)
        resolution = resolve_local(naive, place)
    except (ValueError, OverflowError):
        problems.error(column, CellError(f"The year {day.year} is out of reach.", "Choose a nearer one."))
        return None
    if resolution.note:
        problems.warn(column, f"{resolution.note}.", "Choose another time if that is not meant.")
    return resolution.at


def _warn_of_days(line: Line, when: When, problems: RowProblems) -> None:
    """Days and end of a post that goes out once: a calendar often names the weekday beside the date."""
    days, end = line.cell(Field.DAYS), line.cell(Field.END_DATE)
    if days and when.day and _days(*days, RowProblems(line.row)) != frozenset({when.day.weekday()}):
        problems.warn(days[0], "The post does not repeat, so its days are not used.", "Say how it repeats.")
    if end:
        problems.warn(end[0], "The post does not repeat, so its end is not used.", "Say how it repeats.")


def _series(
    line: Line,
    header: Header,
    pattern: Pattern,
    when: When,
    place: ZoneInfo,
    now: datetime,
    problems: RowProblems,
) -> Schedule:
    column = line.cell(Field.PATTERN)
    if when.at is None:
        where = header.one(Field.TIME) or header.one(Field.SCHEDULED_AT) or (column[0] if column else None)
        problems.error(
            where, CellError("The post repeats but has no time of day.", "Add the time, such as 09:30.")
        )
        return Schedule(place.key)
    local_now = now.astimezone(place)
    start, at = _local(when, when.at, local_now, place)
    rule = Recurrence(
        pattern=pattern,
        start=start,
        at=at,
        zone=place.key,
        weekdays=_weekdays(line, start, problems) if pattern is Pattern.WEEKLY else frozenset(),
        day_of_month=_day_of_month(line, start, problems) if pattern is Pattern.MONTHLY else None,
        until=_until(line, problems),
    )
    if problems.errors:
        return Schedule(place.key)
    return _checked(rule, column[0] if column else None, now, problems)


def _local(when: When, at: time, local_now: datetime, place: ZoneInfo) -> tuple[date, time]:
    """Start and time of day in the series' zone; without a date it starts today."""
    day = when.day or local_now.date()
    if when.offset is None:
        return day, at
    local = datetime.combine(day, at, when.offset).astimezone(place)
    return local.date(), local.time()


def _checked(rule: Recurrence, column: Column | None, now: datetime, problems: RowProblems) -> Schedule:
    for sentence in rule_problems(rule):
        problems.error(column, told(sentence))
    if problems.errors:
        return Schedule(rule.zone)
    first = next_after(rule, now)
    if first is None:
        problems.error(column, CellError("The last time of the series has passed.", "Choose a later end."))
        return Schedule(rule.zone)
    for note in first.notes:
        problems.warn(column, f"{note}.", "Choose another day or time if that is not meant.")
    return Schedule(rule.zone, first.at, rule)


def _weekdays(line: Line, start: date, problems: RowProblems) -> frozenset[int]:
    found = line.cell(Field.DAYS)
    if found is None:
        return frozenset({start.weekday()})
    return _days(*found, problems)


def _days(column: Column, cell: Cell, problems: RowProblems) -> frozenset[int]:
    text = text_of(column, cell, problems)[:_LONGEST]
    try:
        return parse_weekdays(text)
    except WeekdaysError as error:
        problems.error(column, told(str(error)))
        return frozenset()


def _day_of_month(line: Line, start: date, problems: RowProblems) -> int:
    found = line.cell(Field.DAYS)
    if found is None:
        return start.day
    text = text_of(*found, problems)
    if text.isdigit() and 1 <= int(text) <= _LAST_DAY_OF_MONTH:
        return int(text)
    problems.error(
        found[0], CellError(f"{quoted(text)} is no day of the month.", "Write a number from 1 to 31.")
    )
    return start.day


def _until(line: Line, problems: RowProblems) -> date | None:
    found = line.cell(Field.END_DATE)
    if found is None or found[1].kind in (CellKind.ERROR, CellKind.UNCALCULATED):
        return None
    try:
        return read_day(found[1])
    except CellError as error:
        problems.error(found[0], error)
        return None

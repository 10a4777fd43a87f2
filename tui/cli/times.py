"""Moments and lengths of time as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import click

from core.domain.sheet import Cell, CellKind
from core.domain.sheet_problems import CellError
from core.domain.sheet_times import When, read_when
from core.domain.zones import describe, resolve_local, zone

_UNITS: Final = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "min": "minutes", "s": "seconds"}
_LENGTH: Final = re.compile(r"(?:(\d{1,6}(?:\.\d+)?)\s*(w|d|h|min|m|s)\s*)")
_YEARS: Final = range(2000, 2200)
_LONGEST: Final = timedelta(days=36_525)
_FORMS: Final = "Write it as 2026-12-01 09:00, 01/12/2026 9:00, 2026-12-01T09:00+07:00, +2h or now."


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment (UTC); ``note`` says what is special about it, such as a time that the clocks skip."""

    at: datetime
    note: str = ""


def parse_moment(text: str, where: ZoneInfo, now: datetime) -> Moment:
    """Read a moment; local times are meant in ``where``.

    Raises:
        click.UsageError: it is none; the sentence shows the accepted forms.
    """
    if text.strip().casefold() == "now":
        return Moment(now)
    if text.strip().startswith("+"):
        return Moment(_later(now, parse_length(text.strip()[1:])))
    exact = _exact(text)
    if exact is not None:
        return _resolve(exact.replace(tzinfo=None), exact.tzinfo, where, text)
    day, when = _read(text)
    if when.at is None:
        raise click.UsageError(f'"{text}" says the day only: add the time of day, as in 2026-12-01 09:00.')
    return _resolve(datetime.combine(day, when.at), when.offset, where, text)


def _exact(text: str) -> datetime | None:
    """An ISO time with a fraction of a second, which the forms of a calendar do not have."""
    try:
        return datetime.fromisoformat(text.strip()) if "." in text and ":" in text else None
    except ValueError:
        return None


def parse_bound(text: str, where: ZoneInfo, now: datetime, *, end: bool = False) -> datetime:
    """Read a moment that begins (``end``: ends) a range; a day alone counts as a whole.

    Raises:
        click.UsageError: it is none.
    """
    if text.strip().casefold() == "now" or text.strip().startswith("+"):
        return parse_moment(text, where, now).at
    day, when = _read(text)
    moment = _resolve(datetime.combine(day, when.at or time()), when.offset, where, text).at
    return _later(moment, timedelta(days=1)) if end and when.at is None else moment


def parse_length(text: str) -> timedelta:
    """Read a length of time: ``5m``, ``1h30m``, ``2d``; a number alone counts minutes.

    Raises:
        click.UsageError: it is none.
    """
    folded = text.strip().casefold()
    if re.fullmatch(r"\d{1,6}", folded):
        return timedelta(minutes=int(folded))
    if not folded or _LENGTH.sub("", folded):
        raise click.UsageError(f'"{text}" is no length of time: write 30s, 5m, 1h30m or 2d.')
    return sum(
        (timedelta(**{_UNITS[unit]: float(number)}) for number, unit in _LENGTH.findall(folded)), timedelta()
    )


def brief(at: datetime | None, zone_name: str) -> str:
    """A moment for a column: ``Fri 25 Dec 09:30 +07``, with the year when it is not this one."""
    if at is None:
        return "-"
    moment = at.astimezone(zone(zone_name))
    this_year = datetime.now(moment.tzinfo).year
    year = "" if moment.year == this_year else f" {moment.year}"
    offset = f"{moment:%z}".removesuffix("00")
    return f"{moment:%a} {moment.day:2} {moment:%b}{year} {moment:%H:%M} {offset}"


def local(at: datetime | None, zone_name: str) -> str:
    """A moment for people: local, with its zone; ``-`` for none."""
    return "-" if at is None else describe(at, zone(zone_name))


def iso(at: datetime | None, zone_name: str = "UTC") -> str | None:
    """A moment for programs: ISO 8601 with the offset of that zone."""
    return None if at is None else at.astimezone(zone(zone_name)).isoformat(timespec="milliseconds")


def span(length: timedelta) -> str:
    """A length of time for people: ``2 d 3 h``, ``5 min``, ``12 s``."""
    seconds = abs(int(length.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def _read(text: str) -> tuple[date, When]:
    """The day, and what else the text says."""
    try:
        when = read_when(Cell("", CellKind.TEXT, text))
    except CellError:
        raise click.UsageError(f'"{text}" is no date and time. {_FORMS}') from None
    if when.day is None:
        raise click.UsageError(f'"{text}" does not say the day. {_FORMS}')
    return when.day, when


def _resolve(naive: datetime, offset: tzinfo | None, where: ZoneInfo, text: str) -> Moment:
    if naive.year not in _YEARS:
        raise click.UsageError(f'"{text}" is out of reach: choose a year from 2000 to 2199.')
    if offset is not None:
        return Moment(naive.replace(tzinfo=offset).astimezone(UTC))
    resolved = resolve_local(naive, where)
    return Moment(resolved.at, resolved.note)


def _later(moment: datetime, by: timedelta) -> datetime:
    if by > _LONGEST:
        raise click.UsageError(f"{by.days} days is out of reach: choose 100 years at most.")
    return moment + by

"""Dates and times of day as they stand in cells: Excel's own, ISO, and day-first text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum, auto

from core.domain.sheet import Cell, CellKind
from core.domain.sheet_problems import CellError, quoted

_NOON = 12
_LAST_HOUR = 23
_LONGEST = 80
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<word>{'|'.join(_MONTHS)})[a-z]*\.?"

_DAYS = (
    re.compile(r"(?P<year>\d{4})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})\s*thang\s*(?P<month>\d{1,2})\s*,?\s*(?:nam\s*)?(?P<year>\d{4})(?!\d)"
    ),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)"),
)
_SHORT_DAY = re.compile(r"(?<!\d)\d{1,2}([-/.])\d{1,2}(?:\1\d{2})?(?!\d)")
_WEEKDAY = re.compile(
    r"^(?:thu\s*(?:[2-7]|hai|ba|tu|nam|sau|bay)\b|t[2-7]\b|chu\s*nhat\b|cn\b|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\.?)[\s,]*"
)
_FILLER = re.compile(r"\b(?:ngay|luc|vao|at|on)\b")
_ISO_T = re.compile(r"^t\s*(?=\d)")
_HALF = r"(?P<half>a\.?m\.?|p\.?m\.?|sa|ch|sang|trua|chieu|toi)"
_TIME = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:\s*(?::|h|g|gio)\s*(?:(?P<minute>\d{{1,2}})(?::(?P<second>\d\d)(?:\.\d+)?)?)?\s*(?:phut|p|')?)?"
    rf"(?:\s*{_HALF})?\s*(?P<offset>z|[+-]\d\d:?\d\d)?"
)


class Holds(Enum):
    """What a column is for."""

    MOMENT = auto()
    DAY = auto()
    TIME = auto()


_FORMS = {
    Holds.MOMENT: "Write it as 01/03/2027 09:30 (day first) or 2027-03-01 09:30.",
    Holds.DAY: "Write it as 31/03/2027 (day first) or 2027-03-31.",
    Holds.TIME: "Write it as 09:30, 9h30 or 9:30 PM.",
}


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says of a moment. ``offset`` is the zone that ISO text gives with it.

    ``either_order``: day and month could be taken for one another.
    """

    day: date | None = None
    at: time | None = None
    offset: tzinfo | None = None
    either_order: bool = False


def read_when(cell: Cell, holds: Holds = Holds.MOMENT) -> When:
    """Read a date, a time of day, or both; ``holds`` is what the column is for.

    In a column of times a number is an hour or a fraction of a day.

    Raises:
        CellError: it is none of them, or cannot be; the remedy shows the accepted forms.
    """
    try:
        return _read(cell, in_times=holds is Holds.TIME)
    except _UnreadableError as error:
        raise CellError(str(error), _FORMS[holds]) from None


def read_day(cell: Cell) -> date:
    """Read a date; a time of day beside it is not looked at.

    Raises:
        CellError: the cell holds none.
    """
    day = read_when(cell, Holds.DAY).day
    if day is None:
        raise CellError(f"{quoted(cell.value)} is no date.", _FORMS[Holds.DAY])
    return day


class _UnreadableError(Exception):
    """Why a cell is no date or time."""


def _read(cell: Cell, *, in_times: bool) -> When:
    match cell.kind:
        case CellKind.DATETIME:
            found = datetime.fromisoformat(cell.value)
            return When(found.date(), found.time())
        case CellKind.DATE:
            return When(date.fromisoformat(cell.value))
        case CellKind.TIME:
            return When(at=time.fromisoformat(cell.value))
        case CellKind.NUMBER if in_times:
            return When(at=_hour(float(cell.value), cell.value))
        case CellKind.TEXT:
            return _text(cell.value, in_times=in_times)
        case CellKind.NUMBER:
            raise _UnreadableError(
                f"The number {cell.value} is no date; the cell may have lost its date format."
            )
        case _:
            raise _UnreadableError(f"{quoted(cell.value)} is no date.")


def _hour(number: float, written: str) -> time:
    if 0 < number < 1:
        minutes, seconds = divmod(min(round(number * 86_400), 86_399), 60)
        return time(minutes // 60, minutes % 60, seconds)
    if number == int(number) and 0 <= number <= _LAST_HOUR:
        return time(int(number))
    raise _UnreadableError(f"{written} is no time of day.")


def _text(written: str, *, in_times: bool) -> When:
    if len(written) > _LONGEST:
        raise _UnreadableError(_unreadable(written, ""))
    text = _WEEKDAY.sub("", _plain(written))
    day, either = None, False
    for pattern in _DAYS:
        if found := pattern.search(text):
            day = _date(found, written)
            # Only 03/04/2027 is written in both orders; dots and dashes are day first everywhere.
            either = found.re is _DAYS[1] and found["by"] == "/" and day.day <= _NOON and day.day != day.month
            text = text[: found.start()] + " " + text[found.end() :]
            break
    rest = _ISO_T.sub("", _FILLER.sub(" ", text).strip(" ,;|-"))
    if not rest and day:
        return When(day, either_order=either)
    clock = _TIME.fullmatch(rest)
    if clock is None or (rest.isdigit() and (day or not in_times)):
        raise _UnreadableError(_unreadable(written, rest))
    return When(day, _clock(clock, written), _offset(clock["offset"]), either)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def _date(found: re.Match[str], written: str) -> date:
    parts = found.groupdict()
    month = _MONTHS.index(parts["word"]) + 1 if parts.get("word") else int(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        swapped = month > _NOON >= int(parts["day"]) and found.re is _DAYS[1]
        reason = f"there is no month {month}, the day comes first" if swapped else "there is no such day"
        raise _UnreadableError(f"{quoted(written)} is no date: {reason}.") from None


def _clock(found: re.Match[str], written: str) -> time:
    hour, half = int(found["hour"]), (found["half"] or "").replace(".", "")
    try:
        return time(_hour_of_day(hour, half), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise _UnreadableError(f"{quoted(written)} is no time of day.") from None


def _hour_of_day(hour: int, half: str) -> int:
    """Apply the half of the day; an hour that cannot be, such as 14 in the morning, becomes 24."""
    match half:
        case "am" | "sa" | "sang":
            return hour % _NOON if hour <= _NOON else 24
        case "pm" | "ch" | "chieu":
            return hour + _NOON if hour < _NOON else hour
        case "toi":
            return hour + _NOON if hour < _NOON else 24 if hour == _NOON else hour
        case "trua":
            return hour + _NOON if hour < _NOON - 2 else hour
        case _:
            return hour


def _offset(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written == "z":
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))


def _unreadable(written: str, rest: str) -> str:
    if _SHORT_DAY.search(rest):
        return f"{quoted(written)} has no year of four digits."
    return f"{quoted(written)} cannot be read as a date and time."

"""Dates and times of day as they stand in cells: Excel's own, ISO, and day-first text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from core.domain.sheet import Cell, CellKind
from core.domain.sheet_problems import CellError, quoted

_FORMS = "Write it as 01/03/2027 09:30 (day first) or 2027-03-01 09:30."
_TIME_FORMS = "Write it as 09:30, 9h30 or 9:30 PM."
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
_HALF = r"(?P<half>a\.?m\.?|p\.?m\.?|sa|ch|sang|trua|chieu|toi)"
_TIME = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:\s*(?::|h|g|gio)\s*(?:(?P<minute>\d{{1,2}})(?::(?P<second>\d\d)(?:\.\d+)?)?)?\s*(?:phut|p|')?)?"
    rf"(?:\s*{_HALF})?\s*(?P<offset>z|[+-]\d\d:?\d\d)?"
)


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says of a moment. ``offset`` is the zone that ISO text gives with it.

    ``either_order``: day and month could be taken for one another.
    """

    day: date | None = None
    at: time | None = None
    offset: tzinfo | None = None
    either_order: bool = False


def read_when(cell: Cell, *, hour_alone: bool = False) -> When:
    """Read a cell that holds a date, a time of day, or both.

    With ``hour_alone`` (a column of times) a number is an hour or a fraction of a day.

    Raises:
        CellError: it is neither, or cannot be; the remedy shows the accepted forms.
    """
    match cell.kind:
        case CellKind.DATETIME:
            found = datetime.fromisoformat(cell.value)
            return When(found.date(), found.time())
        case CellKind.DATE:
            return When(date.fromisoformat(cell.value))
        case CellKind.TIME:
            return When(at=time.fromisoformat(cell.value))
        case CellKind.NUMBER if hour_alone:
            return _hour(float(cell.value), cell.value)
        case CellKind.TEXT:
            return _text(cell.value, _TIME_FORMS if hour_alone else _FORMS, hour_alone=hour_alone)
        case CellKind.NUMBER:
            raise CellError(
                f"It holds the number {cell.value} instead of a date.",
                f"Format the cell as date and time. {_FORMS}",
            )
        case _:
            raise CellError(f"{quoted(cell.value)} is no date.", _FORMS)


def read_day(cell: Cell) -> When:
    """Read a cell that holds a date; a time of day beside it is not looked at.

    Raises:
        CellError: it holds none.
    """
    found = read_when(cell)
    if found.day is None:
        raise CellError(
            f"{quoted(cell.value)} is no date.", "Write it as 31/03/2027 (day first) or 2027-03-31."
        )
    return found


def _hour(number: float, written: str) -> When:
    if 0 < number < 1:
        minutes, seconds = divmod(min(round(number * 86_400), 86_399), 60)
        return When(at=time(minutes // 60, minutes % 60, seconds))
    if number == int(number) and 0 <= number <= _LAST_HOUR:
        return When(at=time(int(number)))
    raise CellError(f"{written} is no time of day.", _TIME_FORMS)


def _text(written: str, forms: str, *, hour_alone: bool) -> When:
    if len(written) > _LONGEST:
        raise CellError(_unreadable(written, ""), forms)
    text = _WEEKDAY.sub("", _plain(written))
    day, either = None, False
    for pattern in _DAYS:
        if found := pattern.search(text):
            day = _date(found, written)
            # Only 03/04/2027 is written in both orders; dots and dashes are day first everywhere.
            either = found.re is _DAYS[1] and found["by"] == "/" and day.day <= _NOON and day.day != day.month
            text = text[: found.start()] + " " + text[found.end() :]
            break
    rest = _FILLER.sub(" ", text).strip(" \t\n,;|t-")
    if not rest and day:
        return When(day, either_order=either)
    clock = _TIME.fullmatch(rest)
    bare = clock is not None and not any(clock[part] for part in ("minute", "half")) and rest.isdigit()
    if clock is None or (bare and not (hour_alone and day is None)):
        raise CellError(_unreadable(written, rest), forms)
    return When(day, _clock(clock, written, forms), _offset(clock["offset"]), either)


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
        raise CellError(f"{quoted(written)} is no date: {reason}.", _FORMS) from None


def _clock(found: re.Match[str], written: str, forms: str) -> time:
    hour, half = int(found["hour"]), (found["half"] or "").replace(".", "")
    try:
        return time(_hour_of_day(hour, half), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise CellError(f"{quoted(written)} is no time of day.", forms) from None


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

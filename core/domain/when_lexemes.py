"""The forms of days, times, lengths and zones, each with what it adds to the facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, timedelta, timezone

from core.domain.weekdays import parse_weekdays
from core.domain.when_facts import CalendarDay, Clock, Delay, Facts, Lexeme
from core.domain.when_words import (
    DAYS_AHEAD,
    END,
    EVENING,
    FILLERS,
    HOURS,
    MONTHS,
    NOW,
    NUMBERS,
    PARTS_OF_DAY,
    SECONDS,
    WEEKS_AHEAD,
    any_of,
)

_DAY_SECONDS, _HOUR_SECONDS = 86_400, 3600
_MONTH = any_of(MONTHS)
_PART = any_of((*PARTS_OF_DAY, r"a\.m\.?", r"p\.m\.?"))
YEARS = range(2000, 2200)
"""Years that a date may have."""
_YEAR = r"(?P<year>[0-9]{4})(?![0-9:])"
_DAY = r"(?P<day>[0-9]{1,2})"
_NTH = r"(?:st|nd|rd|th)?"
_THANG = rf"(?:thang|thg)\.? *(?P<month>[0-9]{{1,2}})(?:(?: *,? *(?:nam *)?|/){_YEAR})?"
_NO_TIME = rf"(?![0-9]|[:.][0-9]| *(?:{any_of((*HOURS, 'am', 'pm'))}){END})"

DATE_FORMS = (
    rf"(?P<year>[0-9]{{4}})(?P<by>[-/.])(?P<month>[0-9]{{1,2}})(?P=by){_DAY}(?:t(?=[0-9])|{END})",
    rf"{_DAY}(?P<by>[-/.])(?P<month>[0-9]{{1,2}})(?P=by){_YEAR}{END}",
    rf"{_DAY}\.(?P<month>0?[1-9]|1[0-2])\.(?![0-9])",
    rf"{_DAY}[/-](?P<month>[0-9]{{1,2}})(?![0-9]|[-/.:][0-9]){END}",
    rf"(?:ngay *)?(?:m[uo]ng *)?{_DAY} *{_THANG}{END}",
    rf"(?:the +)?{_DAY}{_NTH} *(?:of +)?(?P<word>{_MONTH})(?:\.|{END})(?: *,? *{_YEAR})?",
    rf"(?P<word>{_MONTH})\.? *{_DAY}{_NTH}{_NO_TIME}{END}(?: *,? *{_YEAR})?",
    rf"(?:ngay|day|the|m[uo]ng) *{_DAY}{_NTH}{_NO_TIME}(?![/-][0-9]| *thang){END}",
    rf"{_DAY}(?:st|nd|rd|th){END}",
)
"""Where a form has groups day, month or word, and year, :func:`calendar_day` reads them."""

_THU = r"thu *(?:hai|ba|tu|nam|sau|bay)"
_THU_NUMBER = (
    rf"thu *[2-7](?![0-9]|[-:./][0-9]|(?:st|nd|rd|th){END}"
    rf"| *(?:{any_of(HOURS)}|[ap]\.?m|{_MONTH}|o'?clock){END})"
)
_ENGLISH = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|weds?|wednesday|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
WEEKDAY_NAME = rf"(?:{_THU}|{_THU_NUMBER}|t[2-7]|chu *nhat|cn|{_ENGLISH}){END}"

_NUMBER = rf"(?:[0-9]{{1,6}}(?:[.,][0-9]{{1,3}})?|{any_of(NUMBERS)}(?= ))"
_HOURS = any_of(HOURS)
_UNIT = any_of(SECONDS)
_TAIL = rf" *[0-9]{{1,2}}(?![0-9a-z:/]|[.][0-9]| *{_UNIT}(?![a-z]))"
_HALF = "(?:ruoi|and +a +half)"
_ITEM = re.compile(
    rf"(?P<number>{_NUMBER}) *(?P<unit>{_UNIT})(?![a-z])(?P<tail>{_TAIL})?(?P<half> *{_HALF}{END})?"
)
_ITEMS = "".join(
    rf"(?:{_NUMBER} *{any_of(unit for unit, length in SECONDS.items() if length == seconds)}(?![a-z])"
    rf"{f'(?:{_TAIL})?' if seconds == _HOUR_SECONDS else ''}(?: *{_HALF}{END})? *,? *(?:(?:and|va) +)?)?"
    for seconds in sorted(set(SECONDS.values()), reverse=True)
)
_LENGTH = rf"(?={_NUMBER} *{_UNIT}(?![a-z]))(?P<length>{_ITEMS})(?<=[a-z0-9])"
_LATER = "(?:nua|from now|later|sau)"
_DELAYS = (
    rf"\+ *(?P<minutes>[0-9]{{1,6}})(?![0-9a-z:/.,])(?! *{_UNIT}{END})",
    rf"(?:\+|(?:in|sau|after|trong(?: vong)?){END}) *{_LENGTH}(?: *(?:nua|from now|later))?{END}",
    rf"(?={_NUMBER} *(?:phut|ph|min(?:ute)?s?|tieng|hours?)(?![a-z])){_LENGTH}(?: *{_LATER})?{END}",
    rf"{_LENGTH} *{_LATER}{END}",
)

_AFTER_HOUR = rf"(?![0-9]|[-:/.][0-9]|(?:st|nd|rd|th){END}| *(?:thang|thg|{_MONTH}|{_HOURS}|ngay(?= +(?:nua|sau)(?![a-z]))|days?|tuan|weeks?|lan|times){END})"
_HOUR = r"(?P<hour>[0-9]{1,2})"
_COLON = rf"{_HOUR}:(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}})(?:[.,](?P<fraction>[0-9]{{1,6}})[0-9]*)?)?(?: *h(?![a-z0-9]))?"
_AT_PART = rf"(?:{END}|(?={_PART}{END}))"
_OFFSET = r"(?P<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?)"
_TO_HOUR = r"(?P<hour>0?[1-9]|1[0-9]|2[0-4])(?: *(?:h|g|gio)(?![a-z]))? *kem *(?P<less>0?[1-9]|[1-5][0-9])"
CLOCK_FORMS = (
    rf"{_TO_HOUR}(?![0-9]|[-:/.][0-9])(?: *(?:phut|ph|'))?{_AT_PART}",
    rf"{_COLON}(?: *(?P<offset>z|\+[0-9]{{2}}:?[0-9]{{2}}))?{_AT_PART}",
    rf"{_HOUR} *(?:h|g|gio|hrs?|o'?clock)(?![a-z])(?: *(?P<half>ruoi)| *(?P<minute>[0-9]{{1,2}}){_AFTER_HOUR}(?: *(?:phut|ph|p|m{END}|'))?)?{_AT_PART}",
    rf"{_HOUR} +(?P<half>ruoi){END}",
    rf"{_HOUR}(?:\.(?P<minute>[0-9]{{2}}))?(?= *{_PART}{END})",
    rf"(?:at|luc|vao luc|@) *{_HOUR}(?![0-9a-z]|[-:/.][0-9]| *(?:thang|thg|{_MONTH}|{_HOURS}|ruoi|o'?clock){END})",
)
_STAMP = rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-{_DAY}(?:t| +){_COLON} *{_OFFSET}{END}"


def lexeme(form: str, add: Callable[[re.Match[str], Facts], None]) -> Lexeme:
    return re.compile(form), add


def phrase(words: Iterable[str], add: Callable[[re.Match[str], Facts], None]) -> Lexeme:
    return lexeme(any_of(words) + END, add)


def calendar_day(found: re.Match[str]) -> CalendarDay:
    parts = found.groupdict()
    month, year = parts.get("month"), parts.get("year")
    if word := parts.get("word"):
        return CalendarDay(int(parts["day"]), MONTHS[word], int(year) if year else None)
    return CalendarDay(int(parts["day"]), int(month) if month else None, int(year) if year else None)


def skip(_found: re.Match[str], _facts: Facts) -> None:
    """Add nothing: the word says nothing about time."""


def _add_day(found: re.Match[str], facts: Facts) -> None:
    facts.days.append(calendar_day(found))


def _add_clock(found: re.Match[str], facts: Facts) -> None:
    parts = found.groupdict()
    minute = 30 if parts.get("half") else int(parts.get("minute") or 0)
    fraction = int((parts.get("fraction") or "0").ljust(6, "0"))
    hour, less = int(parts["hour"]), int(parts.get("less") or 0)
    if less:
        hour, minute = hour - 1, 60 - less
    facts.clocks.append(Clock(hour, minute, int(parts.get("second") or 0), fraction))
    if offset := parts.get("offset"):
        _add_offset(offset, facts)


def _add_digits(found: re.Match[str], facts: Facts) -> None:
    """``0900``: behind a day without its year, ``2030`` may be that."""
    if int(found[0]) in YEARS and any(day.year is None for day in facts.days):
        hour, minute = found["hour"], found["minute"]
        facts.refused.append(
            f'"{facts.text}" may give a year or a time: write "{hour}:{minute}" for the time.'
        )
    _add_clock(found, facts)


def _add_offset(written: str, facts: Facts) -> None:
    digits = written[1:].replace(":", "").ljust(4, "0")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) if written != "z" else timedelta()
    if length >= timedelta(days=1):
        facts.add_zone(f"UTC{written}")
    else:
        facts.offsets.append(timezone(-length if written.startswith("-") else length) if length else UTC)


def _add_stamp(found: re.Match[str], facts: Facts) -> None:
    _add_day(found, facts)
    _add_clock(found, facts)


def _add_delay(found: re.Match[str], facts: Facts) -> None:
    parts = found.groupdict()
    if minutes := parts.get("minutes"):
        facts.delays.append(Delay(0, timedelta(minutes=int(minutes))))
        return
    days, rest = 0, timedelta()
    for item in _ITEM.finditer(parts["length"]):
        length = timedelta(
            seconds=(_number(item["number"]) + (0.5 if item["half"] else 0)) * SECONDS[item["unit"]]
        )
        if SECONDS[item["unit"]] >= _DAY_SECONDS:
            days, length = days + length.days, length - timedelta(length.days)
        rest += length + timedelta(minutes=int(item["tail"] or 0))
    facts.delays.append(Delay(days, rest))


def _number(written: str) -> float:
    return NUMBERS[_word(written)] if written[0].isalpha() else float(written.replace(",", "."))


def _add_at_once(_found: re.Match[str], facts: Facts) -> None:
    """Without its accent "ngày" (day) looks like "ngay" (at once)."""
    if facts.text.isascii():
        facts.nows.append(True)


def _add_weekday(found: re.Match[str], facts: Facts) -> None:
    facts.weekdays.extend(parse_weekdays(found["name"]))
    if week := found["week"]:
        facts.weeks.append(0 if week == "this" else 1)


def _add_tonight(_found: re.Match[str], facts: Facts) -> None:
    facts.days_ahead.append(0)
    facts.parts.append(EVENING)


def _add_part(found: re.Match[str], facts: Facts) -> None:
    facts.parts.append(PARTS_OF_DAY[_word(found["part"]).replace(".", "")])


def _add_pair(found: re.Match[str], facts: Facts) -> None:
    facts.pairs.append((int(found["first"]), int(found["second"])))


def _word(written: str) -> str:
    return " ".join(written.split())


ZONE_FORM = rf"[a-z_]+/[a-z][a-z0-9_/+-]*|(?:utc|gmt)(?: *[+-] *[0-9]{{1,2}}(?::?[0-9]{{2}})?)?{END}"
CLOCKS: tuple[Lexeme, ...] = (
    *(lexeme(form, _add_clock) for form in CLOCK_FORMS),
    lexeme(rf"(?:in the +|at +|buoi +)?(?P<part>{_PART}){END}", _add_part),
    lexeme(rf"(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?![-:/.][0-9]){END}", _add_digits),
    lexeme(r"(?P<first>[0-9]{1,2})\.(?P<second>[0-9]{1,2})(?![0-9a-z]|[:/.][0-9])", _add_pair),
    lexeme(
        r"(?P<number>[0-9]{1,2})(?![0-9a-z]|[-:/.][0-9])",
        lambda found, facts: facts.numbers.append(int(found[0])),
    ),
)
"""Times of day."""

LEXEMES: tuple[Lexeme, ...] = (
    lexeme(_STAMP, _add_stamp),
    *(lexeme(form, _add_delay) for form in _DELAYS),
    phrase(NOW, lambda _, facts: facts.nows.append(True)),
    lexeme(r"\Angay\Z", _add_at_once),
    lexeme(rf"tonight{END}", _add_tonight),
    lexeme(rf"this +(?=(?:morning|afternoon|evening){END})", lambda _, facts: facts.days_ahead.append(0)),
    *(lexeme(form, _add_day) for form in DATE_FORMS),
    phrase(WEEKS_AHEAD, lambda found, facts: facts.weeks.append(WEEKS_AHEAD[_word(found[0])])),
    lexeme(rf"(?:(?P<week>this|next) +)?(?P<name>{WEEKDAY_NAME})(?: +(?:nay|coming){END})?", _add_weekday),
    phrase(DAYS_AHEAD, lambda found, facts: facts.days_ahead.append(DAYS_AHEAD[_word(found[0])])),
    *CLOCKS,
    lexeme(ZONE_FORM, lambda found, facts: facts.add_zone(found[0])),
    phrase(FILLERS, skip),
    lexeme("@", skip),
)
"""All that a moment may be written with; earlier ones go first."""

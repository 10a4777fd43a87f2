"""A recurrence rule in words, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.domain.recurrence import Pattern, Recurrence
from core.domain.zones import format_day, zone, zone_label

Language = Literal["en", "vi"]

_WORKING_DAYS = frozenset(range(5))
_SHORTEST_MONTH = 28
_LISTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """Templates of one language; each is filled with what it names."""

    patterns: Mapping[Pattern, str]
    weekdays: tuple[str, ...]
    both: str
    every_day: str
    working_days: str
    short_month: str
    until: str
    count: str
    skipped: str
    moved: str
    many_days: str


_WORDINGS: Mapping[Language, _Wording] = {
    "en": _Wording(
        patterns={
            Pattern.ONCE: "once, on {start} at {at}",
            Pattern.WEEKLY: "every {weekdays} at {at}",
            Pattern.MONTHLY: "every month on day {day}{short_month} at {at}",
            Pattern.DATE_RANGE: "every day from {start} at {at}",
        },
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        both=" and ",
        every_day="day",
        working_days="day from Monday to Friday",
        short_month=" (in shorter months on the last day)",
        until=", until {until}",
        count=", {count} in all",
        skipped=", except {days}",
        moved=", at another time on {days}",
        many_days="{n} days",
    ),
    "vi": _Wording(
        patterns={
            Pattern.ONCE: "một lần, ngày {start} lúc {at}",
            Pattern.WEEKLY: "{weekdays} hằng tuần lúc {at}",
            Pattern.MONTHLY: "ngày {day} hằng tháng{short_month} lúc {at}",
            Pattern.DATE_RANGE: "mỗi ngày từ {start} lúc {at}",
        },
        weekdays=("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
        both=" và ",
        every_day="tất cả các ngày",
        working_days="từ thứ Hai đến thứ Sáu",
        short_month=" (tháng ngắn hơn: ngày cuối tháng)",
        until=", đến hết {until}",
        count=", {count} lần",
        skipped=", trừ {days}",
        moved=", đổi giờ {days}",
        many_days="{n} ngày",
    ),
}


def describe_rule(rule: Recurrence, language: Language = "en", *, place: str | None = None) -> str:
    """Say in words when ``rule`` happens: ``every Monday and Thursday at 09:00 (Asia/Ho_Chi_Minh)``.

    ``place`` is another name of its zone; an empty one leaves it out.
    The rule has no :func:`core.domain.recurrence.problems`.
    """
    wording = _WORDINGS[language]
    day = rule.day_of_month or 1
    where = zone_label(zone(rule.zone)) if place is None else place
    text = wording.patterns[rule.pattern].format(
        start=_date(rule.start, language),
        at=f"{rule.at:%H:%M}{f' ({where})' if where else ''}",
        weekdays=_weekdays(rule.weekdays, wording),
        day=day,
        short_month=wording.short_month if day > _SHORTEST_MONTH else "",
    )
    if rule.until is not None:
        text += wording.until.format(until=_date(rule.until, language))
    if rule.count is not None:
        text += wording.count.format(count=rule.count)
    if rule.skipped:
        text += wording.skipped.format(days=_dates(rule.skipped, language))
    if rule.moved:
        text += wording.moved.format(days=_dates(rule.moved, language))
    return text


def _date(day: date, language: Language) -> str:
    return format_day(day) if language == "en" else f"{day.day}/{day.month}/{day.year}"


def _dates(days: Collection[date], language: Language) -> str:
    if len(days) > _LISTED:
        return _WORDINGS[language].many_days.format(n=len(days))
    return ", ".join(_date(day, language) for day in sorted(days))


def _weekdays(days: frozenset[int], wording: _Wording) -> str:
    if len(days) == len(wording.weekdays):
        return wording.every_day
    if days == _WORKING_DAYS:
        return wording.working_days
    *first, last = (wording.weekdays[day] for day in sorted(days)) if days else ("",)
    return wording.both.join(filter(None, (", ".join(first), last)))

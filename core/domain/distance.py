"""Moments as people read them, in English and Vietnamese: how far away they are, and short labels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.recurrence_wording import Language
from core.domain.zones import format_day, zone_label

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_MINUTES_UNTIL, _HOURS_UNTIL = 180, 48
"""So many minutes, and hours, are told; from there on the next larger unit alone."""

_UNITS: Mapping[Language, tuple[str, str, str, str]] = {
    "en": ("s", "min", "h", "days"),
    "vi": ("giây", "phút", "giờ", "ngày"),
}
_AHEAD: Mapping[Language, str] = {"en": "in {length}", "vi": "{length} nữa"}
_AGO: Mapping[Language, str] = {"en": "{length} ago", "vi": "{length} trước"}
_NOW: Mapping[Language, str] = {"en": "now", "vi": "bây giờ"}

WEEKDAY_COLUMNS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
}
"""Heads of the columns of a calendar, Monday first."""
WEEKDAYS_SHORT: Mapping[Language, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "vi": WEEKDAY_COLUMNS["vi"],
}
WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
}
MONTHS: Mapping[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "vi": tuple(f"Tháng {month}" for month in range(1, 13)),
}
"""January is at 0."""


def distance(at: datetime, now: datetime, language: Language = "en") -> str:
    """Say how far ``at`` is from ``now``, rounded: ``in 42 h``, ``2 min ago``, ``3 ngày nữa``."""
    seconds = round((at - now).total_seconds())
    if seconds == 0:
        return _NOW[language]
    template = _AHEAD if seconds > 0 else _AGO
    return template[language].format(length=_length(abs(seconds), language))


def echo(at: datetime, zone: ZoneInfo, now: datetime, language: Language = "en") -> str:
    """Say a moment of the reader's own ``zone``: ``Wed 25 Nov 2026 10:00, in 43 h``."""
    return f"{moment_label(at, zone, language, place='')}, {distance(at, now, language)}"


def moment_label(at: datetime, zone: ZoneInfo, language: Language = "en", *, place: str | None = None) -> str:
    """Say a moment without its distance: ``Thứ Tư 25/11/2026 10:00 (Asia/Ho_Chi_Minh)``.

    ``place`` is another name of the zone; an empty one leaves it out.
    """
    local = at.astimezone(zone)
    if language == "en":
        day = f"{WEEKDAYS_SHORT['en'][local.weekday()]} {format_day(local)}"
    else:
        day = f"{WEEKDAYS['vi'][local.weekday()]} {local.day}/{local.month}/{local.year}"
    where = zone_label(zone) if place is None else place
    return f"{day} {local:%H:%M}{f' ({where})' if where else ''}"


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def day_label(day: date, language: Language = "en") -> str:
    """Name a date shortly, without its year: ``Wed 25 Nov``, ``T4 25/11``."""
    weekday = WEEKDAYS_SHORT[language][day.weekday()]
    if language == "vi":
        return f"{weekday} {day.day}/{day.month}"
    return f"{weekday} {day.day} {MONTHS['en'][day.month - 1][:3]}"


def time_label(at: datetime, zone: ZoneInfo, language: Language = "en") -> str:
    """Name a moment shortly, without its year: ``Wed 25 Nov 10:00``, ``T4 25/11 10:00``."""
    local = at.astimezone(zone)
    return f"{day_label(local.date(), language)} {local:%H:%M}"


def _length(seconds: int, language: Language) -> str:
    second, minute, hour, day = _UNITS[language]
    minutes, hours, days = (_nearest(seconds, unit) for unit in (_MINUTE, _HOUR, _DAY))
    if seconds < _MINUTE:
        return f"{seconds} {second}"
    if minutes < _HOUR // _MINUTE:
        return f"{minutes} {minute}"
    if minutes < _MINUTES_UNTIL:
        whole, rest = divmod(minutes, _HOUR // _MINUTE)
        return f"{whole} {hour} {rest} {minute}" if rest else f"{whole} {hour}"
    if hours < _HOURS_UNTIL:
        return f"{hours} {hour}"
    return f"{days} {day}"


def _nearest(seconds: int, unit: int) -> int:
    return (seconds + unit // 2) // unit

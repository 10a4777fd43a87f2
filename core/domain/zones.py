"""Time zones: finding one by what a person writes, and turning local wall-clock time into a moment."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from core.domain.errors import AutopostError

_VIETNAM = "Asia/Ho_Chi_Minh"
_ALIASES = {
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    **dict.fromkeys(("hanoi", "ha_noi", "saigon", "sai_gon", "vietnam", "viet_nam", "vn"), _VIETNAM),
    **dict.fromkeys(("ho_chi_minh_city", "tp_hcm", "tphcm", "hcm", "hcmc", "ict"), _VIETNAM),
}
_OFFSET = re.compile(r"(?:utc|gmt)_?(?P<sign>[+-])_?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_FIXED = re.compile(r"Etc/GMT([+-])(\d+)")
_EAST, _WEST = 14, 12
_QUOTED = 40
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DESCRIBED = re.compile(
    rf"(?:{'|'.join(_DAYS)}) (?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})"
    r" (?P<hour>\d\d):(?P<minute>\d\d) \((?P<zone>[^()]+)\)"
)


class UnknownZoneError(AutopostError, ValueError):
    """No time zone has this name."""


@dataclass(frozen=True, slots=True)
class LocalResolution:
    """The moment that a local time means, aware and in UTC.

    ``gap``: the clocks were put forward over this time, so it was moved forward by as much.
    ``ambiguous``: the clocks were put back and the time came twice; this is the first.
    ``note`` says so in one sentence, and is empty when nothing is special.
    """

    at: datetime
    gap: bool = False
    ambiguous: bool = False
    note: str = ""


def zone(name: str) -> ZoneInfo:
    """Find the zone that ``name`` means.

    Understood are IANA names in any case (``Asia/Ho_Chi_Minh``), their cities (``Berlin``), the common
    names of Vietnam's zone (``Hà Nội``, ``Saigon``, ``Vietnam``), and whole hours (``UTC+7``, ``GMT-3``).

    Raises:
        UnknownZoneError: with a suggestion when a name is near.
    """
    key = _key(name)
    found = _ALIASES.get(key) or _offset_zone(key) or _names().get(key)
    if found is None:
        raise UnknownZoneError(_unknown(name[:_QUOTED], key[:_QUOTED]))
    return ZoneInfo(found)


def resolve_local(naive: datetime, zone: ZoneInfo) -> LocalResolution:
    """Turn the wall-clock time ``naive`` of ``zone`` into a moment, right across changes of the clocks.

    Raises:
        ValueError: ``naive`` has a time zone already, or lies at the very ends of the calendar.
    """
    if naive.tzinfo is not None:
        raise ValueError(f"resolve_local wants a time without a zone, not {naive.isoformat()}")
    local = naive.replace(tzinfo=zone, fold=0)
    try:
        at = local.astimezone(UTC)
        used = at.astimezone(zone)
    except OverflowError:
        raise ValueError(f"The year {naive.year} is out of reach: choose one from 2 to 9998.") from None
    where = f"on {format_day(naive)} ({zone_label(zone)})"
    if used.replace(tzinfo=None) != naive:
        note = f"{naive:%H:%M} does not exist {where}: {used:%H:%M} is used"
        return LocalResolution(at, gap=True, note=note)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        note = f"{naive:%H:%M} comes twice {where}: the first is used"
        return LocalResolution(at, ambiguous=True, note=note)
    return LocalResolution(at)


def describe(moment: datetime, zone: ZoneInfo) -> str:
    """Write an aware moment as local time, such as ``Mon 7 Dec 2026 09:00 (Asia/Ho_Chi_Minh)``."""
    local = moment.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {format_day(local)} {local:%H:%M} ({zone_label(zone)})"


def in_zone(sentence: str, where: ZoneInfo) -> str:
    """Tell the moments in a sentence, as :func:`describe` writes them, in another zone.

    One that came twice, when the clocks were put back, is taken for the first.
    """

    def told(found: re.Match[str]) -> str:
        try:
            local = datetime(  # noqa: DTZ001  # its zone stands behind it
                int(found["year"]),
                _MONTHS.index(found["month"]) + 1,
                int(found["day"]),
                int(found["hour"]),
                int(found["minute"]),
            )
            return describe(resolve_local(local, zone(found["zone"])).at, where)
        except (ValueError, OverflowError):  # nobody's moment, but words like one
            return found[0]

    return _DESCRIBED.sub(told, sentence)


def format_day(day: date) -> str:
    """Write a date such as ``7 Dec 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def zone_label(zone: ZoneInfo) -> str:
    """Name a zone for people: ``UTC+7`` where IANA writes ``Etc/GMT-7``, with the sign turned round."""
    fixed = _FIXED.fullmatch(zone.key)
    if fixed is None:
        return zone.key
    return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """IANA names by the keys that people type: the full name, and the city where it is free."""
    names = sorted(available_timezones())
    by_key = {_key(name): name for name in names}
    for name in names:
        if "/" in name and not name.startswith("Etc/"):
            by_key.setdefault(_key(name.rsplit("/", 1)[1]), name)
    return by_key


def _key(name: str) -> str:
    """Fold case, accents and spacing: ``Hà Nội`` and ``ha_noi`` are one."""
    decomposed = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[\s_]+", "_", plain.replace(".", " ").strip())


def _offset_zone(key: str) -> str | None:
    offset = _OFFSET.fullmatch(key)
    if offset is None or int(offset["minutes"] or 0):
        return None
    east, hours = offset["sign"] == "+", int(offset["hours"])
    if hours > (_EAST if east else _WEST):
        return None
    return f"Etc/GMT{'-' if east else '+'}{hours}" if hours else "UTC"


def _unknown(name: str, key: str) -> str:
    if not key:
        return "The time zone is empty: write for example Asia/Ho_Chi_Minh or UTC+7."
    if _OFFSET.fullmatch(key):
        return f'"{name}" is no time zone: use whole hours from UTC-{_WEST} to UTC+{_EAST}, or a city such as Asia/Kolkata.'
    near = difflib.get_close_matches(key, [*_names(), *_ALIASES], n=1, cutoff=0.7)
    if not near:
        return f'"{name}" is no time zone: write for example Asia/Ho_Chi_Minh or UTC+7.'
    return f'"{name}" is no time zone: did you mean {_names().get(near[0]) or _ALIASES[near[0]]}?'

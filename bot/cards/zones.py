"""A time zone as people call it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.wording import Words
from core.domain.zones import zone_label

_VIETNAM: Final = ("Asia/Ho_Chi_Minh", "Asia/Saigon")
_MINUTE: Final = timedelta(minutes=1)


def place(zone: ZoneInfo, words: Words) -> str:
    """Its city, or the country for Vietnam, without saying how late it is there."""
    if zone.key in _VIETNAM:
        return words.label("zone.vietnam")
    return zone_label(zone).rpartition("/")[2].replace("_", " ")


def zone_name(zone: ZoneInfo, words: Words) -> str:
    """The place and by how much it differs from UTC at this moment: ``Berlin (UTC+1)``."""
    name = place(zone, words)
    return name if name.startswith("UTC") else f"{name} (UTC{_offset(zone, words)})"


def _offset(zone: ZoneInfo, words: Words) -> str:
    offset = words.now.astimezone(zone).utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // _MINUTE, 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{hours}:{minutes:02}" if minutes else f"{sign}{hours}"

"""Days and moments as buttons say them; a client can send anything, so what cannot be meant is None."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

_YEARS: Final = range(2000, 2200)


def month_of(text: str, today: date) -> date:
    """The first day of ``YYYY-MM``; of this month when that cannot be meant."""
    return day_of(f"{text}-01") or today.replace(day=1)


def day_of(text: str) -> date | None:
    """The day ``YYYY-MM-DD``."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def moment_of(text: str) -> datetime | None:
    """The moment so many seconds after 1970 began, UTC."""
    try:
        at = datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.year in _YEARS else None

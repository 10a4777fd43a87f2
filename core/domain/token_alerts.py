"""When people are warned that an account's token will end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

ALERT_DAYS: Final = (14, 7, 3, 1)
"""Days before the end at which a warning is due."""
_RENEWED_BEFORE: Final = timedelta(days=9)
"""Renewing begins ten days before the end; a day is enough for a few tries."""


def alert_due(expires_at: datetime | None, now: datetime) -> int | None:
    """Of the warnings whose moment has come the latest, in days before the end; None when none has.

    One for a token that has ended is not due: its account is held, which is told by itself.
    """
    if expires_at is None or expires_at <= now:
        return None
    return min((days for days in ALERT_DAYS if now >= expires_at - timedelta(days)), default=None)


def lapses(expires_at: datetime | None, now: datetime) -> bool:
    """Whether the token should have been renewed by now, or has ended."""
    return expires_at is not None and expires_at - now < _RENEWED_BEFORE


def next_alert(expires_at: datetime | None, now: datetime) -> datetime | None:
    """The moment (UTC) of the next warning after ``now``."""
    if expires_at is None:
        return None
    return min((at for days in ALERT_DAYS if (at := expires_at - timedelta(days)) > now), default=None)

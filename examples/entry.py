"""One row of an example calendar."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, timedelta

from core.domain.recurrence import Pattern

MONDAY = date(2027, 3, 1)
"""The first day of the fortnight; ``autopost demo`` moves it into the next minutes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A post: ``day`` counts from :data:`MONDAY`, ``at`` is ``HH:MM``; ``media`` are file names."""

    id: str
    account: str
    day: int
    at: str
    text: str
    _: KW_ONLY
    media: tuple[str, ...] = ()
    merged: bool = False
    """The links stand in one cell."""
    alt: str = ""
    topic: str = ""
    comment: str = ""
    parts: tuple[str, ...] = ()
    pattern: Pattern | None = None
    days: str = ""
    until: int | None = None

    @property
    def scheduled_at(self) -> datetime:
        hour, minute = map(int, self.at.split(":"))
        return datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute) + timedelta(days=self.day)  # noqa: DTZ001 - cells have no zone

    @property
    def end_date(self) -> date | None:
        return None if self.until is None else MONDAY + timedelta(days=self.until)

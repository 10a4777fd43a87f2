"""A series: the template and the rule from which occurrences (posts of their own) are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.post import Content
from core.domain.recurrence import Recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Template and rule. ``made_until`` is the last local date whose occurrence exists as a post.

    ``due_at`` is when the next occurrences have to be made; None once the rule has ended.
    """

    id: str
    account_id: str
    content: Content
    rule: Recurrence
    made_until: date | None = None
    due_at: datetime | None = None
    paused: bool = False
    batch_id: str | None = None
    sheet_id: str | None = None
    created_at: datetime
    created_by: str
    version: int = 1

"""The ledger: one record per publish attempt, the proof of what was sent and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.failures import Failure


class Answer(StrEnum):
    """What came back from ``threads_publish``."""

    PENDING = "pending"
    """Stored before the call; still so after a crash."""
    PUBLISHED = "published"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One attempt to publish one container. Times are aware, UTC.

    ``reply`` is None for the post itself and the index of the reply otherwise.
    """

    id: str
    post_id: str
    account_id: str
    reply: int | None
    attempt: int
    creation_id: str
    scheduled_at: datetime
    sent_at: datetime
    answered_at: datetime | None = None
    answer: Answer = Answer.PENDING
    media_id: str | None = None
    failure: Failure | None = None

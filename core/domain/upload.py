"""A workbook that somebody has sent to a face of the product, until it is imported or forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.daily_spread import DailyHours
from core.domain.sheet_result import RowResult


class UploadState(StrEnum):
    OPEN = "open"
    """Nothing was changed yet."""
    CANCELLED = "cancelled"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadChoice:
    """Rows without a time get times from ``start`` to ``end``, within ``hours``, at least ``gap`` apart."""

    start: datetime
    end: datetime
    gap: timedelta
    hours: DailyHours


@dataclass(frozen=True, slots=True)
class Placed:
    """Row ``row`` of the sheet has become the post ``post_id`` (or the series of this id)."""

    row: int
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file by the name that the chat service gives it; its bytes are fetched again when they are needed.

    ``id`` is that of the import which it becomes. ``digest`` is the SHA-256 of the bytes that were checked,
    empty until then. ``account`` (id or name) has the rows that name none, whatever becomes the default meanwhile;
    ``chosen``: a person named it, so that no such row belongs to another account from an earlier import. ``card`` is the message that shows it, ``beside`` are those that belong to that.
    ``placed`` and ``rejected`` say what became of its rows. ``revision`` grows with each choice of the
    person, so that a button on an older card is known.
    """

    id: str
    person_id: str
    file_id: str
    file_name: str
    digest: str = ""
    account: str | None = None
    chosen: bool = False
    spread: SpreadChoice | None = None
    state: UploadState = UploadState.OPEN
    revision: int = 1
    card: int | None = None
    beside: tuple[int, ...] = ()
    placed: tuple[Placed, ...] = ()
    rejected: tuple[RowResult, ...] = ()
    created_at: datetime
    expires_at: datetime
    version: int = 1

    @property
    def seed(self) -> int:
        """The same upload is always spread over the same times."""
        return int.from_bytes(self.id.encode(), "big")

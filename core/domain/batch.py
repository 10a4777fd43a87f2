"""A batch: everything that one import made, so that it can be shown and undone together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import. ``digest`` is the SHA-256 of the file; ``undone_at`` is set when it was taken back.

    ``account_ids`` are the accounts of the rows that were imported.
    """

    id: str
    file_name: str
    digest: str
    created_at: datetime
    created_by: str
    added: int
    updated: int
    unchanged: int
    rejected: int
    undone_at: datetime | None = None
    account_ids: tuple[str, ...] = ()

"""What became of the rows of a workbook, as it is written back into it."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.post import PostStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """The outcome of row ``row`` of the sheet.

    ``sheet_id`` goes into the ID column where that is empty, so that importing the workbook again
    updates the same posts. ``status`` is None for a row that was not imported; ``error`` says why, or
    why the post failed. ``local_time`` is the post's time as :func:`core.domain.zones.describe` writes
    it. ``bad_cells`` are (name, what is wrong), such as ``("C7", "...")``; they are coloured.
    """

    row: int
    sheet_id: str = ""
    status: PostStatus | None = None
    error: str = ""
    local_time: str = ""
    permalink: str = ""
    bad_cells: tuple[tuple[str, str], ...] = ()

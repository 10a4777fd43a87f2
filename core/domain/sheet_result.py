"""What became of the rows of a workbook, as it is written back into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.post import Post, PostStatus
from core.domain.sheet import Duplicate, Problem
from core.domain.zones import describe, zone


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


def posted_row(row: int, post: Post) -> RowResult:
    """The row of a post that was imported, as it stands now."""
    return RowResult(
        row=row,
        sheet_id=post.sheet_id or post.id,
        status=post.status,
        error=post.error.cause if post.error else "",
        local_time=describe(post.scheduled_at, zone(post.zone)) if post.scheduled_at else "",
        permalink=post.permalink or "",
    )


def rejected_rows(
    errors: Sequence[Problem], duplicates: Sequence[Duplicate], doubles: Mapping[int, str]
) -> list[RowResult]:
    """The rows that were not imported, with the reason; ``doubles`` are posts in the store by row."""
    by_row: dict[int, list[Problem]] = {}
    for problem in errors:
        by_row.setdefault(problem.row, []).append(problem)
    found = [
        RowResult(
            row=row,
            error=" ".join(f"{problem.cause} {problem.remedy}" for problem in problems),
            bad_cells=tuple((problem.cell, problem.cause) for problem in problems if problem.cell),
        )
        for row, problems in by_row.items()
    ]
    again = [(double.row, f"The same as row {double.of}") for double in duplicates]
    again += [(row, f"Post {post_id} has the same content") for row, post_id in doubles.items()]
    return [*found, *(RowResult(row=row, error=f"{why}: not imported twice.") for row, why in again)]

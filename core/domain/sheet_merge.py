"""What a row of a workbook leaves as it is: whatever a sheet has no column for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.domain.post import Content
from core.domain.recurrence import Recurrence


def merged_content(row: Content, there: Content) -> Content:
    """The row's content, with who may reply and the link's card as they are."""
    return replace(row, reply_control=there.reply_control, link_attachment=there.link_attachment)


def merged_rule(row: Recurrence, there: Recurrence) -> Recurrence:
    """The row's rule, with the dates that were skipped or moved, and the number of times, as they are."""
    return replace(row, skipped=there.skipped, moved=there.moved, count=there.count)


def same_time(row: datetime | None, there: datetime | None) -> bool:
    """Whether both are the same moment, as far as a cell can tell: to the second."""
    if row is None or there is None:
        return row is there
    return row.replace(microsecond=0) == there.replace(microsecond=0)

"""When a series really goes out next, whatever people have done to its posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from core.bootstrap import Core
from core.domain.post import PostStatus
from core.domain.recurrence import Occurrence, occurrences
from core.domain.series import Series
from core.ports import PostFilter

_AHEAD: Final = 100
"""Dates of a rule that are looked at: more than are posts already."""


async def next_dates(core: Core, series: Series, now: datetime, limit: int = 5) -> Sequence[Occurrence]:
    """The first ``limit`` later than ``now`` (UTC): its posts at their own times, then dates that are no posts yet.

    Without what was skipped, held or deleted.
    """
    ruled = list(islice(occurrences(series.rule, after=now), _AHEAD))
    notes = {occurrence.at: occurrence.notes for occurrence in ruled}
    waiting = PostFilter(series_id=series.id, statuses=[PostStatus.SCHEDULED], since=now)
    made = {
        post.occurrence: Occurrence(post.occurrence, post.scheduled_at, notes.get(post.scheduled_at, ()))
        for post in await core.posts.find(waiting, limit=_AHEAD)
        if post.occurrence is not None and post.scheduled_at is not None
    }
    until = series.made_until
    later = [one for one in ruled if (until is None or one.date > until) and one.date not in made]
    return sorted([*made.values(), *later], key=lambda occurrence: occurrence.at)[:limit]

"""What is wrong with a plan before it comes about: too many posts in a day, or two too close together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from core.domain.policy import DAILY_POSTS

_DAY = timedelta(hours=24)


def first_over(
    times: Iterable[datetime], limit: int = DAILY_POSTS, window: timedelta = _DAY
) -> datetime | None:
    """Return the first of one account's moments, sent and planned, that finds ``limit`` others before it.

    The window rolls: one that is exactly ``window`` old does not count. None when there is none.
    """
    ordered = sorted(times)
    return next(
        (last for first, last in zip(ordered, ordered[limit:], strict=False) if last - first < window), None
    )


def taken_by(rising: Sequence[datetime], at: datetime, window: timedelta = _DAY) -> int:
    """Count those of the ``rising`` moments of an account that lie in the window that ends at ``at``, included."""
    return bisect_right(rising, at) - bisect_right(rising, at - window)


def crowded(times: Iterable[datetime], gap: timedelta) -> list[tuple[datetime, datetime]]:
    """List the neighbouring moments that are closer than ``gap``, the earlier pairs first."""
    return [(first, second) for first, second in pairwise(sorted(times)) if second - first < gap]

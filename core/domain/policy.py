"""The figures by which posts are published, in one value, and what they say about pace and polling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.post import PostType

DAILY_POSTS = 250
"""Posts per profile and rolling 24 h, counted at publish (Meta, Threads API: rate limits)."""
_DAY = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)
_POLL_SECONDS = (1, 2, 4)
_POLL_THEN = timedelta(seconds=5)
_POLL_SLOWLY = timedelta(seconds=60)
_SLOW_AFTER = 60
_PUBLISH_TAKES = timedelta(seconds=255)
"""10 s to connect and 240 s for the answer, with some to spare."""
_ASK_SECONDS = (2, 5, 10, 30, 60, 300, 900)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Lengths are timedeltas; see the settings of the same names."""

    leads: Mapping[PostType, timedelta]
    early: timedelta
    batch_window: timedelta
    reconcile: timedelta
    missed_grace: timedelta
    backlog_gap: timedelta
    duplicate_window: timedelta
    rate_per_minute: int
    concurrency: int
    job_timeout: timedelta

    @property
    def send_within(self) -> timedelta:
        """How long after its claim a publish call may still be sent: its answer fits into the lease."""
        return max(self.job_timeout - _PUBLISH_TAKES, timedelta(seconds=5))


def paced_until(now: datetime, *, in_minute: datetime | None, in_day: datetime | None) -> datetime:
    """When an account may publish next.

    ``in_minute`` and ``in_day`` are when the oldest post that fills the minute's and the day's allowance
    was sent; None when there is room.
    """
    moments = [now]
    if in_minute is not None:
        moments.append(in_minute + _MINUTE)
    if in_day is not None:
        moments.append(in_day + _DAY)
    return max(moments)


def poll_delay(polls: int) -> timedelta:
    """How long to wait before Threads is asked again about a container that is in progress.

    Meta's own sample asks every 5 s; after five minutes once a minute is enough, the container lives 24 h.
    """
    if polls < len(_POLL_SECONDS):
        return timedelta(seconds=_POLL_SECONDS[polls])
    return _POLL_THEN if polls < _SLOW_AFTER else _POLL_SLOWLY


def ask_delay(asked: int) -> timedelta:
    """How long to wait before Threads is asked again about a lost answer."""
    return timedelta(seconds=_ASK_SECONDS[min(asked, len(_ASK_SECONDS) - 1)])

"""Time, the alarm and the queues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.account import Account
from core.domain.post import Post


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, corrected to the clock of Redis, which all workers share."""
        ...

    async def hold_until(self, moment: datetime) -> None:
        """Return at ``moment`` (within a millisecond or two), never before it."""
        ...


class Processes(Protocol):
    """Who this process is, and which others have died."""

    @property
    def name(self) -> str: ...

    def is_dead(self, name: str) -> bool:
        """Whether the process of that name surely runs no more; False when that cannot be known."""
        ...


class Alarm(Protocol):
    """The one timer: a hint in Redis at which moment to look at MongoDB."""

    async def arm(self, at: datetime) -> None:
        """Look at ``at`` at the latest. Replaces only a later time, and wakes the workers then."""
        ...

    async def rearm(self, at: datetime) -> None:
        """What a check found to be next; never later than what was armed since the check was fired."""
        ...


@dataclass(frozen=True, slots=True)
class AlarmState:
    """When the next look at MongoDB is armed, and when the last one was; None if Redis does not know."""

    next_at: datetime | None
    last_check: datetime | None


@dataclass(frozen=True, slots=True)
class WorkerBeat:
    """A worker that was alive at ``seen_at``."""

    name: str
    seen_at: datetime


class Engine(Protocol):
    """What Redis knows of the running system."""

    async def alarm_state(self) -> AlarmState: ...

    async def workers(self) -> list[WorkerBeat]:
        """Workers whose heartbeat has not expired, the newest first."""
        ...


class Dispatch(Protocol):
    async def publish(self, post: Post) -> None:
        """Send a claimed post to the publishing queue, to be done at its claim's eta."""
        ...

    async def prepare(self, post: Post) -> None:
        """Send a claimed post to the preparing queue, to be done at its claim's eta."""
        ...

    async def refresh(self, account: Account) -> None:
        """Send an account whose token has to be refreshed to the preparing queue."""
        ...

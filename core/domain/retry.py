"""When a failed call is made again; the only place that decides it.

======================  ==========================================================
failure                 next try
======================  ==========================================================
TRANSIENT, RETRYABLE    after 2, 4 and 8 seconds, then never
limits (Remedy.WAIT)    after 1, 2, 4, 8, 15, 15 ... minutes, for a day
NEEDS_REAUTH, FATAL     never
======================  ==========================================================

What Threads or the error table asks for (``retry_after``) replaces the minutes of a limit, and
lengthens the seconds of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.domain.failures import Failure, FailureClass, Remedy

WAITS = (timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8))
LIMIT_FIRST = timedelta(minutes=1)
LIMIT_LONGEST = timedelta(minutes=15)
LIMIT_TRIES = 100
"""About a day of waiting, in which every window of Threads opens again."""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Make the call again at this moment, not before."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Do not make the call again; the reason is a sentence for a person."""

    reason: str


def decide(failure: Failure, attempts: int, now: datetime) -> RetryAt | GiveUp:
    """What follows a failure, after ``attempts`` tries including the one that failed now.

    Raises:
        ValueError: the failure is ambiguous, which is settled by asking Threads and by nothing else;
            or ``attempts`` is less than 1.
    """
    if failure.ambiguous:
        raise ValueError("A publish without a clear answer is settled by asking Threads, not sent again.")
    if attempts < 1:
        raise ValueError(f"What failed was tried once at least, not {attempts} times.")
    if failure.kind in (FailureClass.FATAL, FailureClass.NEEDS_REAUTH):
        return GiveUp(failure.cause)
    wait = _limit_wait(failure, attempts) if failure.action is Remedy.WAIT else _short_wait(failure, attempts)
    if wait is None:
        return GiveUp(f"{failure.cause} It was tried {attempts} times.")
    return RetryAt(now + wait)


def without_tries(failure: Failure, attempts: int) -> Failure:
    """The failure as it is told once no try is left: nobody is told any more that it will be tried again."""
    if failure.kind in (FailureClass.FATAL, FailureClass.NEEDS_REAUTH):
        return failure
    return replace(failure, remedy=f"It was tried {attempts} times: retry it when Threads works again.")


def _short_wait(failure: Failure, attempts: int) -> timedelta | None:
    if attempts > len(WAITS):
        return None
    return max(WAITS[attempts - 1], failure.retry_after or timedelta(0))


def _limit_wait(failure: Failure, attempts: int) -> timedelta | None:
    if attempts > LIMIT_TRIES:
        return None
    doubled = LIMIT_FIRST * 2 ** min(attempts - 1, 4)
    return failure.retry_after or min(doubled, LIMIT_LONGEST)

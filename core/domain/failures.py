"""What can go wrong at Threads, as values: the only place that says what a code means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class FailureClass(StrEnum):
    """What may be done after a failure."""

    FATAL = "FATAL"
    """The same request fails again: something about the post has to change."""
    RETRYABLE = "RETRYABLE"
    """Works later: minutes to hours (limits, media that could not be fetched)."""
    TRANSIENT = "TRANSIENT"
    """Works in seconds (network, overload, a container that is not indexed yet)."""
    NEEDS_REAUTH = "NEEDS_REAUTH"
    """The account has to be linked again; its posts wait, they do not fail."""


class Remedy(StrEnum):
    """What the publishing pipeline itself should do about a failure."""

    RETRY_SAME = "retry_same"
    """Send the same request again, later."""
    NEW_CONTAINER = "new_container"
    """The container is of no use: make a new one."""
    HOLD_ACCOUNT = "hold_account"
    """Every post of the account waits for a person."""
    STOP = "stop"
    """Nothing helps until the post is changed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call, classified.

    ``ambiguous`` is true when the call may have taken effect although it failed (see
    threads_api fact sheet §7: timeouts after sending, 5xx, codes 1, 2, 341): a publish is then
    settled by asking, never sent again blindly. ``cause`` and ``remedy`` are sentences for a person.
    """

    kind: FailureClass
    cause: str
    remedy: str
    action: Remedy = Remedy.STOP
    ambiguous: bool = False
    code: int | None = None
    subcode: int | None = None
    retry_after: timedelta | None = None
    trace: str | None = None
    http_status: int | None = None


class ThreadsError(Exception):
    """A call to Threads failed; :attr:`failure` says how. Never holds a token or a URL."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.cause)
        self.failure = failure

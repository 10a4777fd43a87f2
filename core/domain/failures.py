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
    RETRY_THEN_RENEW = "retry_then_new_container"
    """Send the same request a few times; if it still fails, make a new container."""
    NEW_CONTAINER = "new_container"
    """The container is of no use: make a new one."""
    WAIT = "wait"
    """A limit is used up: every call for the account waits until it frees."""
    HOLD_ACCOUNT = "hold_account"
    """Every post of the account waits for a person."""
    STOP = "stop"
    """Nothing helps until the post is changed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call, classified.

    ``ambiguous`` is true when the call may have taken effect although it failed (see
    threads_api fact sheet §7: timeouts after sending, 5xx, codes 1, 2, 341): a publish is then
    settled by asking, never sent again blindly, and this comes before ``kind`` and ``action``.
    ``cause`` and ``remedy`` are sentences for a person; ``detail`` is what Threads itself said, in
    whatever language, for the record only. ``retry_after`` is the shortest wait before another try.
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
    detail: str | None = None


class ThreadsError(Exception):
    """A call to Threads failed; :attr:`failure` says how. Never holds a token or a URL."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.cause)
        self.failure = failure


_SAME_CONTAINER_TRIES = 2


def needs_new_container(failure: Failure, attempts: int) -> bool:
    """Whether the next attempt has to begin with a new container.

    ``attempts`` counts the tries that failed before this one. A container that Threads has not indexed
    everywhere yet (24/4279009, 100/4279004) is tried again twice, then replaced (threads_api fact sheet
    §4, the cures in use).
    """
    if failure.action is Remedy.RETRY_THEN_RENEW:
        return attempts >= _SAME_CONTAINER_TRIES
    return failure.action is Remedy.NEW_CONTAINER

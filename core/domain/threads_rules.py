"""What an error of Threads can mean: class, what to do, and two sentences for the person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from core.domain.failures import FailureClass, Remedy

_FATAL, _RETRYABLE = FailureClass.FATAL, FailureClass.RETRYABLE
_TRANSIENT, _NEEDS_REAUTH = FailureClass.TRANSIENT, FailureClass.NEEDS_REAUTH


class Call(StrEnum):
    """What was asked of Threads; some codes mean another thing after another call."""

    CREATE = "create"
    """A container of a post or of a carousel's item."""
    REPLY = "reply"
    """A container that answers a published post."""
    STATUS = "status"
    PUBLISH = "publish"
    """The one call that must not be repeated blindly."""
    READ = "read"
    DELETE = "delete"
    MANAGE = "manage"
    """Hiding and showing of replies."""
    PROFILE = "profile"
    REFRESH = "refresh"
    AUTHORIZE = "authorize"
    """The exchange of a code or of a short-lived token."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One meaning.

    ``may_have_posted`` marks the errors after which a publish may be live all the same; ``wait`` is
    the shortest time before another try, None for the usual one.
    """

    kind: FailureClass
    action: Remedy
    cause: str
    remedy: str
    may_have_posted: bool = False
    wait: timedelta | None = None


_NOTHING_TO_DO = "Nothing to do: it is tried again by itself."
NO_PERMISSION = Rule(
    _NEEDS_REAUTH,
    Remedy.HOLD_ACCOUNT,
    "Threads says that this app may not do this for the account.",
    "Link the account again and allow everything that is asked; if that does not help, look in Meta's app dashboard "
    "whether the app is blocked.",
)
LIMIT = Rule(
    _RETRYABLE,
    Remedy.WAIT,
    "Threads takes no more requests from this account for the moment.",
    "Nothing to do: it goes on as soon as Threads allows it; post less often if this happens every day.",
)
APP_LIMIT = replace(LIMIT, cause="Threads takes no more requests from this app for the moment.")
DAY_LIMIT = replace(LIMIT, cause="The account has used up the posts that Threads allows within 24 hours.")
DOWN = Rule(
    _TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads had a problem of its own.",
    _NOTHING_TO_DO,
    may_have_posted=True,
)
MISSING = Rule(
    _FATAL,
    Remedy.STOP,
    "Threads does not find what was asked for.",
    "Look whether the post still exists on Threads and belongs to this account.",
)
NOT_OURS = replace(MISSING, cause="What was asked for is gone from Threads, or belongs to another account.")
NOT_THERE_YET = Rule(
    _TRANSIENT,
    Remedy.RETRY_THEN_RENEW,
    "Threads does not find the prepared post yet.",
    _NOTHING_TO_DO,
)
PARENT_NOT_THERE_YET = Rule(
    _TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads does not find the post that is to be answered yet.",
    "Nothing to do, unless that post was deleted: then delete its replies here as well.",
)
DEAD_TOKEN = Rule(
    _NEEDS_REAUTH,
    Remedy.HOLD_ACCOUNT,
    "Threads no longer accepts the access that this account gave.",
    "Link the account again; its posts wait and then go out.",
)
MEDIA_FETCH = Rule(
    _RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not download the picture or video.",
    "Look whether its address opens in a private browser window without a login; some hosts refuse Meta's "
    "servers: put the file on another one.",
)
NEW_CONTAINER = Rule(
    _RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not process what was prepared.",
    "Nothing to do: it is prepared again by itself; if it keeps failing, use another file.",
)
LINK_CARD = Rule(
    _RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not read the linked page.",
    "Look whether the page opens without a login, or publish the post without the link preview.",
    wait=timedelta(minutes=1),
)
BAD_INPUT = Rule(
    _FATAL,
    Remedy.STOP,
    "Threads refuses something in the post.",
    "Look at its length, links and media, change the post and schedule it again.",
)
FEATURE_CLOSED = Rule(
    _FATAL,
    Remedy.STOP,
    "Threads does not offer this feature to the account.",
    "Leave the feature out and schedule the post again.",
)
REFRESH_REFUSED = Rule(
    _RETRYABLE,
    Remedy.RETRY_SAME,
    "Threads did not renew the access of the account; the present one goes on working until it ends.",
    "Nothing to do for now; if it is still refused when the access is about to end, link the account again.",
    wait=timedelta(days=1),
)


def dead(cause: str) -> Rule:
    """The token is dead, for this reason."""
    return replace(DEAD_TOKEN, cause=cause)


def fatal(cause: str, remedy: str, action: Remedy = Remedy.STOP) -> Rule:
    """The same request fails again."""
    return Rule(_FATAL, action, cause, remedy)


INVALID_MEDIA = fatal(
    "Threads does not accept the picture or video.", "Replace it by another file and schedule the post again."
)
NOT_SENT = Rule(
    _TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads could not be reached.",
    "It is tried again by itself; if it goes on, check the internet connection of this machine.",
)
NO_ANSWER = Rule(
    _TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads did not answer.",
    "It is looked up by itself what became of the call; if it goes on, check the internet connection of this machine.",
    may_have_posted=True,
)
UNREADABLE = Rule(
    _TRANSIENT,
    Remedy.RETRY_SAME,
    "The answer of Threads could not be understood.",
    "It is looked up by itself what became of the call; if it goes on, check THREADS_API_BASE_URL.",
    may_have_posted=True,
)
REFUSED_CODE = fatal(
    "Threads did not accept the permission that was pasted.",
    "Start the linking of the account again: the permission works once, within an hour.",
)
REFUSED = fatal(
    "Threads refused the request for a reason that is not known here.",
    "Read what Threads said in the details, change the post and try again.",
)

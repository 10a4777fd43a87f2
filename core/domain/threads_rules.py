"""What an error of Threads can mean: its class, what to do about it, and two sentences for the person.

Which code means what stands in :mod:`core.domain.threads_codes`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.failures import FailureClass, Remedy


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


def fatal(cause: str, remedy: str, action: Remedy = Remedy.STOP) -> Rule:
    """The same request fails again."""
    return Rule(FailureClass.FATAL, action, cause, remedy)


def dead_token(cause: str) -> Rule:
    """The access of the account has ended, for this cause."""
    return Rule(
        FailureClass.NEEDS_REAUTH,
        Remedy.HOLD_ACCOUNT,
        cause,
        "Link the account again; its posts wait and then go out.",
    )


def not_there_yet(cause: str) -> Rule:
    """Made seconds ago and not everywhere at Threads yet."""
    return Rule(
        FailureClass.TRANSIENT, Remedy.RETRY_THEN_RENEW, cause, "Nothing to do: it is tried again by itself."
    )


DEAD_TOKEN = dead_token("Threads no longer accepts the access that this account gave.")
NO_PERMISSION = Rule(
    FailureClass.NEEDS_REAUTH,
    Remedy.HOLD_ACCOUNT,
    "Threads says that this app may not do this for the account.",
    "Link the account again and allow everything that is asked; if that does not help, see in Meta's app dashboard "
    "whether the app is blocked.",
)
REFRESH_REFUSED = Rule(
    FailureClass.RETRYABLE,
    Remedy.RETRY_SAME,
    "Threads did not renew the access of the account; the present one goes on working until it ends.",
    "Nothing to do for now; if it is still refused when the access is about to end, link the account again.",
    wait=timedelta(days=1),
)
CODE_REFUSED = fatal(
    "Threads did not accept the permission that was given.",
    "Start the linking of the account again: a permission works once, within an hour.",
)
APP_REFUSED = fatal(
    "Threads does not accept the app's id and secret.",
    "Check THREADS_CLIENT_ID and THREADS_CLIENT_SECRET: they are the Threads pair of Meta's app dashboard, not the "
    "Facebook one.",
)

LIMIT = Rule(
    FailureClass.RETRYABLE,
    Remedy.WAIT,
    "Threads takes no more requests from this account for the moment.",
    "Nothing to do: it goes on as soon as Threads allows it; post less often if this happens every day.",
)
APP_LIMIT = replace(LIMIT, cause="Threads takes no more requests from this app for the moment.")
DAY_LIMIT = replace(LIMIT, cause="The account has used up the posts that Threads allows within 24 hours.")

DOWN = Rule(
    FailureClass.TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads had a problem of its own.",
    "Nothing to do: it is tried again by itself.",
    may_have_posted=True,
)
NOT_SENT = Rule(
    FailureClass.TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads could not be reached.",
    "It is tried again by itself; if it goes on, check the internet connection of this machine.",
)
NO_ANSWER = Rule(
    FailureClass.TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads did not answer.",
    "It goes on by itself; if it happens again, check the internet connection of this machine.",
    may_have_posted=True,
)
UNREADABLE = Rule(
    FailureClass.TRANSIENT,
    Remedy.RETRY_SAME,
    "The answer of Threads could not be understood.",
    "It goes on by itself; if it happens again, check THREADS_API_BASE_URL.",
    may_have_posted=True,
)

CONTAINER_LAG = not_there_yet("Threads does not find the prepared post yet.")
PARENT_LAG = Rule(
    FailureClass.TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads does not find the post that is to be answered yet.",
    "Nothing to do, unless that post was deleted on Threads: then its replies cannot be posted.",
)
MISSING = fatal(
    "Threads does not find what was asked for.",
    "Look whether the post still exists on Threads and belongs to this account.",
)

MEDIA_FETCH = Rule(
    FailureClass.RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not download the picture or video.",
    "Look whether its address opens in a private browser window; some hosts refuse Meta's servers: then put the "
    "file on another one.",
)
SPOILT = Rule(
    FailureClass.RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not process what was prepared.",
    "Nothing to do: it is prepared again by itself; if it keeps failing, use another file.",
)
LINK_CARD = Rule(
    FailureClass.RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not read the linked page.",
    "Look whether the page opens in a private browser window, or publish the post without the link preview.",
    wait=timedelta(minutes=1),
)
INVALID_MEDIA = fatal(
    "Threads does not accept the picture or video.", "Replace it by another file and schedule the post again."
)

BAD_INPUT = fatal(
    "Threads refuses something in the post.",
    "Look at its length, links and media, change the post and schedule it again.",
)
FEATURE_CLOSED = fatal(
    "Threads does not offer this feature to the account.",
    "Leave the feature out and schedule the post again.",
)
UNKNOWN = fatal(
    "Threads refused the request for a reason that is not known here.",
    "Read in the details what Threads said, change the post and try again.",
)

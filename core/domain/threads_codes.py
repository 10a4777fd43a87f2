"""What every error of Threads means, as data (threads_api fact sheet §7).

A key is (code, subcode); None stands for any. Codes 200 to 299 are one family, filed under 200.
The 2207xxx subcodes were recorded on Instagram, which shares them.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """One row: the class, what to do, and two sentences for the person.

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
_NO_PERMISSION = Rule(
    _NEEDS_REAUTH,
    Remedy.HOLD_ACCOUNT,
    "Threads says that this app may not do this for the account.",
    "Link the account again and allow everything that is asked; if that does not help, look in Meta's app dashboard "
    "whether the app is blocked.",
)
_LIMIT = Rule(
    _RETRYABLE,
    Remedy.WAIT,
    "Threads takes no more requests from this account for the moment.",
    "Nothing to do: it goes on as soon as Threads allows it; post less often if this happens every day.",
)
_APP_LIMIT = replace(_LIMIT, cause="Threads takes no more requests from this app for the moment.")
_DAY_LIMIT = replace(_LIMIT, cause="The account has used up the posts that Threads allows within 24 hours.")
_DOWN = Rule(
    _TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads had a problem of its own.",
    _NOTHING_TO_DO,
    may_have_posted=True,
)
_MISSING = Rule(
    _FATAL,
    Remedy.STOP,
    "Threads does not find what was asked for.",
    "Look whether the post still exists on Threads and belongs to this account.",
)
_NOT_OURS = replace(_MISSING, cause="What was asked for is gone from Threads, or belongs to another account.")
_NOT_THERE_YET = Rule(
    _TRANSIENT,
    Remedy.RETRY_THEN_RENEW,
    "Threads does not find the prepared post yet.",
    _NOTHING_TO_DO,
)
_PARENT_NOT_THERE_YET = Rule(
    _TRANSIENT,
    Remedy.RETRY_SAME,
    "Threads does not find the post that is to be answered yet.",
    "Nothing to do, unless that post was deleted: then delete its replies here as well.",
)
_DEAD_TOKEN = Rule(
    _NEEDS_REAUTH,
    Remedy.HOLD_ACCOUNT,
    "Threads no longer accepts the access that this account gave.",
    "Link the account again; its posts wait and then go out.",
)
_MEDIA_FETCH = Rule(
    _RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not download the picture or video.",
    "Look whether its address opens in a private browser window without a login; some hosts refuse Meta's "
    "servers: put the file on another one.",
)
_NEW_CONTAINER = Rule(
    _RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not process what was prepared.",
    "Nothing to do: it is prepared again by itself; if it keeps failing, use another file.",
)
_LINK_CARD = Rule(
    _RETRYABLE,
    Remedy.NEW_CONTAINER,
    "Threads could not read the linked page.",
    "Look whether the page opens without a login, or publish the post without the link preview.",
    wait=timedelta(minutes=1),
)
_BAD_INPUT = Rule(
    _FATAL,
    Remedy.STOP,
    "Threads refuses something in the post.",
    "Look at its length, links and media, change the post and schedule it again.",
)
_FEATURE_CLOSED = Rule(
    _FATAL,
    Remedy.STOP,
    "Threads does not offer this feature to the account.",
    "Leave the feature out and schedule the post again.",
)
_REFRESH_REFUSED = Rule(
    _RETRYABLE,
    Remedy.RETRY_SAME,
    "Threads did not renew the access of the account; the present one goes on working until it ends.",
    "Nothing to do for now; if it is still refused when the access is about to end, link the account again.",
    wait=timedelta(days=1),
)


def _dead(cause: str) -> Rule:
    return replace(_DEAD_TOKEN, cause=cause)


def _fatal(cause: str, remedy: str, action: Remedy = Remedy.STOP) -> Rule:
    return Rule(_FATAL, action, cause, remedy)


RULES: Mapping[tuple[int | None, int | None], Rule] = {
    (1, None): _DOWN,
    (2, None): _DOWN,
    (3, None): _fatal(
        "This app is not set up for what was asked.",
        "Add the Threads use case to the app in Meta's app dashboard.",
    ),
    (4, None): _APP_LIMIT,
    (10, None): _NO_PERMISSION,
    (17, None): _LIMIT,
    (24, None): _MISSING,
    (32, None): _LIMIT,
    (100, None): _BAD_INPUT,
    (100, 33): _NOT_OURS,
    (102, None): _dead("The account's session at Threads has ended."),
    (190, None): _DEAD_TOKEN,
    (190, 458): _dead("The account's owner has removed this app from Threads."),
    (190, 459): _dead("Threads wants the account's owner to confirm something in the Threads app first."),
    (190, 460): _dead("The account's password was changed, which ends the access that it gave."),
    (190, 463): _dead("The access that this account gave has expired."),
    (190, 464): _dead("The account is not confirmed at Threads."),
    (190, 467): _dead("The access that this account gave was withdrawn."),
    (190, 492): _dead("The account's owner has lost the role that the access rests on."),
    (200, None): _NO_PERMISSION,
    (341, None): replace(_APP_LIMIT, may_have_posted=True),
    (368, None): Rule(
        _RETRYABLE,
        Remedy.HOLD_ACCOUNT,
        "Threads has blocked the account for a while because of its rules.",
        "Wait at least 24 hours, see in the Threads app what was wrong, then resume the account.",
        wait=timedelta(days=1),
    ),
    (506, None): _fatal(
        "Threads refuses the same text twice in a row.",
        "Change the text, or delete the post if it is already there.",
    ),
    (613, None): _LIMIT,
    (803, None): _MISSING,
    (1609005, None): _LINK_CARD,
    (None, 2207001): _DOWN,
    (None, 2207003): replace(_MEDIA_FETCH, cause="Threads took too long to download the picture or video."),
    (None, 2207004): _fatal("The picture is too large for Threads.", "Use a JPEG or PNG of at most 8 MB."),
    (None, 2207020): replace(_NEW_CONTAINER, cause="What was prepared at Threads has expired."),
    (None, 2207027): replace(_NOT_THERE_YET, cause="Threads is still processing the media."),
    (None, 2207032): _NEW_CONTAINER,
    (None, 2207042): _DAY_LIMIT,
    (None, 2207051): Rule(
        _RETRYABLE,
        Remedy.HOLD_ACCOUNT,
        "Threads has restricted the account to protect its community.",
        "Open the Threads app, see what it says, then resume the account after some hours.",
        may_have_posted=True,
        wait=timedelta(hours=3),
    ),
    (None, 2207052): _MEDIA_FETCH,
    (None, 2207053): _NEW_CONTAINER,
    (None, 4279002): _LIMIT,
    (None, 4279004): Rule(
        _TRANSIENT,
        Remedy.RETRY_THEN_RENEW,
        "Threads does not find the pictures of the carousel yet.",
        _NOTHING_TO_DO,
    ),
    (None, 4279009): _MISSING,
    (None, 4279013): _fatal(
        "Threads does not let this account post.",
        "Open the Threads app, settle what it asks for, then resume the account.",
        Remedy.HOLD_ACCOUNT,
    ),
    (None, 4279047): _LINK_CARD,
    (None, 4279050): _fatal("The account has already reposted this.", "Nothing to do: it is there."),
    (None, 4279067): _fatal(
        "Meta has not approved this app for accounts other than its testers.",
        "Invite the account as a Threads tester in Meta's app dashboard, or pass App Review.",
        Remedy.HOLD_ACCOUNT,
    ),
}

OVERRIDES: Mapping[tuple[Call, int | None, int | None], Rule] = {
    # A container or post that was made seconds ago is not everywhere at Threads yet.
    (Call.PUBLISH, None, 4279009): _NOT_THERE_YET,
    (Call.STATUS, None, 4279009): _NOT_THERE_YET,
    (Call.REPLY, None, 4279009): _PARENT_NOT_THERE_YET,
    # One's own profile always exists: not to find it is how a dead token may look.
    (Call.PROFILE, None, 4279009): _DEAD_TOKEN,
    (Call.PROFILE, 100, 33): _DEAD_TOKEN,
    (Call.REFRESH, None, 4279009): _DEAD_TOKEN,
    (Call.REFRESH, 100, 33): _DEAD_TOKEN,
    (Call.REFRESH, 100, None): _REFRESH_REFUSED,
    # An account that may post but not this is no reason to hold its posts.
    **{
        (call, code, None): replace(_NO_PERMISSION, action=Remedy.STOP)
        for call in (Call.REPLY, Call.READ, Call.DELETE, Call.MANAGE)
        for code in (10, 200)
    },
}

SYMBOLS: Mapping[str, Rule] = {
    "THREADS_API__LINK_LIMIT_EXCEEDED": _fatal(
        "The post has more than 5 different links.", "Leave 5 links at most and schedule the post again."
    ),
    "THREADS_API__FEATURE_NOT_AVAILABLE": _FEATURE_CLOSED,
    "THREADS_API__GEO_GATING_INVALID_COUNTRY_CODES": replace(
        _FEATURE_CLOSED, cause="Threads does not know one of the countries the post is limited to."
    ),
}
"""Errors that Meta documents by name; their numbers are not documented."""


def _file(cause: str, remedy: str) -> Rule:
    return _fatal(cause, remedy)


_VIDEO_FORMAT = "Export the video as MP4 (H.264, AAC sound) and schedule the post again."

CONTAINERS: Mapping[str, Rule] = {
    "FAILED_DOWNLOADING_VIDEO": _MEDIA_FETCH,
    "FAILED_PROCESSING_AUDIO": replace(
        _NEW_CONTAINER, cause="Threads could not process the sound of the video."
    ),
    "FAILED_PROCESSING_VIDEO": replace(_NEW_CONTAINER, cause="Threads could not process the video."),
    "UNKNOWN": _NEW_CONTAINER,
    "EXPIRED": replace(_NEW_CONTAINER, cause="What was prepared at Threads has expired after 24 hours."),
    "IN_PROGRESS": Rule(
        _RETRYABLE,
        Remedy.RETRY_SAME,
        "Threads is still processing the media.",
        "Nothing to do: it is asked again by itself.",
        wait=timedelta(minutes=1),
    ),
    "INVALID_ASPEC_RATIO": _file(
        "Threads does not accept the proportions of the picture or video.",
        "Crop it so that it is at most ten times as wide as high; 9:16 is best for a video.",
    ),
    "INVALID_BIT_RATE": _file("The video has too much data per second for Threads.", _VIDEO_FORMAT),
    "INVALID_DURATION": _file("The video is too long for Threads.", "Cut it to 5 minutes at most."),
    "INVALID_FRAME_RATE": _file(
        "The video has too few or too many pictures per second for Threads.",
        "Export it with 23 to 60 pictures per second.",
    ),
    "INVALID_AUDIO_CHANNELS": _file("Threads does not accept the sound of the video.", _VIDEO_FORMAT),
    "INVALID_AUDIO_CHANNEL_LAYOUT": _file("Threads does not accept the sound of the video.", _VIDEO_FORMAT),
}
"""By the container's error_message, and by its status where there is none."""

INVALID_MEDIA = _file(
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
DOWN = _DOWN
LIMIT = _LIMIT
DEAD_TOKEN = _DEAD_TOKEN
REFUSED_CODE = _fatal(
    "Threads did not accept the permission that was pasted.",
    "Start the linking of the account again: the permission works once, within an hour.",
)
REFUSED = _fatal(
    "Threads refused the request for a reason that is not known here.",
    "Read what Threads said in the details, change the post and try again.",
)

"""Which error of Threads means what, as data (threads_api fact sheet §7).

A key is (code, subcode); None stands for any. Codes 200 to 299 are one family, filed under 200.
The 2207xxx subcodes were recorded on Instagram, which shares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from core.domain import threads_rules as rules
from core.domain.failures import FailureClass, Remedy
from core.domain.threads_rules import Rule, dead_token, fatal, not_there_yet


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


RULES: Mapping[tuple[int | None, int | None], Rule] = {
    (1, None): rules.DOWN,
    (2, None): rules.DOWN,
    (3, None): fatal(
        "This app is not set up for what was asked.",
        "Add the Threads use case to the app in Meta's app dashboard.",
    ),
    (4, None): rules.APP_LIMIT,
    (10, None): rules.NO_PERMISSION,
    (17, None): rules.LIMIT,
    (24, None): rules.MISSING,
    (32, None): rules.LIMIT,
    (100, None): rules.BAD_INPUT,
    (100, 33): replace(
        rules.MISSING, cause="What was asked for is gone from Threads, or belongs to another account."
    ),
    (102, None): dead_token("The account's session at Threads has ended."),
    (190, None): rules.DEAD_TOKEN,
    (190, 458): dead_token("The account's owner has removed this app from Threads."),
    (190, 459): dead_token(
        "Threads wants the account's owner to confirm something in the Threads app first."
    ),
    (190, 460): dead_token("The account's password was changed, which ends the access that it gave."),
    (190, 463): dead_token("The access that this account gave has expired."),
    (190, 464): dead_token("The account is not confirmed at Threads."),
    (190, 467): dead_token("The access that this account gave was withdrawn."),
    (190, 492): dead_token("The account's owner has lost the role that the access rests on."),
    (200, None): rules.NO_PERMISSION,
    (341, None): replace(rules.APP_LIMIT, may_have_posted=True),
    (368, None): Rule(
        FailureClass.RETRYABLE,
        Remedy.HOLD_ACCOUNT,
        "Threads has blocked the account for a while because of its rules.",
        "Wait at least 24 hours, see in the Threads app what was wrong, then resume the account.",
        wait=timedelta(days=1),
    ),
    (506, None): fatal(
        "Threads refuses the same text twice in a row.",
        "Change the text, or delete this post if it is already there.",
    ),
    (613, None): rules.LIMIT,
    (803, None): rules.MISSING,
    (1609005, None): rules.LINK_CARD,
    (None, 2207001): rules.DOWN,
    (None, 2207003): replace(
        rules.MEDIA_FETCH, cause="Threads took too long to download the picture or video."
    ),
    (None, 2207004): fatal("The picture is too large for Threads.", "Use a JPEG or PNG of at most 8 MB."),
    (None, 2207020): replace(rules.SPOILT, cause="What was prepared at Threads has expired."),
    (None, 2207027): not_there_yet("Threads is still processing the media."),
    (None, 2207032): rules.SPOILT,
    (None, 2207042): rules.DAY_LIMIT,
    (None, 2207051): Rule(
        FailureClass.RETRYABLE,
        Remedy.HOLD_ACCOUNT,
        "Threads has restricted the account to protect its community.",
        "Open the Threads app, see what it says, then resume the account after some hours.",
        may_have_posted=True,
        wait=timedelta(hours=3),
    ),
    (None, 2207052): rules.MEDIA_FETCH,
    (None, 2207053): rules.SPOILT,
    (None, 4279002): rules.LIMIT,
    (None, 4279004): not_there_yet("Threads does not find the items of the carousel yet."),
    (None, 4279009): rules.MISSING,
    (None, 4279013): fatal(
        "Threads does not let this account post.",
        "Open the Threads app, settle what it asks for, then resume the account.",
        Remedy.HOLD_ACCOUNT,
    ),
    (None, 4279047): rules.LINK_CARD,
    (None, 4279050): fatal("The account has already reposted this.", "Nothing to do: it is there."),
    (None, 4279067): fatal(
        "Meta has not approved this app for accounts other than its testers.",
        "Invite the account as a Threads tester in Meta's app dashboard, or pass App Review.",
        Remedy.HOLD_ACCOUNT,
    ),
}

OVERRIDES: Mapping[tuple[Call, int | None, int | None], Rule] = {
    **{
        (call, code, subcode): rule
        for code, subcode in ((24, None), (None, 4279009))
        for call, rule in {
            # Made seconds ago, and not everywhere at Threads yet.
            Call.PUBLISH: rules.CONTAINER_LAG,
            Call.STATUS: rules.CONTAINER_LAG,
            Call.REPLY: rules.PARENT_LAG,
            # One's own profile always exists: not to find it is how a dead token may look.
            Call.PROFILE: rules.DEAD_TOKEN,
            Call.REFRESH: rules.DEAD_TOKEN,
        }.items()
    },
    (Call.PROFILE, 100, 33): rules.DEAD_TOKEN,
    (Call.REFRESH, 100, 33): rules.DEAD_TOKEN,
    (Call.REFRESH, 100, None): rules.REFRESH_REFUSED,
    (Call.AUTHORIZE, 1, None): rules.APP_REFUSED,
    # An account that may post, but not this, is no reason to hold its posts.
    **{
        (call, code, None): replace(rules.NO_PERMISSION, action=Remedy.STOP)
        for call in (Call.REPLY, Call.READ, Call.DELETE, Call.MANAGE)
        for code in (10, 200)
    },
}
"""What differs from RULES after one call."""

GONE = frozenset({(100, 33), (24, 4279009)})
"""How Threads says that an object does not exist; a definite answer to anything but a publish."""

SYMBOLS: Mapping[str, Rule] = {
    "THREADS_API__LINK_LIMIT_EXCEEDED": fatal(
        "The post has more than 5 different links.", "Leave 5 links at most and schedule the post again."
    ),
    "THREADS_API__FEATURE_NOT_AVAILABLE": rules.FEATURE_CLOSED,
    "THREADS_API__GEO_GATING_INVALID_COUNTRY_CODES": replace(
        rules.FEATURE_CLOSED, cause="Threads does not know one of the countries that the post is limited to."
    ),
}
"""Errors that Meta documents by name; their numbers are not documented."""

_VIDEO_FORMAT = "Export the video as MP4 (H.264, AAC sound) and schedule the post again."

CONTAINERS: Mapping[str, Rule] = {
    "FAILED_DOWNLOADING_VIDEO": rules.MEDIA_FETCH,
    "FAILED_PROCESSING_AUDIO": replace(
        rules.SPOILT, cause="Threads could not process the sound of the video."
    ),
    "FAILED_PROCESSING_VIDEO": replace(rules.SPOILT, cause="Threads could not process the video."),
    "UNKNOWN": rules.SPOILT,
    "EXPIRED": replace(rules.SPOILT, cause="What was prepared at Threads has expired after 24 hours."),
    "IN_PROGRESS": Rule(
        FailureClass.RETRYABLE,
        Remedy.RETRY_SAME,
        "Threads is still processing the media.",
        "Nothing to do: it is asked again by itself.",
        wait=timedelta(minutes=1),
    ),
    "PUBLISHED": fatal(
        "What was prepared is on Threads already.", "Look on Threads; delete this post here if it is."
    ),
    "INVALID_ASPEC_RATIO": fatal(
        "Threads does not accept the proportions of the picture or video.",
        "Crop it so that it is at most ten times as wide as high; 9:16 is best for a video.",
    ),
    "INVALID_BIT_RATE": fatal("The video has too much data per second for Threads.", _VIDEO_FORMAT),
    "INVALID_DURATION": fatal("The video is too long for Threads.", "Cut it to 5 minutes at most."),
    "INVALID_FRAME_RATE": fatal(
        "The video has too few or too many pictures per second for Threads.",
        "Export it with 23 to 60 pictures per second.",
    ),
    "INVALID_AUDIO_CHANNELS": fatal("Threads does not accept the sound of the video.", _VIDEO_FORMAT),
    "INVALID_AUDIO_CHANNEL_LAYOUT": fatal("Threads does not accept the sound of the video.", _VIDEO_FORMAT),
}
"""By the container's error_message, or by its status where there is none."""

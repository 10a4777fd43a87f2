"""The life of a post: every legal move in one table, and what is to be done next.

==========  ==========================================  ===========
move        from                                        to
==========  ==========================================  ===========
schedule    DRAFT, SCHEDULED, FAILED                    SCHEDULED
cancel      SCHEDULED, FAILED                           DRAFT
start       SCHEDULED                                   PUBLISHING
succeed     PUBLISHING                                  PUBLISHED
retry       PUBLISHING                                  SCHEDULED
give up     SCHEDULED, PUBLISHING                       FAILED
==========  ==========================================  ===========

People make ``schedule`` and ``cancel``; the worker makes the others, and a person makes ``succeed``,
``retry`` and ``give up`` only for a post whose outcome is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.post import Container, Post, PostStatus, PostType, Reply, ReplyState

_D, _S, _P = PostStatus.DRAFT, PostStatus.SCHEDULED, PostStatus.PUBLISHING
_OK, _F = PostStatus.PUBLISHED, PostStatus.FAILED

TRANSITIONS: frozenset[tuple[PostStatus, PostStatus]] = frozenset(
    {
        (_D, _S), (_S, _S), (_F, _S),  # schedule
        (_S, _D), (_F, _D),            # cancel
        (_S, _P),                      # start
        (_P, _OK),                     # succeed
        (_P, _S),                      # retry
        (_S, _F), (_P, _F),            # give up
    }
)  # fmt: skip

CONTAINER_LIFE = timedelta(hours=23)
"""Threads expires an unpublished container after 24 h; an hour is kept as a margin."""
LONGEST_HOLD = timedelta(seconds=5)
"""A post that is taken up earlier than this ahead of its time is put back until then."""


GOING_OUT = (PostStatus.SCHEDULED, PostStatus.PUBLISHING, PostStatus.PUBLISHED)
"""A post in one of these goes out, or has done so."""


def when_of(post: Post) -> datetime:
    """When a post that goes out does so, or has done so."""
    when = post.published_at or post.scheduled_at
    if when is None:
        raise ValueError(f"post {post.id} has no time")
    return when


def may_move(was: PostStatus, now: PostStatus) -> bool:
    """Whether the table allows this change; staying in a status is always allowed."""
    return was is now or (was, now) in TRANSITIONS


class Work(StrEnum):
    """What a due post needs."""

    NOTHING = "nothing"
    WAIT = "wait"
    """It is prepared and its time is still to come."""
    PREPARE = "prepare"
    """Make its container, or ask how far Threads is with it."""
    PUBLISH = "publish"
    """Send ``threads_publish`` at the due moment."""
    SETTLE = "settle"
    """Ask Threads what became of a publish call without an answer."""
    REPLY = "reply"
    """Bring the next first comment or thread part forward."""
    FIND = "find"
    """Look among the account's posts for one of which a person says that it is published."""
    LINK = "link"
    """Ask for the permalink of a published post."""


def next_work(post: Post, at: datetime) -> Work:
    """What is to be done to ``post`` when it falls due at ``at``."""
    if post.status is PostStatus.SCHEDULED and post.hold is None and post.scheduled_at is not None:
        if not usable(post.container, max(at, post.scheduled_at)):
            return Work.PREPARE
        return Work.PUBLISH if post.scheduled_at - at <= LONGEST_HOLD else Work.WAIT
    if post.status is PostStatus.PUBLISHING and post.intent is not None:
        return Work.SETTLE
    return _follow_up(post) if post.status is PostStatus.PUBLISHED else Work.NOTHING


def _follow_up(post: Post) -> Work:
    """What a published post still needs."""
    if post.media_id is None:
        return Work.NOTHING if post.intent is None else Work.FIND
    if open_reply(post) is not None:
        return Work.REPLY
    return Work.LINK if post.permalink is None else Work.NOTHING


def usable(container: Container | None, at: datetime) -> bool:
    """Whether Threads reported the container FINISHED and it has not expired by ``at``."""
    return (
        container is not None
        and container.creation_id is not None
        and container.finished
        and not expired(container, at)
    )


def expired(container: Container, at: datetime) -> bool:
    return container.created_at is not None and at - container.created_at >= CONTAINER_LIFE


def open_reply(post: Post) -> int | None:
    """The index of the first reply that is not finished; a failed thread part ends the chain behind it."""
    for index, reply in enumerate(post.replies):
        if reply.state in (ReplyState.PENDING, ReplyState.POSTING) and not _cut_off(
            post.replies[:index], reply
        ):
            return index
    return None


def _cut_off(earlier: tuple[Reply, ...], reply: Reply) -> bool:
    return any(other.state is ReplyState.FAILED and other.kind is reply.kind for other in earlier)


def preparation_due(
    scheduled_at: datetime, kind: PostType, leads: Mapping[PostType, timedelta], now: datetime
) -> datetime:
    """When work on a post begins: its lead ahead of its time, at once if that has passed."""
    return max(now, scheduled_at - leads[kind])


def is_missed(post: Post, now: datetime, grace: timedelta) -> bool:
    """Whether it is done more than ``grace`` after the moment that was planned for it, its time or later.

    So a post is not missed whose media took long, whose call was repeated or which waited for a limit:
    each of them plans a moment anew, which is the eta of its claim.
    """
    if post.missed_accepted or not is_late(post, now, grace):
        return False
    return post.claim is None or now - post.claim.eta > grace


def is_late(post: Post, now: datetime, grace: timedelta) -> bool:
    """Whether its time passed more than ``grace`` ago, for whatever reason."""
    return post.scheduled_at is not None and now - post.scheduled_at > grace


def outcome_by(post: Post, job_timeout: timedelta) -> datetime | None:
    """From when on a publish call that was sent can take no more effect (UTC); None without one.

    Threads was seen to publish minutes after the call (threads_api fact sheet §4).
    """
    return post.intent.at + job_timeout if post.intent else None

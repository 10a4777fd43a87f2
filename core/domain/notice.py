"""What people are told unasked, and which change of a post is worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from core.domain.access import Invitation, NoticeKind
from core.domain.post import Hold, Post, PostStatus, ReplyState

_HELD: Final[Mapping[Hold | None, NoticeKind]] = {
    Hold.OUTCOME_UNKNOWN: NoticeKind.OUTCOME_UNKNOWN,
    Hold.MISSED: NoticeKind.MISSED,
    Hold.ACCOUNT: NoticeKind.ACCOUNT_HELD,
}
_STALE: Final = timedelta(hours=24)
_PASSING: Final = frozenset({NoticeKind.PUBLISHED, NoticeKind.QUEUE_LOW, NoticeKind.DIGEST})
"""What is worth nothing any more a day later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell; kept until everybody in ``waiting`` (ids of people) has been told.

    ``id`` is derived from what happened, so that it is told once however often it is noticed. Notices of
    one ``group`` that come close together are one message. After ``until`` it is not worth telling.
    """

    id: str
    kind: NoticeKind
    at: datetime
    group: str
    account_id: str | None = None
    post_id: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    until: datetime | None = None
    waiting: tuple[str, ...] = ()

    def is_stale(self, now: datetime) -> bool:
        """Whether nobody wants to hear it any more, such as good news of yesterday."""
        over = self.until is not None and now >= self.until
        return over or (self.kind in _PASSING and now - self.at >= _STALE)


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a post in its ``version``; kept in the post until it has become notices."""

    kind: NoticeKind
    at: datetime
    version: int


def newcomer(invitation: Invitation, person_id: str, name: str, at: datetime) -> Notice:
    """Tells whoever made the invitation who is in by it, and as what."""
    return Notice(
        id=f"joined:{invitation.id}",
        kind=NoticeKind.JOINED,
        at=at,
        group=f"joined:{invitation.id}",
        facts={
            "invitation": invitation.id,
            "id": person_id,
            "name": name,
            "role": invitation.grant.role,
            "accounts": ", ".join(invitation.grant.accounts),
        },
        waiting=(invitation.invited_by,),
    )


def news_of(before: Post, after: Post) -> NoticeKind | None:
    """What a change of a post tells people; None for nothing. That they paused an account is no news."""
    if after.status is PostStatus.FAILED and before.status is not PostStatus.FAILED:
        return NoticeKind.FAILED
    if _failed_replies(after) > _failed_replies(before):
        return NoticeKind.FAILED
    if after.hold is not before.hold and after.hold in _HELD:
        return _HELD[after.hold]
    return NoticeKind.PUBLISHED if _is_live(after) and not _is_live(before) else None


def is_still(kind: NoticeKind, post: Post) -> bool:
    """Whether the post is still as the news of this kind said, and nobody has dealt with it meanwhile."""
    match kind:
        case NoticeKind.PUBLISHED:
            return post.status is PostStatus.PUBLISHED
        case NoticeKind.FAILED:
            return post.status is PostStatus.FAILED or _failed_replies(post) > 0
        case _:
            return _HELD.get(post.hold) is kind


def _is_live(post: Post) -> bool:
    """Whether the post is published and its permalink known, or not asked for any more."""
    return post.status is PostStatus.PUBLISHED and (post.permalink is not None or post.due_at is None)


def _failed_replies(post: Post) -> int:
    return sum(reply.state is ReplyState.FAILED for reply in post.replies)

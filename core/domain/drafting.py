"""How a post begins: as a draft, with its replies laid out and its content hashed."""

from __future__ import annotations

from datetime import datetime

from core.domain.duplicates import content_hash
from core.domain.post import Content, HistoryEntry, Post, PostStatus, Reply, ReplyKind


def new_post(post_id: str, account_id: str, content: Content, *, zone: str, who: str, now: datetime) -> Post:
    """A draft of ``content``; ``now`` is aware, UTC."""
    return Post(
        id=post_id,
        account_id=account_id,
        content=content,
        content_hash=content_hash(content),
        zone=zone,
        replies=lay_out_replies(content),
        created_at=now,
        created_by=who,
        history=(HistoryEntry(now, who, None, PostStatus.DRAFT, "created"),),
    )


def lay_out_replies(content: Content) -> tuple[Reply, ...]:
    """Thread parts first, so that they read on from the post, then the first comment."""
    parts = tuple(Reply(ReplyKind.THREAD_PART, text) for text in content.replies)
    comment = (Reply(ReplyKind.FIRST_COMMENT, content.first_comment),) if content.first_comment else ()
    return (*parts, *comment)

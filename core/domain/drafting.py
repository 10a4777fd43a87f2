"""How a post begins, and what a person's change makes of it: pure steps from one post to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.duplicates import content_hash
from core.domain.lifecycle import preparation_due
from core.domain.post import Content, HistoryEntry, Post, PostStatus, PostType, Reply, ReplyKind, Step

Leads = Mapping[PostType, timedelta]


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


def with_content(post: Post, content: Content, leads: Leads, now: datetime) -> Post:
    """Other content: what was prepared at Threads is dropped, and preparing begins anew."""
    due = None
    if post.status is PostStatus.SCHEDULED and post.scheduled_at is not None and post.hold is None:
        due = preparation_due(post.scheduled_at, content.type, leads, now)
    return replace(
        post,
        content=content,
        content_hash=content_hash(content),
        replies=lay_out_replies(content),
        step=Step.WAITING,
        container=None,
        attempts=0,
        error=None,
        claim=None,
        waits=False,
        due_at=due,
        edited_occurrence=post.series_id is not None,
    )


def scheduled(
    post: Post, at: datetime, leads: Leads, now: datetime, *, allow_duplicate: bool = False
) -> Post:
    """Given the moment ``at``, whatever was planned or had happened before.

    A container is kept, unless the post failed with it. An occurrence that is moved is apart from its series.
    """
    moved = post.series_id is not None and at != post.scheduled_at
    return replace(
        post,
        status=PostStatus.SCHEDULED,
        step=Step.WAITING,
        scheduled_at=at,
        due_at=preparation_due(at, post.type, leads, now),
        container=None if post.status is PostStatus.FAILED else post.container,
        hold=None,
        error=None,
        attempts=0,
        claim=None,
        waits=False,
        allow_duplicate=allow_duplicate,
        missed_accepted=False,
        edited_occurrence=post.edited_occurrence or moved,
    )


def unscheduled(post: Post) -> Post:
    """A draft again, without a time at which anything happens; an occurrence is apart from its series then."""
    return replace(
        post,
        status=PostStatus.DRAFT,
        step=Step.WAITING,
        hold=None,
        due_at=None,
        claim=None,
        container=None,
        edited_occurrence=post.series_id is not None,
    )

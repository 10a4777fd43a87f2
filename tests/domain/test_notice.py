"""Which change of a post is news, and when it is none any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import a_scheduled_post
from core.domain.access import NoticeKind
from core.domain.notice import Notice, is_still, news_of
from core.domain.post import Hold, Post, PostStatus, Reply, ReplyKind, ReplyState
from fake_clock import NOW

POST = a_scheduled_post()
PUBLISHING = replace(POST, status=PostStatus.PUBLISHING)
FAILED = replace(POST, status=PostStatus.FAILED)
LIVE = replace(PUBLISHING, status=PostStatus.PUBLISHED, media_id="1")
KNOWN = replace(LIVE, permalink="https://www.threads.net/@shop/post/1")
REPLY = Reply(kind=ReplyKind.FIRST_COMMENT, text="First")
COMMENTED = replace(KNOWN, replies=(REPLY,))
UNCOMMENTED = replace(KNOWN, replies=(replace(REPLY, state=ReplyState.FAILED),))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (POST, PUBLISHING, None),
        (PUBLISHING, FAILED, NoticeKind.FAILED),
        (FAILED, replace(FAILED, error=None), None),
        (LIVE, KNOWN, NoticeKind.PUBLISHED),
        (PUBLISHING, LIVE, None),
        (LIVE, replace(LIVE, due_at=None), NoticeKind.PUBLISHED),
        (KNOWN, replace(KNOWN, due_at=None), None),
        (COMMENTED, UNCOMMENTED, NoticeKind.FAILED),
        (UNCOMMENTED, COMMENTED, None),
        (PUBLISHING, replace(PUBLISHING, hold=Hold.OUTCOME_UNKNOWN), NoticeKind.OUTCOME_UNKNOWN),
        (POST, replace(POST, hold=Hold.MISSED), NoticeKind.MISSED),
        (POST, replace(POST, hold=Hold.ACCOUNT), NoticeKind.ACCOUNT_HELD),
        (POST, replace(POST, hold=Hold.PAUSED), None),
        (replace(POST, hold=Hold.MISSED), POST, None),
    ],
)
def test_what_is_news(before: Post, after: Post, kind: NoticeKind | None) -> None:
    """Each outcome once, when it is final; what a person did is none."""
    assert news_of(before, after) is kind


@pytest.mark.parametrize(
    ("kind", "post", "still"),
    [
        (NoticeKind.PUBLISHED, KNOWN, True),
        (NoticeKind.FAILED, FAILED, True),
        (NoticeKind.FAILED, UNCOMMENTED, True),
        (NoticeKind.FAILED, POST, False),
        (NoticeKind.FAILED, KNOWN, False),
        (NoticeKind.MISSED, replace(POST, hold=Hold.MISSED), True),
        (NoticeKind.MISSED, POST, False),
        (NoticeKind.OUTCOME_UNKNOWN, replace(PUBLISHING, hold=Hold.OUTCOME_UNKNOWN), True),
        (NoticeKind.OUTCOME_UNKNOWN, KNOWN, False),
        (NoticeKind.ACCOUNT_HELD, replace(POST, hold=Hold.ACCOUNT), True),
        (NoticeKind.ACCOUNT_HELD, replace(POST, hold=Hold.PAUSED), False),
    ],
)
def test_what_somebody_has_dealt_with_is_news_no_more(kind: NoticeKind, post: Post, still: bool) -> None:  # noqa: FBT001  # a table
    """A post that was retried, published or released meanwhile needs nobody."""
    assert is_still(kind, post) is still


@pytest.mark.parametrize("kind", NoticeKind)
def test_good_news_is_stale_after_a_day(kind: NoticeKind) -> None:
    """Bad news waits for its reader; what a day later is worth nothing does not."""
    passing = {NoticeKind.PUBLISHED, NoticeKind.QUEUE_LOW, NoticeKind.DIGEST}
    notice = Notice(id="n", kind=kind, at=NOW, group="g")
    assert not notice.is_stale(NOW + timedelta(hours=23, minutes=59))
    assert notice.is_stale(NOW + timedelta(hours=24)) == (kind in passing)


def test_a_warning_is_stale_when_its_moment_has_come() -> None:
    """A token that has ended does not end soon any more."""
    notice = Notice(id="n", kind=NoticeKind.TOKEN_EXPIRING, at=NOW, group="g", until=NOW + timedelta(days=1))
    assert not notice.is_stale(NOW)
    assert notice.is_stale(NOW + timedelta(days=1))

"""The verdict of a rehearsal, from what the sandbox received and shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from builders import ACCOUNT_ID, a_post
from core.domain.post import Post, PostStatus, Reply, ReplyKind, ReplyState
from tui.cli.judging import judge

_AT = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
_NAMES = {ACCOUNT_ID: "shop"}


def _post(media_id: str, text: str, *replies: str) -> Post:
    return a_post(
        text=text,
        status=PostStatus.PUBLISHED,
        scheduled_at=_AT,
        media_id=media_id,
        replies=tuple(Reply(ReplyKind.FIRST_COMMENT, reply, ReplyState.POSTED) for reply in replies),
    )


def _live(media_id: str, text: str, under: str | None = None) -> dict[str, Any]:
    return {"id": media_id, "username": "shop", "text": text, "media": [], "reply_to": under, "root": under}


def _call(media_id: str, late: float) -> dict[str, Any]:
    return {"media_id": media_id, "received_at_ms": _AT.timestamp() * 1000 + late}


def test_all_there_once_is_a_success() -> None:
    """Two posts and a comment, each live once, late by the log of the sandbox."""
    posts = [_post("1", "one", "hi"), _post("2", "two")]
    feed = [_live("1", "one"), _live("3", "hi", "1"), _live("2", "two")]
    verdict = judge(posts, _NAMES, [_call("1", 2.0), _call("2", 4.0), _call("3", 900.0)], feed)
    assert verdict.once_each
    assert verdict.view() == {
        "scheduled": 2,
        "published": 2,
        "failed": 0,
        "duplicates": 0,
        "lateness_ms": {"p50": 2.0, "p99": 4.0, "max": 4.0},
        "early": 0,
        "replies": {"published": 1, "missing": 0},
    }


def test_a_series_may_say_the_same_twice() -> None:
    """The same text is a duplicate only beyond the number of posts that have it."""
    posts = [_post("1", "daily"), _post("2", "daily")]
    twice = [_live("1", "daily"), _live("2", "daily")]
    assert judge(posts, _NAMES, [], twice).duplicates == 0
    assert judge(posts, _NAMES, [], [*twice, _live("9", "daily")]).duplicates == 1


def test_a_comment_that_is_there_twice_or_not_at_all_is_found() -> None:
    """Replies are judged as posts are."""
    posts = [_post("1", "one", "hi")]
    doubled = judge(posts, _NAMES, [], [_live("1", "one"), _live("2", "hi", "1"), _live("3", "hi", "1")])
    assert (doubled.duplicates, doubled.once_each) == (1, False)
    missing = judge(posts, _NAMES, [], [_live("1", "one")])
    assert (missing.replies_missing, missing.once_each) == (1, False)


def test_what_the_feed_does_not_show_is_not_published() -> None:
    """The store may say PUBLISHED: what counts is what is live."""
    verdict = judge([_post("1", "one")], _NAMES, [_call("1", 1.0)], [])
    assert (verdict.published, verdict.failed, verdict.once_each) == (0, 1, False)
    assert "1 not published" in verdict.shortfall()


def test_a_post_before_its_time_is_a_fault() -> None:
    """Early is wrong even if it is there once."""
    verdict = judge([_post("1", "one")], _NAMES, [_call("1", -3.0)], [_live("1", "one")])
    assert (verdict.early, verdict.once_each) == (1, False)

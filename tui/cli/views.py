"""Posts, accounts and the whole system as JSON. Keys are a contract: they are added, never changed."""

from __future__ import annotations

from typing import Any

from core.domain.account import Account
from core.domain.failures import Failure
from core.domain.post import Post, PostStatus
from core.domain.publication import Publication
from core.domain.series import Series
from core.domain.stats import Percentiles
from tui.cli.times import iso


def failure_view(failure: Failure | None) -> dict[str, Any] | None:
    if failure is None:
        return None
    return {
        "class": failure.kind.value,
        "code": failure.code,
        "subcode": failure.subcode,
        "cause": failure.cause,
        "remedy": failure.remedy,
    }


def post_view(post: Post, account: str) -> dict[str, Any]:
    """A post; times are local to its zone, with offset."""
    content = post.content
    return {
        "id": post.id,
        "account": account,
        "status": post.status.value,
        "type": post.type.value,
        "text": content.text,
        "media": [
            {"kind": item.kind.value, "url": item.url, "alt_text": item.alt_text} for item in content.media
        ],
        "topic": content.topic,
        "first_comment": content.first_comment,
        "thread_parts": list(content.replies),
        "reply_control": content.reply_control.value if content.reply_control else None,
        "link_attachment": content.link_attachment,
        "scheduled_at": iso(post.scheduled_at, post.zone),
        "zone": post.zone,
        "due_at": iso(post.due_at, post.zone),
        "hold": post.hold.value if post.hold else None,
        "step": post.step.value,
        "prepared": bool(post.container and post.container.finished),
        "attempts": post.attempts,
        "error": failure_view(post.error),
        "published_at": iso(post.published_at, post.zone),
        "media_id": post.media_id,
        "permalink": post.permalink,
        "replies": [
            {"kind": reply.kind.value, "state": reply.state.value, "media_id": reply.media_id}
            for reply in post.replies
        ],
        "batch_id": post.batch_id,
        "sheet_id": post.sheet_id,
        "series_id": post.series_id,
        "created_at": iso(post.created_at, post.zone),
        "created_by": post.created_by,
        "version": post.version,
    }


def history_view(post: Post) -> list[dict[str, Any]]:
    return [
        {
            "at": iso(entry.at, post.zone),
            "who": entry.who,
            "from": entry.was.value if entry.was else None,
            "to": entry.now.value,
            "why": entry.why,
        }
        for entry in post.history
    ]


def attempt_view(publication: Publication, zone_name: str) -> dict[str, Any]:
    """One publish call: of the post itself (``reply`` null) or of a reply, counted from 0."""
    return {
        "attempt": publication.attempt,
        "reply": publication.reply,
        "sent_at": iso(publication.sent_at, zone_name),
        "answered_at": iso(publication.answered_at, zone_name),
        "answer": publication.answer.value,
        "media_id": publication.media_id,
        "error": failure_view(publication.failure),
    }


def series_view(series: Series, account: str, rule: str) -> dict[str, Any]:
    return {
        "id": series.id,
        "account": account,
        "rule": rule,
        "pattern": series.rule.pattern.value,
        "text": series.content.text,
        "paused": series.paused,
        "made_until": series.made_until.isoformat() if series.made_until else None,
    }


def account_view(account: Account) -> dict[str, Any]:
    """An account, never its token."""
    return {
        "id": account.id,
        "name": account.name,
        "user_id": account.user_id,
        "username": account.username,
        "state": account.state.value,
        "paused": account.paused,
        "default": account.is_default,
        "zone": account.zone,
        "missed_policy": account.missed_policy.value,
        "token_issued_at": iso(account.token_issued_at, account.zone),
        "token_expires_at": iso(account.token_expires_at, account.zone),
        "error": failure_view(account.error),
    }


def counts_view(counts: dict[PostStatus, int]) -> dict[str, int]:
    return {status.value: counts.get(status, 0) for status in PostStatus}


def lateness_view(lateness: Percentiles) -> dict[str, float | None]:
    return {
        name: None if value is None else round(value, 1)
        for name, value in (("p50", lateness.p50), ("p99", lateness.p99), ("max", lateness.max))
    }

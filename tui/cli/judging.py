"""What a rehearsal came to, by the sandbox's own log and feed: nobody grades their own work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.post import Post
from core.domain.stats import percentiles
from tui.cli.output import count_of
from tui.cli.views import lateness_view

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``duplicates`` counts posts and replies that are there more often than they were written.

    ``late_ms`` are milliseconds from each post's time to its publish call as received; negative is early.
    """

    scheduled: int
    published: int
    duplicates: int
    replies: int
    replies_missing: int
    late_ms: tuple[float, ...]

    @property
    def failed(self) -> int:
        return self.scheduled - self.published

    @property
    def early(self) -> int:
        return sum(late < 0 for late in self.late_ms)

    @property
    def once_each(self) -> bool:
        """Every post is there once, with its replies, and none went out before its time."""
        return not (self.failed or self.duplicates or self.replies_missing or self.early)

    def sentence(self) -> str:
        """The verdict for people."""
        late = lateness_view(percentiles(self.late_ms))
        figures = f"late by p50 {late['p50']} ms, p99 {late['p99']} ms, max {late['max']} ms"
        if self.once_each:
            replies = f" and {count_of(self.replies, 'comment')}" if self.replies else ""
            return f"{count_of(self.scheduled, 'post')}{replies} published, each exactly once; {figures}."
        return f"{self.shortfall()} {figures}."

    def shortfall(self) -> str:
        """What is wrong, in one sentence."""
        faults = (
            (self.failed, "not published"),
            (self.duplicates, "there twice"),
            (self.replies_missing, "comments missing"),
            (self.early, "before their time"),
        )
        found = ", ".join(f"{number} {fault}" for number, fault in faults if number)
        return f"Of {count_of(self.scheduled, 'post')}: {found}."

    def view(self) -> dict[str, Any]:
        """The contract of ``demo --json``."""
        return {
            "scheduled": self.scheduled,
            "published": self.published,
            "failed": self.failed,
            "duplicates": self.duplicates,
            "lateness_ms": lateness_view(percentiles(self.late_ms)),
            "early": self.early,
            "replies": {"published": self.replies, "missing": self.replies_missing},
        }


def judge(
    posts: Sequence[Post], usernames: Mapping[str, str], calls: Sequence[Entry], feed: Sequence[Entry]
) -> Verdict:
    """Compare what was written with what is there.

    Args:
        posts: as stored at the end.
        usernames: of Threads, by account id.
        calls: the ``threads_publish`` calls that the sandbox received.
        feed: every post and reply that is live there.
    """
    roots = [entry for entry in feed if not entry["reply_to"]]
    written = Counter(_key(usernames[post.account_id], post.content.text, _urls(post)) for post in posts)
    live = Counter(_key(each["username"], each["text"], _sources(each)) for each in roots)
    replies_written = Counter(
        (post.media_id, _even(reply.text)) for post in posts if post.media_id for reply in post.replies
    )
    replies_live = Counter(
        (each["root"] or each["reply_to"], _even(each["text"])) for each in feed if each["reply_to"]
    )
    there = {each["id"] for each in roots}
    lateness = (late_ms(post, calls) for post in posts)
    return Verdict(
        scheduled=len(posts),
        published=sum(post.media_id in there for post in posts),
        duplicates=(live - written).total() + (replies_live - replies_written).total(),
        replies=replies_live.total(),
        replies_missing=(replies_written - replies_live).total(),
        late_ms=tuple(late for late in lateness if late is not None),
    )


def late_ms(post: Post, calls: Iterable[Entry]) -> float | None:
    """Milliseconds from the post's time to the call that published it; None if there is none."""
    if post.scheduled_at is None or post.media_id is None:
        return None
    received = next((call["received_at_ms"] for call in calls if call["media_id"] == post.media_id), None)
    return None if received is None else received - _ms(post.scheduled_at)


def _ms(at: datetime) -> float:
    return at.timestamp() * 1000


def _key(username: str, text: str, urls: Sequence[str]) -> tuple[str, str, tuple[str, ...]]:
    return username, _even(text), tuple(urls)


def _urls(post: Post) -> list[str]:
    return [item.url for item in post.content.media]


def _sources(entry: Entry) -> list[str]:
    return [item["source_url"] for item in entry["media"]]


def _even(text: str) -> str:
    return " ".join(text.split())

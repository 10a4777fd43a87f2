"""What is doubtful about a post that is still to be scheduled: its time, its neighbours, its account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.domain.account import Account, AccountState
from core.domain.composition import Composition, derived_post_id
from core.domain.content_rules import Finding
from core.domain.duplicates import content_hash
from core.domain.forecast import first_over
from core.domain.lifecycle import GOING_OUT, when_of
from core.domain.policy import DAILY_POSTS, Policy
from core.domain.post import Post
from core.domain.recurrence import Occurrence
from core.domain.spread import DEFAULT_GAP
from core.domain.text import TextCount
from core.domain.zones import describe, format_day, zone
from core.ports import PostFilter
from core.services.duplicates import Duplicates
from core.services.posts import Posts

_DAY: Final = timedelta(hours=24)
_MOST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What there is to know about a composition before it is scheduled.

    ``account`` is None when none is chosen or the person may not see it. ``warnings`` are sentences;
    ``upcoming`` are the first moments of a rule. ``duplicate`` says which post has the same content at that
    time, which a person may allow; empty if none has.
    """

    account: Account | None
    findings: tuple[Finding, ...]
    count: TextCount
    warnings: tuple[str, ...]
    upcoming: tuple[Occurrence, ...]
    duplicate: str = ""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What has to be mended first."""
        return tuple(finding for finding in self.findings if finding.error)


class Foresight:
    """Looks at the other posts of the account."""

    def __init__(self, posts: Posts, policy: Policy) -> None:
        self._posts = posts
        self._duplicates = Duplicates(posts, policy.duplicate_window)

    async def warnings(
        self, composition: Composition, account: Account, at: datetime, now: datetime, where: ZoneInfo
    ) -> tuple[str, ...]:
        """A sentence for each doubt about having it published at ``at``; times in them are those of ``where``."""
        around = await self._around(composition, account, at)
        return (
            *((f"{describe(at, where)} has passed: choose a later time.",) if at < now else ()),
            *_of_account(account, at, where),
            *_of_neighbours(account, at, around, where),
            *_of_day(account, around, at),
            *_of_quota(account, around, at, where),
        )

    async def duplicate(
        self, composition: Composition, account: Account, at: datetime, where: ZoneInfo
    ) -> str:
        """Which post has the same content, were this one published at ``at``; empty if none has."""
        digest, but = content_hash(composition.content), (_becomes(composition),)
        same = await self._duplicates.nearest(account.id, digest, at, but=but)
        return "" if same is None else self._duplicates.sentence(same, where)

    async def _around(self, composition: Composition, account: Account, at: datetime) -> list[Post]:
        """What else goes out on the account within a day of ``at``, in order."""
        near = PostFilter(account_id=account.id, statuses=GOING_OUT, since=at - _DAY, until=at + _DAY)
        found = await self._posts.find(near, limit=_MOST)
        return [post for post in found if _is_another(post, composition)]


def _is_another(post: Post, composition: Composition) -> bool:
    """Whether the post is none that the composition has become, or is just becoming."""
    return _becomes(composition) not in (post.id, post.series_id)


def _becomes(composition: Composition) -> str:
    return composition.post_id or derived_post_id(composition)


def _of_account(account: Account, at: datetime, where: ZoneInfo) -> Iterator[str]:
    if account.state is AccountState.NEEDS_REAUTH:
        yield f"{account.name} has to be linked again: its posts wait until then."
    if account.state is AccountState.HELD:
        yield f"Threads restricts {account.name}: its posts wait until somebody resumes it."
    if account.paused:
        yield f"{account.name} is paused: its posts wait until somebody resumes it."
    expires = account.token_expires_at
    if expires is not None and expires <= at and (account.due_at is None or account.error is not None):
        yield (
            f"The access to {account.name} ends before that, on {describe(expires, where)}, and could not be"
            " renewed: link the account again."
        )


def _of_neighbours(account: Account, at: datetime, around: Sequence[Post], where: ZoneInfo) -> Iterator[str]:
    nearest = min(around, key=lambda post: abs(when_of(post) - at), default=None)
    if nearest is not None and abs(when_of(nearest) - at) < DEFAULT_GAP:
        minutes = int(DEFAULT_GAP.total_seconds() // 60)
        yield (
            f"Post {nearest.id} of {account.name} goes out less than {minutes} minutes apart from it"
            f" ({describe(when_of(nearest), where)}): choose another time if both should be seen."
        )


def _of_day(account: Account, around: Sequence[Post], at: datetime) -> Iterator[str]:
    """How many posts the account has on that day where it is at home."""
    home = zone(account.zone)
    day = at.astimezone(home).date()
    others = sum(when_of(post).astimezone(home).date() == day for post in around)
    if others:
        yield f"With this one {account.name} has {others + 1} posts on {format_day(day)}."


def _of_quota(account: Account, around: Sequence[Post], at: datetime, where: ZoneInfo) -> Iterator[str]:
    over = first_over([at, *map(when_of, around)], limit=DAILY_POSTS)
    if over is not None:
        yield (
            f"{account.name} reaches more than {DAILY_POSTS} posts in 24 hours on {describe(over, where)}: Threads"
            " takes no more, so some will wait; choose another day."
        )

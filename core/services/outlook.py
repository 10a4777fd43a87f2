"""What would come of an import: too many posts in a day, or too near to one another, those planned included."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.domain.account import Account
from core.domain.forecast import crowded
from core.domain.lifecycle import GOING_OUT, when_of
from core.domain.policy import DAILY_POSTS
from core.domain.spread import DEFAULT_GAP
from core.ports import PostFilter
from core.services.posts import Posts
from core.services.sheet_check import Check
from core.services.sheet_plan import Action

_DAY: Final = timedelta(hours=24)
_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """Two posts of one account that are nearer to one another than they should be."""

    account: Account
    first: datetime
    second: datetime


@dataclass(frozen=True, slots=True)
class Overflow:
    """At ``at`` the account would publish more than Threads allows in 24 hours."""

    account: Account
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What an import would do, and what would come of it together with what is planned already.

    ``default`` has the rows that name no account. The conflicts are in the order of their times.
    """

    check: Check
    default: Account | None
    overflows: tuple[Overflow, ...]
    crowds: tuple[Crowd, ...]

    @property
    def changing(self) -> int:
        """How many rows an import would add or change."""
        return self.check.counted(Action.ADD) + self.check.counted(Action.UPDATE)

    @property
    def drafts(self) -> int:
        """How many rows have no time of their own, whatever they are given."""
        return sum(plan.row.is_draft for plan in self.check.plans)


async def outlook_of(check: Check, default: Account | None, posts: Posts) -> Outlook:
    """Compare what the workbook plans with what is planned already."""
    overflows: list[Overflow] = []
    crowds: list[Crowd] = []
    for account in {plan.account.id: plan.account for plan in check.plans}.values():
        ours = {
            plan.id: plan.row.scheduled_at
            for plan in check.plans
            if plan.account.id == account.id and plan.row.scheduled_at is not None
        }
        others = await _others(posts, account, ours)
        overflows += _overflows(account, ours.values(), others)
        crowds += _crowds(account, ours.values(), others)
    return Outlook(
        check=check,
        default=default,
        overflows=tuple(sorted(overflows, key=lambda one: one.at)),
        crowds=tuple(sorted(crowds, key=lambda one: one.first)),
    )


async def _others(posts: Posts, account: Account, ours: Mapping[str, datetime]) -> list[datetime]:
    """When else the account publishes within a day of these."""
    if not ours:
        return []
    near = PostFilter(
        account_id=account.id,
        statuses=GOING_OUT,
        since=min(ours.values()) - _DAY,
        until=max(ours.values()) + _DAY,
    )
    return [when_of(post) for post in await posts.find(near, limit=_MOST) if post.id not in ours]


def _overflows(account: Account, ours: Collection[datetime], others: Sequence[datetime]) -> list[Overflow]:
    ordered = sorted([*ours, *others])
    pairs = zip(ordered, ordered[DAILY_POSTS:], strict=False)
    return [Overflow(account, last) for first, last in pairs if last - first < _DAY]


def _crowds(account: Account, ours: Collection[datetime], others: Sequence[datetime]) -> list[Crowd]:
    """The pairs that are too near to one another, one of them at least being of the workbook."""
    new = set(ours)
    near = crowded([*ours, *others], DEFAULT_GAP)
    return [Crowd(account, first, second) for first, second in near if first in new or second in new]

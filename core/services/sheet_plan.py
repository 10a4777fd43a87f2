"""What an import would do with each row: add, update or keep; and what the store says against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.account import Account
from core.domain.policy import DAILY_POSTS, Policy
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.series import Series
from core.domain.sheet import Problem, SheetReport, SheetRow
from core.domain.zones import describe, zone
from core.ports import PostFilter, PostStore, SeriesStore

_ALIVE: Final = (PostStatus.SCHEDULED, PostStatus.PUBLISHING, PostStatus.PUBLISHED)
_DAY: Final = timedelta(hours=24)
_MOST: Final = 10_000


class Action(StrEnum):
    ADD = "add"
    UPDATE = "update"
    KEEP = "keep"
    """It is there already, just so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One row: ``id`` is the post's (or series') id, the same whenever the row is imported again."""

    row: SheetRow
    account: Account
    action: Action
    id: str
    series: Series | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The rows that would be imported, and what the store adds to the report.

    ``doubles`` names, by row, the post that has the same content on the same account too near in time.
    """

    plans: tuple[Plan, ...]
    doubles: Mapping[int, str]
    warnings: tuple[Problem, ...]


class Planner:
    """Compares a sheet with the store."""

    def __init__(self, posts: PostStore, series: SeriesStore, policy: Policy) -> None:
        self._posts = posts
        self._series = series
        self._policy = policy

    async def plan(
        self, report: SheetReport, by_name: Mapping[str, Account], default: Account | None, now: datetime
    ) -> Planned:
        """Say of each row without errors what its import would do."""
        owned = [(row, by_name[row.account] if row.account else default) for row in report.rows]
        rows = [(row, account) for row, account in owned if account is not None]
        there = await self._look_up(rows)
        warnings: list[Problem] = []
        plans = [_plan(row, account, there, warnings) for row, account in rows]
        doubles = await self._doubles(plans)
        kept = tuple(plan for plan in plans if plan.row.row not in doubles)
        warnings.extend(await self._over_allowance(kept, now))
        return Planned(plans=kept, doubles=doubles, warnings=tuple(warnings))

    async def _look_up(self, rows: Sequence[tuple[SheetRow, Account]]) -> _There:
        named = [row.sheet_id for row, _ in rows if row.sheet_id]
        derived = [_key(account, row) for row, account in rows]
        posts = await self._posts.find(PostFilter(ids=[*named, *derived]), limit=_MOST)
        posts += await self._posts.find(PostFilter(sheet_ids=named), limit=_MOST) if named else []
        series = await self._series.by_sheet_ids(named) if named else []
        for row, account in rows:
            found = await self._series.get(_key(account, row)) if row.recurrence else None
            series += [found] if found else []
        there = _There({}, {})
        for post in posts:
            there.posts[post.account_id, post.id] = post
            there.posts[post.account_id, post.sheet_id or post.id] = post
        for one in series:
            there.series[one.account_id, one.id] = one
            there.series[one.account_id, one.sheet_id or one.id] = one
        return there

    async def _doubles(self, plans: Sequence[Plan]) -> dict[int, str]:
        """Rows with a time whose content goes out on the account within the duplicate window already."""
        changing = [plan for plan in plans if plan.action is not Action.KEEP and plan.row.recurrence is None]
        hashes = list({plan.row.content_hash for plan in changing})
        alike = PostFilter(content_hashes=hashes, statuses=_ALIVE)
        found = await self._posts.find(alike, limit=_MOST) if hashes else []
        doubles: dict[int, str] = {}
        for plan in changing:
            at = plan.row.scheduled_at
            for post in found:
                same = post.account_id == plan.account.id and post.content_hash == plan.row.content_hash
                when = post.published_at or post.scheduled_at
                near = at is not None and when is not None and abs(when - at) < self._policy.duplicate_window
                if same and near and post.id != plan.id:
                    doubles[plan.row.row] = post.id
        return doubles

    async def _over_allowance(self, plans: Sequence[Plan], now: datetime) -> list[Problem]:
        """A warning for each row that would be more than 250 posts of its account in 24 hours."""
        warnings: list[Problem] = []
        for account in {plan.account.id: plan.account for plan in plans}.values():
            planned = PostFilter(account_id=account.id, statuses=_ALIVE, since=now - _DAY)
            ours = {plan.id for plan in plans}
            taken = [
                post.scheduled_at
                for post in await self._posts.find(planned, limit=_MOST)
                if post.id not in ours
            ]
            mine = [plan for plan in plans if plan.account.id == account.id and plan.row.scheduled_at]
            for plan in mine:
                at = plan.row.scheduled_at
                times = [*taken, *(other.row.scheduled_at for other in mine)]
                within = sum(1 for time in times if at and time and at - _DAY < time <= at)
                if at is not None and within > DAILY_POSTS:
                    cause = f"{account.name} would have {within} posts in the 24 hours before {_local(at, plan.row)}."
                    remedy = (
                        f"Threads allows {DAILY_POSTS}: the rest is published later, or choose another day."
                    )
                    warnings.append(Problem(row=plan.row.row, cause=cause, remedy=remedy))
        return warnings


@dataclass(frozen=True, slots=True)
class _There:
    """What the store has, by account and by ID (the workbook's or ours)."""

    posts: dict[tuple[str, str], Post]
    series: dict[tuple[str, str], Series]


def _plan(row: SheetRow, account: Account, there: _There, warnings: list[Problem]) -> Plan:
    key = _key(account, row)
    if row.recurrence is not None:
        series = there.series.get((account.id, row.sheet_id or key)) or there.series.get((account.id, key))
        if series is None:
            return Plan(row=row, account=account, action=Action.ADD, id=key)
        same = (
            series.content == row.content
            and replace(series.rule, skipped=frozenset(), moved={}) == row.recurrence
        )
        action = Action.KEEP if same else Action.UPDATE
        return Plan(row=row, account=account, action=action, id=series.id, series=series)
    post = there.posts.get((account.id, row.sheet_id or key)) or there.posts.get((account.id, key))
    if post is None:
        return Plan(row=row, account=account, action=Action.ADD, id=key)
    if post.status in EDITABLE:
        return _update(row, account, post, warnings)
    if post.content_hash == row.content_hash:
        return Plan(row=row, account=account, action=Action.KEEP, id=post.id)
    cause = (
        f'The ID "{row.sheet_id}" belongs to a post that is published already; this row becomes a new post.'
    )
    warnings.append(Problem(row=row.row, cause=cause, remedy="Give new posts an ID of their own."))
    return Plan(row=row, account=account, action=Action.ADD, id=_key(account, replace(row, sheet_id=None)))


def _update(row: SheetRow, account: Account, post: Post, warnings: list[Problem]) -> Plan:
    planned = post.scheduled_at if post.status is PostStatus.SCHEDULED else None
    if post.content == row.content and planned == row.scheduled_at:
        return Plan(row=row, account=account, action=Action.KEEP, id=post.id)
    if post.content.text != row.content.text and post.scheduled_at and post.scheduled_at != row.scheduled_at:
        was = f'"{post.content.text[:40]}" at {_local(post.scheduled_at, row)}'
        cause = f"It replaces the post with the same ID: {was}."
        warnings.append(
            Problem(row=row.row, cause=cause, remedy="Give the row another ID if it is a new post.")
        )
    return Plan(row=row, account=account, action=Action.UPDATE, id=post.id)


def _key(account: Account, row: SheetRow) -> str:
    """The id that a row's post gets, however often it is imported: by its ID, else by what it says and when."""
    if row.sheet_id:
        identity = [account.id, row.sheet_id]
    else:
        when = (
            row.scheduled_at.isoformat() if row.scheduled_at and not row.recurrence else repr(row.recurrence)
        )
        identity = [account.id, "", row.content_hash, when]
    return hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:12]


def _local(at: datetime, row: SheetRow) -> str:
    return describe(at, zone(row.zone))

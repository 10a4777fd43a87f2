"""What an import would do with each row: add, update or keep; and what the store says against it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.access import Rights, Role
from core.domain.account import Account
from core.domain.forecast import taken_by
from core.domain.lifecycle import GOING_OUT, when_of
from core.domain.policy import DAILY_POSTS, Policy
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.series import Series
from core.domain.sheet import Problem, SheetReport, SheetRow
from core.domain.sheet_merge import merged_content, merged_rule, same_time
from core.domain.zones import describe, zone
from core.ports import BatchStore, PostFilter, PostStore, SeriesStore
from core.services.sheet_store import There, key_of

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


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose rows are compared: ``default`` has those that name no account.

    ``chosen``: a person named the default for this import, so no row belongs to another account.
    """

    file_name: str
    accounts: Mapping[str, Account]
    default: Account | None
    chosen: bool

    def owned(self, rows: Sequence[SheetRow]) -> list[tuple[SheetRow, Account]]:
        """The rows whose account is known, with it."""
        pairs = [(row, self.accounts[row.account] if row.account else self.default) for row in rows]
        return [(row, account) for row, account in pairs if account is not None]

    def homes(self, row: SheetRow, account: Account) -> list[Account]:
        """The accounts on which the row's post may be already, the likeliest first."""
        if row.account is not None or self.chosen:
            return [account]
        return [account, *(other for other in self.accounts.values() if other.id != account.id)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The rows that would be imported, and what the store adds to the report.

    ``doubles`` names, by row, the post that has the same content on the same account too near in time.
    """

    plans: tuple[Plan, ...]
    doubles: Mapping[int, str]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


class Planner:
    """Compares a sheet with the store."""

    def __init__(
        self, posts: PostStore, series: SeriesStore, batches: BatchStore, policy: Policy, rights: Rights
    ) -> None:
        self._posts = posts
        self._series = series
        self._batches = batches
        self._policy = policy
        self._rights = rights

    async def plan(self, report: SheetReport, calendar: Calendar, now: datetime) -> Planned:
        """Say of each row without errors what its import would do."""
        rows = calendar.owned(report.rows)
        there = await self._look_up(rows, calendar, report.marked.values())
        warnings = there.still_waiting(report.marked)
        plans, errors = await asyncio.to_thread(_judged, rows, calendar, there, warnings)
        doubles = await self._doubles(plans)
        kept = tuple(plan for plan in plans if plan.row.row not in doubles)
        warnings.extend(await self._over_allowance(kept, now))
        return Planned(plans=kept, doubles=doubles, errors=tuple(errors), warnings=tuple(warnings))

    async def live(self, rows: Sequence[SheetRow], calendar: Calendar) -> dict[int, str]:
        """The rows whose post is published, or being published, with just this content; the post by row."""
        owned = calendar.owned([row for row in rows if row.recurrence is None])
        there = await self._look_up(owned, calendar, ())
        found: dict[int, str] = {}
        for row, likely in owned:
            account = there.home(row, calendar.homes(row, likely))
            post = there.post(row, account)
            if post is not None and post.status not in EDITABLE and post.content_hash == row.content_hash:
                found[row.row] = post.id
        return found

    async def _look_up(
        self, rows: Sequence[tuple[SheetRow, Account]], calendar: Calendar, marked: Iterable[str]
    ) -> There:
        named = [row.sheet_id for row, _ in rows if row.sheet_id] + [one for one in marked if one]
        keys = [key_of(home, row) for row, account in rows for home in calendar.homes(row, account)]
        seen = PostFilter().within(self._rights.accounts)
        posts = await self._posts.find(replace(seen, ids=[*named, *keys]), limit=_MOST)
        posts += await self._posts.find(replace(seen, sheet_ids=named), limit=_MOST) if named else []
        alike = await self._series.by_sheet_ids(named) if named else []
        series = [one for one in alike if self._rights.may(Role.VIEWER, one.account_id)]
        repeating = [(row, account) for row, account in rows if row.recurrence is not None]
        ours = {name for row, account in repeating for name in (key_of(account, row), row.sheet_id) if name}
        found = [await self._series.get(name) for name in sorted(ours)]
        series += [one for one in found if one is not None and self._rights.may(Role.VIEWER, one.account_id)]
        return There.of(posts, series, await self._same_file(posts, series, calendar.file_name))

    async def _same_file(self, posts: Sequence[Post], series: Sequence[Series], name: str) -> frozenset[str]:
        """The imports from which these came, as far as they were of a file of this name."""
        ids = {item.batch_id for item in (*posts, *series) if item.batch_id is not None}
        batches = [await self._batches.get(batch_id) for batch_id in ids]
        return frozenset(one.id for one in batches if one and one.file_name.casefold() == name.casefold())

    async def _doubles(self, plans: Sequence[Plan]) -> dict[int, str]:
        """Rows with a time whose content goes out on the account within the duplicate window already."""
        changing = [plan for plan in plans if plan.action is not Action.KEEP and plan.row.recurrence is None]
        hashes = list({plan.row.content_hash for plan in changing})
        alike = PostFilter(content_hashes=hashes, statuses=GOING_OUT)
        found: dict[tuple[str, str], list[Post]] = {}
        for post in await self._posts.find(alike, limit=_MOST) if hashes else []:
            found.setdefault((post.account_id, post.content_hash), []).append(post)
        doubles: dict[int, str] = {}
        for plan in changing:
            at = plan.row.scheduled_at
            for post in found.get((plan.account.id, plan.row.content_hash), ()) if at else ():
                near = at is not None and abs(when_of(post) - at) < self._policy.duplicate_window
                if near and post.id != plan.id:
                    doubles[plan.row.row] = post.id
        return doubles

    async def _over_allowance(self, plans: Sequence[Plan], now: datetime) -> list[Problem]:
        """A warning for each row that would be more than 250 posts of its account in 24 hours."""
        warnings: list[Problem] = []
        ours = {plan.id for plan in plans}
        for account in {plan.account.id: plan.account for plan in plans}.values():
            planned = PostFilter(account_id=account.id, statuses=GOING_OUT, since=now - _DAY)
            others = await self._posts.find(planned, limit=_MOST)
            mine = [(plan.row, plan.row.scheduled_at) for plan in plans if plan.account.id == account.id]
            timed = [(row, at) for row, at in mine if at is not None]
            taken = (when_of(post) for post in others if post.id not in ours)
            times = sorted([*taken, *(at for _, at in timed)])
            for row, at in timed:
                within = taken_by(times, at)
                if within > DAILY_POSTS:
                    warnings.append(_too_many(row, account, within, at))
        return warnings


def _judged(
    rows: Sequence[tuple[SheetRow, Account]], calendar: Calendar, there: There, warnings: list[Problem]
) -> tuple[list[Plan], list[Problem]]:
    """What the import would do with each row, or why it may not; takes long for thousands of rows."""
    plans: list[Plan] = []
    errors: list[Problem] = []
    for row, likely in rows:
        account = there.home(row, calendar.homes(row, likely))
        problem = there.in_the_way(row, account)
        if problem is not None:
            errors.append(problem)
        else:
            plans.append(_plan(row, account, there, warnings))
    return plans, errors


def _too_many(row: SheetRow, account: Account, within: int, at: datetime) -> Problem:
    return Problem(
        row=row.row,
        cause=f"{account.name} would have {within} posts in the 24 hours before {_local(at, row)}.",
        remedy=f"Threads allows {DAILY_POSTS}: the rest is published later, or choose another day.",
    )


def _plan(row: SheetRow, account: Account, there: There, warnings: list[Problem]) -> Plan:
    key = key_of(account, row)
    if row.recurrence is not None:
        series = there.a_series(row, account)
        if series is None:
            return Plan(row=row, account=account, action=Action.ADD, id=key)
        same = series.content == merged_content(row.content, series.content) and series.rule == merged_rule(
            row.recurrence, series.rule
        )
        action = Action.KEEP if same else Action.UPDATE
        return Plan(row=row, account=account, action=action, id=series.id, series=series)
    post = there.post(row, account)
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
    return Plan(row=row, account=account, action=Action.ADD, id=key_of(account, replace(row, sheet_id=None)))


def _update(row: SheetRow, account: Account, post: Post, warnings: list[Problem]) -> Plan:
    planned = post.scheduled_at if post.status is PostStatus.SCHEDULED else None
    if planned is not None and (row.drawn or (row.is_draft and not row.sheet_id)):
        # Its time came from an earlier spread, or from a person: the same file again changes nothing.
        row = replace(row, scheduled_at=planned, drawn=True)
    same = post.content == merged_content(row.content, post.content)
    if same and same_time(row.scheduled_at, planned):
        return Plan(row=row, account=account, action=Action.KEEP, id=post.id)
    cancelled = post.status is PostStatus.DRAFT and post.scheduled_at is not None
    if cancelled and row.scheduled_at is not None and (row.drawn or row.scheduled_at == post.scheduled_at):
        cause = f"Post {post.id} was taken back to a draft; this row schedules it again."
        warnings.append(
            Problem(row=row.row, cause=cause, remedy="Set its status to NHÁP / DRAFT to keep it back.")
        )
    if post.content.text != row.content.text and post.scheduled_at and post.scheduled_at != row.scheduled_at:
        was = f'"{post.content.text[:40]}" at {_local(post.scheduled_at, row)}'
        cause = f"It replaces the post with the same ID: {was}."
        warnings.append(
            Problem(row=row.row, cause=cause, remedy="Give the row another ID if it is a new post.")
        )
    return Plan(row=row, account=account, action=Action.UPDATE, id=post.id)


def _local(at: datetime, row: SheetRow) -> str:
    return describe(at, zone(row.zone))

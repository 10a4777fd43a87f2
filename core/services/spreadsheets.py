"""Workbooks: check first, import as one batch, update by ID, undo, and give the workbook back with results."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import uuid4

from core.domain.access import ALL_RIGHTS, Rights, Role
from core.domain.batch import Batch
from core.domain.drafting import new_post, scheduled, unscheduled, with_content
from core.domain.errors import NotFoundError, RefusedError
from core.domain.policy import Policy
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.series import Series
from core.domain.sheet_merge import merged_content, merged_rule
from core.domain.sheet_result import posted_row, rejected_rows
from core.ports import BatchStore, Clock, PostFilter, PostStore, SeriesStore, Workbooks
from core.services.accounts import Accounts
from core.services.desk import Desk
from core.services.recurring import Recurring
from core.services.sheet_check import Check, Checker, SpreadOver
from core.services.sheet_plan import Action, Plan, Planner

log = logging.getLogger(__name__)

_TRIES: Final = 5
_MOST: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A batch that was imported, with the check that it was made from."""

    batch: Batch
    check: Check
    post_ids: dict[int, str]
    """Post (or series) by row of the sheet."""


class Spreadsheets:
    """What people do with Excel calendars.

    Imports without a post on an account that ``rights`` show do not exist here.
    """

    def __init__(  # noqa: PLR0913  # one per port
        self,
        *,
        files: Workbooks,
        posts: PostStore,
        series: SeriesStore,
        batches: BatchStore,
        accounts: Accounts,
        recurring: Recurring,
        desk: Desk,
        clock: Clock,
        policy: Policy,
        default_zone: str,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._files = files
        self._posts = posts
        self._series = series
        self._batches = batches
        self._accounts = accounts
        self._recurring = recurring
        self._desk = desk
        self._clock = clock
        self._policy = policy
        self._default_zone = default_zone
        self._rights = rights
        planner = Planner(posts, series, batches, policy, rights)
        self._checker = Checker(files, accounts, planner, clock, policy, default_zone, rights)

    async def check(
        self,
        data: bytes,
        file_name: str,
        *,
        account: str | None = None,
        chosen: bool = True,
        over: SpreadOver | None = None,
    ) -> Check:
        """Read, judge, compare with what is there; change nothing. Raises WorkbookError for an unreadable file.

        ``account`` is for rows that name none; without it the default account. Unless it was ``chosen``,
        such rows stay on the account on which an earlier import has put them. A row of an account that
        ``rights`` do not let change is an error of that row.
        """
        return await self._checker.check(data, file_name, account=account, chosen=chosen, over=over)

    async def import_workbook(  # noqa: PLR0913  # what a person may say about an import
        self,
        data: bytes,
        file_name: str,
        *,
        who: str,
        account: str | None = None,
        chosen: bool = True,
        over: SpreadOver | None = None,
        all_or_nothing: bool = False,
        batch_id: str | None = None,
    ) -> Imported:
        """Import the rows without errors as one batch; the same file again changes nothing twice.

        An import with the ``batch_id`` of an earlier one goes on with that, wherever it was interrupted.
        Raises RefusedError when nothing can be imported, or with ``all_or_nothing`` when a row is bad.
        """
        if not self._rights.somewhere(Role.EDITOR):
            raise RefusedError("You may not import posts: ask an owner to make you an editor.")
        check = await self.check(data, file_name, account=account, chosen=chosen, over=over)
        bad = len(check.report.errors)
        if bad and all_or_nothing:
            raise RefusedError(
                f"Nothing was imported: {bad} problems were found. See `autopost import --check`."
            )
        if not check.plans and not check.live:
            raise RefusedError("Nothing can be imported as it is: mend the rows and send the file again.")
        batch = await self._begun(batch_id, _batch_of(check, data, file_name, who, self._clock.now()))
        post_ids = await self._carry_out(check, batch, who)
        log.info(
            "batch.imported", extra={"batch_id": batch.id, "added": batch.added, "updated": batch.updated}
        )
        return Imported(batch=batch, check=check, post_ids=post_ids)

    async def undo(self, batch_id: str, *, who: str) -> int:
        """Take back what a batch added, as far as it is not published or being published. How many.

        Raises NotFoundError; RefusedError when it was undone already or some of it may not be changed.
        """
        batch = await self.batch(batch_id)
        if batch.undone_at is not None:
            raise RefusedError(f"The import {batch_id} was undone already.")
        made = await self._series.find(batch_id=batch_id)
        waiting = PostFilter(batch_id=batch_id, statuses=list(EDITABLE))
        posts = await self._posts.find(waiting, limit=_MOST)
        owners = {*batch.account_ids, *(item.account_id for item in (*made, *posts))}
        if not all(self._rights.may(Role.EDITOR, account_id) for account_id in owners):
            raise RefusedError(
                f"The import {batch_id} has posts on accounts that you may not change: ask an owner to undo it."
            )
        removed = 0
        for series in made:
            removed += await self._recurring.stop(series, who=who)
        for post in await self._posts.find(waiting, limit=_MOST):
            removed += await self._desk.withdraw(post.id)
        await self._batches.save(replace(batch, undone_at=self._clock.now()))
        return removed

    async def batches(self) -> list[Batch]:
        """The latest imports, the newest first."""
        return [batch for batch in await self._batches.recent() if self._is_seen(batch)]

    async def batch(self, batch_id: str) -> Batch:
        """One import. Raises NotFoundError."""
        batch = await self._batches.get(batch_id)
        if batch is None or not self._is_seen(batch):
            raise NotFoundError(f"There is no import {batch_id}.")
        return batch

    async def posts_of(self, batch_id: str) -> list[Post]:
        """What is there of an import, in the order of the times. Raises NotFoundError."""
        await self.batch(batch_id)
        return await self._seen(PostFilter(batch_id=batch_id))

    async def result(self, data: bytes, imported: Imported) -> bytes:
        """The same workbook with status, error, local time and permalink of every row, as they are now."""
        rows_of = {post_id: row for row, post_id in imported.post_ids.items()}
        posts = await self._seen(PostFilter(ids=list(rows_of))) if rows_of else []
        rows = [posted_row(rows_of[post.id], post) for post in posts]
        check = imported.check
        rows += rejected_rows(check.report.errors, check.report.duplicates, check.doubles)
        return await self._files.write_result(data, rows)

    async def _begun(self, batch_id: str | None, batch: Batch) -> Batch:
        """The batch, stored; the one that is there already if it was begun before."""
        found = await self._batches.get(batch_id) if batch_id else None
        if found is not None:
            return found
        begun = replace(batch, id=batch_id or batch.id)
        await self._batches.add(begun)
        return begun

    def _is_seen(self, batch: Batch) -> bool:
        accounts = self._rights.accounts
        return accounts is None or not accounts.isdisjoint(batch.account_ids)

    async def _seen(self, which: PostFilter) -> list[Post]:
        return await self._posts.find(which.within(self._rights.accounts), limit=_MOST)

    async def _carry_out(self, check: Check, batch: Batch, who: str) -> dict[int, str]:
        now = self._clock.now()
        new = [plan for plan in check.plans if plan.action is Action.ADD]
        await self._desk.add(
            [self._post(plan, batch, who, now) for plan in new if plan.row.recurrence is None]
        )
        series = [_series(plan, batch, who, now) for plan in new if plan.row.recurrence is not None]
        await self._recurring.start(series)
        for plan in check.plans:
            if plan.action is Action.UPDATE:
                await self._update(plan, who)
        return {**check.live, **{plan.row.row: plan.id for plan in check.plans}}

    def _post(self, plan: Plan, batch: Batch, who: str, now: datetime) -> Post:
        row = plan.row
        post = new_post(plan.id, plan.account.id, row.content, zone=row.zone, who=who, now=now)
        post = replace(post, batch_id=batch.id, sheet_id=row.sheet_id)
        return (
            post if row.scheduled_at is None else scheduled(post, row.scheduled_at, self._policy.leads, now)
        )

    async def _update(self, plan: Plan, who: str) -> None:
        if plan.series is not None and plan.row.recurrence is not None:
            before = plan.series
            content = merged_content(plan.row.content, before.content)
            rule = merged_rule(plan.row.recurrence, before.rule)
            await self._recurring.change(before, replace(before, content=content, rule=rule))
            return
        for _ in range(_TRIES):
            before = await self._posts.get(plan.id)
            if before is None or before.status not in EDITABLE:
                return
            now = self._clock.now()
            row = plan.row
            content = merged_content(row.content, before.content)
            after = replace(with_content(before, content, self._policy.leads, now), zone=row.zone)
            if row.scheduled_at is not None:
                after = scheduled(after, row.scheduled_at, self._policy.leads, now)
            elif before.status is not PostStatus.DRAFT:
                after = unscheduled(after)
            if await self._desk.save(before, after, who=who, why="updated from a workbook") is not None:
                return


def _batch_of(check: Check, data: bytes, file_name: str, who: str, now: datetime) -> Batch:
    return Batch(
        id=uuid4().hex[:8],
        file_name=file_name,
        digest=hashlib.sha256(data).hexdigest(),
        created_at=now,
        created_by=who,
        added=check.counted(Action.ADD),
        updated=check.counted(Action.UPDATE),
        unchanged=check.counted(Action.KEEP),
        rejected=len({problem.row for problem in check.report.errors}),
        account_ids=tuple(sorted({plan.account.id for plan in check.plans})),
    )


def _series(plan: Plan, batch: Batch, who: str, now: datetime) -> Series:
    if plan.row.recurrence is None:
        raise ValueError(f"row {plan.row.row} is no series")
    return Series(
        id=plan.id,
        account_id=plan.account.id,
        content=plan.row.content,
        rule=plan.row.recurrence,
        due_at=now,
        batch_id=batch.id,
        sheet_id=plan.row.sheet_id,
        created_at=now,
        created_by=who,
    )

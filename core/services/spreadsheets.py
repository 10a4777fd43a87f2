"""Workbooks: check first, import as one batch, update by ID, undo, and give the workbook back with results."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from uuid import uuid4

from core.domain.batch import Batch
from core.domain.drafting import new_post, scheduled, unscheduled, with_content
from core.domain.errors import NotFoundError, RefusedError
from core.domain.policy import Policy
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.series import Series
from core.domain.sheet import Problem, RawSheet, SheetReport
from core.domain.sheet_result import posted_row, rejected_rows
from core.domain.sheet_rows import read_rows
from core.domain.spread import spread
from core.ports import BatchStore, Clock, PostFilter, PostStore, SeriesStore, Workbooks
from core.services.accounts import Accounts
from core.services.desk import Desk
from core.services.recurring import Recurring
from core.services.sheet_plan import Action, Calendar, Plan, Planner

log = logging.getLogger(__name__)

_TRIES: Final = 5
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadOver:
    """Give rows without a time random ones from ``start`` to ``end``, at least ``gap`` apart."""

    start: datetime
    end: datetime
    gap: timedelta
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What an import of this workbook would do. Nothing was changed.

    ``report`` has the findings of the sheet and of the store together; ``plans`` are the rows that
    would be imported; ``doubles`` names by row the post in the store that has the same content.
    """

    report: SheetReport
    plans: tuple[Plan, ...]
    doubles: Mapping[int, str]
    live: Mapping[int, str]
    """The post, by row, of rows that are published already."""

    def counted(self, action: Action) -> int:
        return sum(plan.action is action for plan in self.plans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A batch that was imported, with the check that it was made from."""

    batch: Batch
    check: Check
    post_ids: dict[int, str]
    """Post (or series) by row of the sheet."""


class Spreadsheets:
    """What people do with Excel calendars."""

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
        self._planner = Planner(posts, series, batches, policy)

    async def check(
        self, data: bytes, file_name: str, *, account: str | None = None, over: SpreadOver | None = None
    ) -> Check:
        """Read, judge, compare with what is there; change nothing. Raises WorkbookError for an unreadable file.

        ``account`` is for rows that name none; without it the default account.
        """
        sheet = await self._files.read(data, file_name)
        known = await self._accounts.list()
        default = await self._accounts.named(account) if account or known else None
        zones: dict[str | None, str] = {one.name: one.zone for one in known}
        zones[None] = default.zone if default else self._default_zone
        by_name = {one.name: one for one in known}
        calendar = Calendar(file_name, by_name, default, chosen=account is not None)
        report, live = await self._read(sheet, zones, calendar)
        if default is None:
            report = _without_account(report)
        if over is not None:
            report = _spread(report, over)
        planned = await self._planner.plan(report, calendar, self._clock.now())
        report = replace(
            report,
            rows=tuple(plan.row for plan in planned.plans),
            errors=(*report.errors, *planned.errors),
            warnings=(*report.warnings, *planned.warnings),
        )
        return Check(report=report, plans=planned.plans, doubles=planned.doubles, live=live)

    async def _read(
        self, sheet: RawSheet, zones: Mapping[str | None, str], calendar: Calendar
    ) -> tuple[SheetReport, dict[int, str]]:
        """The report, and the rows whose post is out already: their time has passed, which is no fault."""
        read = partial(
            read_rows,
            sheet,
            default_zone_of=zones,
            default_account=calendar.default.name if calendar.default else None,
            apart=self._policy.duplicate_window,
        )
        now = self._clock.now()
        report = await asyncio.to_thread(read, now=now)
        if not report.errors:
            return report, {}
        whenever = await asyncio.to_thread(read, now=_LONG_AGO)
        doubtful = {problem.row for problem in report.errors}
        live = await self._planner.live([row for row in whenever.rows if row.row in doubtful], calendar)
        return (await asyncio.to_thread(read, now=now, live=live) if live else report), live

    async def import_workbook(  # what a person may say about an import
        self,
        data: bytes,
        file_name: str,
        *,
        who: str,
        account: str | None = None,
        over: SpreadOver | None = None,
        all_or_nothing: bool = False,
    ) -> Imported:
        """Import the rows without errors as one batch; the same file again changes nothing twice.

        Raises RefusedError when nothing can be imported, or with ``all_or_nothing`` when a row is bad.
        """
        check = await self.check(data, file_name, account=account, over=over)
        bad = len(check.report.errors)
        if bad and all_or_nothing:
            raise RefusedError(
                f"Nothing was imported: {bad} problems were found. See `autopost import --check`."
            )
        batch = _batch_of(check, data, file_name, who, self._clock.now())
        await self._batches.add(batch)
        post_ids = await self._carry_out(check, batch, who)
        log.info(
            "batch.imported", extra={"batch_id": batch.id, "added": batch.added, "updated": batch.updated}
        )
        return Imported(batch=batch, check=check, post_ids=post_ids)

    async def undo(self, batch_id: str, *, who: str) -> int:
        """Take back what a batch added, as far as it is not published or being published. How many.

        Raises NotFoundError, or RefusedError when it was undone already.
        """
        batch = await self._batches.get(batch_id)
        if batch is None:
            raise NotFoundError(f"There is no import {batch_id}.")
        if batch.undone_at is not None:
            raise RefusedError(f"The import {batch_id} was undone already.")
        removed = 0
        for series in await self._series.find(batch_id=batch_id):
            removed += await self._recurring.stop(series, who=who)
        for post in await self._posts.find(
            PostFilter(batch_id=batch_id, statuses=list(EDITABLE)), limit=10_000
        ):
            removed += await self._desk.withdraw(post.id)
        await self._batches.save(replace(batch, undone_at=self._clock.now()))
        return removed

    async def batches(self) -> list[Batch]:
        """The latest imports, the newest first."""
        return await self._batches.recent()

    async def result(self, data: bytes, imported: Imported) -> bytes:
        """The same workbook with status, error, local time and permalink of every row, as they are now."""
        rows_of = {post_id: row for row, post_id in imported.post_ids.items()}
        posts = await self._posts.find(PostFilter(ids=list(rows_of)), limit=len(rows_of)) if rows_of else []
        rows = [posted_row(rows_of[post.id], post) for post in posts]
        check = imported.check
        rows += rejected_rows(check.report.errors, check.report.duplicates, check.doubles)
        return await self._files.write_result(data, rows)

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
            after = replace(plan.series, content=plan.row.content, rule=plan.row.recurrence)
            await self._recurring.change(plan.series, after)
            return
        for _ in range(_TRIES):
            before = await self._posts.get(plan.id)
            if before is None or before.status not in EDITABLE:
                return
            now = self._clock.now()
            row = plan.row
            after = replace(with_content(before, row.content, self._policy.leads, now), zone=row.zone)
            if row.scheduled_at is not None:
                after = scheduled(after, row.scheduled_at, self._policy.leads, now)
            elif before.status is not PostStatus.DRAFT:
                after = unscheduled(after)
            if await self._desk.save(before, after, who=who, why="updated from a workbook") is not None:
                return


def _without_account(report: SheetReport) -> SheetReport:
    """No account is linked at all: every row that names none is an error."""
    orphans = [row for row in report.rows if row.account is None]
    remedy = "Link one with `autopost accounts add NAME`, or name it in the column Tài khoản / Account."
    errors = [
        Problem(row=row.row, cause="No account is linked for this row.", remedy=remedy) for row in orphans
    ]
    rows = tuple(row for row in report.rows if row.account is not None)
    return replace(report, rows=rows, errors=(*report.errors, *errors))


def _spread(report: SheetReport, over: SpreadOver) -> SheetReport:
    """Rows without a time get one of the drawn times, in the order of the sheet."""
    drafts = [row for row in report.rows if row.is_draft]
    times = iter(spread(len(drafts), over.start, over.end, gap=over.gap, seed=over.seed))
    rows = tuple(replace(row, scheduled_at=next(times)) if row.is_draft else row for row in report.rows)
    return replace(report, rows=rows)


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

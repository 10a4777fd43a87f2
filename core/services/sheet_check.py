"""What an import of a workbook would do, for somebody with these rights; changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from core.domain.access import Rights, Role
from core.domain.account import Account
from core.domain.daily_spread import DailyHours, spread_within
from core.domain.policy import Policy
from core.domain.sheet import Problem, RawSheet, SheetReport
from core.domain.sheet_rows import read_rows
from core.domain.spread import spread
from core.ports import Clock, Workbooks
from core.services.accounts import Accounts
from core.services.sheet_plan import Action, Calendar, Plan, Planned, Planner

_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadOver:
    """Give rows without a time random ones from ``start`` to ``end``, at least ``gap`` apart.

    ``hours`` are those of each day in which they may be; None means any.
    """

    start: datetime
    end: datetime
    gap: timedelta
    seed: int | None = None
    hours: DailyHours | None = None

    def times(self, count: int) -> list[datetime]:
        """So many moments, rising. Raises RefusedError when there is no room for them."""
        if self.hours is None:
            return spread(count, self.start, self.end, gap=self.gap, seed=self.seed)
        return spread_within(self.hours, count, self.start, self.end, gap=self.gap, seed=self.seed)


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


class Checker:
    """Reads a workbook, judges its rows and compares them with what is there."""

    def __init__(
        self,
        files: Workbooks,
        accounts: Accounts,
        planner: Planner,
        clock: Clock,
        policy: Policy,
        default_zone: str,
        rights: Rights,
    ) -> None:
        self._files = files
        self._accounts = accounts
        self._planner = planner
        self._clock = clock
        self._policy = policy
        self._default_zone = default_zone
        self._rights = rights

    async def check(
        self, data: bytes, file_name: str, *, account: str | None, chosen: bool, over: SpreadOver | None
    ) -> Check:
        """See :meth:`core.services.spreadsheets.Spreadsheets.check`."""
        sheet = await self._files.read(data, file_name)
        known = await self._accounts.list()
        default = await self._default(account, known)
        zones: dict[str | None, str] = {one.name: one.zone for one in known}
        zones[None] = default.zone if default else self._default_zone
        by_name = {one.name: one for one in known}
        calendar = Calendar(file_name, by_name, default, chosen=chosen and account is not None)
        report, live = await self._read(sheet, zones, calendar)
        if default is None:
            report = _without_account(report, known)
        if over is not None:
            report = _spread(report, over)
        planned = self._allowed(await self._planner.plan(report, calendar, self._clock.now()))
        report = replace(
            report,
            rows=tuple(plan.row for plan in planned.plans),
            errors=(*report.errors, *planned.errors),
            warnings=(*report.warnings, *planned.warnings),
        )
        return Check(report=report, plans=planned.plans, doubles=planned.doubles, live=live)

    async def _default(self, name: str | None, known: Sequence[Account]) -> Account | None:
        if name is not None:
            return await self._accounts.named(name)
        return next((account for account in known if account.is_default), None)

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

    def _allowed(self, planned: Planned) -> Planned:
        """Rows of accounts that may only be looked at are errors."""

        def may_change(plan: Plan) -> bool:
            return self._rights.may(Role.EDITOR, plan.account.id)

        refused = [
            Problem(
                row=plan.row.row,
                cause=f"You may look at {plan.account.name} but not change its posts.",
                remedy="Ask an owner to make you an editor of it, or name another account.",
            )
            for plan in planned.plans
            if not may_change(plan)
        ]
        allowed = tuple(filter(may_change, planned.plans))
        return replace(planned, plans=allowed, errors=(*planned.errors, *refused))


def _without_account(report: SheetReport, known: Sequence[Account]) -> SheetReport:
    """There is no default account: every row that names none is an error."""
    orphans = [row for row in report.rows if row.account is None]
    cause = "No account is linked for this row."
    remedy = "Link one with `autopost accounts add NAME`, or name it in the column Tài khoản / Account."
    if known:
        cause = "The row names no account, and the default account is not one of yours."
        names = ", ".join(account.name for account in known)
        remedy = f"Name one in the column Tài khoản / Account: {names}."
    errors = [Problem(row=row.row, cause=cause, remedy=remedy) for row in orphans]
    rows = tuple(row for row in report.rows if row.account is not None)
    return replace(report, rows=rows, errors=(*report.errors, *errors))


def _spread(report: SheetReport, over: SpreadOver) -> SheetReport:
    """Rows without a time get one of the drawn times, in the order of the sheet."""
    drafts = [row for row in report.rows if row.is_draft]
    times = iter(over.times(len(drafts)))
    rows = tuple(
        replace(row, scheduled_at=next(times), drawn=True) if row.is_draft else row for row in report.rows
    )
    return replace(report, rows=rows)

"""A rehearsal: a calendar of weeks is brought into minutes, so that a person can watch it go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from core.domain.access import ALL_RIGHTS, Rights, Role
from core.domain.drafting import new_post, scheduled
from core.domain.errors import WorkbookError
from core.domain.policy import Policy
from core.domain.post import Post
from core.domain.recurrence import occurrence_id, occurrences
from core.domain.sheet import SheetReport, SheetRow
from core.domain.sheet_accounts import account_names
from core.domain.sheet_rows import read_rows
from core.ports import Clock, Workbooks
from core.services.accounts import Accounts
from core.services.desk import Desk

_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Rehearsal:
    """Stages a workbook; its series appear as the occurrences that fall into its weeks."""

    def __init__(  # one per port
        self,
        files: Workbooks,
        accounts: Accounts,
        desk: Desk,
        clock: Clock,
        policy: Policy,
        default_zone: str,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._files = files
        self._accounts = accounts
        self._desk = desk
        self._clock = clock
        self._policy = policy
        self._default_zone = default_zone
        self._rights = rights

    async def account_names(self, data: bytes, file_name: str) -> list[str]:
        """The accounts that the workbook names, in its order."""
        sheet = await self._files.read(data, file_name)
        return list(account_names(sheet))

    async def stage(self, data: bytes, file_name: str, *, start: datetime, span: timedelta) -> list[Post]:
        """Schedule every post with a time of the workbook from ``start`` on, within ``span``, in its order.

        The distances between the times keep their proportions. Raises WorkbookError when a row is bad.
        """
        sheet = await self._files.read(data, file_name)
        known = await self._accounts.list()
        zones: dict[str | None, str] = {account.name: account.zone for account in known}
        zones[None] = self._default_zone
        report = read_rows(sheet, default_zone_of=zones, now=_LONG_AGO)
        if report.errors:
            first = report.errors[0]
            raise WorkbookError(f"Row {first.row} ({first.cell}): {first.cause} {first.remedy}")
        shows = sorted(_shows(report), key=lambda show: show[1])
        if not shows:
            raise WorkbookError("The workbook has no row with a time: there is nothing to rehearse.")
        first_at, last_at = shows[0][1], shows[-1][1]
        whole = max(last_at - first_at, timedelta(seconds=1))
        posts = [
            await self._post(row, post_id, start + span * ((at - first_at) / whole))
            for row, at, post_id in shows
        ]
        await self._desk.add(posts)
        return posts

    async def _post(self, row: SheetRow, post_id: str, at: datetime) -> Post:
        now = self._clock.now()
        account = await self._accounts.named(row.account)
        self._rights.require(Role.EDITOR, account.id)
        post = new_post(post_id, account.id, row.content, zone=row.zone, who="demo", now=now)
        moment = at.replace(microsecond=at.microsecond // 1000 * 1000)
        repeats = row.recurrence is not None
        staged = scheduled(post, moment, self._policy.leads, now, allow_duplicate=repeats)
        return replace(staged, series_id=f"row-{row.row}" if repeats else None)


def _shows(report: SheetReport) -> Iterable[tuple[SheetRow, datetime, str]]:
    """Each post of the calendar with its time; a series as far as the calendar's last single post."""
    last = max(
        (row.scheduled_at for row in report.rows if row.scheduled_at and not row.recurrence), default=None
    )
    for row in report.rows:
        if row.scheduled_at is None:
            continue
        if row.recurrence is None:
            yield row, row.scheduled_at, f"row-{row.row}"
            continue
        for occurrence in occurrences(row.recurrence):
            if last is not None and occurrence.at > last:
                break
            yield row, occurrence.at, occurrence_id(f"row-{row.row}", occurrence.date)
            if last is None:
                break

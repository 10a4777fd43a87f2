"""What the store already has of a sheet's rows: by ID, or by what they say and when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.account import Account
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.series import Series
from core.domain.sheet import Problem, SheetRow
from core.domain.zones import describe, zone


def key_of(account: Account, row: SheetRow) -> str:
    """The id that a row's post gets, however often it is imported: by its ID, else by what it says and when.

    A time that was drawn says nothing of a row: another import would draw another.
    """
    if row.sheet_id:
        identity = [account.id, row.sheet_id]
    else:
        single = row.recurrence is None and not row.drawn
        when = row.scheduled_at.isoformat() if row.scheduled_at and single else repr(row.recurrence)
        identity = [account.id, "", row.content_hash, when]
    return hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class There:
    """Posts and series by account and ID (the workbook's or ours), and all of them by the workbook's ID.

    ``same_file`` are the imports of files with the name of this one: an ID of another file is another ID.
    """

    posts: Mapping[tuple[str, str], Post]
    series: Mapping[tuple[str, str], Series]
    by_sheet: Mapping[str, Sequence[Post | Series]]
    same_file: frozenset[str]

    @classmethod
    def of(cls, posts: Sequence[Post], series: Sequence[Series], same_file: frozenset[str]) -> There:
        by_sheet: dict[str, list[Post | Series]] = {}
        for item in {item.id: item for item in (*posts, *series)}.values():
            by_sheet.setdefault(item.sheet_id or item.id, []).append(item)
        return cls(
            {(post.account_id, name): post for post in posts for name in (post.id, post.sheet_id or post.id)},
            {(one.account_id, name): one for one in series for name in (one.id, one.sheet_id or one.id)},
            by_sheet,
            same_file,
        )

    def post(self, row: SheetRow, account: Account) -> Post | None:
        key = key_of(account, row)
        return self.posts.get((account.id, row.sheet_id or key)) or self.posts.get((account.id, key))

    def a_series(self, row: SheetRow, account: Account) -> Series | None:
        key = key_of(account, row)
        return self.series.get((account.id, row.sheet_id or key)) or self.series.get((account.id, key))

    def home(self, row: SheetRow, accounts: Sequence[Account]) -> Account:
        """The first of the accounts that has the row's post already, from this file; else the first at all."""
        for account in accounts:
            found = self.a_series(row, account) if row.recurrence else self.post(row, account)
            if found is not None and (found.batch_id in self.same_file or account is accounts[0]):
                return account
        return accounts[0]

    def in_the_way(self, row: SheetRow, account: Account) -> Problem | None:
        """Why the row may not be imported: its ID belongs to something that would go out beside it."""
        for item in self.by_sheet.get(row.sheet_id or "", ()):
            repeats = isinstance(item, Series)
            waits = repeats or item.status in EDITABLE
            ours = item.batch_id in self.same_file
            if not waits or (item.account_id == account.id and repeats is (row.recurrence is not None)):
                continue
            if item.account_id != account.id and not ours:
                continue
            what = (
                f"series {item.id}, which goes on" if repeats else f"post {item.id}, which is still waiting"
            )
            where = " on another account" if item.account_id != account.id else ""
            mend = f"autopost posts series stop {item.id}" if repeats else f"autopost posts delete {item.id}"
            return Problem(
                row=row.row,
                cause=f'The ID "{row.sheet_id}" belongs to {what}{where}.',
                remedy=f"End it first with `{mend}`, or give the row another ID.",
            )
        return None

    def still_waiting(self, marked: Mapping[int, str]) -> list[Problem]:
        """A warning for each row that is marked as published while its post is still scheduled."""
        return [
            Problem(
                row=row,
                cause=f"The row is marked as published, but its post {item.id} is scheduled for {_when(item)}.",
                remedy=f"If it is out already, cancel that with `autopost posts cancel {item.id}`.",
            )
            for row, sheet_id in marked.items()
            for item in self.by_sheet.get(sheet_id, ())
            if isinstance(item, Post)
            and item.status is PostStatus.SCHEDULED
            and item.batch_id in self.same_file
        ]


def _when(post: Post) -> str:
    return describe(post.scheduled_at, zone(post.zone)) if post.scheduled_at else "no time"

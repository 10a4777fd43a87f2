"""Workbooks that people send: looked at as often as they like, then imported once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, TypedDict, Unpack

from core.domain.access import ALL_RIGHTS, Rights, Role
from core.domain.account import Account
from core.domain.batch import Batch
from core.domain.composition import STALE
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.sheet_result import posted_row, rejected_rows
from core.domain.upload import Placed, SpreadChoice, Upload, UploadState
from core.ports import Clock, PostFilter, SeriesStore, UploadStore, Workbooks
from core.services.accounts import Accounts
from core.services.outlook import Outlook, outlook_of
from core.services.posts import Posts
from core.services.sheet_check import Check, SpreadOver
from core.services.spreadsheets import Spreadsheets

OPEN_FOR: Final = timedelta(hours=48)
"""An upload that is not imported by then is forgotten."""
_KEPT: Final = timedelta(days=400)
"""What became of the rows of an import is known for so long."""
_HOUR: Final = timedelta(hours=1)
_MOST_PER_HOUR: Final = 10
_MOST: Final = 10_000
_LATEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """How far an import has come. ``latest`` are its latest published posts, the newest last.

    Rows that were left out: ``duplicates``, and ``live`` ones, whose posts were published before. Known of
    workbooks that were sent to be looked at first. ``may_undo``: whoever asks may take it back.
    """

    batch: Batch
    counts: Mapping[PostStatus, int]
    series: int
    latest: tuple[Post, ...]
    failed: tuple[Post, ...]
    next_post: Post | None
    duplicates: int = 0
    live: int = 0
    may_undo: bool = True

    @property
    def undoable(self) -> int:
        """How many posts can be taken back."""
        return sum(number for status, number in self.counts.items() if status in EDITABLE)


class Choices(TypedDict, total=False):
    """What a person decides about an upload."""

    account: str | None
    spread: SpreadChoice | None
    state: UploadState


class Traces(TypedDict, total=False):
    """Where an upload is shown, and what was checked."""

    card: int | None
    beside: tuple[int, ...]
    digest: str


class Uploads:
    """What people do with the workbooks they send; each belongs to one person.

    What takes the bytes of a workbook raises WorkbookError for one that cannot be read.
    """

    def __init__(  # noqa: PLR0913  # one per port or service
        self,
        *,
        uploads: UploadStore,
        series: SeriesStore,
        files: Workbooks,
        spreadsheets: Spreadsheets,
        posts: Posts,
        accounts: Accounts,
        clock: Clock,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._uploads = uploads
        self._series = series
        self._files = files
        self._spreadsheets = spreadsheets
        self._posts = posts
        self._accounts = accounts
        self._clock = clock
        self._rights = rights

    async def begin(
        self, upload_id: str, person_id: str, *, file_id: str, file_name: str, account_id: str | None
    ) -> Upload:
        """A new upload; the one that exists if it was begun before.

        ``account_id`` is the account that the person prefers. Raises RefusedError for somebody who may
        import nothing, or who has sent many files within an hour.
        """
        found = await self._uploads.get(upload_id)
        if found is not None and found.person_id == person_id:
            return found
        if not self._rights.somewhere(Role.EDITOR):
            raise RefusedError("You may not import posts: ask an owner to make you an editor.")
        now = self._clock.now()
        if await self._uploads.count(person_id, since=now - _HOUR) >= _MOST_PER_HOUR:
            raise RefusedError(
                f"You have sent {_MOST_PER_HOUR} workbooks within an hour: send the next one a little later."
            )
        upload = Upload(
            id=upload_id,
            person_id=person_id,
            file_id=file_id,
            file_name=file_name,
            created_at=now,
            expires_at=now + OPEN_FOR,
        )
        upload = await self._for_likely_account(upload, account_id)
        await self._uploads.add(upload)
        return upload

    async def get(self, upload_id: str, person_id: str) -> Upload:
        """Raises NotFoundError, also for another's."""
        found = await self._uploads.get(upload_id)
        if found is None or found.person_id != person_id:
            raise NotFoundError("This workbook is no longer remembered: send the file again.")
        return found

    async def choose(self, upload: Upload, **choices: Unpack[Choices]) -> Upload:
        """Note what the person has decided. Raises ConflictError when ``upload`` is not the newest."""
        chosen = upload.chosen or "account" in choices
        return await self._save(
            upload, replace(upload, **choices, chosen=chosen, revision=upload.revision + 1)
        )

    async def note(self, upload: Upload, **traces: Unpack[Traces]) -> Upload:
        """Note where it is shown. Raises ConflictError when ``upload`` is not the newest."""
        return await self._save(upload, replace(upload, **traces))

    async def outlook(self, upload: Upload, data: bytes) -> Outlook:
        """What its import would do; changes nothing. Raises RefusedError when its account is gone."""
        account = await self._account_of(upload)
        check = await self._spreadsheets.check(
            data, upload.file_name, account=upload.account, chosen=upload.chosen, over=_over(upload)
        )
        return await outlook_of(check, account, self._posts)

    async def marked(self, data: bytes, check: Check) -> bytes | None:
        """The workbook with the rows marked that are not imported, and why; None when there are none."""
        rows = rejected_rows(check.report.errors, check.report.duplicates, check.doubles)
        return await self._files.write_result(data, rows) if rows else None

    async def carry_out(self, upload: Upload, data: bytes, *, who: str) -> Upload:
        """Import it; after an interruption the same call goes on with it.

        Raises RefusedError for other bytes than were checked, when the chosen days have begun and when its
        account is gone; ConflictError when ``upload`` is not the newest.
        """
        if hashlib.sha256(data).hexdigest() != upload.digest:
            raise RefusedError("This file is not the one that was checked: send it again.")
        if upload.spread is not None and upload.spread.start <= self._clock.now():
            raise RefusedError("The days for its rows have begun meanwhile: choose them again.")
        await self._account_of(upload)
        imported = await self._spreadsheets.import_workbook(
            data,
            upload.file_name,
            who=who,
            account=upload.account,
            chosen=upload.chosen,
            over=_over(upload),
            batch_id=upload.id,
        )
        report = imported.check.report
        done = replace(
            upload,
            state=UploadState.IMPORTED,
            placed=tuple(Placed(row, post_id) for row, post_id in sorted(imported.post_ids.items())),
            rejected=tuple(rejected_rows(report.errors, report.duplicates, imported.check.doubles)),
            expires_at=self._clock.now() + _KEPT,
        )
        return await self._save(upload, done)

    async def result(self, upload: Upload, data: bytes) -> bytes:
        """The imported workbook with status, error, local time and permalink of every row, as they are now."""
        rows_of = {one.post_id: one.row for one in upload.placed}
        found = await self._posts.find(PostFilter(ids=list(rows_of)), limit=_MOST)
        rows = [posted_row(rows_of[post.id], post) for post in found]
        return await self._files.write_result(data, [*rows, *upload.rejected])

    async def progress(self, batch_id: str) -> BatchView:
        """How far an import has come. Raises NotFoundError."""
        batch = await self._spreadsheets.batch(batch_id)
        which = PostFilter(batch_id=batch_id)
        counts = await self._posts.count(which)
        latest = await self._some(replace(which, newest_first=True), PostStatus.PUBLISHED, _LATEST)
        series = await self._series.find(batch_id=batch_id)
        sent = await self._uploads.get(batch_id)
        return BatchView(
            batch=batch,
            counts=counts,
            series=sum(self._rights.may(Role.VIEWER, one.account_id) for one in series),
            latest=tuple(reversed(latest)),
            failed=tuple(await self._some(which, PostStatus.FAILED, _LATEST)),
            next_post=next(iter(await self._some(which, PostStatus.SCHEDULED, 1)), None),
            duplicates=max(0, len(sent.rejected) - batch.rejected) if sent else 0,
            live=max(0, len(sent.placed) - batch.added - batch.updated - batch.unchanged) if sent else 0,
            may_undo=all(self._rights.may(Role.EDITOR, one) for one in batch.account_ids),
        )

    async def _save(self, before: Upload, after: Upload) -> Upload:
        saved = await self._uploads.save(before, after)
        if saved is None:
            raise ConflictError(STALE)
        return saved

    async def _some(self, which: PostFilter, status: PostStatus, limit: int) -> list[Post]:
        return await self._posts.find(replace(which, statuses=[status]), limit=limit)

    async def _for_likely_account(self, upload: Upload, preferred: str | None) -> Upload:
        """Its rows that name no account are of the one the person prefers, of the default, or of the first.

        Those of the default account are found wherever an earlier import has put them.
        """
        seen = await self._accounts.list()
        known = [one for one in seen if self._rights.may(Role.EDITOR, one.id)]
        default = next((one for one in seen if one.is_default), None)
        chosen = next((one for one in known if one.id == preferred), None)
        if chosen is None and (default is None or default not in known):
            chosen = next(iter(known), None)
        account = chosen or default
        return replace(upload, account=account and account.id, chosen=chosen not in (None, default))

    async def _account_of(self, upload: Upload) -> Account | None:
        """Of its rows that name none. Raises RefusedError when that is not there any more."""
        if upload.account is None:
            return None
        try:
            return await self._accounts.named(upload.account)
        except NotFoundError:
            raise RefusedError(
                "The account of rows that name none is not linked any more: send the file again."
            ) from None


def _over(upload: Upload) -> SpreadOver | None:
    chosen = upload.spread
    if chosen is None:
        return None
    return SpreadOver(
        start=chosen.start, end=chosen.end, gap=chosen.gap, seed=upload.seed, hours=chosen.hours
    )

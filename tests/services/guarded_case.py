"""Somebody with some rights, and an account with posts to act upon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from core.bootstrap import Core
from core.domain.account import Account
from core.domain.drafting import new_post, scheduled
from core.domain.post import Content, Post, PostStatus
from core.domain.recurrence import Pattern, Recurrence
from core.domain.series import Series
from stories.calendar_file import workbook
from stories.fixtures import WHO
from stories.threads_side import ThreadsSide

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody, whose rights ``core`` has, is about to do something about an account.

    ``everyone`` has all rights, and makes what there is to act upon.
    """

    core: Core
    everyone: Core
    threads: ThreadsSide
    account: Account

    async def post(self, status: PostStatus = PostStatus.DRAFT, **fields: Any) -> Post:
        """A new post of the account, with a text of its own."""
        core = self.everyone
        now = core.clock.now()
        content = Content(text=f"Post {uuid4().hex}")
        draft = new_post(uuid4().hex[:12], self.account.id, content, zone="UTC", who=WHO, now=now)
        timed = draft if status is PostStatus.DRAFT else scheduled(draft, now + DAY, core.policy.leads, now)
        post = replace(timed, **{"status": status, **fields})
        await core.stores.posts.add([post])
        return post

    def new_series(self) -> Series:
        now = self.everyone.clock.now()
        first = (now + DAY).replace(second=0, microsecond=0)
        rule = Recurrence(
            pattern=Pattern.DATE_RANGE,
            start=first.date(),
            at=first.time(),
            zone="UTC",
            until=first.date() + 2 * DAY,
        )
        return Series(
            id=uuid4().hex[:12],
            account_id=self.account.id,
            content=Content(text=f"Series {uuid4().hex}"),
            rule=rule,
            due_at=now,
            created_at=now,
            created_by=WHO,
        )

    def workbook(self) -> bytes:
        """One row, of the account."""
        at = (self.everyone.clock.now() + DAY).replace(second=0, microsecond=0)
        return workbook((uuid4().hex, self.account.name, at, f"Row {uuid4().hex}", None, None))

"""Series: occurrences become posts of their own, some days ahead, each exactly once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from core.domain.access import ALL_RIGHTS, Rights, Role
from core.domain.drafting import new_post
from core.domain.errors import ConflictError, NotFoundError
from core.domain.lifecycle import preparation_due
from core.domain.policy import Policy
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.recurrence import Occurrence, occurrence_id, occurrences
from core.domain.series import Series
from core.ports import Clock, PostFilter, PostStore, SeriesStore
from core.services.desk import Desk

log = logging.getLogger(__name__)

HORIZON: Final = timedelta(days=7)
"""Occurrences within this time exist as posts; beyond it at least the next one does."""
_MOST: Final = 60


class Recurring:
    """Makes occurrences and keeps them in step with their series.

    Series of accounts that ``rights`` do not show do not exist here; every change of another one needs
    an editor of its account and raises RefusedError for anybody else.
    """

    def __init__(
        self,
        series: SeriesStore,
        posts: PostStore,
        desk: Desk,
        clock: Clock,
        policy: Policy,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._series = series
        self._posts = posts
        self._desk = desk
        self._clock = clock
        self._policy = policy
        self._rights = rights

    async def get(self, series_id: str) -> Series:
        """Raises NotFoundError."""
        series = await self._series.get(series_id)
        if series is None or not self._rights.may(Role.VIEWER, series.account_id):
            raise NotFoundError(f"There is no series {series_id}: see `autopost posts series list`.")
        return series

    async def find(self, account_id: str | None = None) -> list[Series]:
        """Those of an account, or all, in the order in which they were made."""
        found = await self._series.find(account_id=account_id)
        return [series for series in found if self._rights.may(Role.VIEWER, series.account_id)]

    async def start(self, series: Sequence[Series]) -> None:
        """Store new series and make their first occurrences."""
        self._must_edit(*series)
        await self._series.add(series)
        for one in series:
            await self.extend(one)

    async def extend(self, series: Series) -> list[Post]:
        """Make the occurrences up to the horizon and at least the next, and say when to come again.

        May be repeated and may stop anywhere: an occurrence's id is derived from series and date.
        """
        self._must_edit(series)
        now = self._clock.now()
        upcoming = self._to_make(series, now)
        posts = [self._occurrence(series, occurrence, now) for occurrence in upcoming]
        added = await self._desk.add(posts) if posts else []
        after = _advanced(series, upcoming, now)
        if await self._series.save(series, after) is None:
            return await self._catch_up(series, added)
        await self._desk.arm(after.due_at)
        return posts

    async def _catch_up(self, series: Series, added: Sequence[str]) -> list[Post]:
        """The series was changed while occurrences of the old one were added: those give way to new ones."""
        newest = await self._series.get(series.id)
        if newest is not None and (newest.content, newest.rule) == (series.content, series.rule):
            return []
        for post_id in added:
            await self._desk.withdraw(post_id)
        return await self.extend(replace(newest, made_until=None)) if newest is not None else []

    async def stop(self, series: Series, *, who: str) -> int:
        """End a series: no further occurrences, and those not yet on their way are removed. How many."""
        self._must_edit(series)
        await self._series.delete(series.id)
        removed = 0
        for post in await self._posts.find(
            PostFilter(series_id=series.id, statuses=list(EDITABLE)), limit=1000
        ):
            removed += await self._desk.withdraw(post.id)
        log.info("series.stopped", extra={"series_id": series.id, "removed": removed, "who": who})
        return removed

    async def change(self, before: Series, after: Series) -> None:
        """Give a series another content or rule; occurrences that a person edited, moved or held apart stay as they are.

        Raises ConflictError when somebody else changed it meanwhile.
        """
        self._must_edit(before, after)
        saved = await self._save(before, replace(after, made_until=None, due_at=self._clock.now()))
        upcoming = PostFilter(series_id=before.id, statuses=[PostStatus.DRAFT, PostStatus.SCHEDULED])
        for post in await self._posts.find(upcoming, limit=1000):
            if not post.edited_occurrence:
                await self._desk.withdraw(post.id)
        await self.extend(saved)

    async def _save(self, before: Series, after: Series) -> Series:
        """Write what differs; the worker, which only moves the series on, is no one else."""
        current: Series | None = before
        while current is not None and (current.content, current.rule) == (before.content, before.rule):
            saved = await self._series.save(current, replace(after, version=current.version))
            if saved is not None:
                return saved
            current = await self._series.get(before.id)
        raise ConflictError("The series was changed by somebody else meanwhile: look at it and try again.")

    async def skip(self, series: Series, day: date, *, who: str) -> bool:
        """Leave one occurrence out; False when it is on its way or published already."""
        self._must_edit(series)
        rule = replace(series.rule, skipped=series.rule.skipped | {day})
        post_id = occurrence_id(series.id, day)
        await self._save(series, replace(series, rule=rule))
        if await self._posts.get(post_id) is not None and not await self._desk.withdraw(post_id):
            return False
        log.info("occurrence.skipped", extra={"series_id": series.id, "day": day.isoformat(), "who": who})
        return True

    def _must_edit(self, *series: Series) -> None:
        for one in series:
            self._rights.require(Role.EDITOR, one.account_id)

    def _to_make(self, series: Series, now: datetime) -> list[Occurrence]:
        if series.paused:
            return []
        made = series.made_until
        found: list[Occurrence] = []
        for occurrence in occurrences(series.rule, after=now - timedelta(seconds=1)):
            if made is not None and occurrence.date <= made:
                continue
            if (occurrence.at > now + HORIZON and found) or len(found) == _MOST:
                break
            found.append(occurrence)
        return found

    def _occurrence(self, series: Series, occurrence: Occurrence, now: datetime) -> Post:
        due = preparation_due(occurrence.at, series.content.type, self._policy.leads, now)
        post = new_post(
            occurrence_id(series.id, occurrence.date),
            series.account_id,
            series.content,
            zone=series.rule.zone,
            who=series.created_by,
            now=now,
        )
        return replace(
            post,
            status=PostStatus.SCHEDULED,
            scheduled_at=occurrence.at,
            due_at=due,
            series_id=series.id,
            occurrence=occurrence.date,
            batch_id=series.batch_id,
        )


def _advanced(series: Series, made: list[Occurrence], now: datetime) -> Series:
    """The series after ``made``: due again when the next occurrence enters the horizon, or is the next at all."""
    until = made[-1].date if made else series.made_until
    following = None if series.paused else _following(series, until, now)
    if following is None:
        return replace(series, made_until=until, due_at=None)
    last = made[-1].at if made else now
    due = max(min(following.at - HORIZON, last), now + timedelta(seconds=1))
    return replace(series, made_until=until, due_at=due)


def _following(series: Series, until: date | None, now: datetime) -> Occurrence | None:
    upcoming = occurrences(series.rule, after=now - timedelta(seconds=1))
    return next((occurrence for occurrence in upcoming if until is None or occurrence.date > until), None)

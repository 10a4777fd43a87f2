"""The due check: what is due is claimed and handed to the queues, and the alarm is armed for what is next."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime

from core.domain.access import Person
from core.domain.errors import UnavailableError
from core.domain.failures import ThreadsError
from core.domain.lifecycle import Work, next_work
from core.domain.policy import Policy
from core.domain.post import Post, PostStatus
from core.ports import (
    AccountStore,
    Agenda,
    Alarm,
    Clock,
    Dispatch,
    PostFilter,
    PostStore,
    Processes,
    SeriesStore,
    Threads,
)
from core.services.desk import WORKER
from core.services.notices import Notices
from core.services.people import People
from core.services.recurring import Recurring

log = logging.getLogger(__name__)

BATCH = 500
"""Posts claimed by one check; what is left is due at once for the next."""


class Scheduling:
    """One check at a time; MongoDB is the truth, the alarm only says when to look."""

    def __init__(  # noqa: PLR0913  # one per port
        self,
        *,
        posts: PostStore,
        accounts: AccountStore,
        series: SeriesStore,
        agenda: Agenda,
        alarm: Alarm,
        dispatch: Dispatch,
        recurring: Recurring,
        people: People,
        notices: Notices,
        threads: Threads,
        processes: Processes,
        clock: Clock,
        policy: Policy,
    ) -> None:
        self._posts = posts
        self._accounts = accounts
        self._series = series
        self._agenda = agenda
        self._alarm = alarm
        self._dispatch = dispatch
        self._recurring = recurring
        self._people = people
        self._notices = notices
        self._threads = threads
        self._processes = processes
        self._clock = clock
        self._policy = policy
        self._warming: asyncio.Task[None] | None = None

    async def check_due(self, job_id: str) -> None:
        """Hand out the posts due within the batch window, look after what else is due, then arm for what is next.

        What fails for one account, series or person keeps nothing else; it is due again when its claim ends.
        """
        now = self._clock.now()
        horizon = now + self._policy.batch_window
        due = await self._agenda.next_due()
        if due is not None and due <= horizon:
            await self._hand_out(f"{job_id}-{now.timestamp():.3f}", now, horizon)
            await _attempted(self._renew_tokens(now, horizon), what="tokens")
            await _attempted(self._extend_series(now, horizon), what="series")
            await _attempted(self._make_digests(horizon), what="digests")
            due = await self._agenda.next_due()
        latest = now + self._policy.reconcile
        await self._alarm.rearm(latest if due is None else min(due, latest))

    async def repair(self) -> None:
        """Redis may have lost something: take back what was handed out, and look at once."""
        released = await self._posts.release_claims()
        if released:
            log.warning("claims.released", extra={"count": released})
        await self._take_over()
        await self._alarm.arm(self._clock.now())
        self._warm(1)

    async def _take_over(self) -> None:
        """What a dead process was publishing is asked about now instead of at the end of its lease.

        Asking is safe whatever became of the call: nothing is sent again without Threads' word.
        """
        publishing = PostFilter(statuses=[PostStatus.PUBLISHING])
        for post in await self._posts.find(publishing, limit=BATCH):
            if post.in_flight and post.intent is not None and self._processes.is_dead(post.intent.by):
                now = self._clock.now()
                await self._posts.save(
                    post, replace(post, due_at=now), who=WORKER, why="its worker died", at=now
                )

    async def _hand_out(self, by: str, now: datetime, horizon: datetime) -> None:
        posts = await self._posts.claim_due(until=horizon, by=by, now=now, limit=BATCH)
        await asyncio.gather(*(self._send(post) for post in posts))
        self._warm(min(sum(is_publishing(post) for post in posts), self._policy.concurrency))

    async def _renew_tokens(self, now: datetime, horizon: datetime) -> None:
        accounts = await self._accounts.claim_due(until=horizon, now=now, limit=BATCH)
        await asyncio.gather(*(self._dispatch.refresh(account) for account in accounts))
        for account in accounts:
            await _attempted(self._notices.warn_of_token(account), what=f"token of {account.id}")

    async def _extend_series(self, now: datetime, horizon: datetime) -> None:
        for one in await self._series.claim_due(until=horizon, now=now, limit=BATCH):
            await _attempted(self._recurring.extend(one), what=f"series {one.id}")

    async def _make_digests(self, horizon: datetime) -> None:
        for person in await self._people.claim_digests(until=horizon, limit=BATCH):
            await _attempted(self._digest(person), what=f"digest of {person.id}")

    async def _digest(self, person: Person) -> None:
        if person.grant is not None:
            await self._notices.digest(person)
        await self._people.digest_made(person.id)

    def _warm(self, connections: int) -> None:
        """Open connections to Threads in the background, while the posts wait for their moment."""
        if connections and (self._warming is None or self._warming.done()):
            self._warming = asyncio.create_task(self._opened(connections))

    async def _opened(self, connections: int) -> None:
        try:
            await self._threads.warm(connections)
        except ThreadsError as error:
            log.info("threads.not_warm", extra={"cause": error.failure.cause})

    async def _send(self, post: Post) -> None:
        if is_publishing(post):
            await self._dispatch.publish(post)
        else:
            await self._dispatch.prepare(post)


async def _attempted(work: Awaitable[object], *, what: str) -> None:
    """Do it; a fault is logged and keeps nothing else from being done. A server that is away is for the caller."""
    try:
        await work
    except UnavailableError:
        raise
    except Exception:
        log.exception("check.failed", extra={"what": what})


def is_publishing(post: Post) -> bool:
    """Whether a claimed post is to be published at the eta of its claim."""
    return post.claim is not None and next_work(post, post.claim.eta) is Work.PUBLISH

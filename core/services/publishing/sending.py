"""On the dot: the intent is stored, the post is held to its millisecond, and one call is sent."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from typing import Final
from uuid import uuid4

from core.domain.account import Account
from core.domain.failures import Failure, FailureClass, Remedy, ThreadsError
from core.domain.policy import Policy
from core.domain.post import Post, PostStatus, PublishIntent, Step
from core.domain.publication import Answer, Publication
from core.ports import AccountBusyError, Clock, PostFilter, PostStore, PublicationLog, Threads
from core.services.desk import Desk
from core.services.publishing.gate import Gate
from core.services.publishing.verdicts import Verdicts

log = logging.getLogger(__name__)

_STOPPED: Final = Failure(
    kind=FailureClass.TRANSIENT,
    cause="the worker stood still at the moment of publishing, so nothing was sent",
    remedy="Nothing to do: it is tried again.",
    action=Remedy.RETRY_SAME,
)


class Sending:
    """Publishes a prepared post."""

    def __init__(  # noqa: PLR0913  # one per port
        self,
        *,
        posts: PostStore,
        ledger: PublicationLog,
        threads: Threads,
        desk: Desk,
        clock: Clock,
        policy: Policy,
        gate: Gate,
        verdicts: Verdicts,
        process: str,
    ) -> None:
        self._process = process
        self._posts = posts
        self._ledger = ledger
        self._threads = threads
        self._desk = desk
        self._clock = clock
        self._policy = policy
        self._gate = gate
        self._verdicts = verdicts

    async def publish(self, post: Post) -> None:
        """Claim the post for one publish call, send it at its moment, and write down the answer."""
        account = await self._gate.to_publish(post)
        if account is None:
            return
        clocked = time.monotonic()
        try:
            started = await self._start(post)
        except AccountBusyError:
            await self._wait_for_account(post)
            return
        if started is None or started.intent is None or not await self._gate.still_free(started):
            return
        publication = _attempt(started, started.intent)
        noted = asyncio.create_task(self._ledger.append(publication))
        try:
            if started.scheduled_at is not None:
                await self._clock.hold_until(started.scheduled_at)
            await self._send(started, account, publication, clocked, noted)
        finally:
            await noted

    async def _start(self, post: Post) -> Post | None:
        """PUBLISHING with the intent, in one write. Raises AccountBusyError."""
        if post.container is None or post.container.creation_id is None:
            raise ValueError(f"post {post.id} has no container to publish")
        now = self._clock.now()
        intent = PublishIntent(
            creation_id=post.container.creation_id,
            at=now,
            attempt=post.attempts + 1,
            send_by=now + self._policy.send_within,
            by=self._process,
        )
        after = replace(
            post,
            status=PostStatus.PUBLISHING,
            step=Step.PUBLISHING,
            in_flight=True,
            waits=False,
            intent=intent,
            due_at=now + self._policy.job_timeout,
            claim=None,
        )
        return await self._desk.save(post, after, why="publishing")

    async def _send(
        self,
        post: Post,
        account: Account,
        publication: Publication,
        clocked: float,
        noted: asyncio.Task[None],
    ) -> None:
        if self._too_late(post, clocked):
            log.warning("post.deadline_passed", extra={"post_id": post.id})
            await self._verdicts.failed(post, _STOPPED, account)
            await self._ledger_answer(replace(publication, failure=_STOPPED), Answer.NOT_SENT)
            return
        sent = replace(publication, sent_at=self._clock.now())
        try:
            media_id = await self._call(account, publication.creation_id, noted)
        except ThreadsError as error:
            await self._refused(post, sent, error, account)
            return
        answered = self._clock.now()
        saved = await self._verdicts.published(post, media_id, sent.sent_at, why="published")
        await self._ledger.answer(
            replace(sent, answered_at=answered, answer=Answer.PUBLISHED, media_id=media_id)
        )
        if saved is None:
            log.error("post.taken_away_while_publishing", extra={"post_id": post.id, "media_id": media_id})

    async def _call(self, account: Account, creation_id: str, noted: asyncio.Task[None]) -> str:
        """Publish, and return no sooner than the ledger has the attempt: the account's next post counts it."""
        try:
            return await self._threads.publish(account.credentials, creation_id)
        finally:
            await asyncio.wait([noted])

    async def _refused(self, post: Post, sent: Publication, error: ThreadsError, account: Account) -> None:
        ambiguous = error.failure.ambiguous
        if ambiguous:
            await self._verdicts.unknown(post)
            if error.failure.action is Remedy.HOLD_ACCOUNT:
                await self._verdicts.account_refused(account, error.failure)
        else:
            await self._verdicts.failed(post, error.failure, account)
        await self._ledger_answer(
            replace(sent, failure=error.failure), Answer.UNKNOWN if ambiguous else Answer.REFUSED
        )

    async def _ledger_answer(self, publication: Publication, answer: Answer) -> None:
        await self._ledger.answer(replace(publication, answered_at=self._clock.now(), answer=answer))

    def _too_late(self, post: Post, clocked: float) -> bool:
        """Whether this process was stopped so long that the lease may be another worker's (rule R7).

        Both clocks count: a suspended machine stops the monotonic one, a clock step moves the other.
        """
        if post.intent is None:
            return True
        within = self._policy.send_within.total_seconds()
        return time.monotonic() - clocked > within or self._clock.now() > post.intent.send_by

    async def _wait_for_account(self, post: Post) -> None:
        """Another publish call of the account is in flight: look again when it ends."""
        after = replace(post, waits=True, claim=None, due_at=self._clock.now() + self._policy.job_timeout)
        if await self._desk.save(post, after) is None:
            return
        publishing = PostFilter(account_id=post.account_id, statuses=[PostStatus.PUBLISHING])
        if not any(other.in_flight for other in await self._posts.find(publishing)):
            now = self._clock.now()
            await self._posts.release_account(post.account_id, now=now)
            await self._desk.arm(now)


def _attempt(post: Post, intent: PublishIntent) -> Publication:
    planned = post.scheduled_at or intent.at
    return Publication(
        id=uuid4().hex,
        post_id=post.id,
        account_id=post.account_id,
        reply=None,
        attempt=intent.attempt,
        creation_id=intent.creation_id,
        scheduled_at=planned,
        sent_at=max(planned, intent.at),
    )

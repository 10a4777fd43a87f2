"""After a post is live: its thread parts and first comment, one by one, and its permalink.

Each reply takes the same way as a post (container, intent, one call, media id), so that a chain that was
interrupted goes on where it stopped. Whatever happens to a reply, its post stays published.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import uuid4

from core.domain.account import Account, AccountState
from core.domain.classifier import container_failure
from core.domain.failures import Failure, Remedy, ThreadsError, needs_new_container
from core.domain.lifecycle import open_reply
from core.domain.matching import same_text
from core.domain.policy import ask_delay, poll_delay
from core.domain.post import Container, Hold, Post, PublishIntent, Reply, ReplyKind, ReplyState, Step
from core.domain.publication import Answer, Publication
from core.domain.retry import RetryAt, decide
from core.ports import AccountStore, Clock, ContainerState, ContainerStatus, PublicationLog, Threads
from core.services.desk import Desk
from core.services.publishing import containers
from core.services.publishing.verdicts import Verdicts

log = logging.getLogger(__name__)

_LEASE: Final = timedelta(minutes=5)
_SEND_WITHIN: Final = timedelta(seconds=45)
"""How long after its intent a reply may be sent: its answer fits into the lease."""
_LINK_AGAIN: Final = timedelta(seconds=5)
_LINK_GIVE_UP: Final = timedelta(minutes=10)
_LISTED_SINCE: Final = timedelta(seconds=60)


class Replying:
    """Brings the replies of a published post forward."""

    def __init__(
        self,
        accounts: AccountStore,
        ledger: PublicationLog,
        threads: Threads,
        desk: Desk,
        clock: Clock,
        verdicts: Verdicts,
    ) -> None:
        self._accounts = accounts
        self._ledger = ledger
        self._threads = threads
        self._desk = desk
        self._clock = clock
        self._verdicts = verdicts

    async def follow_up(self, post: Post) -> None:
        """Post the replies that are open, then ask for the permalink; stop where waiting is needed."""
        account = await self._accounts.get(post.account_id)
        if account is None:
            await self._desk.save(
                post, replace(post, due_at=None, claim=None), why="its account is not linked"
            )
            return
        if not account.can_publish:
            hold = Hold.PAUSED if account.state is AccountState.ACTIVE else Hold.ACCOUNT
            await self._verdicts.hold(post, hold, why=f"its replies are held: {hold}")
            return
        current: Post | None = post
        while current is not None and (index := open_reply(current)) is not None:
            current = await self._advance(current, index, account)
        if current is not None:
            await self._link(current, account)

    async def _advance(self, post: Post, index: int, account: Account) -> Post | None:
        """The post with this reply one step further; None when it has to wait or somebody else has it."""
        reply = post.replies[index]
        if reply.intent is not None:
            return await self._settle(post, index, reply.intent, account)
        try:
            if reply.container is None or reply.container.creation_id is None:
                return await self._create(post, index, reply, account)
            if not reply.container.finished:
                return await self._poll(post, index, reply, reply.container, account)
            return await self._publish(post, index, reply.container.creation_id, account)
        except ThreadsError as error:
            return await self._failed(post, index, error.failure, account)

    async def _create(self, post: Post, index: int, reply: Reply, account: Account) -> Post | None:
        spec = containers.spec_of_reply(reply.text, _parent(post, index))
        made = await containers.create(self._threads, account.credentials, spec, self._clock.now())
        container = replace(made, rebuilds=reply.container.rebuilds if reply.container else 0)
        return await self._write(post, index, replace(reply, state=ReplyState.POSTING, container=container))

    async def _poll(
        self, post: Post, index: int, reply: Reply, container: Container, account: Account
    ) -> Post | None:
        polled = await containers.poll(self._threads, account.credentials, container, self._clock.now())
        after = replace(reply, container=polled)
        if polled.finished:
            tried = reply.attempts if polled.rebuilds else 0
            return await self._write(post, index, replace(after, attempts=tried))
        await self._write(post, index, after, wait=poll_delay(polled.polls - 1))
        return None

    async def _publish(self, post: Post, index: int, creation_id: str, account: Account) -> Post | None:
        now = self._clock.now()
        reply = post.replies[index]
        intent = PublishIntent(creation_id, now, reply.attempts + 1, now + _SEND_WITHIN)
        attempt = _attempt(post, index, intent)
        await self._ledger.append(attempt)
        sending = await self._write(post, index, replace(reply, intent=intent))
        if sending is None or self._clock.now() > intent.send_by:
            await self._ledger.answer(replace(attempt, answer=Answer.NOT_SENT))
            return sending and await self._write(sending, index, reply)
        try:
            media_id = await self._threads.publish(account.credentials, creation_id)
        except ThreadsError as error:
            return await self._refused(sending, index, error.failure, account, attempt)
        await self._answer(attempt, Answer.PUBLISHED, media_id=media_id)
        return await self._posted(sending, index, media_id)

    async def _refused(
        self, post: Post, index: int, failure: Failure, account: Account, attempt: Publication
    ) -> Post | None:
        answer = Answer.UNKNOWN if failure.ambiguous else Answer.REFUSED
        await self._answer(attempt, answer, failure=failure)
        if not failure.ambiguous:
            return await self._failed(post, index, failure, account)
        await self._write(post, index, post.replies[index], wait=ask_delay(0))
        return None

    async def _settle(self, post: Post, index: int, intent: PublishIntent, account: Account) -> Post | None:
        """The answer was lost: the reply's media id by what Threads lists, or another look later."""
        try:
            status = await containers.outcome(self._threads, account.credentials, intent, self._clock.now())
            media_id = await self._find(post, index, intent, account, status)
        except ThreadsError as error:
            log.info("reply.settle_later", extra={"post_id": post.id, "code": error.failure.code})
            status = media_id = None
        if media_id is not None:
            return await self._posted(post, index, media_id)
        if status is not None and status.state in (ContainerState.EXPIRED, ContainerState.ERROR):
            failure = container_failure(status.state, status.error)
            return await self._failed(post, index, failure, account)
        asked = replace(intent, asked=intent.asked + 1)
        reply = replace(post.replies[index], intent=asked)
        await self._write(post, index, reply, wait=ask_delay(asked.asked))
        return None

    async def _find(
        self,
        post: Post,
        index: int,
        intent: PublishIntent,
        account: Account,
        status: ContainerStatus | None,
    ) -> str | None:
        """The media id that was answered; or that of the listed reply with this text nearest to the intent."""
        made = [one for one in await self._ledger.of_post(post.id) if one.creation_id == intent.creation_id]
        for attempt in made:
            if attempt.media_id is not None:
                return attempt.media_id
        if status is None or status.state is not ContainerState.PUBLISHED:
            return None
        since = intent.at - _LISTED_SINCE
        listed = await self._threads.recent_posts(account.credentials, since=since, replies=True)
        alike = [remote for remote in listed if same_text(remote.text, post.replies[index].text)]
        bound = await self._ledger.media_ids(account.id, [remote.id for remote in alike])
        free = [remote for remote in alike if remote.id not in bound]
        nearest = min(free, key=lambda remote: abs(remote.timestamp - intent.at), default=None)
        if nearest is None:
            return None
        for attempt in made:
            await self._answer(attempt, Answer.PUBLISHED, media_id=nearest.id)
        return nearest.id

    async def _answer(self, attempt: Publication, answer: Answer, **what: object) -> None:
        answered = replace(attempt, answer=answer, answered_at=self._clock.now(), **what)
        await self._ledger.answer(answered)

    async def _posted(self, post: Post, index: int, media_id: str) -> Post | None:
        reply = replace(
            post.replies[index], state=ReplyState.POSTED, media_id=media_id, intent=None, error=None
        )
        return await self._write(post, index, reply, insist=True)

    async def _failed(self, post: Post, index: int, failure: Failure, account: Account) -> Post | None:
        reply = post.replies[index]
        now = self._clock.now()
        if failure.action is Remedy.HOLD_ACCOUNT:
            unsent = await self._write(post, index, replace(reply, intent=None), insist=True)
            await self._verdicts.account_refused(account, failure)
            if unsent is not None:
                await self._verdicts.hold(unsent, Hold.ACCOUNT, why=f"its replies are held: {failure.cause}")
            return None
        decision = decide(failure, reply.attempts + 1, now)
        spoilt = needs_new_container(failure, reply.attempts)
        rebuilds = reply.container.rebuilds if reply.container else 0
        after = replace(
            reply,
            attempts=reply.attempts + 1,
            error=failure,
            intent=None,
            container=Container(rebuilds=rebuilds + 1) if spoilt else reply.container,
        )
        if isinstance(decision, RetryAt):
            await self._write(post, index, after, wait=decision.moment - now)
            return None
        log.warning("reply.failed", extra={"post_id": post.id, "reply": index, "code": failure.code})
        return await self._write(post, index, replace(after, state=ReplyState.FAILED), insist=True)

    async def _write(
        self, post: Post, index: int, reply: Reply, *, wait: timedelta = _LEASE, insist: bool = False
    ) -> Post | None:
        replies = (*post.replies[:index], reply, *post.replies[index + 1 :])
        after = replace(post, replies=replies, due_at=self._clock.now() + wait, claim=None)
        if insist:
            return await self._desk.insist(post, after, why="")
        return await self._desk.save(post, after)

    async def _link(self, post: Post, account: Account) -> None:
        """Store the permalink; a media that is not indexed yet is asked for again for ten minutes."""
        now = self._clock.now()
        permalink: str | None = post.permalink
        if permalink is None and post.media_id is not None:
            try:
                permalink = (await self._threads.media(account.credentials, post.media_id)).permalink
            except ThreadsError as error:
                log.info("post.permalink_later", extra={"post_id": post.id, "code": error.failure.code})
        patient = permalink is None and now - (post.published_at or now) < _LINK_GIVE_UP
        after = replace(
            post,
            step=Step.DONE,
            permalink=permalink,
            due_at=now + _LINK_AGAIN if patient else None,
            claim=None,
        )
        await self._desk.save(post, after)


def _parent(post: Post, index: int) -> str:
    """What the reply answers: a thread part the part before it, a first comment the post."""
    if post.media_id is None:
        raise ValueError(f"post {post.id} is not published, it can have no replies")
    if post.replies[index].kind is ReplyKind.THREAD_PART:
        for earlier in reversed(post.replies[:index]):
            if earlier.kind is ReplyKind.THREAD_PART and earlier.media_id is not None:
                return earlier.media_id
    return post.media_id


def _attempt(post: Post, index: int, intent: PublishIntent) -> Publication:
    return Publication(
        id=uuid4().hex,
        post_id=post.id,
        account_id=post.account_id,
        reply=index,
        attempt=intent.attempt,
        creation_id=intent.creation_id,
        scheduled_at=post.scheduled_at or intent.at,
        sent_at=intent.at,
    )

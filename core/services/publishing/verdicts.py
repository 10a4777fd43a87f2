"""What becomes of a post after an answer of Threads: the one place that settles an outcome."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from core.domain.account import AccountState
from core.domain.failures import Failure, FailureClass, Remedy, needs_new_container
from core.domain.lifecycle import open_reply
from core.domain.policy import ask_delay
from core.domain.post import Hold, Post, PostStatus, Step
from core.domain.retry import RetryAt, decide
from core.ports import AccountStore, Clock, PostStore
from core.services.desk import Desk

log = logging.getLogger(__name__)


class Verdicts:
    """Writes published, retry, held, failed or unknown."""

    def __init__(self, posts: PostStore, accounts: AccountStore, desk: Desk, clock: Clock) -> None:
        self._posts = posts
        self._accounts = accounts
        self._desk = desk
        self._clock = clock

    async def published(self, post: Post, media_id: str, at: datetime, *, why: str) -> Post | None:
        """It is live under ``media_id``; its replies and permalink come next."""
        after = replace(
            post,
            status=PostStatus.PUBLISHED,
            step=Step.DONE if open_reply(post) is None else Step.POSTING_REPLIES,
            media_id=media_id,
            published_at=at,
            in_flight=False,
            hold=None,
            error=None,
            due_at=self._clock.now(),
            claim=None,
        )
        saved = await self._desk.insist(post, after, why=why)
        if saved is not None:
            log.info("post.published", extra={"post_id": post.id, "media_id": media_id})
        await self._release(post)
        return saved

    async def failed(self, post: Post, failure: Failure) -> None:
        """A call failed and had no effect: wait and try again, hold the account, or give up."""
        if failure.kind is FailureClass.NEEDS_REAUTH or failure.action is Remedy.HOLD_ACCOUNT:
            await self._hold_account(post, failure)
            return
        decision = decide(failure, post.attempts + 1, self._clock.now())
        if isinstance(decision, RetryAt):
            await self._retry(post, failure, decision.moment)
        else:
            await self.gave_up(post, failure)

    async def unknown(self, post: Post) -> Post | None:
        """The answer was lost: ask Threads soon; the account goes on meanwhile."""
        if post.container is None or post.intent is None:
            raise ValueError("only a post with an intent can have an unknown outcome")
        after = replace(
            post,
            step=Step.CHECKING_OUTCOME,
            in_flight=False,
            container=replace(post.container, ambiguous=True),
            due_at=self._clock.now() + ask_delay(0),
            claim=None,
        )
        saved = await self._desk.insist(post, after, why="the answer of the publish call was lost")
        await self._release(post)
        return saved

    async def undecided(self, post: Post, *, inconclusive: bool) -> None:
        """Asked without a result: ask again later; held for a person once it is ``inconclusive``."""
        if post.intent is None:
            raise ValueError("only a post with an intent can be undecided")
        held = inconclusive or post.hold is Hold.OUTCOME_UNKNOWN
        after = replace(
            post,
            hold=Hold.OUTCOME_UNKNOWN if held else None,
            in_flight=False,
            step=Step.CHECKING_OUTCOME,
            intent=replace(post.intent, asked=post.intent.asked + 1),
            due_at=self._clock.now() + ask_delay(post.intent.asked + 1),
            claim=None,
        )
        news = held and post.hold is None
        await self._desk.save(
            post, after, why="outcome unknown: held until Threads or a person says" if news else ""
        )

    async def gave_up(self, post: Post, failure: Failure) -> None:
        """FAILED: it is not on Threads and will not be without a person."""
        after = replace(
            post,
            status=PostStatus.FAILED,
            step=Step.WAITING,
            error=failure,
            attempts=post.attempts + 1,
            in_flight=False,
            hold=None,
            due_at=None,
            claim=None,
        )
        if await self._desk.insist(post, after, why=failure.cause) is not None:
            log.warning(
                "post.failed", extra={"post_id": post.id, "code": failure.code, "cause": failure.cause}
            )
        await self._release(post)

    async def _retry(self, post: Post, failure: Failure, at: datetime) -> None:
        spoilt = needs_new_container(failure, post.attempts)
        if spoilt and post.container is not None and post.container.ambiguous:
            raise ValueError("a container whose publish had no definite answer is never replaced")
        after = replace(
            post,
            status=PostStatus.SCHEDULED,
            step=Step.WAITING,
            error=failure,
            attempts=post.attempts + 1,
            in_flight=False,
            container=None if spoilt else post.container,
            intent=None,
            due_at=at,
            claim=None,
        )
        await self._desk.insist(post, after, why=f"will be tried again: {failure.cause}")
        await self._release(post)

    async def _hold_account(self, post: Post, failure: Failure) -> None:
        account = await self._accounts.get(post.account_id)
        reauth = failure.kind is FailureClass.NEEDS_REAUTH
        if account is not None and account.state is AccountState.ACTIVE:
            state = AccountState.NEEDS_REAUTH if reauth else AccountState.HELD
            await self._accounts.save(account, replace(account, state=state, error=failure))
            log.warning(
                "account.held", extra={"account": account.name, "state": state, "cause": failure.cause}
            )
        after = replace(
            post,
            status=PostStatus.SCHEDULED,
            step=Step.WAITING,
            hold=Hold.ACCOUNT,
            error=failure,
            in_flight=False,
            intent=None,
            due_at=None,
            claim=None,
        )
        await self._desk.insist(post, after, why=f"held: {failure.cause}")
        await self._release(post)

    async def _release(self, post: Post) -> None:
        if post.in_flight and await self._posts.release_account(post.account_id, now=self._clock.now()):
            await self._desk.arm(self._clock.now())

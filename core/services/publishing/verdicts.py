"""What becomes of a post after an answer of Threads: the one place that settles an outcome."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.account import Account, AccountState
from core.domain.failures import Failure, FailureClass, Remedy, needs_new_container
from core.domain.lifecycle import open_reply
from core.domain.policy import ask_delay
from core.domain.post import Container, Hold, Post, PostStatus, Step
from core.domain.retry import RetryAt, decide, without_tries
from core.ports import AccountStore, Clock, PostStore
from core.services.desk import Desk

log = logging.getLogger(__name__)

_RELINKED: Final = timedelta(seconds=2)
"""How soon a call is made again whose account was linked anew while it failed."""


class Verdicts:
    """Writes published, retry, held, failed or unknown."""

    def __init__(self, posts: PostStore, accounts: AccountStore, desk: Desk, clock: Clock) -> None:
        self._posts = posts
        self._accounts = accounts
        self._desk = desk
        self._clock = clock

    async def published(self, post: Post, media_id: str, at: datetime, *, why: str) -> Post | None:
        """It is live under ``media_id``; its replies and permalink come next.

        That is a fact whoever has looked at the post meanwhile, so it is written as long as the outcome of
        the same call is open.
        """
        saved, current = None, post
        while saved is None and _same_call(current, post):
            saved = await self._desk.insist(current, self._live(current, media_id, at), why=why)
            if saved is None:
                current = await self._posts.get(post.id) or replace(post, intent=None)
        if saved is not None:
            log.info("post.published", extra={"post_id": post.id, "media_id": media_id})
        await self._release(post)
        return saved

    def _live(self, post: Post, media_id: str, at: datetime) -> Post:
        return replace(
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

    async def failed(self, post: Post, failure: Failure, account: Account) -> None:
        """A call for ``account`` failed and had no effect: try again, hold the account, or give up."""
        if failure.kind is FailureClass.NEEDS_REAUTH or failure.action is Remedy.HOLD_ACCOUNT:
            await self.account_refused(account, failure)
            await self.hold(post, Hold.ACCOUNT, why=f"held: {failure.cause}", error=failure)
            return
        tries = _tries(post, failure)
        decision = decide(failure, tries, self._clock.now())
        if isinstance(decision, RetryAt):
            await self._retry(post, failure, tries, decision.moment)
        else:
            await self.gave_up(post, without_tries(failure, tries))

    async def account_refused(self, account: Account, failure: Failure) -> None:
        """Threads takes nothing from the account until a person has done something about it.

        An account that was linked anew since the call was made is left alone.
        """
        state = AccountState.NEEDS_REAUTH if failure.kind is FailureClass.NEEDS_REAUTH else AccountState.HELD
        current: Account | None = account
        while current is not None and current.state is AccountState.ACTIVE and current.token == account.token:
            if await self._accounts.save(current, replace(current, state=state, error=failure)) is not None:
                log.warning(
                    "account.held", extra={"account": account.name, "state": state, "cause": failure.cause}
                )
                return
            current = await self._accounts.get(account.id)

    async def hold(self, post: Post, hold: Hold, *, why: str, error: Failure | None = None) -> None:
        """Do nothing to the post until it is released; what is live stays so, and only its replies wait.

        An account that was linked or resumed just now has released its posts before this one was held.
        """
        sent = post.status is PostStatus.PUBLISHING
        after = replace(
            post,
            status=PostStatus.SCHEDULED if sent else post.status,
            step=Step.READY if sent else post.step,
            hold=hold,
            error=error or post.error,
            in_flight=False,
            waits=False,
            intent=None if sent else post.intent,
            due_at=None,
            claim=None,
        )
        saved = await self._desk.insist(post, after, why=why)
        await self._release(post)
        if saved is None or hold is Hold.MISSED:
            return
        account = await self._accounts.get(post.account_id)
        if account is not None and account.can_publish:
            again = replace(saved, hold=None, due_at=self._clock.now() + _RELINKED)
            await self._desk.save(saved, again, why="its account can publish again")

    async def put_off(self, post: Post, until: datetime, *, why: str) -> None:
        """Nothing was sent, and it is not its turn before ``until``."""
        after = replace(
            post,
            status=PostStatus.SCHEDULED,
            step=Step.READY if post.status is PostStatus.PUBLISHING else post.step,
            in_flight=False,
            intent=None,
            due_at=until,
            claim=None,
        )
        await self._desk.insist(post, after, why=why)
        await self._release(post)

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
            container=replace(post.container or Container(), ambiguous=True),
            intent=replace(post.intent, asked=post.intent.asked + 1),
            due_at=self._clock.now() + ask_delay(post.intent.asked + 1),
            claim=None,
        )
        news = held and post.hold is None
        await self._desk.save(
            post, after, why="outcome unknown: held until Threads or a person says" if news else ""
        )
        await self._release(post)

    async def seen(self, post: Post, media_id: str, at: datetime, *, why: str) -> None:
        """What a person said is published was found: its replies and permalink come next."""
        await self._desk.save(post, self._live(post, media_id, at), why=why)

    async def unseen(self, post: Post, *, again: bool) -> None:
        """What a person said is published was not found: it is looked for ``again`` later, or never."""
        asked = post.intent.asked + 1 if post.intent else 0
        after = replace(
            post,
            intent=replace(post.intent, asked=asked) if post.intent else None,
            due_at=self._clock.now() + ask_delay(asked) if again else None,
            claim=None,
        )
        await self._desk.save(post, after)

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

    async def _retry(self, post: Post, failure: Failure, tries: int, at: datetime) -> None:
        container = post.container
        if container is not None and needs_new_container(failure, tries - 1):
            if container.ambiguous:
                raise ValueError("a container whose publish had no definite answer is never replaced")
            container = Container(rebuilds=container.rebuilds + 1)
        after = replace(
            post,
            status=PostStatus.SCHEDULED,
            step=Step.WAITING,
            error=failure,
            attempts=tries,
            in_flight=False,
            container=container,
            intent=None,
            due_at=at,
            claim=None,
        )
        await self._desk.insist(post, after, why=f"will be tried again: {failure.cause}")
        await self._release(post)

    async def _release(self, post: Post) -> None:
        if post.in_flight and await self._posts.release_account(post.account_id, now=self._clock.now()):
            await self._desk.arm(self._clock.now())


def _same_call(post: Post, other: Post) -> bool:
    """Whether the outcome of one and the same publish call is open in both."""
    return (
        post.status is PostStatus.PUBLISHING
        and post.intent is not None
        and other.intent is not None
        and post.intent.creation_id == other.intent.creation_id
    )


def _tries(post: Post, failure: Failure) -> int:
    """How often it was tried in a row, with this failure; waiting for a limit is counted by itself."""
    waited = post.error is not None and post.error.action is Remedy.WAIT
    same_sort = post.error is None or waited is (failure.action is Remedy.WAIT)
    return post.attempts + 1 if same_sort else 1

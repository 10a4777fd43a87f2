"""What keeps a post back although its time has come: account, policy, pace, duplicates."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from core.domain.account import Account, AccountState, MissedPolicy
from core.domain.errors import UnavailableError
from core.domain.failures import Failure, FailureClass
from core.domain.lifecycle import is_late, is_missed
from core.domain.policy import DAILY_POSTS, Policy, paced_until
from core.domain.post import Hold, Post, PostStatus, Step
from core.ports import AccountStore, Clock, PostFilter, PostStore, PublicationLog, Threads
from core.services.publishing.verdicts import Verdicts

_NO_QUOTA_DELAY = timedelta(minutes=15)


class Gate:
    """Lets a post pass, or writes down why not and when to look again."""

    def __init__(  # one per port
        self,
        *,
        posts: PostStore,
        accounts: AccountStore,
        ledger: PublicationLog,
        threads: Threads,
        clock: Clock,
        policy: Policy,
        verdicts: Verdicts,
    ) -> None:
        self._posts = posts
        self._accounts = accounts
        self._ledger = ledger
        self._threads = threads
        self._clock = clock
        self._policy = policy
        self._verdicts = verdicts

    async def to_prepare(self, post: Post) -> Account | None:
        """The account, if the post may be prepared now."""
        account, same = await asyncio.gather(self._accounts.get(post.account_id), self._same(post))
        held = await self._keep_back(post, account, same)
        return None if held or account is None else account

    async def quota_left(self, post: Post, account: Account) -> bool:
        """Whether Threads itself says that the day's allowance is not used up; defers the post if it is.

        Raises ThreadsError when Threads cannot be asked.
        """
        quota = await self._threads.publishing_limit(account.credentials)
        if quota.used < quota.total:
            return True
        now = self._clock.now()
        oldest = await self._ledger.nth_latest(account.id, quota.total, since=now - timedelta(hours=24))
        until = paced_until(now, in_minute=None, in_day=oldest)
        planned = post.scheduled_at or now
        if until <= planned:
            return True
        await self._defer(post, max(until, now + _NO_QUOTA_DELAY), "24 h quota of the account is used up")
        return False

    async def to_publish(self, post: Post) -> Account | None:
        """The account, if the post may be published at its moment."""
        account, same, until = await asyncio.gather(
            self._accounts.get(post.account_id), self._same(post), self._paced_until(post)
        )
        if await self._keep_back(post, account, same) or account is None:
            return None
        return account if await self._in_time(post, until) else None

    async def still_free(self, started: Post) -> bool:
        """Whether what was true of pace and duplicates still is, now that nobody else publishes for the account.

        If that cannot be asked, what was true a moment ago counts: the intent is stored.
        """
        try:
            same, until = await asyncio.gather(self._same(started), self._paced_until(started))
        except UnavailableError:
            return True
        if same is not None:
            await self._fail_as_duplicate(started, same)
            return False
        return await self._in_time(started, until)

    async def _in_time(self, post: Post, until: datetime) -> bool:
        if until <= max(self._clock.now(), post.scheduled_at or until):
            return True
        await self._defer(post, until, "waits for the account's pace")
        return False

    async def _paced_until(self, post: Post) -> datetime:
        """The first moment at which the account's limits leave room for the post."""
        now, minute, day = self._clock.now(), timedelta(minutes=1), timedelta(hours=24)
        in_minute, in_day = await asyncio.gather(
            self._ledger.nth_latest(post.account_id, self._policy.rate_per_minute, since=now - minute),
            self._ledger.nth_latest(post.account_id, DAILY_POSTS, since=now - day),
        )
        until = paced_until(now, in_minute=in_minute, in_day=in_day)
        gap = self._policy.backlog_gap
        if not gap or not is_late(post, now, self._policy.missed_grace):
            return until
        ahead = await self._ahead(post)
        latest = await self._ledger.nth_latest(post.account_id, 1, since=now - gap)
        return max(until, (latest + gap if latest else now) + gap * ahead)

    async def _ahead(self, post: Post) -> int:
        """How many posts of the account are even later, so that they go first."""
        earlier = PostFilter(
            account_id=post.account_id,
            statuses=[PostStatus.SCHEDULED],
            held=False,
            until=post.scheduled_at,
        )
        found = await self._posts.find(earlier, limit=DAILY_POSTS)
        return sum(other.error is None and other.step is not Step.PROCESSING_MEDIA for other in found)

    async def _keep_back(self, post: Post, account: Account | None, same: Post | None) -> bool:
        if account is None:
            await self._fail(
                post, "its account is not linked", "Link the account again, then retry the post."
            )
        elif not account.can_publish:
            hold = Hold.PAUSED if account.state is AccountState.ACTIVE else Hold.ACCOUNT
            await self._verdicts.hold(post, hold, why=f"held: {hold}")
        elif is_missed(post, self._clock.now(), self._policy.missed_grace) and (
            account.missed_policy is not MissedPolicy.PUBLISH
        ):
            await self._missed(post, account.missed_policy)
        elif same is not None:
            await self._fail_as_duplicate(post, same)
        else:
            return False
        return True

    async def _fail_as_duplicate(self, post: Post, same: Post) -> None:
        hours = int(self._policy.duplicate_window.total_seconds() // 3600)
        await self._fail(
            post,
            f"the same content went out on this account within {hours} hours (post {same.id})",
            "Change the text, or schedule it again and allow the duplicate.",
        )

    async def _same(self, post: Post) -> Post | None:
        if post.allow_duplicate or not self._policy.duplicate_window:
            return None
        since = self._clock.now() - self._policy.duplicate_window
        same = await self._posts.published_same(post.account_id, post.content_hash, since=since, but=post.id)
        if same is not None and post.series_id is not None and same.series_id == post.series_id:
            return None
        return same

    async def _missed(self, post: Post, policy: MissedPolicy) -> None:
        if policy is MissedPolicy.ASK:
            await self._verdicts.hold(
                post, Hold.MISSED, why="held: its time passed while nothing could be published"
            )
            return
        await self._fail(
            post,
            "its time passed while nothing could be published, and the account skips missed posts",
            "Schedule it again, or publish it now.",
        )

    async def _defer(self, post: Post, until: datetime, why: str) -> None:
        await self._verdicts.put_off(post, until, why=why)

    async def _fail(self, post: Post, cause: str, remedy: str) -> None:
        await self._verdicts.gave_up(post, Failure(kind=FailureClass.FATAL, cause=cause, remedy=remedy))

"""Posts: write, change, give a time, take it back, publish now, retry, delete, and say why."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from core.domain.access import ALL_RIGHTS, Rights, Role
from core.domain.account import Account
from core.domain.content_rules import Finding, review
from core.domain.drafting import new_post, scheduled, unscheduled, with_content
from core.domain.duplicates import content_hash
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.lifecycle import outcome_by
from core.domain.policy import Policy
from core.domain.post import EDITABLE, Content, Hold, Post, PostStatus, Step
from core.domain.zones import describe, zone
from core.ports import AccountStore, Clock, PostFilter, PostStore
from core.services.desk import Desk
from core.services.duplicates import Duplicates

log = logging.getLogger(__name__)

_TRIES: Final = 5
_RELEASED_BY_ACCOUNT: Final = (Hold.ACCOUNT, Hold.PAUSED)
_PAST_TOLERANCE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Written:
    """A post as stored, with what is doubtful about it."""

    post: Post
    warnings: tuple[Finding, ...]


class Posts:
    """What people do with single posts. ``who`` names the person and the face, such as ``cli:linh``.

    Posts of accounts that ``rights`` do not show do not exist here; every change of another one needs an
    editor of its account and raises RefusedError for anybody else.
    """

    def __init__(
        self,
        posts: PostStore,
        accounts: AccountStore,
        desk: Desk,
        clock: Clock,
        policy: Policy,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._posts = posts
        self._accounts = accounts
        self._desk = desk
        self._clock = clock
        self._policy = policy
        self._duplicates = Duplicates(posts, policy.duplicate_window)
        self._rights = rights

    async def create(
        self, account: Account, content: Content, *, who: str, post_id: str | None = None
    ) -> Written:
        """A draft. Raises RefusedError when Threads would refuse the content.

        With a ``post_id`` it is made once: again, the post is returned as it is by now. Raises
        ConflictError when somebody else has a post of this id.
        """
        self._rights.require(Role.EDITOR, account.id)
        warnings = self._checked(content)
        post_id, now = post_id or uuid4().hex[:12], self._clock.now()
        post = new_post(post_id, account.id, content, zone=account.zone, who=who, now=now)
        if not await self._desk.add([post]):
            post = await self._posts.get(post_id)
            if post is None or post.created_by != who or not self._rights.may(Role.EDITOR, post.account_id):
                raise ConflictError(f"The id {post_id} belongs to another post: begin again.")
        return Written(post, warnings)

    async def get(self, post_id: str) -> Post:
        """The post, with its history. Raises NotFoundError."""
        post = await self._posts.get(post_id)
        if post is None or not self._rights.may(Role.VIEWER, post.account_id):
            raise NotFoundError(f"There is no post {post_id}: see `autopost posts list`.")
        return post

    async def find(self, which: PostFilter, *, limit: int = 100, skip: int = 0) -> list[Post]:
        return await self._posts.find(which.within(self._rights.accounts), limit=limit, skip=skip)

    async def count(self, which: PostFilter) -> dict[PostStatus, int]:
        """How many of them have each status; a status that none has is missing."""
        return await self._posts.count(which.within(self._rights.accounts))

    async def edit(self, post_id: str, content: Content, *, who: str) -> Written:
        """Other content; what was prepared at Threads is dropped. Raises RefusedError, NotFoundError."""
        post = await self._to_change(post_id)
        warnings = self._checked(content)

        def changed(post: Post, now: datetime) -> Post:
            self._must_be_editable(post)
            return with_content(post, content, self._policy.leads, now)

        if post.status is PostStatus.SCHEDULED and post.scheduled_at and not post.allow_duplicate:
            await self._duplicates.refuse(
                replace(post, content_hash=content_hash(content)), post.scheduled_at
            )
        return Written(await self._change(post_id, changed, who=who, why="edited"), warnings)

    async def schedule(self, post_id: str, at: datetime, *, who: str, allow_duplicate: bool = False) -> Post:
        """Give a draft, failed or scheduled post this moment (UTC). Raises RefusedError for a past one."""
        post = await self._to_change(post_id)
        now = self._clock.now()
        if at < now - _PAST_TOLERANCE:
            raise RefusedError(f"{at:%Y-%m-%d %H:%M} UTC has passed: choose a later time, or publish it now.")

        def changed(post: Post, now: datetime) -> Post:
            self._must_be_editable(post)
            return self._scheduled(post, at, now, allow_duplicate=allow_duplicate)

        if not allow_duplicate:
            await self._duplicates.refuse(post, at)
        return await self._change(post_id, changed, who=who, why=f"scheduled for {_local(at, post)}")

    async def publish_now(self, post_id: str, *, who: str, allow_duplicate: bool = False) -> Post:
        """Have it published at once, whatever its time was. Raises DuplicateError."""

        def changed(post: Post, now: datetime) -> Post:
            self._must_be_editable(post)
            allowed = allow_duplicate or post.allow_duplicate
            return replace(self._scheduled(post, now, now, allow_duplicate=allowed), missed_accepted=True)

        post = await self._to_change(post_id)
        if not (allow_duplicate or post.allow_duplicate):
            await self._duplicates.refuse(post, self._clock.now())
        return await self._change(post_id, changed, who=who, why="publish now")

    async def cancel(self, post_id: str, *, who: str) -> Post:
        """Back to a draft. Raises RefusedError once the publish call is on its way."""

        def changed(post: Post, _now: datetime) -> Post:
            if post.status is PostStatus.DRAFT:
                raise RefusedError(f"Post {post.id} is a draft: there is nothing to cancel.")
            self._must_be_editable(post)
            return unscheduled(post)

        return await self._change(post_id, changed, who=who, why="schedule cancelled")

    async def retry(self, post_id: str, *, who: str) -> Post:
        """Publish a failed post anew, at its time if that is still to come, otherwise now."""

        def changed(post: Post, now: datetime) -> Post:
            if post.status is not PostStatus.FAILED:
                raise RefusedError(f"Post {post.id} is {post.status}: only a FAILED post can be retried.")
            at = max(post.scheduled_at or now, now)
            fresh = self._scheduled(post, at, now, allow_duplicate=post.allow_duplicate)
            return replace(fresh, missed_accepted=True)

        return await self._change(post_id, changed, who=who, why="retry")

    async def delete(self, post_id: str, *, who: str) -> None:
        """Remove it from here; what is live on Threads stays there. Raises RefusedError while publishing."""
        for _ in range(_TRIES):
            post = await self._to_change(post_id)
            if post.status is PostStatus.PUBLISHING:
                raise RefusedError(f"Post {post.id} is being published: wait for its outcome.")
            if await self._desk.delete(post):
                log.info("post.deleted", extra={"post_id": post_id, "who": who})
                return
        raise ConflictError(f"Post {post_id} keeps changing: try again.")

    async def settle_by_hand(self, post_id: str, *, live: bool, who: str) -> Post:
        """A person says what became of a post whose outcome is unknown. Raises RefusedError otherwise.

        That it is not there can be said only when the publish call can no longer take effect; one that is there
        is looked for, since its permalink and its replies need the id that Threads gave it.
        """

        def changed(post: Post, now: datetime) -> Post:
            if post.status is not PostStatus.PUBLISHING or post.hold is not Hold.OUTCOME_UNKNOWN:
                raise RefusedError(f"Post {post.id} is {post.status}: its outcome is not in doubt.")
            if live:
                return replace(
                    post,
                    status=PostStatus.PUBLISHED,
                    step=Step.DONE,
                    hold=None,
                    due_at=now if post.intent else None,
                    claim=None,
                    intent=replace(post.intent, asked=0) if post.intent else None,
                    published_at=post.intent.at if post.intent else now,
                )
            self._must_be_over(post, now)
            again = replace(post, container=None, intent=None, in_flight=False)
            return replace(self._scheduled(again, now, now, allow_duplicate=True), missed_accepted=True)

        why = "a person saw it on Threads" if live else "a person saw that it is not on Threads: send again"
        return await self._change(post_id, changed, who=who, why=why)

    async def look_again(self, post_id: str, *, who: str) -> Post:
        """Have a post that seems stuck looked at now: the worker asks Threads before it does anything."""

        def changed(post: Post, now: datetime) -> Post:
            if post.in_flight:
                self._must_be_over(post, now)
            if post.status in (PostStatus.DRAFT, PostStatus.FAILED):
                raise RefusedError(f"Post {post.id} is {post.status}: it waits for nothing.")
            return replace(post, due_at=now, claim=None, waits=False)

        return await self._change(post_id, changed, who=who, why="looked at again")

    async def release(self, which: PostFilter, *, who: str, why: str) -> int:
        """Let held posts go on (account linked again or resumed). How many."""
        released = 0
        for post in await self.find(which, limit=10_000):
            self._rights.require(Role.EDITOR, post.account_id)
            released += await self._let_go(post.id, who=who, why=why)
        return released

    async def _let_go(self, post_id: str, *, who: str, why: str) -> bool:
        """Make a held post due at its old time: the account's policy for missed posts decides about a late one."""
        while (post := await self._posts.get(post_id)) is not None and post.hold in _RELEASED_BY_ACCOUNT:
            due = post.scheduled_at and post.scheduled_at - self._policy.leads[post.type]
            after = replace(post, hold=None, due_at=due, claim=None)
            if await self._desk.save(post, after, who=who, why=why) is not None:
                return True
        return False

    def _scheduled(self, post: Post, at: datetime, now: datetime, *, allow_duplicate: bool) -> Post:
        return scheduled(post, at, self._policy.leads, now, allow_duplicate=allow_duplicate)

    async def _change(
        self, post_id: str, change: Callable[[Post, datetime], Post], *, who: str, why: str
    ) -> Post:
        """Apply a change to the newest version; repeated when the worker was quicker."""
        for _ in range(_TRIES):
            before = await self._to_change(post_id)
            saved = await self._desk.save(before, change(before, self._clock.now()), who=who, why=why)
            if saved is not None:
                return saved
        raise ConflictError(f"Post {post_id} keeps changing: try again.")

    async def _to_change(self, post_id: str) -> Post:
        post = await self.get(post_id)
        self._rights.require(Role.EDITOR, post.account_id)
        return post

    def _must_be_editable(self, post: Post) -> None:
        if post.status not in EDITABLE:
            done = "is live on Threads" if post.status is PostStatus.PUBLISHED else "is being published"
            raise RefusedError(f"Post {post.id} {done}: it cannot be changed any more.")

    def _must_be_over(self, post: Post, now: datetime) -> None:
        over = outcome_by(post, self._policy.job_timeout)
        if over is not None and now < over:
            raise RefusedError(
                f"Post {post.id} may still be published: Threads has until {_local(over, post)}."
                " Look at the account after that."
            )

    def _checked(self, content: Content) -> tuple[Finding, ...]:
        findings = review(content)
        for finding in findings:
            if finding.error:
                raise RefusedError(f"{finding.cause} {finding.remedy}")
        return findings


def _local(at: datetime, post: Post) -> str:
    return describe(at, zone(post.zone))


async def for_each(
    post_ids: Sequence[str], action: Callable[[str], Awaitable[object]]
) -> dict[str, str | None]:
    """Do something to many posts; per id None, or the sentence that says why not. Nothing else stops."""
    outcome: dict[str, str | None] = {}
    for post_id in post_ids:
        try:
            await action(post_id)
        except (NotFoundError, RefusedError, ConflictError) as error:
            outcome[post_id] = str(error)
        else:
            outcome[post_id] = None
    return outcome

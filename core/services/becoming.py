"""How a composition that was decided on becomes a post or a series, and how it is taken back.

The composition names its post before that exists and says afterwards that it does. So whatever dies
between, and whoever repeats it, goes on where it was left and never makes a second post.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from core.domain.account import Account
from core.domain.composition import Composition
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.recurrence import Recurrence
from core.domain.series import Series
from core.ports import Clock, CompositionStore, PostFilter
from core.services.posts import Posts
from core.services.recurring import Recurring

log = logging.getLogger(__name__)

_TRIES: Final = 5


class Becoming:
    """``composition`` is always one with a ``post_id``."""

    def __init__(
        self, compositions: CompositionStore, posts: Posts, recurring: Recurring, clock: Clock
    ) -> None:
        self._compositions = compositions
        self._posts = posts
        self._recurring = recurring
        self._clock = clock

    async def post(
        self,
        composition: Composition,
        account: Account,
        who: str,
        go: Callable[[str], Awaitable[Post]] | None = None,
    ) -> Post:
        """Its post as it is by now, made and, if it is a new one, set going by ``go``.

        Raises RefusedError, with the composition open again, when it may not go out.
        """
        post_id = _named(composition)
        if composition.finished:
            return await self._posts.get(post_id)
        post = await self._found(post_id)
        if post is None:
            made = await self._posts.create(account, composition.content, who=who, post_id=post_id)
            post = made.post
        if go is not None and post.status is PostStatus.DRAFT:
            post = await self._gone(composition, who, go)
        await self._finish(composition)
        log.info("composition.became_post", extra={"composition": composition.id, "post_id": post_id})
        return post

    async def series(self, composition: Composition, rule: Recurrence, account: Account, who: str) -> Series:
        """Its series as it is by now, with its first occurrences made."""
        series_id = _named(composition)
        if not composition.finished:
            await self._recurring.start([self._series(composition, rule, account.id, who)])
            await self._finish(composition)
            log.info("composition.became_series", extra={"composition": composition.id, "series": series_id})
        return await self._recurring.get(series_id)

    async def take_back(self, composition: Composition, who: str) -> Composition:
        """Remove its post or series, and open it again. Raises RefusedError for what has begun to go out."""
        if composition.rule is not None and composition.account_id is not None:
            await self._end(self._series(composition, composition.rule, composition.account_id, who), who)
        else:
            await self._withdraw(_named(composition), who)
        for _ in range(_TRIES):
            before = await self._compositions.get(composition.id)
            if before is None or before.post_id != composition.post_id:
                return before or composition
            opened = replace(before, post_id=None, finished=False)
            saved = await self._compositions.save(before, opened)
            if saved is not None:
                log.info("composition.taken_back", extra={"composition": composition.id, "who": who})
                return saved
        raise ConflictError("The draft keeps changing: try again.")

    async def _gone(self, composition: Composition, who: str, go: Callable[[str], Awaitable[Post]]) -> Post:
        """Its post set going, by us or by somebody who does the same at this moment."""
        try:
            return await go(_named(composition))
        except (RefusedError, ConflictError) as error:
            post = await self._posts.get(_named(composition))
            if post.status is not PostStatus.DRAFT:
                return post
            if isinstance(error, RefusedError):
                await self.take_back(composition, who)
            raise

    async def _end(self, series: Series, who: str) -> None:
        begun = PostFilter(series_id=series.id, statuses=[PostStatus.PUBLISHING, PostStatus.PUBLISHED])
        if await self._posts.find(begun, limit=1):
            raise RefusedError(
                "A post of this series is on its way to Threads or there already: end the series instead."
            )
        await self._recurring.stop(series, who=who)

    async def _withdraw(self, post_id: str, who: str) -> None:
        """A draft is what the worker leaves alone, so it is made one before it is removed."""
        post = await self._found(post_id)
        if post is None:
            return
        if post.status not in EDITABLE:
            where = "live on Threads" if post.status is PostStatus.PUBLISHED else "being published"
            raise RefusedError(f"Post {post_id} is {where}: it cannot be taken back any more.")
        if post.status is not PostStatus.DRAFT:
            await self._posts.cancel(post_id, who=who)
        await self._posts.delete(post_id, who=who)

    async def _found(self, post_id: str) -> Post | None:
        try:
            return await self._posts.get(post_id)
        except NotFoundError:
            return None

    async def _finish(self, composition: Composition) -> None:
        """A lost race means that somebody else has finished it, or has taken it back."""
        await self._compositions.save(composition, replace(composition, finished=True))

    def _series(self, composition: Composition, rule: Recurrence, account_id: str, who: str) -> Series:
        now = self._clock.now()
        return Series(
            id=_named(composition),
            account_id=account_id,
            content=composition.content,
            rule=rule,
            due_at=now,
            created_at=now,
            created_by=who,
        )


def _named(composition: Composition) -> str:
    if composition.post_id is None:
        raise ValueError(f"nobody has decided on composition {composition.id}")
    return composition.post_id

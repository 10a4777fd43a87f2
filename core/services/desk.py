"""The desk: where posts are written, so that MongoDB and the alarm stay in step."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.domain.errors import UnavailableError
from core.domain.post import EDITABLE, Post
from core.ports import Alarm, Clock, Events, PostStore

log = logging.getLogger(__name__)

WORKER: Final = "worker"
_BACKOFF_SECONDS: Final = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Desk:
    """Commits posts, arms the alarm before and after, and says to whoever listens what has changed.

    A crash between the two costs at most an empty check. An alarm that cannot be reached stops nobody:
    the worker looks at MongoDB as soon as Redis is back.
    """

    def __init__(self, posts: PostStore, alarm: Alarm, clock: Clock, events: Events) -> None:
        self._posts = posts
        self._alarm = alarm
        self._clock = clock
        self._events = events

    async def add(self, posts: Sequence[Post]) -> list[str]:
        """Insert posts; the ids of the new ones."""
        due = min((post.due_at for post in posts if post.due_at is not None), default=None)
        await self.arm(due)
        added = await self._posts.add(posts)
        await self.arm(due)
        for post_id in added:
            self._events.announce(post_id)
        return added

    async def save(self, before: Post, after: Post, *, who: str = WORKER, why: str = "") -> Post | None:
        """Write ``after`` if nobody changed ``before`` meanwhile; None if somebody did."""
        if who != WORKER:
            await self.arm(after.due_at)
        saved = await self._posts.save(before, after, who=who, why=why, at=self._clock.now())
        if saved is not None:
            self._events.announce(saved.id)
            await self.arm(saved.due_at)
        return saved

    async def insist(self, before: Post, after: Post, *, why: str) -> Post | None:
        """Like :meth:`save` for a fact that must not be lost: tried until MongoDB answers."""
        attempt = 0
        while True:
            try:
                return await self.save(before, after, why=why)
            except UnavailableError:
                delay = _BACKOFF_SECONDS[min(attempt, len(_BACKOFF_SECONDS) - 1)]
                log.warning("post.save_waits", extra={"post_id": before.id, "attempt": attempt})
                await asyncio.sleep(delay)
                attempt += 1

    async def delete(self, post: Post) -> bool:
        """Remove it. The alarm may fire once for nothing."""
        deleted = await self._posts.delete(post)
        if deleted:
            self._events.announce(post.id)
        return deleted

    async def withdraw(self, post_id: str) -> bool:
        """Remove a post that a person could still change, whatever the worker does with it meanwhile.

        False when it is being published, is live, or does not exist.
        """
        while (post := await self._posts.get(post_id)) is not None and post.status in EDITABLE:
            if await self.delete(post):
                return True
        return False

    async def arm(self, at: datetime | None) -> None:
        """Have the worker look at ``at`` at the latest; None asks for nothing."""
        if at is None:
            return
        try:
            await self._alarm.arm(at)
        except UnavailableError as error:
            log.warning("alarm.unreachable", extra={"reason": str(error)})

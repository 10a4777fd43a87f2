"""The same content goes out on an account once within the duplicate window."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from core.domain.errors import DuplicateError
from core.domain.lifecycle import GOING_OUT, when_of
from core.domain.post import Post
from core.domain.zones import describe, zone
from core.ports import PostFilter

_MOST: Final = 2000


class Listing(Protocol):
    """Where posts are looked up: the store, or the service that shows only what a person may see."""

    async def find(self, which: PostFilter, *, limit: int = 100, skip: int = 0) -> list[Post]: ...


class Duplicates:
    """Finds them among ``posts``; ``window`` is how far apart the same content has to be."""

    def __init__(self, posts: Listing, window: timedelta) -> None:
        self._posts = posts
        self._window = window

    async def nearest(
        self, account_id: str, content_hash: str, at: datetime, *, but: Collection[str | None]
    ) -> Post | None:
        """The post with this content that goes out on the account nearest to ``at``, within the window.

        Posts whose id or series is in ``but`` do not count.
        """
        same = PostFilter(account_id=account_id, content_hashes=[content_hash], statuses=GOING_OUT)
        excluded = {one for one in but if one is not None}
        found = [
            post
            for post in await self._posts.find(same, limit=_MOST)
            if excluded.isdisjoint((post.id, post.series_id)) and abs(when_of(post) - at) < self._window
        ]
        return min(found, key=lambda post: abs(when_of(post) - at), default=None)

    def sentence(self, other: Post, where: ZoneInfo) -> str:
        """Say that ``other`` has the same content; its time is told in ``where``."""
        hours = int(self._window.total_seconds() // 3600)
        return (
            f"Post {other.id} has the same content on this account within {hours} hours"
            f" ({describe(when_of(other), where)}): change the text, or allow the duplicate."
        )

    async def refuse(self, post: Post, at: datetime) -> None:
        """Raise DuplicateError if another post goes out with the content of ``post``, were it to go at ``at``."""
        but = (post.id, post.series_id)
        same = await self.nearest(post.account_id, post.content_hash, at, but=but)
        if same is not None:
            raise DuplicateError(self.sentence(same, zone(same.zone)))

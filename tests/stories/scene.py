"""A product that is killed on its way and started again, while Threads and the servers go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.domain.post import Content, Post, PostStatus
from core.settings import Settings
from stories.crash import Fuse
from stories.engine import open_engine
from stories.fixtures import open_shop
from stories.movable_clock import MovableClock
from stories.threads_side import ThreadsSide

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scene:
    """Everything but the product itself, which is killed and started again."""

    settings: Settings
    clock: MovableClock
    threads: ThreadsSide

    async def killed(self, fuse: Fuse, content: Content) -> str:
        """Run the product until it is killed on its way with this post; the post's id."""
        async with open_engine(self.settings, self.clock, fuse) as engine:
            shop = await open_shop(engine, self.threads, "shop-hanoi")
            post = await shop.schedule(content, HOUR)
            with fuse.burns():
                await engine.run_for(DAY)
        return post.id

    async def afterwards(self, post_id: str, length: timedelta) -> Post:
        """A new process takes over for this long; the post then."""
        async with open_engine(self.settings, self.clock) as engine:
            await engine.run_for(length)
            return await engine.core.posts.get(post_id)


@pytest.fixture
def scene(settings: Settings, clock: MovableClock, threads: ThreadsSide) -> Scene:
    return Scene(settings, clock, threads)


def becomes(status: PostStatus) -> Callable[..., bool]:
    """Fits the write by which a post gets this status."""

    def fits(before: Post, after: Post) -> bool:
        return after.status is status and before.status is not status

    return fits

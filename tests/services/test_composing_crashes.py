"""A process that dies while a composition becomes a post, or is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.composition import Composition
from core.domain.errors import RefusedError
from core.domain.post import PostStatus
from core.settings import Settings
from services.compositions import (
    DRAFT,
    HOUR,
    LINH,
    all_posts,
    begun,
    timed,
    weekly,
)
from stories.crash import Fuse, When
from stories.engine import open_engine
from stories.fixtures import WHO, Shop
from stories.movable_clock import MovableClock


def at_the_end(_: Composition, after: Composition) -> bool:
    """The write by which a composition says that its post is made."""
    return after.finished


@pytest.mark.parametrize("when", ["before", "during", "after"])
@pytest.mark.parametrize("point", ["compositions.save", "posts.add", "posts.save", "at the end"])
async def test_killed_while_scheduling(
    shop: Shop,
    settings: Settings,
    clock: MovableClock,
    point: str,
    when: When,
) -> None:
    """Wherever the process dies, the same tap again in another process makes one post, which goes out once."""
    card = await timed(shop)
    fuse = Fuse("compositions.save", when, at_the_end) if point == "at the end" else Fuse(point, when)
    async with open_engine(settings, clock, fuse) as dying:
        with fuse.burns():
            await dying.core.composing.schedule(DRAFT, LINH, version=card.version, who=WHO)

    post = await shop.engine.core.composing.schedule(DRAFT, LINH, version=card.version, who="telegram:linh")
    await shop.engine.run_for(2 * HOUR)

    assert [one.id for one in await all_posts(shop)] == [post.id]
    assert [one.text for one in await shop.feed()] == ["Phở"]


@pytest.mark.parametrize("when", ["before", "during", "after"])
@pytest.mark.parametrize("point", ["posts.save", "posts.delete", "compositions.save"])
async def test_killed_while_taking_back(
    shop: Shop,
    settings: Settings,
    clock: MovableClock,
    point: str,
    when: When,
) -> None:
    """Undo that was cut short goes on when it is asked for again, and nothing goes out."""
    await timed(shop)
    await shop.engine.core.composing.schedule(DRAFT, LINH, who=WHO)
    fuse = Fuse(point, when)
    async with open_engine(settings, clock, fuse) as dying:
        with fuse.burns():
            await dying.core.composing.undo(DRAFT, LINH, who=WHO)

    opened = await shop.engine.core.composing.undo(DRAFT, LINH, who=WHO)
    await shop.engine.run_for(2 * HOUR)

    assert opened.post_id is None
    assert await all_posts(shop) == []
    assert await shop.feed() == []


async def test_killed_then_changed_mind(shop: Shop, settings: Settings, clock: MovableClock) -> None:
    """A decision that died half-way can be taken back and changed; only what was decided last goes out."""
    await timed(shop)
    fuse = Fuse("posts.add", "after")
    async with open_engine(settings, clock, fuse) as dying:
        with fuse.burns():
            await dying.core.composing.schedule(DRAFT, LINH, who=WHO)
    composing = shop.engine.core.composing

    with pytest.raises(RefusedError, match="is a post already"):
        await composing.set_text(DRAFT, LINH, "Bún")
    await composing.undo(DRAFT, LINH, who=WHO)
    await composing.set_text(DRAFT, LINH, "Bún")
    await composing.schedule(DRAFT, LINH, who=WHO)
    await shop.engine.run_for(2 * HOUR)

    assert [one.text for one in await shop.feed()] == ["Bún"]
    assert len(await all_posts(shop)) == 1


@pytest.mark.parametrize("when", ["before", "during", "after"])
@pytest.mark.parametrize("point", ["series.add", "posts.add", "series.save", "compositions.save"])
async def test_killed_while_starting_a_series(
    shop: Shop,
    settings: Settings,
    clock: MovableClock,
    point: str,
    when: When,
) -> None:
    """The same tap again makes one series, each of its dates once."""
    await begun(shop)
    card = await shop.engine.core.composing.choose_rule(DRAFT, LINH, weekly(shop))
    fuse = Fuse(point, when)
    async with open_engine(settings, clock, fuse) as dying:
        with fuse.burns():
            await dying.core.composing.schedule(DRAFT, LINH, version=card.version, who=WHO)

    series = await shop.engine.core.composing.schedule(DRAFT, LINH, version=card.version, who=WHO)
    await shop.engine.run_for(timedelta(days=14))

    assert [one.id for one in await shop.engine.core.recurring.find()] == [series.id]
    live = [post for post in await all_posts(shop) if post.status is PostStatus.PUBLISHED]
    assert len(await shop.feed()) == len(live) == 4

"""From a composition to a post: whoever is impatient, too late, or changes their mind."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from core.domain.errors import ConflictError, DuplicateError, NotFoundError, RefusedError
from core.domain.post import Post, PostStatus
from core.domain.series import Series
from core.services.composing import Composing
from services.compositions import (
    DRAFT,
    HOUR,
    LINH,
    MINUTE,
    all_posts,
    begun,
    shown,
    timed,
    weekly,
)
from stories.fixtures import WHO, Shop


async def test_what_is_missing_is_said(shop: Shop, composing: Composing) -> None:
    """Without account, text or time, or with a time that has passed meanwhile, nothing is made."""
    await composing.begin("none", LINH)
    await begun(shop, "  ", "blank")
    await begun(shop, "x" * 501, "long")
    await begun(shop, draft="untimed")
    await timed(shop, MINUTE, draft="late")
    await shop.engine.clock.hold_until(shop.engine.clock.now() + HOUR)

    for draft, sentence in {
        "none": "No account is chosen",
        "blank": "neither a text",
        "long": "Shorten it by 1",
        "untimed": "No time is chosen",
        "late": "has passed",
    }.items():
        with pytest.raises(RefusedError, match=sentence):
            await composing.schedule(draft, LINH, who=WHO)
        assert (await composing.get(draft, LINH)).post_id is None
    with pytest.raises(RefusedError, match="has passed"):
        await composing.choose_time("late", LINH, shop.engine.clock.now() - MINUTE)
    with pytest.raises(RefusedError, match="before the start"):
        await composing.choose_rule("late", LINH, replace(weekly(shop), until=date(2020, 1, 1)))
    ended = replace(weekly(shop), start=date(2020, 1, 1), until=date(2020, 2, 1))
    with pytest.raises(RefusedError, match="never happens again"):
        await composing.choose_rule("late", LINH, ended)
    assert await all_posts(shop) == []


async def test_twenty_taps_at_once(shop: Shop, composing: Composing) -> None:
    """However often "publish now" is tapped, one post is made and published, and every tap is told which."""
    card = await begun(shop)

    made = await asyncio.gather(
        *(composing.publish_now(DRAFT, LINH, version=card.version, who=WHO) for _ in range(20))
    )
    await shop.engine.run_for(5 * MINUTE)
    again = await composing.publish_now(DRAFT, LINH, version=card.version, who=WHO)

    assert {post.id for post in made} == {again.id}
    assert again.status is PostStatus.PUBLISHED
    assert len(await shop.feed()) == 1
    assert len(await all_posts(shop)) == 1


async def test_two_decisions_at_once(shop: Shop, composing: Composing) -> None:
    """Of "schedule", "publish now" and "keep as a draft" at once one is carried out, for one post."""
    card = await timed(shop)

    made = await asyncio.gather(
        composing.schedule(DRAFT, LINH, version=card.version, who=WHO),
        composing.publish_now(DRAFT, LINH, version=card.version, who=WHO),
        composing.save_draft(DRAFT, LINH, version=card.version, who=WHO),
    )

    assert len({one.id for one in made}) == 1
    assert len(await all_posts(shop)) == 1


async def test_a_draft_is_kept(shop: Shop, composing: Composing) -> None:
    """It is a post of its account without a time, and later taps on the old card do not set it going."""
    card = await timed(shop)

    draft = await composing.save_draft(DRAFT, LINH, version=card.version, who=WHO)
    again = await composing.schedule(DRAFT, LINH, version=card.version, who=WHO)

    assert isinstance(again, Post)
    assert draft.status is PostStatus.DRAFT
    assert (again.id, again.version, again.status) == (draft.id, draft.version, PostStatus.DRAFT)
    with pytest.raises(RefusedError, match="is a post already"):
        await composing.set_text(DRAFT, LINH, "Other")


async def test_a_deleted_post_does_not_come_back(shop: Shop, composing: Composing) -> None:
    """Who deletes the post and then finds the old card makes no new one by it."""
    card = await timed(shop)
    post = await composing.schedule(DRAFT, LINH, version=card.version, who=WHO)
    await shop.engine.core.posts.delete(post.id, who=WHO)

    with pytest.raises(NotFoundError):
        await composing.schedule(DRAFT, LINH, version=card.version, who=WHO)
    assert await all_posts(shop) == []


async def test_a_series(shop: Shop, composing: Composing) -> None:
    """A rule makes a series with its next posts, once; taken back, both are gone and it is open again."""
    await begun(shop)
    card = await composing.choose_rule(DRAFT, LINH, weekly(shop))

    made = await asyncio.gather(
        *(composing.schedule(DRAFT, LINH, version=card.version, who=WHO) for _ in range(5))
    )
    again = await composing.schedule(DRAFT, LINH, version=card.version, who=WHO)
    posts = await all_posts(shop)
    opened = await composing.undo(DRAFT, LINH, who=WHO)

    assert isinstance(again, Series)
    assert {one.id for one in made} == {again.id}
    assert {post.series_id for post in posts} == {again.id}
    assert len({post.occurrence for post in posts}) == len(posts) > 0
    assert (opened.post_id, opened.rule) == (None, weekly(shop))
    assert await all_posts(shop) == []


async def test_a_series_that_has_begun(shop: Shop, composing: Composing) -> None:
    """Once one of its posts is live a series is not taken back: it would be forgotten what went out."""
    await begun(shop)
    soon = (shop.engine.clock.now() + 2 * HOUR).time().replace(tzinfo=None)
    daily = replace(
        weekly(shop), weekdays=frozenset(range(7)), at=soon, zone="UTC", start=shop.engine.clock.now().date()
    )
    await composing.choose_rule(DRAFT, LINH, daily)
    await composing.schedule(DRAFT, LINH, who=WHO)
    await shop.engine.run_for(3 * HOUR)

    with pytest.raises(RefusedError, match="end the series"):
        await composing.undo(DRAFT, LINH, who=WHO)
    assert len(await shop.feed()) == 1


async def test_taken_back_and_sent_again(shop: Shop, composing: Composing) -> None:
    """After undo the post is gone and nothing is published; changed and scheduled anew it is another post."""
    card = await timed(shop)
    first = await composing.schedule(DRAFT, LINH, version=card.version, who=WHO)

    opened = await composing.undo(DRAFT, LINH, who=WHO)
    assert await composing.undo(DRAFT, LINH, who=WHO) == opened
    assert await all_posts(shop) == []
    with pytest.raises(ConflictError):
        await composing.schedule(DRAFT, LINH, version=card.version, who=WHO)
    await composing.set_text(DRAFT, LINH, "Bún", version=opened.version)
    second = await composing.schedule(DRAFT, LINH, who=WHO)
    await shop.engine.run_for(2 * HOUR)

    assert first.id != second.id
    assert [shown.text for shown in await shop.feed()] == ["Bún"]


async def test_too_late_to_take_back(shop: Shop, composing: Composing) -> None:
    """What is live stays ours, with a sentence."""
    await begun(shop)
    post = await composing.publish_now(DRAFT, LINH, who=WHO)
    await shop.engine.run_for(MINUTE)

    with pytest.raises(RefusedError, match="live on Threads"):
        await composing.undo(DRAFT, LINH, who=WHO)
    assert (await shop.get(post)).status is PostStatus.PUBLISHED


async def test_the_same_again(shop: Shop, composing: Composing) -> None:
    """The same content on the same account is refused with the other's id, unless it is allowed."""
    other = await shop.schedule("Phở", 2 * HOUR)
    await timed(shop)

    look = await composing.look(await composing.get(DRAFT, LINH))
    with pytest.raises(DuplicateError, match=f"Post {other.id} has the same content"):
        await composing.schedule(DRAFT, LINH, who=WHO)
    with pytest.raises(DuplicateError, match=f"Post {other.id} has the same content"):
        await composing.publish_now(DRAFT, LINH, who=WHO)
    await composing.allow_duplicate(DRAFT, LINH)
    post = await composing.schedule(DRAFT, LINH, who=WHO)

    assert look.duplicate.startswith(f"Post {other.id} has the same content")
    assert not any("same content" in warning for warning in look.warnings)
    assert isinstance(post, Post)
    assert post.allow_duplicate
    assert (await shown(shop)).duplicate.startswith(f"Post {other.id} has")

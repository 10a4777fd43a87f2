"""The same content twice on one account: refused when it is scheduled, and once more when it would go out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import DuplicateError, RefusedError
from core.domain.post import Content, Media, MediaKind, PostStatus
from core.settings import Settings
from stories.crash import Meanwhile
from stories.engine import open_engine
from stories.fixtures import WHO, Shop
from stories.movable_clock import MovableClock

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def _slip_in(shop: Shop, text: str, in_: timedelta) -> str:
    """Schedule past the check, as two people do who schedule at the same instant."""
    other = await shop.schedule(f"{text}, but different", in_)
    store = shop.engine.core.stores.posts
    newest = await shop.get(other)
    twin = await shop.draft(text)
    same = replace(newest, content=twin.content, content_hash=twin.content_hash)
    assert await store.save(newest, same, who=WHO, why="slipped in", at=shop.engine.clock.now())
    return other.id


@pytest.mark.parametrize(
    "apart", [timedelta(), timedelta(seconds=1), 5 * HOUR], ids=["at once", "1 s", "5 h"]
)
async def test_a_duplicate_that_slipped_in(shop: Shop, apart: timedelta) -> None:
    """Of two equal posts that got past the first check one goes out; the other fails and names it."""
    first = await shop.schedule("Twins", HOUR)
    second_id = await _slip_in(shop, "Twins", HOUR + apart)

    await shop.engine.run_for(DAY)

    assert [shown.text for shown in await shop.feed()] == ["Twins"]
    posts = [await shop.get(first), await shop.engine.core.posts.get(second_id)]
    (failed,) = [post for post in posts if post.status is PostStatus.FAILED]
    (published,) = [post for post in posts if post.status is PostStatus.PUBLISHED]
    assert failed.error is not None
    assert published.id in failed.error.cause
    assert "allow the duplicate" in failed.error.remedy


async def test_a_duplicate_is_told_before_its_time(shop: Shop) -> None:
    """When the twin is out by the time of the preparation, the post fails then, while it can still be mended."""
    await shop.schedule("Twins", HOUR)
    second_id = await _slip_in(shop, "Twins", 3 * HOUR)

    await shop.engine.run_for(3 * HOUR - MINUTE / 2)

    assert (await shop.engine.core.posts.get(second_id)).status is PostStatus.FAILED
    assert len(await shop.threads.calls("create")) == 1


async def test_a_twin_goes_out_between_the_check_and_the_call(
    shop: Shop, settings: Settings, clock: MovableClock
) -> None:
    """A worker that has checked a post, and is overtaken by another one with its twin, looks again and stops."""
    twin = await shop.schedule("Twins", HOUR)
    post_id = await _slip_in(shop, "Twins", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)
    await clock.advance(MINUTE / 2)

    async def publish_the_twin() -> None:
        ready = await shop.get(twin)
        await shop.engine.core.publishing.advance(ready.id, ready.version)

    overtaken = Meanwhile("posts.published_same", publish_the_twin)
    async with open_engine(settings, clock, overtaken) as engine:
        post = await engine.core.posts.get(post_id)
        await engine.core.publishing.advance(post.id, post.version)

    assert len(await shop.feed()) == 1
    assert (await shop.get(twin)).status is PostStatus.PUBLISHED
    assert (await shop.engine.core.posts.get(post_id)).status is PostStatus.FAILED


async def test_a_duplicate_of_a_post_that_may_be_live(shop: Shop) -> None:
    """A post whose outcome is unknown counts as published: its twin is not sent meanwhile."""
    await shop.threads.misbehave("drop_before")
    await shop.schedule("Maybe", HOUR)
    twin_id = await _slip_in(shop, "Maybe", 2 * HOUR)

    await shop.engine.run_for(5 * HOUR)

    assert (await shop.engine.core.posts.get(twin_id)).status is PostStatus.FAILED
    assert await shop.feed() == []


async def test_after_a_day_it_may_be_said_again(shop: Shop) -> None:
    """Twenty-four hours later the same text is welcome."""
    await shop.schedule("Good morning", HOUR)
    with pytest.raises(RefusedError, match="same content"):
        await shop.schedule("Good morning", HOUR + DAY - MINUTE)
    await shop.schedule("Good morning", HOUR + DAY + MINUTE)

    await shop.engine.run_for(3 * DAY)

    assert len(await shop.feed()) == 2


async def test_what_makes_two_posts_the_same(shop: Shop) -> None:
    """Blank space does not make a difference, media and letters do."""
    picture = Content(text="Look", media=(Media(MediaKind.IMAGE, "https://pho.vn/1.jpg"),))
    await shop.schedule(picture, HOUR)
    for other in (Content(text="Look"), Content(text="look"), replace(picture, text="Look!")):
        await shop.schedule(other, HOUR)
    with pytest.raises(RefusedError, match="same content"):
        await shop.schedule(replace(picture, text=" Look\n", first_comment="new"), HOUR)


async def test_publish_now_and_edit_are_checked_too(shop: Shop) -> None:
    """A duplicate is refused by whatever door it comes, unless it is meant."""
    await shop.schedule("Hello", HOUR)
    draft = await shop.draft("Hello")
    other = await shop.schedule("Bye", 2 * HOUR)
    posts = shop.engine.core.posts

    with pytest.raises(DuplicateError, match=r"same content.*allow the duplicate\.$"):
        await posts.publish_now(draft.id, who=WHO)
    with pytest.raises(DuplicateError, match=r"same content.*allow the duplicate\.$"):
        await posts.edit(other.id, Content(text="Hello"), who=WHO)
    await posts.publish_now(draft.id, who=WHO, allow_duplicate=True)
    await shop.engine.run_for(MINUTE)

    assert [shown.text for shown in await shop.feed()] == ["Hello"]


async def test_a_post_is_no_duplicate_of_itself(shop: Shop) -> None:
    """Moving a post, and trying it again after a failure, are not refused because of the post itself."""
    post = await shop.schedule("Me", HOUR)
    at = shop.engine.clock.now() + 2 * HOUR
    await shop.engine.core.posts.schedule(post.id, at, who=WHO)
    await shop.threads.misbehave("error", on="create", code=100)
    await shop.engine.run_for(3 * HOUR)
    assert (await shop.get(post)).status is PostStatus.FAILED

    await shop.engine.core.posts.retry(post.id, who=WHO)
    await shop.engine.run_for(MINUTE)

    assert len(await shop.feed()) == 1

"""/failed: what needs somebody, and mending many at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from browsing_scene import killed, scene

from botapi.person import Person, together
from botapi.telegram_side import Telegram
from core.domain.account import MissedPolicy
from core.domain.post import Content, Hold, Media, Post, PostStatus
from core.ports import PostFilter
from stories.fixtures import WHO, Shop

__all__ = ["scene"]

HOUR = timedelta(hours=1)


async def fail(shop: Shop, photo: Media, count: int) -> list[Post]:
    """So many posts that Threads has refused for good."""
    await shop.threads.misbehave("container_error", error_message="INVALID_ASPEC_RATIO", count=count)
    posts = [
        await shop.schedule(Content(text=f"Panorama {n}", media=(photo,)), HOUR + n * timedelta(minutes=5))
        for n in range(count)
    ]
    await shop.engine.run_for(HOUR + count * timedelta(minutes=5))
    return posts


async def miss(shop: Shop, count: int) -> list[Post]:
    """So many posts whose time passed while nothing ran."""
    await shop.engine.core.accounts.set_missed_policy(shop.account.name, MissedPolicy.ASK)
    posts = [await shop.schedule(f"Missed {n}", HOUR + n * timedelta(minutes=1)) for n in range(count)]
    await shop.engine.clock.advance(6 * HOUR)
    await shop.engine.run_for(timedelta(minutes=5))
    return posts


async def test_a_few_are_listed_with_their_cause(
    product: BotScene, telegram: Telegram, shop: Shop, photo: Media, linh: Person
) -> None:
    """Each has its cause and a button that opens it, from which it is tried again."""
    posts = await fail(shop, photo, 2)
    async with killed(product):
        await linh.says("/failed")
        card = await linh.sees("2 posts need you", "Panorama 0", "proportions")
        await linh.taps("2", on=card)
        await linh.sees(posts[1].id, "Crop it")
        await linh.taps("Retry", on=card)
        await linh.sees("Scheduled", "Panorama 1", fresh=True)
    assert (await shop.get(posts[1])).status is PostStatus.SCHEDULED
    assert telegram.refusals == []


async def test_many_are_grouped_and_retried_at_once(
    product: BotScene, shop: Shop, photo: Media, linh: Person
) -> None:
    """Seven failures are one line; Retry all asks, and taps at once send each again once."""
    await fail(shop, photo, 7)
    async with killed(product):
        await linh.says("/failed")
        card = await linh.sees("7 posts need you", "1 ✗ 7 · @shop.hanoi", "proportions")
        await linh.taps("1", on=card)
        await linh.sees("Failed: 7", "Panorama 4")
        await linh.says("/failed")
        await linh.taps("Retry all 7")
        card = await linh.sees("Send 7 failed posts again?", "Panorama 0", "and 2 more")
        yes = card.button("Yes, retry 7")
        assert yes is not None
        queries = await together(*(linh.taps_raw(yes["callback_data"], card) for _ in range(5)))
        await together(*(linh.gets_answer(query) for query in queries))
        await linh.sees("Nothing needs you")
        await product.run_for(HOUR)
    assert sorted(shown.text for shown in await shop.feed()) == [f"Panorama {n}" for n in range(7)]


async def test_what_refuses_is_told_and_stops_nothing(product: BotScene, shop: Shop, linh: Person) -> None:
    """Of many missed posts one is a duplicate by now: it says so, the others go out."""
    await miss(shop, 3)
    again = await shop.draft("Missed 1")
    await shop.engine.core.posts.publish_now(again.id, who=WHO, allow_duplicate=True)
    await product.run_for(timedelta(minutes=2))
    async with killed(product):
        await linh.says("/failed")
        await linh.sees("3 posts need you", "missed its time")
        await linh.taps("Publish all 3")
        await linh.taps("Yes, publish 3")
        await linh.sees("On their way: 2", "Not done: 1", "Missed 1: Post", "same content")
        await product.run_for(HOUR)
    assert sorted(shown.text for shown in await shop.feed()) == ["Missed 0", "Missed 1", "Missed 2"]


async def test_missed_posts_are_skipped_together(product: BotScene, shop: Shop, minh: Person) -> None:
    """In Vietnamese: skipped ones are drafts, and nothing more needs anybody."""
    await miss(shop, 3)
    async with killed(product):
        await minh.says("/failed")
        await minh.sees("3 bài cần bạn xử lý", "đã lỡ giờ đăng")
        await minh.taps("Bỏ qua cả 3")
        await minh.taps("Bỏ qua 3 bài")
        await minh.sees("Đã bỏ qua: 3")
        await minh.taps("Cần xử lý")
        await minh.sees("Không có bài nào cần xử lý")
    assert await shop.engine.core.posts.count(PostFilter()) == {PostStatus.DRAFT: 3}


async def test_a_viewer_mends_nothing(product: BotScene, shop: Shop, an: Person) -> None:
    """Who may only look sees what is wrong and no button for it; a forged one does nothing."""
    posts = await miss(shop, 2)
    async with killed(product):
        await an.says("/failed")
        card = await an.sees("2 posts need you")
        assert card.button("Skip all") is None
        for data in ("n_do:::skip", "n_ask:::publish", "n_do:::nonsense"):
            await an.gets_answer(await an.taps_raw(data, card))
        await an.says("/failed")
        await an.sees("2 posts need you", fresh=True)
    assert {(await shop.get(post)).hold for post in posts} == {Hold.MISSED}


@pytest.mark.usefixtures("scene")
async def test_a_paused_account_needs_nobody(shop: Shop, linh: Person) -> None:
    """Posts that wait since somebody paused their account are on hold, but nothing is wrong with them."""
    await shop.schedule("Later", HOUR)
    await shop.engine.core.accounts.pause(shop.account.name)
    await shop.engine.run_for(2 * HOUR)
    await linh.says("/failed")
    await linh.sees("Nothing needs you")
    await linh.says("/queue held")
    await linh.sees("On hold: 1", "its account is paused", "Later")
    await shop.engine.core.accounts.resume(shop.account.name, who=WHO)

"""/why: the history of a post in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import LINH, MINH, BotScene
from browsing_scene import opens, plan, scene

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.post import Content, Media
from stories.fixtures import Shop

__all__ = ["scene"]

HOUR = timedelta(hours=1)


@pytest.mark.usefixtures("scene")
async def test_history_tells_who_when_and_what_threads_said(
    telegram: Telegram, shop: Shop, linh: Person, photo: Media
) -> None:
    """Every change has its author and reason, every attempt what Threads answered; the newest is last."""
    await shop.threads.misbehave("container_error", error_message="INVALID_ASPEC_RATIO")
    post = await shop.schedule(Content(text="Panorama", media=(photo,)), HOUR)
    await shop.engine.run_for(HOUR)
    await linh.says(f"/why {post.id}")
    card = await linh.sees("What happened", "Panorama", "It is not on Threads", "proportions", "Crop it")
    places = [card.text.index(told) for told in ("linh: created", "scheduled for", "(scheduled → failed)")]
    assert places == sorted(places)
    assert "worker" in card.text
    await linh.taps("The post")
    assert await linh.sees(post.id) is card
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene")
async def test_attempts_stand_among_the_changes(shop: Shop, minh: Person) -> None:
    """A lost answer and how it was found is told in Vietnamese too."""
    await shop.threads.misbehave("drop_after")
    post = await shop.schedule("Lost and found", HOUR)
    await shop.engine.run_for(2 * HOUR)
    await minh.says(f"/why {post.id}")
    card = await minh.sees("Chuyện gì đã xảy ra", "Bài đã lên từ", "mất câu trả lời")
    assert "lần gửi 1" in card.text
    assert card.text.index("linh: đã tạo") < card.text.index("đã thấy bài trên Threads")


@pytest.mark.usefixtures("scene")
async def test_a_long_history_is_turned(telegram: Telegram, shop: Shop, linh: Person) -> None:
    """However much happened, a page fits into a message and says how much is before and after it."""
    (post,) = await plan(shop, 1)
    for n in range(30):
        await shop.engine.core.posts.edit(
            post.id, Content(text=f"{n} " + "word " * 80), who=f"cli:{'x' * 60}"
        )
    card = await opens(linh, post)
    await linh.taps("Why")
    await linh.sees("… 20 earlier")
    await linh.taps("‹")
    await linh.sees("… 8 earlier", "… 12 later")
    await linh.taps("‹")
    await linh.sees("… 24 later", "linh: created")
    await linh.taps("›")
    await linh.sees("… 8 earlier", "… 12 later", fresh=True)
    assert len(card.text) <= 4096
    for data in (f"p_why_at:{post.id}::99", f"p_why_at:{post.id}::x"):
        await linh.gets_answer(await linh.taps_raw(data, card))
    await linh.sees("… 20 earlier", fresh=True)
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene")
async def test_the_way_back_from_why_leads_to_the_list(shop: Shop, linh: Person) -> None:
    """List, post, why, and back through the same places."""
    await plan(shop, 7)
    await linh.says("/queue")
    await linh.taps("›")
    await linh.sees("Post 6 of")
    await linh.taps("1")
    await linh.sees("📌")
    await linh.taps("Why")
    await linh.sees("It goes out", "What happened")
    await linh.taps("The post")
    await linh.sees("📌", fresh=True)
    await linh.taps("Back")
    await linh.sees("Post 6 of", "Post 7 of")


async def test_two_people_of_one_name_are_told_apart(
    product: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """What each of them did stands under their id; entries from before ids were kept are still read."""
    other = telegram.person(MINH, name="Linh", language="en", started=True)
    post = await shop.schedule("Phở", HOUR)
    await shop.engine.core.posts.edit(post.id, Content(text="Phở bò"), who="telegram:Trang")
    async with product.answering():
        await opens(linh, post)
        await linh.taps("Hold")
        await linh.sees_button("Let it go on")
        await opens(other, post)
        await other.taps("Let it go on")
        await other.sees("Scheduled", fresh=True)
        await linh.says(f"/why {post.id}")
        card = await linh.sees(f"Linh ({LINH}): ", f"Linh ({MINH}): ", "Trang: edited", "linh: created")
    assert "telegram" not in card.text

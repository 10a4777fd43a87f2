"""/stats: the figures of 28 days."""

from __future__ import annotations

from datetime import timedelta

from bot_scene import BotScene
from browsing_scene import plan, scene

from botapi.person import Person
from botapi.telegram_side import Telegram
from stories.fixtures import Shop

__all__ = ["scene"]

HOUR = timedelta(hours=1)


async def test_figures_are_a_picture_and_words(
    scene: BotScene, telegram: Telegram, shop: Shop, other_shop: Shop, linh: Person
) -> None:
    """What was due in 28 days, how punctual it was, each account, and what is next; Refresh draws them anew."""
    await plan(shop, 2, first=HOUR)
    await plan(other_shop, 1, first=48 * HOUR)
    await linh.says("/stats")
    card = await linh.sees(
        "No posts in these 28 days yet", "3 waiting for their time", "Next:", "Post 1 of shop-hanoi"
    )
    before = card.photo
    assert before is not None
    await scene.run_for(3 * HOUR)
    await linh.taps("Refresh", on=card)
    await linh.sees("@shop.hanoi: 2 published, 0 failed, 0 waiting", "half of the posts came within")
    assert "Last 28 days: 2 posts (2 published)" in card.text
    assert "@shop.saigon: 0 published, 0 failed, 1 waiting" in card.text
    assert card.photo not in (None, before)
    assert telegram.refusals == []


async def test_nothing_yet_is_no_error(scene: BotScene, shop: Shop, minh: Person) -> None:
    """Without a post the figures say so, in Vietnamese."""
    assert scene
    assert shop
    await minh.says("/stats")
    card = await minh.sees("28 ngày qua chưa có bài nào")
    assert card.photo is not None
    await minh.taps("Lịch", on=card)
    await minh.sees("Tuần này chưa có bài nào")

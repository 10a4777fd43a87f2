"""The daily digest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from browsing_scene import plan

from bot.digest import digest
from bot.screens import Screen
from bot.wording.reader import words_for
from core.domain.access import Language, Person
from core.domain.account import MissedPolicy
from stories.fixtures import Shop

HOUR = timedelta(hours=1)


async def told(product: BotScene, language: Language = "en") -> Screen:
    """What somebody reads at this moment."""
    core = product.core
    person = Person(id="1001", language=language, zone="Asia/Ho_Chi_Minh")
    words = words_for(person, default_zone="UTC", now=core.clock.now())
    return await digest(core, words)


@pytest.mark.usefixtures("shop")
async def test_an_empty_day_says_so(product: BotScene) -> None:
    """Nothing out, nothing planned, and tomorrow is the first gap."""
    screen = await told(product)
    assert "0 published, 0 failed" in screen.text.plain
    assert "Nothing is planned for today" in screen.text.plain
    assert "Next day without a post" in screen.text.plain
    assert screen.picture is not None


async def test_a_full_day_fits_into_a_caption(product: BotScene, shop: Shop, other_shop: Shop) -> None:
    """Yesterday's figures, the posts of today with their accounts, those to come first, and the next gap."""
    await plan(shop, 10, first=timedelta(minutes=30))
    await plan(other_shop, 1, first=timedelta(days=1))
    await product.run_for(HOUR)
    text = (await told(product)).text.plain
    assert "1 published, 0 failed" in text
    assert "Today, 10 posts:" in text
    assert "◷ 11:30 @shop.hanoi Post 2 of shop-hanoi" in text
    assert "✓" not in text
    assert "and 2 more" in text
    after_tomorrow = product.core.clock.now() + timedelta(days=2)
    assert f"Next day without a post: {after_tomorrow:%a} {after_tomorrow.day}" in text
    assert len(text.encode("utf-16-le")) // 2 <= 1024


async def test_few_posts_show_all_the_day(product: BotScene, shop: Shop) -> None:
    """Those to come stand first, then what went out today already."""
    await plan(shop, 3, first=timedelta(minutes=30))
    await product.run_for(HOUR)
    text = (await told(product)).text.plain
    assert "Today, 3 posts:" in text
    lines = [line for line in text.splitlines() if "of shop-hanoi" in line]
    assert lines == [
        "◷ 11:30 Post 2 of shop-hanoi",
        "◷ 12:30 Post 3 of shop-hanoi",
        "✓ 10:30 Post 1 of shop-hanoi",
    ]


async def test_what_needs_somebody_is_told(product: BotScene, shop: Shop) -> None:
    """Posts that wait for a decision are counted, in Vietnamese too, with the way to them."""
    await product.core.accounts.set_missed_policy(shop.account.name, MissedPolicy.ASK)
    await plan(shop, 2, first=HOUR)
    await product.engine.clock.advance(6 * HOUR)
    await product.run_for(timedelta(minutes=5))
    screen = await told(product, "vi")
    assert "2 bài cần bạn xử lý" in screen.text.plain
    assert [button.tap and button.tap.verb for button in screen.buttons[0]] == ["n_open"]

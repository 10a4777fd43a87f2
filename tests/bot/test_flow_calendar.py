"""/calendar: weeks and months as pictures."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bot_scene import BotScene
from browsing_scene import killed, plan, scene

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.zones import zone
from stories.fixtures import WHO, Shop

__all__ = ["scene"]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.usefixtures("scene")
async def test_weeks_are_turned_on_one_picture(telegram: Telegram, shop: Shop, linh: Person) -> None:
    """The next week, this week and the month take the place of the picture; the caption has its numbers."""
    await plan(shop, 2)
    await linh.says("/calendar")
    card = await linh.sees("2 posts (2 scheduled)")
    first = card.photo
    assert first is not None
    await linh.taps("›")
    assert await linh.sees("Nothing planned this week") is card
    assert card.photo not in (None, first)
    await linh.taps("This week")
    await linh.sees("2 posts", fresh=True)
    await linh.taps("Month")
    assert await linh.sees("2 posts", fresh=True) is card
    await linh.taps("‹")
    await linh.sees("No posts this month yet", fresh=True)
    await linh.taps("This week")
    await linh.sees("2 posts", fresh=True)
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene")
async def test_the_list_of_the_week_comes_below_the_picture(shop: Shop, linh: Person) -> None:
    """List shows that week's posts in a message of its own, and the picture stays."""
    await plan(shop, 2)
    later = await shop.draft("Next week")
    await shop.engine.core.posts.schedule(later.id, shop.engine.clock.now() + timedelta(days=7), who=WHO)
    await linh.says("/calendar")
    await linh.taps("›")
    picture = await linh.sees("1 post (1 scheduled)")
    await linh.taps("List")
    listed = await linh.sees("All posts: 1", "Next week")
    assert listed is not picture
    assert not picture.deleted


@pytest.mark.usefixtures("scene")
async def test_one_account_alone(shop: Shop, other_shop: Shop, linh: Person) -> None:
    """The account is chosen on the picture, and stays chosen for other weeks and the list."""
    await plan(shop, 3)
    await plan(other_shop, 1)
    await linh.says("/calendar")
    card = await linh.sees("4 posts")
    await linh.taps("All accounts")
    await linh.sees("Which account?")
    await linh.taps("@shop.saigon")
    assert await linh.sees("👤 @shop.saigon", "1 post (1 scheduled)") is card
    await linh.taps("Month")
    await linh.sees("👤 @shop.saigon", "1 post", fresh=True)
    await linh.taps("Week")
    await linh.taps("List")
    await linh.sees("All posts: 1", "@shop.saigon")


async def test_days_are_those_of_the_reader(scene: BotScene, shop: Shop, linh: Person, minh: Person) -> None:
    """A post late on Sunday in Hanoi is on Sunday there and on Monday in Sydney."""
    now = scene.engine.clock.now().astimezone(HANOI)
    sunday = (now + timedelta(days=13 - now.weekday())).replace(hour=22, minute=0)
    post = await shop.draft("Late on Sunday")
    await scene.core.posts.schedule(post.id, sunday, who=WHO)
    await linh.says("/calendar")
    await linh.taps("›")
    await linh.sees("1 post")
    await minh.says("/queue")
    await minh.sees("Đã lên lịch")
    person = await scene.core.people.known(str(minh.id))
    assert person is not None
    await scene.core.people.set_preferences(person, zone="Australia/Sydney")
    local: datetime = sunday.astimezone(zone("Australia/Sydney"))
    await minh.says("/calendar")
    await minh.sees("Tuần này chưa có bài nào")
    await minh.taps("›")
    await minh.sees("chưa có bài nào", fresh=True)
    await minh.taps("›")
    await minh.sees("1 bài", f"{local.day}/{local.month}: 1")


@pytest.mark.usefixtures("scene", "shop")
async def test_forged_weeks_are_this_week(telegram: Telegram, linh: Person) -> None:
    """Days that do not exist and accounts that are not there show no error."""
    await linh.says("/calendar")
    card = await linh.sees("Nothing planned")
    for data in (
        "c_week:::999999,x",
        "c_week:::,",
        "c_month:::680101,",
        "c_accounts:::nope,nope,q",
        "c_week:::",
    ):
        await linh.gets_answer(await linh.taps_raw(data, card))
    await linh.says("/calendar")
    await linh.sees("Nothing planned", fresh=True)
    assert all("error" not in message.text for message in linh.messages)
    assert telegram.refusals == []


async def test_the_calendar_goes_on_after_a_kill(product: BotScene, shop: Shop, linh: Person) -> None:
    """Another process turns the picture that a killed one has sent."""
    await plan(shop, 1)
    async with killed(product):
        await linh.says("/calendar")
        card = await linh.sees("1 post")
    async with killed(product):
        await linh.taps("›")
        assert await linh.sees("Nothing planned this week") is card

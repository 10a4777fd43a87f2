"""What people hear of their accounts: tokens that end, plans that are too full or too empty, the digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from bot_scene import BotScene
from notices_scene import all_told, comes, eventually, prefers, those_with

from bot.bulletins import Bulletins
from bot.courier import Courier
from bot.flows.post_status import redraw_post
from bot.followers import Followers
from bot.html import escape
from bot.outgoing import Outgoing
from bot.screens import Screen
from bot.wording import Words
from botapi.person import Person
from botapi.telegram_side import Telegram
from builders import a_scheduled_post
from core.bootstrap import Core
from core.domain.policy import DAILY_POSTS
from stories.fixtures import Shop

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def deliver(core: Core, out: Outgoing) -> None:
    """Deliver notices; looks for what nobody announced at once, and has a digest of its own."""

    async def digest(_core: Core, words: Words) -> Screen:
        return Screen(text=escape(f"Digest of {words.now.astimezone(words.zone):%d.%m. %H:%M}"))

    bulletins = Bulletins(core, out, redraw_post, digest)
    await Courier(core, bulletins, Followers(core, out, {"post": redraw_post}), every=0.2).run()


async def told(scene: BotScene, person: Person, text: str) -> list[str]:
    """The messages of the bot that show it, once all is told."""
    await all_told(scene)
    return [message.text for message in those_with(person, text)]


async def test_a_token_that_cannot_be_renewed_is_told_four_times(
    product: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """Fourteen, seven, three days and one before its end, once each."""
    async with product.answering(duties=[deliver]):
        await comes(linh)
        await product.run_for(2 * DAY)  # renewed for the first time: its end is known
        account = await product.core.accounts.named("shop-hanoi")
        assert account.token_expires_at is not None
        await shop.threads.misbehave("server_error", on="refresh", count=10_000)
        for days in (14, 7, 3, 1):
            moment = account.token_expires_at - days * DAY
            await product.engine.run_until(moment - HOUR)
            await all_told(product)
            await product.engine.run_until(moment + 8 * HOUR)
            await linh.sees("The link to @shop.hanoi ends in", f"in {days} day")
        await product.engine.run_until(account.token_expires_at - HOUR)
        texts = await told(product, linh, "The link to")
    assert len(texts) == 4
    assert ["could not be renewed" in text for text in texts] == [False, True, True, True]
    assert telegram.refusals == []


async def test_a_link_that_ended_is_told_though_nothing_is_due(
    product: BotScene, shop: Shop, linh: Person
) -> None:
    """The owner of the Threads account has taken the access away: one message, with the remedy."""
    async with product.answering(duties=[deliver]):
        await comes(linh)
        await shop.threads.end_access(shop.account.username)
        await product.run_for(2 * DAY)
        message = await linh.sees("@shop.hanoi cannot publish")
        assert message.button("Accounts")
        await eventually(lambda: nothing_waits(product))
        assert len(await told(product, linh, "cannot publish")) == 1


async def nothing_waits(scene: BotScene) -> bool:
    return not await scene.core.stores.notices.readers()


async def test_a_plan_above_the_daily_quota(product: BotScene, shop: Shop, linh: Person) -> None:
    """251 posts within a day are told once before it comes to it, 250 are not."""
    begin = product.core.clock.now() + DAY
    posts = [
        replace(a_scheduled_post(account_id=shop.account.id), id=f"many-{number}", scheduled_at=at, due_at=at)
        for number in range(DAILY_POSTS + 2)
        if (at := begin + number * timedelta(minutes=5))
    ]
    async with product.answering(duties=[deliver]):
        await comes(linh)
        await product.core.desk.add(posts[:DAILY_POSTS])
        await comes(linh)
        await product.core.desk.add(posts[DAILY_POSTS : DAILY_POSTS + 1])
        message = await linh.sees("@shop.hanoi would pass 250 posts in 24 hours")
        assert message.button("Queue")
        await product.core.desk.add(posts[DAILY_POSTS + 1 :])
        await shop.schedule("One more", 2 * DAY)
        await comes(linh)
        assert len(await told(product, linh, "would pass")) == 1
    notices = product.core.notices
    await notices.look_at_accounts()
    assert await notices.readers() == []


async def test_the_queue_runs_low_once(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Few posts left and none later, where posts go out often: told silently, once, until more is planned."""
    await comes(linh)
    for number in range(5):
        await shop.schedule(f"Post {number}", (number + 1) * HOUR)
    await scene.run_for(2 * HOUR + timedelta(minutes=1))
    assert await told(scene, linh, "more planned") == []
    await scene.run_for(HOUR)
    message = await linh.sees("Only 2 more planned on @shop.hanoi")
    assert message.silent
    await scene.run_for(HOUR)
    await linh.sees("Post 3")
    assert len(await told(scene, linh, "planned")) == 1


async def test_an_empty_queue_invites_only_whoever_writes(
    scene: BotScene, shop: Shop, linh: Person, an: Person
) -> None:
    """An owner is told how to go on, a viewer what is so."""
    for who in (linh, an):
        await comes(who)
    for number in range(3):
        await shop.schedule(f"Post {number}", (number + 1) * HOUR)
    await scene.run_for(4 * HOUR)
    await linh.sees("Nothing more is planned on @shop.hanoi. Send me the next post")
    notice = await an.sees("Nothing more is planned on @shop.hanoi.")
    assert "Send me" not in notice.text


async def test_who_posts_now_and_then_has_no_queue_to_run_low(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A single post that went out is told as such, and no more."""
    await comes(linh)
    await shop.schedule("Once", HOUR)
    await scene.run_for(2 * HOUR)
    await linh.sees("Published", "Once")
    assert await told(scene, linh, "planned") == []


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Europe/Berlin"])
async def test_the_digest_comes_at_the_hour_of_the_person(
    product: BotScene, telegram: Telegram, shop: Shop, linh: Person, zone: str
) -> None:
    """Once a day at eight where the person is, the days on which the clocks change included; the alarm wakes it."""
    del shop
    await product.engine.clock.hold_until(datetime(2027, 3, 26, 12, tzinfo=UTC))
    async with product.answering(duties=[deliver]):
        await comes(linh)
        await prefers(product, linh, zone=zone, digest_at=time(8))
        for day in range(27, 31):
            await product.run_for(DAY)
            await linh.sees("Digest of", f"{day}.03.")
        texts = await told(product, linh, "Digest of")
    assert len(texts) == 4
    assert telegram.refusals == []


async def test_a_digest_of_another_hour_of_the_same_day(product: BotScene, shop: Shop, linh: Person) -> None:
    """Who chooses a later hour after the digest of the day gets another one then."""
    del shop
    async with product.answering(duties=[deliver]):
        await comes(linh)
        now = product.core.clock.now()
        for hours in (1, 3):
            at = (now + hours * HOUR).replace(minute=0, second=0, microsecond=0)
            await prefers(product, linh, zone="UTC", digest_at=at.time())
            await product.engine.run_until(at + timedelta(minutes=1))
            await all_told(product)
        await eventually(lambda: nothing_waits(product))
        assert len(await told(product, linh, "Digest of")) == 2


async def test_digests_that_nobody_could_send_are_one(product: BotScene, shop: Shop, linh: Person) -> None:
    """After three days without a bot there is one digest, of today."""
    del shop
    async with product.answering():
        await comes(linh)
    await prefers(product, linh, digest_at=time(8))
    await product.run_for(3 * DAY)
    async with product.answering(duties=[deliver]):
        await linh.sees("Digest of")
        assert len(await told(product, linh, "Digest of")) == 1

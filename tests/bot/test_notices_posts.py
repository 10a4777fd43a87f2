"""What people hear of their posts, unasked: published, failed, unknown, missed, held."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from bot_scene import BotScene
from notices_scene import all_told, comes, prefers, those_with

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.access import Grant, Noise, NoticeKind, Role
from core.domain.account import MissedPolicy
from core.domain.distance import time_label
from core.domain.post import PostStatus
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


async def test_published_is_told_without_a_sound(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """One silent message: where, how punctually, and the way to it."""
    await comes(linh)
    await shop.schedule("Phở & <bún>", HOUR)
    await scene.run_for(2 * HOUR)
    message = await linh.sees("Published on @shop.hanoi", "on the dot", "Phở & <bún>")
    assert message.silent
    (shown,) = await shop.feed()
    button = message.button("Open on Threads")
    assert button is not None
    assert button["url"] == shown.permalink
    assert telegram.refusals == []


async def test_a_failure_is_a_card_with_its_remedy(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Cause and remedy in plain words and three buttons; Retry on it publishes, and the card follows."""
    await comes(linh)
    await shop.threads.misbehave("error", on="create", code=100)
    post = await shop.schedule("Fragile", HOUR)
    await scene.run_for(2 * HOUR)
    failed = (await shop.get(post)).error
    assert failed is not None
    card = await linh.sees("Fragile", failed.cause, failed.remedy)
    assert not card.silent
    assert card.button("Edit")
    assert card.button("Skip")
    await linh.taps("Retry", on=card)
    await linh.waits_for(lambda: "Scheduled" in card.text)
    await scene.run_for(HOUR)
    await linh.waits_for(lambda: "Published" in card.text)
    assert [shown.text for shown in await shop.feed()] == ["Fragile"]


async def test_a_failure_in_vietnamese(scene: BotScene, shop: Shop, minh: Person) -> None:
    """Cause, remedy and buttons are in the language of the reader, and nothing is left in English."""
    await minh.says("/start")
    await minh.sees("Chào")
    await shop.threads.misbehave("error", on="create", code=100)
    await shop.schedule("Ảnh rộng", HOUR)
    await scene.run_for(2 * HOUR)
    card = await minh.sees("Ảnh rộng", "Threads từ chối", "lên lịch lại")
    assert card.button("Thử lại")


async def test_an_unknown_outcome_asks_what_is_true(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A lost answer is told with its two buttons, and one of them settles it."""
    await comes(linh)
    await shop.threads.misbehave("drop_before")
    post = await shop.schedule("Schroedinger", HOUR)
    await scene.run_for(2 * HOUR)
    card = await linh.sees("Schroedinger", "Threads")
    (live,), (_not_live,), *_ = card.buttons
    await linh.taps(live, on=card)
    await linh.waits_for(lambda: "Published" in card.text)
    assert (await shop.get(post)).status is PostStatus.PUBLISHED


@pytest.mark.parametrize("policy", MissedPolicy)
async def test_missed_while_nothing_ran(
    scene: BotScene, shop: Shop, linh: Person, policy: MissedPolicy
) -> None:
    """What was late is told by the account's policy: out, and how late; left out; or what shall become of it."""
    await comes(linh)
    await scene.core.accounts.set_missed_policy("shop-hanoi", policy)
    await shop.schedule("Breakfast", HOUR)
    await scene.engine.clock.advance(6 * HOUR)
    await scene.run_for(timedelta(minutes=5))
    if policy is MissedPolicy.PUBLISH:
        await linh.sees("Published on @shop.hanoi", "5 h", "late", "Breakfast")
        return
    card = await linh.sees("Breakfast", "time" if policy is MissedPolicy.ASK else "time passed")
    await linh.taps("Publish now" if policy is MissedPolicy.ASK else "Retry", on=card)
    await linh.waits_for(lambda: "Scheduled" in card.text)
    await scene.run_for(timedelta(minutes=5))
    await linh.waits_for(lambda: "Published" in card.text)


async def test_an_account_that_threads_refuses(scene: BotScene, shop: Shop, linh: Person) -> None:
    """One message for the account and the post that waits for it."""
    await comes(linh)
    await shop.threads.end_access(shop.account.username)
    await shop.schedule("Waiting", HOUR)
    await scene.run_for(2 * HOUR)
    message = await linh.sees("@shop.hanoi cannot publish", "Waiting")
    assert not message.silent
    assert message.button("Accounts")
    assert len(those_with(linh, "cannot publish")) == 1


async def test_what_waits_for_an_account_is_told_apart_from_the_remedy(
    scene: BotScene, shop: Shop, linh: Person, minh: Person
) -> None:
    """Each post on a line of its own, time and text apart; later ones are told with the remedy again."""
    for who in (linh, minh):
        await who.says("/start")
        await who.sees("Hello" if who is linh else "Chào")
    await shop.threads.end_access(shop.account.username)
    first = await shop.schedule("FAILME one", HOUR)
    assert first.scheduled_at is not None
    when = time_label(first.scheduled_at, HANOI), time_label(first.scheduled_at, HANOI, "vi")
    await shop.schedule("FAILME two", 2 * HOUR)
    await scene.run_for(HOUR + timedelta(minutes=1))
    english = await linh.sees("cannot publish")
    title, cause, remedy, blank, waiting, post = english.text.split("\n")
    assert (title, blank) == ("✋ @shop.hanoi cannot publish.", "")
    assert (waiting, post) == ("Posts that wait for it: 1", f"• {when[0]} · FAILME one")
    await minh.sees("@shop.hanoi không đăng được.", f"\n\nSố bài đang chờ: 1\n• {when[1]} · FAILME one")
    await linh.taps("Show them", on=english)
    await linh.sees("On hold: 1", "FAILME one")
    assert english.text.startswith(title)
    await scene.run_for(HOUR)
    later = await linh.sees("cannot publish", "FAILME two")
    assert later is not english
    assert [cause, remedy] == later.text.split("\n")[1:3]


@pytest.mark.parametrize("noise", Noise)
async def test_noise_is_honoured(scene: BotScene, shop: Shop, linh: Person, noise: Noise) -> None:
    """On has a sound, silent has none, off is nothing; each kind by itself."""
    await comes(linh)
    await prefers(scene, linh, noise={NoticeKind.PUBLISHED: noise, NoticeKind.QUEUE_LOW: Noise.OFF})
    await shop.threads.misbehave("error", on="create", code=100, text="Broken")
    await shop.schedule("Loud", HOUR)
    await shop.schedule("Broken", 2 * HOUR)
    await scene.run_for(3 * HOUR)
    await linh.sees("Broken")
    told = those_with(linh, "Loud")
    if noise is Noise.OFF:
        assert told == []
    else:
        (message,) = told
        assert message.silent == (noise is Noise.SILENT)


async def test_who_may_not_see_the_account_hears_nothing(
    product: BotScene, telegram: Telegram, shop: Shop, linh: Person, minh: Person, other_shop: Shop
) -> None:
    """Rights of the moment of the telling count, those of the account and those of being one of us."""
    core = product.core
    async with product.answering():
        for person in (linh, minh):
            await comes(person)
    guest = telegram.person(4004, name="Guest", language="en", started=True)
    owner = await core.people.known(str(linh.id))
    assert owner is not None
    _, token = await core.people.invite(Grant(Role.VIEWER, ("shop-saigon",)), by=owner)
    await core.people.join(token, str(guest.id), "Guest")
    gone = telegram.person(4005, name="Gone", language="en", started=True)
    _, token = await core.people.invite(Grant(Role.EDITOR), by=owner)
    await core.people.join(token, str(gone.id), "Gone")
    await shop.schedule("For Hanoi", HOUR)
    await other_shop.schedule("For Saigon", HOUR)
    await product.run_for(2 * HOUR)
    await core.notices.collect()
    await core.people.remove(str(gone.id), owner)
    async with product.answering():
        await linh.sees("For Hanoi")
        await linh.sees("For Saigon")
        await guest.sees("For Saigon")
        await all_told(product)
    assert those_with(guest, "Hanoi") == []
    assert gone.messages == []


async def test_kept_until_the_bot_is_back(product: BotScene, shop: Shop, linh: Person) -> None:
    """What happened while no bot ran is told by the next, once; good news of the day before is not."""
    async with product.answering():
        await comes(linh)
    await shop.threads.misbehave("error", on="create", code=100, text="Broken")
    await shop.schedule("Old news", HOUR)
    await shop.schedule("Broken", 2 * HOUR)
    await shop.schedule("Fresh news", 30 * HOUR)
    await product.run_for(31 * HOUR)
    async with product.answering():
        await linh.sees("Broken")
        await linh.sees("Fresh news")
        await all_told(product)
    async with product.answering():
        await comes(linh)
        await all_told(product)
    assert [len(those_with(linh, text)) for text in ("Old news", "Broken", "Fresh news")] == [0, 1, 1]


async def test_whoever_blocked_the_bot_hears_it_after_coming_back(
    scene: BotScene, shop: Shop, linh: Person, minh: Person
) -> None:
    """Bad news waits for a person who cannot be written to, and keeps nobody else waiting."""
    await comes(linh)
    await comes(minh)
    await linh.blocks_bot()
    await shop.threads.misbehave("error", on="create", code=100)
    post = await shop.schedule("Broken", HOUR)
    await scene.run_for(2 * HOUR)
    await minh.sees("Broken")
    assert (await shop.get(post)).status is PostStatus.FAILED
    await linh.unblocks_bot()
    await linh.says("/whoami")
    await linh.sees("Broken")
    await scene.core.posts.cancel(post.id, who=WHO)


@pytest.mark.parametrize(("noise", "messages"), [(Noise.SILENT, 1), (Noise.ON, 2)])
async def test_a_card_that_says_published_is_enough_without_a_sound(
    scene: BotScene, shop: Shop, linh: Person, noise: Noise, messages: int
) -> None:
    """Whoever follows the post on its card gets no second message for it, unless they want to hear it."""
    await comes(linh)
    await prefers(scene, linh, noise={NoticeKind.PUBLISHED: noise, NoticeKind.QUEUE_LOW: Noise.OFF})
    post = await shop.schedule("Followed", HOUR)
    await linh.says(f"/post {post.id}")
    card = await linh.sees("Followed", post.id)
    await scene.run_for(2 * HOUR)
    await linh.waits_for(lambda: "Published" in card.text)
    await all_told(scene)
    assert len(those_with(linh, "Followed")) == messages

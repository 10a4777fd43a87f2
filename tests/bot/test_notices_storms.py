"""Storms: many notices at once are one message, which grows into a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot_scene import BotScene
from notices_scene import all_told, comes, prefers, those_with

from botapi import limits
from botapi.person import Person
from botapi.telegram_side import Telegram
from builders import a_scheduled_post
from core.domain.access import Noise, NoticeKind
from core.domain.account import Account
from core.domain.post import Post, PostStatus
from stories.fixtures import Shop

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


async def in_publication(scene: BotScene, account: Account, count: int) -> list[Post]:
    """Posts that are being published, straight from the store."""
    now = scene.core.clock.now()
    posts = [
        replace(
            a_scheduled_post(account_id=account.id, text=f"Burst {number}", status=PostStatus.PUBLISHING),
            id=f"{account.name}-{number}",
            scheduled_at=now,
            due_at=None,
        )
        for number in range(count)
    ]
    await scene.core.stores.posts.add(posts)
    return posts


async def publish(scene: BotScene, post: Post) -> None:
    """What the worker writes when Threads has published."""
    after = replace(
        post,
        status=PostStatus.PUBLISHED,
        published_at=scene.core.clock.now(),
        permalink=f"https://www.threads.net/@shop/post/{post.id}",
    )
    assert await scene.core.desk.save(post, after) is not None


async def test_twelve_failures_are_one_message(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """The first is a card with a sound; what follows within a minute turns it into a list with the way to all."""
    await comes(linh)
    await shop.threads.misbehave("error", on="create", code=100, count=100)
    await shop.schedule("Failing 0", HOUR)
    await scene.run_for(HOUR + SECOND)
    first = await linh.sees("Failing 0")
    assert not first.silent
    for number in range(1, 12):
        await shop.schedule(f"Failing {number}", number * SECOND)
    await scene.run_for(timedelta(seconds=30))
    message = await linh.sees("12 posts failed", "@shop.hanoi", "Failing 0", "… and 7 more")
    assert message is first
    assert message.button("Show them")
    await all_told(scene)
    assert len(those_with(linh, "fail")) == 1
    assert telegram.refusals == []


async def test_five_hundred_publications_are_one_message(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """A burst costs one message and few edits, even where Telegram takes one call a second."""
    await comes(linh)
    await prefers(scene, linh, noise={NoticeKind.QUEUE_LOW: Noise.OFF})
    posts = await in_publication(scene, shop.account, 500)
    telegram.set_limits(limits.strict())
    for post in posts:
        await publish(scene, post)
    message = await linh.sees("500 posts published", within=30)
    await all_told(scene)
    assert len(those_with(linh, "published")) == 1
    assert message.edits <= 15
    assert len(message.text.splitlines()) == 7


async def test_two_accounts_are_two_messages(
    scene: BotScene, shop: Shop, other_shop: Shop, linh: Person
) -> None:
    """What happens to different accounts is not mixed up."""
    await comes(linh)
    for account in (shop.account, other_shop.account):
        for post in await in_publication(scene, account, 3):
            await publish(scene, post)
    hanoi = await linh.sees("3 posts published", "@shop.hanoi")
    saigon = await linh.sees("3 posts published", "@shop.saigon")
    assert hanoi is not saigon


async def test_after_a_minute_of_quiet_there_is_a_new_message(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A later failure is heard again."""
    await comes(linh)
    await shop.threads.misbehave("error", on="create", code=100, count=100)
    for text in ("Morning", "Evening"):
        await shop.schedule(text, HOUR)
        await scene.run_for(HOUR + SECOND)
        await linh.sees(text)
        await all_told(scene)
    morning, evening = those_with(linh, "ing")[-2:]
    assert morning is not evening


async def test_the_list_comes_anew_when_its_message_was_deleted(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A storm whose message is gone goes on in another one."""
    await comes(linh)
    posts = await in_publication(scene, shop.account, 3)
    await publish(scene, posts[0])
    message = await linh.sees("Burst 0")
    await all_told(scene)
    await linh.deletes(message)
    await publish(scene, posts[1])
    await linh.sees("2 posts published", "Burst 1")


async def test_how_late_stands_in_the_list(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Posts that went out late after an outage say so one by one."""
    await comes(linh)
    await shop.schedule("Early bird", HOUR)
    await shop.schedule("Second", HOUR + SECOND)
    await scene.engine.clock.advance(4 * HOUR)
    await scene.run_for(timedelta(seconds=10))
    await linh.sees("3 h late", "Early bird")
    await all_told(scene)
    await scene.run_for(timedelta(seconds=70))
    await linh.sees("2 posts published", "Early bird (3 h late)", "Second (3 h")


async def test_what_a_notice_leads_to_comes_below_it(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Whoever has tapped "Show them" has the list and the notice, which goes on taking in what comes next."""
    await comes(linh)
    await prefers(scene, linh, noise={NoticeKind.QUEUE_LOW: Noise.OFF})
    posts = await in_publication(scene, shop.account, 3)
    for post in posts[:2]:
        await publish(scene, post)
    message = await linh.sees("2 posts published")
    await all_told(scene)
    await linh.taps("Show them", on=message)
    shown = await linh.sees("Published: 2", "Burst 0", "Burst 1")
    assert shown is not message
    assert "2 posts published" in message.text
    await publish(scene, posts[2])
    assert await linh.sees("3 posts published", "Burst 2") is message
    assert "Published: 2" in shown.text


async def test_a_question_is_not_written_over_by_a_storm(scene: BotScene, shop: Shop, linh: Person) -> None:
    """The card of a failed post that asks for a text goes on asking when another post fails."""
    await comes(linh)
    await shop.threads.misbehave("error", on="create", code=100, count=100)
    await shop.schedule("Failing first", HOUR)
    await scene.run_for(HOUR + SECOND)
    first = await linh.sees("Failing first")
    await all_told(scene)
    await linh.taps("Edit", on=first)
    await linh.sees("Send the new text")
    await shop.schedule("Failing second", SECOND)
    await scene.run_for(timedelta(seconds=10))
    assert await linh.sees("Failed", "Failing second") is not first
    assert "Send the new text" in first.text

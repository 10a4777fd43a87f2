"""Cards follow what they show, whoever changes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from bot_scene import BotScene
from notices_scene import comes, eventually, prefers, those_with

from bot.bulletins import Bulletins
from bot.courier import Courier
from bot.digest import digest
from bot.flows.post_status import redraw_post
from bot.followers import Followers, looks
from bot.outgoing import Outgoing
from bot.screens import Screen
from bot.wording import Words
from bot.wording.reader import words_for
from botapi import faults, limits
from botapi.messages import Message
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.bootstrap import Core
from core.domain.access import Noise, NoticeKind
from core.domain.conversation import Card
from core.domain.post import Content, Post
from core.domain.recurrence import Pattern, Recurrence
from core.ports import PostFilter
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
SILENCE = dict.fromkeys(NoticeKind, Noise.OFF)


@pytest.fixture
async def scene(product: BotScene, linh: Person) -> AsyncIterator[BotScene]:
    """The bot answers; Linh has come and wants no notices."""
    async with product.answering():
        await comes(linh)
        await prefers(product, linh, noise=SILENCE)
        yield product


async def has_card(scene: BotScene, person: Person, post: Post, subject: str = "") -> Message:
    """A message of the bot to the person follows the post from now on, or another subject that it belongs to."""
    await person.says("/whoami")
    message = await person.sees(str(person.id), fresh=True)
    card = Card(
        id=f"{person.id}:{message.id}",
        chat_id=person.id,
        message_id=message.id,
        person_id=str(person.id),
        subject=subject or f"post:{post.id}",
        created_at=scene.core.clock.now(),
    )
    await scene.core.stores.cards.put(card)
    scene.core.events.announce(post.id)
    await person.waits_for(lambda: post.content.text in message.text)
    return message


async def test_the_card_goes_to_published_by_itself(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """From scheduled to the permalink, without a tap and without another message."""
    post = await shop.schedule("Follow me", HOUR)
    card = await has_card(scene, linh, post)
    assert "Scheduled" in card.text
    await scene.run_for(2 * HOUR)
    await linh.waits_for(lambda: "Published" in card.text, within=2)
    (shown,) = await shop.feed()
    button = card.button("Open on Threads")
    assert button is not None
    assert button["url"] == shown.permalink
    assert len(those_with(linh, "Follow me")) == 1
    assert telegram.refusals == []


async def test_what_another_face_edits_shows_within_a_second(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """The command line, another person: the card shows it; deleted, it says so."""
    post = await shop.schedule("First words", HOUR)
    card = await has_card(scene, linh, post)
    await eventually(lambda: shows(scene, card))
    for text in ("Other words", "Third words"):
        await scene.core.posts.edit(post.id, Content(text=text), who=WHO)
        await linh.waits_for(lambda text=text: text in card.text, within=1.5)
    await scene.core.posts.delete(post.id, who=WHO)
    await linh.waits_for(lambda: "words" not in card.text, within=1.5)


async def test_many_changes_are_few_edits(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A card is edited once a second at most, and the last state wins."""
    post = await shop.schedule("Edit 0", HOUR)
    card = await has_card(scene, linh, post)
    before = card.edits
    for number in range(1, 30):
        await scene.core.posts.edit(post.id, Content(text=f"Edit {number}"), who=WHO)
    await linh.waits_for(lambda: "Edit 29" in card.text)
    assert card.edits - before <= 3


async def test_many_cards_of_one_chat_are_paced(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """Five at once, then one a second, so that Telegram need not refuse any."""
    posts = [await shop.schedule(f"Card {number}", HOUR) for number in range(7)]
    cards = [await has_card(scene, linh, post) for post in posts]
    telegram.set_limits(limits.Limits(chat_per_second=6))
    for post in posts:
        await scene.core.posts.edit(post.id, Content(text=f"{post.content.text}, changed"), who=WHO)
    await linh.waits_for(lambda: all("changed" in card.text for card in cards), within=20)
    assert telegram.refusals == []


async def test_what_changed_while_no_bot_ran(product: BotScene, shop: Shop, linh: Person) -> None:
    """The next bot brings old cards up to date, and leaves alone what is true."""
    async with product.answering():
        await comes(linh)
        await prefers(product, linh, noise=SILENCE)
        changed, same = await shop.schedule("Changed", HOUR), await shop.schedule("The same", 9 * HOUR)
        old, true = await has_card(product, linh, changed), await has_card(product, linh, same)
        await eventually(lambda: shows(product, true))
        edits = true.edits
    await product.run_for(2 * HOUR)
    async with product.answering():
        await linh.waits_for(lambda: "Published" in old.text)
        await eventually(lambda: shows(product, old))
    assert true.edits == edits


async def shows(scene: BotScene, message: Message) -> bool:
    """Whether the card is known to show what it should."""
    card = await scene.core.stores.cards.get(message.chat.id, message.id)
    return card is not None and bool(card.shown)


async def test_a_deleted_message_is_forgotten(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """Nothing is sent in its place, and its card is gone."""
    post = await shop.schedule("Away with it", HOUR)
    card = await has_card(scene, linh, post)
    await eventually(lambda: shows(scene, card))
    await linh.deletes(card)
    messages = len(telegram.calls("sendMessage"))
    await scene.core.posts.edit(post.id, Content(text="Other"), who=WHO)

    async def gone() -> bool:
        return await scene.core.stores.cards.get(linh.id, card.id) is None

    await eventually(gone)
    assert len(telegram.calls("sendMessage")) == messages


async def test_a_question_is_not_drawn_over(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A card that asks something stays as it is until the post changes."""
    post = await shop.schedule("Ask me", HOUR)
    card = await has_card(scene, linh, post)
    await linh.taps("Edit", on=card)
    await linh.waits_for(lambda: "Scheduled" not in card.text)
    asked = card.text
    scene.core.events.announce(post.id)
    other = await shop.schedule("Another", HOUR)
    await has_card(scene, linh, other)  # a round later
    assert card.text == asked
    await scene.core.posts.edit(post.id, Content(text="Changed meanwhile"), who=WHO)
    await linh.waits_for(lambda: "Changed meanwhile" in card.text)


async def test_a_card_that_cannot_be_drawn_stops_no_other(
    product: BotScene, shop: Shop, linh: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """The fault is in the log with its card; the others follow."""

    async def draw(core: Core, post_id: str, words: Words) -> Screen | None:
        post = await core.posts.get(post_id)
        if post.content.text == "Cursed":
            raise ZeroDivisionError
        return await redraw_post(core, post_id, words)

    async def deliver(core: Core, out: Outgoing) -> None:
        bulletins = Bulletins(core, out, redraw_post, digest)
        await Courier(core, bulletins, Followers(core, out, {"post": draw})).run()

    async with product.answering(duties=[deliver]):
        await comes(linh)
        await prefers(product, linh, noise=SILENCE)
        cards = [await has_card(product, linh, await shop.schedule(f"Good {n}", HOUR)) for n in range(2)]
        cursed = await shop.draft("Cursed")
        await product.core.stores.cards.put(
            Card(
                id=f"{linh.id}:1",
                chat_id=linh.id,
                message_id=1,
                person_id=str(linh.id),
                subject=f"post:{cursed.id}",
                created_at=product.core.clock.now(),
            )
        )
        product.core.events.announce(cursed.id)
        await product.run_for(2 * HOUR)
        for card in cards:
            await linh.waits_for(lambda card=card: "Published" in card.text)
    failed = {vars(record).get("subject") for record in caplog.records if record.message == "card.not_drawn"}
    assert failed == {f"post:{cursed.id}"}


async def test_a_bad_moment_of_telegram_delays_the_card(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """An edit that Telegram did not take is made again."""
    post = await shop.schedule("Patience", HOUR)
    card = await has_card(scene, linh, post)
    telegram.misbehaves("editMessageText", faults.server_error())
    telegram.misbehaves("editMessageText", faults.too_many_requests(1))
    await scene.core.posts.edit(post.id, Content(text="Rewarded"), who=WHO)
    await linh.waits_for(lambda: "Rewarded" in card.text)


async def test_hearing_again_after_redis_dropped_the_line(scene: BotScene, shop: Shop, linh: Person) -> None:
    """What changed while nothing could be heard is caught up with."""
    post = await shop.schedule("Before", HOUR)
    card = await has_card(scene, linh, post)
    commands = scene.core.redis.commands
    await commands.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    await scene.core.stores.posts.save(
        (before := await scene.core.posts.get(post.id)),
        replace(before, content=Content(text="Unheard of")),
        who=WHO,
        why="edited without a word",
        at=scene.core.clock.now(),
    )
    await linh.waits_for(lambda: "Unheard of" in card.text)


async def test_a_series_card_follows(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A post of a series that goes out makes its next dates others; stopped, the card says so."""
    today = scene.core.clock.now().date()
    rule = Recurrence(
        pattern=Pattern.DATE_RANGE,
        start=today + timedelta(days=1),
        until=today + timedelta(days=3),
        at=time(9),
        zone="Asia/Ho_Chi_Minh",
    )
    series = await shop.repeat("Good morning", rule)
    await scene.run_for(timedelta(minutes=1))
    first, *_ = await scene.core.posts.find(PostFilter(series_id=series.id))
    card = await has_card(scene, linh, first, f"series:{series.id}")
    before = card.text
    assert first.scheduled_at is not None
    await scene.engine.run_until(first.scheduled_at + HOUR)
    await linh.waits_for(lambda: card.text != before)


def test_looks_ignore_how_far_away_a_moment_is() -> None:
    """Screens that differ only in the words for their moments look the same, others do not."""
    at = datetime(2026, 12, 7, 2, tzinfo=UTC)

    def screen(at: datetime, ahead: timedelta) -> str:
        words = words_for(None, default_zone="UTC", now=at - ahead)
        return looks(Screen(text=words.time(at)))

    assert screen(at, HOUR) == screen(at, 2 * HOUR)
    assert screen(at, HOUR) != screen(at + HOUR, HOUR)

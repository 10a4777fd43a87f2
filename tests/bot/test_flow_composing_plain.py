"""Without a public address for media, a picture is a sentence and the text stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from composing_scene import all_posts, only_draft, scene

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.post import Content
from core.local.sandbox.samples import sample
from stories.fixtures import Shop

__all__ = ["scene"]

LONG = "A sentence of some words. " * 40
ODD = ("<script>alert(1)</script>", "&amp; &lt; < > \"'", "*_`[](tg://user?id=1)", "\U000e0001x", "ﷺ" * 300)


@pytest.mark.usefixtures("shop")
async def test_without_an_address_for_media_the_text_stays(scene: BotScene, linh: Person) -> None:
    """The card says what to set, and the post can go out without the picture."""
    await linh.sends_photo(sample("a.jpg")[0], "Only words then")
    await linh.sees("Only words then", "MEDIA_PUBLIC_URL")
    assert (await only_draft(scene, linh)).content == Content(text="Only words then")


async def test_a_long_text_is_split_into_a_thread(scene: BotScene, shop: Shop, linh: Person) -> None:
    """What is too long for one post offers to become several, none of which cuts a sentence."""
    await linh.says(LONG)
    await linh.sees("1039/500", "⛔")
    await linh.taps("Split into 3 parts")
    await linh.sees("2 more parts")
    await linh.taps("📅 When")
    await linh.taps("In 1 h")
    await linh.taps("✅ Schedule")
    card = await linh.sees("Scheduled")
    await scene.run_for(timedelta(hours=2))
    await linh.waits_for(lambda: "Parts: 2 of 2 posted" in card.text)
    texts = [shown.text for shown in await shop.feed()]
    assert " ".join(texts) == LONG.strip()
    assert all(text.endswith(".") for text in texts)


async def test_comment_part_and_topic_are_typed(scene: BotScene, shop: Shop, linh: Person) -> None:
    """More opens the rarer parts of a post; each is asked for, shown and can be taken away."""
    await linh.says("Main")
    for button, answer, seen in (
        ("💬 First comment", "Link: https://example.com", "first comment"),
        ("＋ Part", "Part two", "1 more part"),
        ("🏷 Topic", "#cà phê", "topic cà phê"),
    ):
        await linh.taps("More ▾")
        await linh.taps(button)
        await linh.sees("Send the")
        await linh.says(answer)
        await linh.sees(seen, "/500")
    await linh.taps("More ▾")
    await linh.taps("🏷 Topic")
    await linh.says("a.b")
    await linh.sees("does not allow", "Send the topic")
    await linh.taps("‹ Back")
    await linh.sees("topic cà phê", "/500")
    await linh.taps("More ▾")
    await linh.taps("🗑 Topic")
    await linh.waits_for(lambda: "topic" not in linh.last.text)
    draft = await only_draft(scene, linh)
    assert draft.content == Content(
        text="Main", replies=("Part two",), first_comment="Link: https://example.com"
    )
    assert shop.account.id == draft.account_id


async def test_a_reply_to_a_card_edits_its_text(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Replying to the card of a draft, and later to that of the post, changes the text."""
    await linh.says("Frist")
    await linh.replies_to(await linh.sees("Frist", "Draft"), "First")
    await linh.sees("First", "Draft", "/500")
    await linh.taps("📅 When")
    await linh.taps("Tomorrow 09:00")
    await linh.taps("✅ Schedule")
    await linh.replies_to(await linh.sees("Scheduled"), "The first one")
    await linh.sees("Scheduled", "The first one")
    await scene.run_for(timedelta(days=2))
    assert [shown.text for shown in await shop.feed()] == ["The first one"]


async def test_the_account_is_chosen_where_there_are_several(
    scene: BotScene, shop: Shop, other_shop: Shop, linh: Person
) -> None:
    """With two accounts the card offers the choice, and the post goes out on the chosen one."""
    await linh.says("Whose?")
    await linh.taps("@shop.hanoi ▾")
    await linh.sees("Which account?")
    await linh.taps("@shop.saigon")
    await linh.sees("Draft", "@shop.saigon")
    await linh.taps("Post now")
    await linh.taps("Yes, post now")
    await linh.sees("Scheduled", "@shop.saigon")
    await scene.run_for(timedelta(minutes=1))
    assert [shown.text for shown in await other_shop.feed()] == ["Whose?"]
    assert await shop.feed() == []


async def test_the_same_text_again_is_asked_about(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A duplicate within a day is told, and goes out when the person insists."""
    await shop.schedule("Twice", timedelta(hours=3), allow_duplicate=True)
    await linh.says("Twice")
    await linh.taps("📅 When")
    await linh.taps("In 1 h")
    await linh.sees("has the same content")
    await linh.taps("Schedule anyway")
    await linh.sees("Scheduled", "Twice")
    await linh.says("Twice")
    await linh.taps("Post now")
    await linh.taps("Yes, post now")
    await linh.sees("has the same content", "right now?")
    await linh.taps("Post anyway")
    await linh.sees("Scheduled", fresh=True)
    await scene.run_for(timedelta(hours=4))
    assert [shown.text for shown in await shop.feed()] == ["Twice"] * 3


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("text", ODD)
async def test_odd_texts_are_shown_as_typed(
    scene: BotScene, telegram: Telegram, linh: Person, text: str
) -> None:
    """Markup, directions and oddities of Unicode are text like any other."""
    await linh.says(text)
    card = await linh.sees("Draft")
    assert text.strip() in card.text
    assert telegram.refusals == []
    assert await all_posts(scene) == []

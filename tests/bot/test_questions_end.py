"""A question that was asked about a post ends when its person turns to something else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from composing_scene import all_posts
from flow_steps import settled
from notices_scene import eventually

from botapi.messages import Message
from botapi.person import Person
from core.domain.post import PostStatus
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)


async def opened(linh: Person, post_id: str, text: str) -> Message:
    """The card of a post with all that is known of it."""
    await linh.says(f"/post {post_id}")
    return await linh.sees(text, post_id)


@pytest.mark.parametrize("button", ["· 1/1", "Queue", "Back"])
@pytest.mark.usefixtures("scene")
async def test_a_tap_on_anything_else_ends_the_question(shop: Shop, linh: Person, button: str) -> None:
    """After Edit and then another card's button, or Back, the next text is a new draft and the post stays."""
    post = await shop.schedule("As planned", 5 * HOUR)
    await linh.says("/settings")
    other = await linh.sees("Settings", fresh=True)
    card = await opened(linh, post.id, "As planned")
    await linh.taps("Edit", on=card)
    await linh.sees("Send the new text")
    if button == "Back":
        await linh.taps("Back", on=card)
    else:
        await linh.taps_raw("t_none:::" if button == "· 1/1" else "q_open:::", other)
    await linh.says("Something new")
    await linh.sees("Draft", "Something new")
    assert (await shop.get(post)).content.text == "As planned"


async def test_an_old_question_takes_no_answer(scene: BotScene, shop: Shop, linh: Person) -> None:
    """An hour after it was asked a text is a new draft; before that it is the answer."""
    post = await shop.schedule("As planned", 50 * HOUR)
    card = await opened(linh, post.id, "As planned")
    await asked_for_a_text(scene, linh, card)
    await scene.engine.clock.advance(HOUR - timedelta(minutes=1))
    await linh.says("In time")
    card = await linh.sees("Scheduled", "In time")
    await asked_for_a_text(scene, linh, card)
    await scene.engine.clock.advance(HOUR + timedelta(minutes=1))
    await linh.says("Too late")
    await linh.sees("Draft", "Too late")
    assert (await shop.get(post)).content.text == "In time"


async def asked_for_a_text(scene: BotScene, linh: Person, card: Message) -> None:
    """Linh taps Edit, and the bot waits for her text."""
    await linh.taps("Edit", on=card)

    async def waits() -> bool:
        talk = await scene.core.stores.talks.get(str(linh.id))
        return bool(talk.awaiting) and talk.answered_by is None

    await eventually(waits)


async def test_a_reply_to_a_published_post_asks_nothing(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Its card says why it cannot be changed, and the next text is a new draft."""
    post = await shop.schedule("Out already", HOUR)
    card = await opened(linh, post.id, "Out already")
    await scene.run_for(2 * HOUR)
    await linh.waits_for(lambda: "Published" in card.text)
    await linh.replies_to(card, "Changed my mind")
    await linh.sees("cannot be changed any more", "Published", "Out already")
    await linh.says("Another one")
    await linh.sees("Draft", "Another one")
    assert [one.status for one in await all_posts(scene)] == [PostStatus.PUBLISHED]


async def test_a_viewer_who_replies_to_a_card_is_asked_nothing(
    scene: BotScene, shop: Shop, an: Person
) -> None:
    """Whoever may not change the post reads that, and their next words are no answer."""
    post = await shop.schedule("Not yours", HOUR)
    card = await opened(an, post.id, "Not yours")
    await an.replies_to(card, "Mine now")
    await an.sees("editor", "Not yours")
    assert not (await scene.core.stores.talks.get(str(an.id))).awaiting
    assert (await shop.get(post)).content.text == "Not yours"


@pytest.mark.parametrize("verb", ["f_edit", "f_show", "p_open", "p_why", "p_delete", "t_move", "p_now_yes"])
async def test_a_button_of_a_deleted_post_says_that_it_is_gone(
    scene: BotScene, shop: Shop, linh: Person, verb: str
) -> None:
    """In place of a sentence about the command line."""
    await linh.says("/settings")
    card = await linh.sees("Settings", fresh=True)
    post = await shop.schedule(f"Short-lived {verb}", HOUR)
    await scene.core.posts.delete(post.id, who=WHO)
    subject = f"p.{post.id}" if verb.startswith("t_") else post.id
    await linh.taps_raw(f"{verb}:{subject}:7:", card)
    await settled(linh)
    assert "was deleted" in card.text
    assert not any("autopost" in message.text for message in linh.messages)

"""The card of a post tells what happens to it, and what can be done about it."""

from __future__ import annotations

from datetime import timedelta

from bot_scene import BotScene
from composing_scene import all_posts, scene

from botapi.messages import Message
from botapi.person import Person
from core.domain.account import MissedPolicy
from core.domain.post import Hold, PostStatus
from stories.fixtures import Shop

__all__ = ["scene"]

HOUR = timedelta(hours=1)


async def scheduled(linh: Person, text: str) -> Message:
    """Somebody schedules a text for in an hour; its card."""
    await linh.says(text)
    await linh.taps("📅 When")
    await linh.taps("In 1 h")
    await linh.taps("✅ Schedule")
    return await linh.sees("◷ Scheduled", text)


async def brought_down(linh: Person, card: Message, label: str) -> Message:
    """What needs somebody is told by the post's card anew: the earlier one is gone, and this one has the button."""
    await linh.waits_for(lambda: card.deleted)
    return await linh.sees_button(label)


async def test_a_failed_post_says_why_and_is_retried(scene: BotScene, shop: Shop, linh: Person) -> None:
    """The card gives cause and remedy; Retry publishes it, an old Retry button does nothing more."""
    card = await scheduled(linh, "Bad luck")
    await shop.threads.misbehave("error", on="create", code=100)
    await scene.run_for(2 * HOUR)
    card = await brought_down(linh, card, "🔁 Retry")
    assert "✗ Failed" in card.text
    assert "⛔" in card.text
    retry = card.button("🔁 Retry")
    assert retry is not None
    await linh.taps("🔁 Retry", on=card)
    await linh.sees("◷ Scheduled", "Bad luck")
    await scene.run_for(HOUR)
    await linh.sees_button("Open on Threads", on=card)
    await linh.gets_answer(await linh.taps_raw(retry["callback_data"], card))
    assert "✓ Published" in card.text
    assert [shown.text for shown in await shop.feed()] == ["Bad luck"]


async def test_a_failed_post_is_edited_and_skipped(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Edit takes the next text; Skip asks once more and leaves a draft."""
    card = await scheduled(linh, "Wrong")
    await shop.threads.misbehave("error", on="create", code=100)
    await scene.run_for(2 * HOUR)
    card = await brought_down(linh, card, "🔁 Retry")
    await linh.taps("✏️ Edit", on=card)
    await linh.sees("Send the new text", "Wrong")
    await linh.says("Right")
    card = await linh.sees("✗ Failed", "Right")
    await linh.taps("⏭ Skip", on=card)
    await linh.taps("Yes, skip it", on=card)
    await linh.sees("✎ Draft", "Right")
    (post,) = await all_posts(scene)
    assert (post.status, post.content.text) == (PostStatus.DRAFT, "Right")


async def test_an_edit_that_threads_would_refuse_is_asked_again(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A text that is too long changes nothing, and the next one is still awaited."""
    card = await scheduled(linh, f"Short {shop.account.name}")
    await linh.taps("✏️ Edit", on=card)
    await linh.sees("Send the new text")
    await linh.says("x" * 501)
    await linh.sees("501", "Send the new text")
    await linh.says("Shorter")
    await linh.sees("◷ Scheduled", "Shorter")
    (post,) = await all_posts(scene)
    assert post.content.text == "Shorter"


async def test_a_post_without_an_answer_asks_whether_it_is_there(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """When Threads never says, the card asks with two buttons; a person's word settles it."""
    card = await scheduled(linh, "Schroedinger")
    await shop.threads.misbehave("drop_before", text="Schroedinger")
    await scene.run_for(3 * HOUR)
    card = await brought_down(linh, card, "Not there: send again")
    assert "Outcome unknown" in card.text
    await linh.taps("✅ It is there", on=card)
    await linh.sees("✓ Published", "Schroedinger")
    (post,) = await all_posts(scene)
    assert post.status is PostStatus.PUBLISHED


async def test_a_missed_post_is_asked_about(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Where the account's policy is to ask, the card offers to publish it now."""
    await scene.core.accounts.set_missed_policy(shop.account.name, MissedPolicy.ASK)
    card = await scheduled(linh, "Overslept")
    await scene.engine.clock.advance(5 * HOUR)
    await scene.run_for(HOUR)
    card = await brought_down(linh, card, "Publish now")
    (post,) = await all_posts(scene)
    assert post.hold is Hold.MISSED
    await linh.taps("Publish now", on=card)
    await linh.waits_for(lambda: "◷ Scheduled" in card.text)
    await scene.run_for(HOUR)
    await linh.sees_button("Open on Threads", on=card)
    assert "on the dot" in card.text
    assert [shown.text for shown in await shop.feed()] == ["Overslept"]


async def test_a_deleted_post_leaves_a_line(scene: BotScene, shop: Shop, linh: Person) -> None:
    """When the post is deleted elsewhere, its card says so and has no buttons."""
    card = await scheduled(linh, f"Gone from {shop.account.name}")
    (post,) = await all_posts(scene)
    await scene.core.posts.delete(post.id, who="cli:linh")
    await linh.waits_for(lambda: "was deleted" in card.text)
    assert card.buttons == []


async def test_the_first_comment_is_told_when_it_fails(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A reply that fails never hides that the post is out."""
    await linh.says("With comment")
    await linh.taps("More ▾")
    await linh.taps("💬 First comment")
    await linh.sees("Send the first comment")
    await linh.says("The comment")
    await linh.sees("first comment", "/500")
    await linh.taps("Post now")
    await linh.taps("Yes, post now")
    card = await linh.sees("◷ Scheduled")
    await shop.threads.misbehave("error", on="create", code=100, text="The comment")
    await scene.run_for(HOUR)
    await linh.waits_for(lambda: "First comment: not posted" in card.text)
    assert "✓ Published" in card.text

"""One post: its card with all that is known, and what each of its buttons does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from browsing_scene import data_of, killed, opens, plan, scene

from botapi.person import Person, together
from botapi.telegram_side import Telegram
from core.domain.post import Content, Post, PostStatus
from core.ports import PostFilter
from stories.fixtures import WHO, Shop

__all__ = ["scene"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHANGING = ("Move", "Edit", "Publish now", "Hold", "Duplicate", "Delete", "Retry", "Skip")


async def all_posts(scene: BotScene) -> list[Post]:
    return await scene.core.posts.find(PostFilter())


@pytest.mark.usefixtures("scene")
async def test_a_card_tells_all_that_is_known(telegram: Telegram, shop: Shop, linh: Person) -> None:
    """The whole text, parts, comment, topic, who wrote it and when, and its id."""
    content = Content(
        text="First line\nsecond line <i>& more</i> " + "word " * 60,
        replies=("Part two",),
        first_comment="See https://example.com",
        topic="pho",
    )
    post = await shop.schedule(content, DAY)
    card = await opens(linh, post)
    for shown in (
        "First line\nsecond line <i>& more</i>",
        "2. Part two",
        "💬 See https://example.com",
        "pho",
    ):
        assert shown in card.text
    assert content.text.strip() in card.text
    assert "linh, " in card.text
    assert telegram.refusals == []


async def test_publish_now_asks_first(scene: BotScene, shop: Shop, linh: Person) -> None:
    """From the list to the permalink: the question names account and text, the answer publishes."""
    await plan(shop, 2)
    await linh.says("/queue")
    await linh.taps("2")
    await linh.taps("Publish now")
    card = await linh.sees("Publish this on @shop.hanoi right now?", "Post 2 of")
    await linh.taps("Back")
    await linh.sees("Post 2 of", "📌", fresh=True)
    await linh.taps("Publish now")
    await linh.taps("Yes, publish now")
    await linh.sees("Scheduled", fresh=True)
    await scene.run_for(timedelta(minutes=1))
    await linh.waits_for(lambda: "Published" in card.text)
    assert [shown.text for shown in await shop.feed()] == ["Post 2 of shop-hanoi"]


async def test_twenty_taps_on_publish_now_make_one_post(scene: BotScene, shop: Shop, linh: Person) -> None:
    """However often an impatient thumb taps, on the question and on the answer, one post goes out."""
    (post,) = await plan(shop, 1)
    await opens(linh, post)
    await linh.taps("Publish now")
    card = await linh.sees_button("Yes, publish now")
    yes = data_of(card, "Yes, publish now")
    queries = await together(*(linh.taps_raw(yes, card) for _ in range(20)))
    await together(*(linh.gets_answer(query) for query in queries))
    await scene.run_for(3 * HOUR)
    await linh.sees("Published", fresh=True)
    assert [shown.text for shown in await shop.feed()] == ["Post 1 of shop-hanoi"]
    history = (await shop.get(post)).history
    assert [entry.why for entry in history].count("publish now") == 1


async def test_the_same_again_is_published_only_if_that_is_meant(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A duplicate is refused with its reason and one button more."""
    await shop.schedule("Twice", HOUR)
    await scene.run_for(2 * HOUR)
    again = await shop.draft("Twice")
    await opens(linh, again)
    await linh.taps("Publish now")
    await linh.taps("Yes, publish now")
    await linh.sees("same content", "right now?")
    await linh.taps("Publish anyway")
    await linh.sees("Scheduled", fresh=True)
    await scene.run_for(timedelta(minutes=1))
    assert [shown.text for shown in await shop.feed()] == ["Twice", "Twice"]


async def test_hold_and_go_on(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Hold makes a draft of it, whose time is offered again for as long as it is to come."""
    (post,) = await plan(shop, 1)
    await opens(linh, post)
    await linh.taps("Hold")
    card = await linh.sees("Taken back", "Draft")
    assert (await shop.get(post)).status is PostStatus.DRAFT
    await linh.taps("Let it go on at")
    assert await linh.sees("Brought back", "Scheduled") is card
    again = await shop.get(post)
    assert (again.status, again.scheduled_at) == (PostStatus.SCHEDULED, post.scheduled_at)
    await linh.taps("⋯")
    await linh.taps("Hold")
    await linh.sees("Taken back", fresh=True)
    go_on = data_of(card, "Let it go on at")
    await scene.run_for(5 * HOUR)
    await linh.taps_raw(go_on, card)
    await linh.sees("Its time has passed", "Draft")
    assert await shop.feed() == []


async def test_an_impatient_thumb_leaves_no_note(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Of many taps on Hold or on the way back the first is heard, and the others find it done."""
    (post,) = await plan(shop, 1)
    card = await opens(linh, post)
    for label, becomes in (("Hold", PostStatus.DRAFT), ("Let it go on at", PostStatus.SCHEDULED)):
        data = data_of(card, label)
        queries = await together(*(linh.taps_raw(data, card) for _ in range(20)))
        await together(*(linh.gets_answer(query) for query in queries))
        await linh.says("/served after them")
        await linh.sees("There is no command /served", fresh=True)
        assert (await shop.get(post)).status is becomes
        assert "out of date" not in card.text
    assert [entry.now for entry in (await scene.core.posts.get(post.id)).history].count(PostStatus.DRAFT) == 2


async def test_delete_and_undo(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Deleting asks with the post's text; Undo makes it anew with its time, once."""
    (post,) = await plan(shop, 1)
    await opens(linh, post)
    await linh.taps("Delete")
    await linh.sees("Delete this post of @shop.hanoi?", "Post 1 of")
    await linh.taps("Yes, delete")
    card = await linh.sees("Deleted", "Post 1 of")
    assert await all_posts(scene) == []
    undo = data_of(card, "Undo")
    queries = await together(*(linh.taps_raw(undo, card) for _ in range(5)))
    await together(*(linh.gets_answer(query) for query in queries))
    await linh.sees("Brought back", "Scheduled")
    (again,) = await all_posts(scene)
    assert (again.content, again.scheduled_at) == (post.content, post.scheduled_at)
    await scene.run_for(3 * HOUR)
    assert [shown.text for shown in await shop.feed()] == ["Post 1 of shop-hanoi"]


async def test_an_undo_that_comes_late_gives_a_draft(scene: BotScene, shop: Shop, linh: Person) -> None:
    """After ten seconds nothing is scheduled again, but what was written is not lost."""
    post = await shop.draft("Precious words")
    await opens(linh, post)
    await linh.taps("Delete")
    await linh.taps("Yes, delete")
    card = await linh.sees("Deleted", "Precious words")
    await scene.engine.clock.advance(timedelta(seconds=15))
    await linh.taps("Undo", on=card)
    await linh.sees("Too late for Undo", "Precious words", "Draft")
    assert await all_posts(scene) == []


async def test_what_is_live_stays_live(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Deleting a published post says plainly that it stays on Threads, and offers no Undo."""
    (post,) = await plan(shop, 1)
    await scene.run_for(3 * HOUR)
    await opens(linh, post)
    await linh.taps("Delete")
    await linh.sees("stays live", "@shop.hanoi")
    await linh.taps("Yes, delete")
    card = await linh.sees("still live")
    assert card.button("Undo") is None
    assert await all_posts(scene) == []
    assert len(await shop.feed()) == 1


async def test_a_copy_is_a_new_draft_for_any_account(
    scene: BotScene, shop: Shop, other_shop: Shop, linh: Person
) -> None:
    """Duplicate opens a draft with the same content, whose account can be changed."""
    (post,) = await plan(shop, 1)
    await opens(linh, post)
    await linh.taps("Duplicate")
    await linh.sees("A copy", "Post 1 of", "@shop.hanoi")
    await linh.taps("@shop.hanoi")
    await linh.taps("@shop.saigon")
    await linh.sees("Draft", "@shop.saigon", fresh=True)
    await linh.taps("Keep as draft")
    await linh.sees("No time yet", fresh=True)
    original, copy = await all_posts(scene)
    assert (original.status, original.account_id) == (PostStatus.SCHEDULED, shop.account.id)
    assert (copy.status, copy.account_id) == (PostStatus.DRAFT, other_shop.account.id)
    assert copy.content == original.content


@pytest.mark.usefixtures("scene")
async def test_edit_and_move_are_those_of_the_status_card(shop: Shop, linh: Person) -> None:
    """From the card a text is changed and a time is chosen, on the same message."""
    (post,) = await plan(shop, 1)
    await opens(linh, post)
    await linh.taps("Edit")
    await linh.sees("Send the new text")
    await linh.says("Better words")
    card = await linh.sees("Better words", "Scheduled")
    await linh.taps("⋯", on=card)
    await linh.sees(post.id, "Better words", fresh=True)
    await linh.taps("Move", on=card)
    await linh.taps("Tomorrow 09:00", on=card)
    await linh.taps("✅ Move", on=card)
    await linh.sees("09:00", "Better words", fresh=True)
    moved = await shop.get(post)
    assert moved.scheduled_at is not None
    assert post.scheduled_at is not None
    assert moved.scheduled_at > post.scheduled_at


async def test_a_viewer_sees_no_changing_buttons(
    scene: BotScene, shop: Shop, an: Person, linh: Person
) -> None:
    """Looking on shows everything but what changes posts, and forged buttons are refused by the services."""
    (post,) = await plan(shop, 1)
    full = await opens(linh, post)
    card = await opens(an, post)
    assert not any(word in label for row in card.buttons for label in row for word in CHANGING)
    assert card.button("Why") is not None
    before = await all_posts(scene)
    for label in ("Hold", "Duplicate"):
        await an.gets_answer(await an.taps_raw(data_of(full, label), card))
        await an.sees("ask an owner")
    seen = data_of(full, "Hold").split(":")[2]
    for verb in ("p_now_yes", "p_delete_yes", "f_retry", "f_skip_yes"):
        await an.gets_answer(await an.taps_raw(f"{verb}:{post.id}:{seen}:", card))
    await an.sees("ask an owner")
    assert await all_posts(scene) == before


async def test_a_card_that_is_out_of_date_is_drawn_anew(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A tap on what was seen before somebody else changed it does nothing but show how it stands."""
    (post,) = await plan(shop, 1)
    card = await opens(linh, post)
    hold, ask = data_of(card, "Hold"), data_of(card, "Delete")
    await scene.core.posts.edit(post.id, Content(text="Changed elsewhere"), who=WHO)
    for data in (hold, ask, ask.replace("p_delete:", "p_delete_yes:")):
        await linh.gets_answer(await linh.taps_raw(data, card))
        await linh.sees("out of date", "Changed elsewhere")
    await linh.says("/why")
    await linh.sees("Which post?")
    assert (await shop.get(post)).status is PostStatus.SCHEDULED


@pytest.mark.usefixtures("scene", "shop")
async def test_a_post_that_is_not_there_is_told(linh: Person) -> None:
    """Neither id nor no id is an error; both say what to do."""
    for command in ("post", "why"):
        await linh.says(f"/{command}")
        await linh.sees("Which post?", f"/{command} 1a2b", fresh=True)
        await linh.says(f"/{command} <b>nope</b>")
        await linh.sees("There is no post <b>nope</b>", "/queue", fresh=True)


async def test_the_flow_goes_on_after_every_kill(product: BotScene, shop: Shop, linh: Person) -> None:
    """A bot that is killed after each step and started again has forgotten nothing, Undo included."""
    (post,) = await plan(shop, 1)
    async with killed(product):
        await linh.says("/queue")
        card = await linh.sees("Scheduled: 1")
    for button, seen in (("1", post.id), ("Delete", "Delete this post"), ("Yes, delete", "Deleted")):
        async with killed(product):
            await linh.taps(button, on=card)
            assert await linh.sees(seen) is card
    async with killed(product):
        await linh.taps("Undo", on=card)
        assert await linh.sees("Brought back", "Scheduled") is card
    (again,) = await all_posts(product)
    assert again.scheduled_at == post.scheduled_at

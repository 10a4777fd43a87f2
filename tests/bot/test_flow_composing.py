"""A post from its first word to the card that follows it to its permalink."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from bot_scene import BotScene
from composing_scene import all_posts, answering, killed, only_draft, scene
from open_drafts import open_drafts

from bot.flows import post_status
from botapi.person import Person, together
from botapi.telegram_side import Telegram
from core.adapters.mongo.client import Database
from core.domain.composition import derived_post_id
from core.domain.post import PostStatus
from stories.fixtures import Shop

__all__ = ["scene"]

TEXT = "Chào <b>buổi</b> sáng & 🌞 _x_ [y](z)"


async def test_a_text_becomes_a_post_on_one_card(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """Draft, time, question and status are one message, which follows the post to its permalink."""
    await linh.says(TEXT)
    card = await linh.sees("Draft", TEXT, "/500", "@shop.hanoi")
    await linh.taps("📅 When")
    await linh.taps("Tomorrow 09:00")
    await linh.sees("09:00", TEXT, "to @shop.hanoi")
    await linh.taps("✅ Schedule")
    assert await linh.sees("Scheduled", "09:00", "@shop.hanoi") is card
    await scene.run_for(timedelta(days=2))
    await linh.sees_button("Open on Threads", on=card)
    assert "✓ Published" in card.text
    assert "on the dot" in card.text
    (shown,) = await shop.feed()
    assert shown.text == TEXT
    opens = card.button("Open on Threads")
    assert opens is not None
    assert opens["url"] == shown.permalink
    assert telegram.refusals == []


async def test_the_card_is_vietnamese_for_whoever_reads_that(
    scene: BotScene, telegram: Telegram, shop: Shop, minh: Person
) -> None:
    """The same way in Vietnamese."""
    person = await scene.core.people.admit(str(minh.id), name="Minh")
    assert person is not None
    await scene.core.people.set_preferences(person, language="vi")
    await minh.says("/new Cà phê sáng")
    card = await minh.sees("Bản nháp", "Cà phê sáng", "Chưa chọn giờ")
    await minh.taps("📅 Chọn giờ")
    await minh.taps("Mai 09:00")
    await minh.taps("✅ Lên lịch")
    assert await minh.sees("Đã lên lịch") is card
    await scene.run_for(timedelta(days=2))
    await minh.sees_button("Mở trên Threads", on=card)
    assert "✓ Đã đăng" in card.text
    assert "đúng giờ" in card.text
    assert [shown.text for shown in await shop.feed()] == ["Cà phê sáng"]
    assert telegram.refusals == []


async def test_a_post_goes_out_at_once_after_a_second_question(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """Post now asks once more; then there is nothing left to undo."""
    await linh.says("Now!")
    await linh.taps("Post now")
    await linh.sees("right now?", "Now!")
    await linh.taps("Yes, post now")
    card = await linh.sees("Scheduled")
    assert card.button("Undo") is None
    await scene.run_for(timedelta(minutes=1))
    await linh.sees("Published")
    assert [shown.text for shown in await shop.feed()] == ["Now!"]


@pytest.mark.parametrize(("way", "button"), [("now", "Yes, post now"), ("later", "✅ Schedule")])
async def test_twenty_taps_at_once_make_one_post(
    scene: BotScene, shop: Shop, linh: Person, way: str, button: str
) -> None:
    """However often an impatient thumb taps, one post goes out."""
    await linh.says("Once")
    await linh.taps("Post now" if way == "now" else "📅 When")
    if way == "later":
        await linh.taps("In 1 h")
    card = await linh.sees_button(button)
    found = card.button(button)
    assert found is not None
    queries = await together(*(linh.taps_raw(found["callback_data"], card) for _ in range(20)))
    await together(*(linh.gets_answer(query) for query in queries))
    await linh.sees("Scheduled")
    await scene.run_for(timedelta(hours=2))
    await linh.sees("Published")
    assert [shown.text for shown in await shop.feed()] == ["Once"]
    assert len(await all_posts(scene)) == 1


async def test_undo_brings_the_draft_back(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Within ten seconds one tap takes the post away and opens the draft again, with its time."""
    await linh.says("Rash")
    await linh.taps("📅 When")
    await linh.taps("In 1 h")
    await linh.taps("✅ Schedule")
    await linh.taps("Undo")
    await linh.sees("Undone", "Draft", "Rash")
    assert await all_posts(scene) == []
    await linh.taps("Schedule…")
    await linh.sees("to @shop.hanoi")
    await linh.taps("✅ Schedule")
    await linh.sees("Scheduled")
    await scene.run_for(timedelta(hours=2))
    assert [shown.text for shown in await shop.feed()] == ["Rash"]


async def test_undo_is_too_late_after_ten_seconds(scene: BotScene, shop: Shop, linh: Person) -> None:
    """An old Undo button changes nothing and says what to do instead."""
    await linh.says(f"Late for {shop.account.name}")
    await linh.taps("📅 When")
    await linh.taps("Tomorrow 09:00")
    await linh.taps("✅ Schedule")
    card = await linh.sees_button("Undo")
    undo = card.button("Undo")
    assert undo is not None
    await scene.engine.clock.advance(timedelta(seconds=12))
    await linh.taps_raw(undo["callback_data"], card)
    await linh.sees("too late for Undo", "Scheduled")
    assert [post.status for post in await all_posts(scene)] == [PostStatus.SCHEDULED]


@pytest.mark.usefixtures("scene", "shop")
async def test_undo_goes_away_by_itself(linh: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card loses its Undo button when the time is over."""
    monkeypatch.setattr(post_status, "UNDO", timedelta(seconds=1.5))
    monkeypatch.setattr("bot.flows.drafts.UNDO", timedelta(seconds=10))
    await linh.says("Slow")
    await linh.taps("📅 When")
    await linh.taps("Tomorrow 09:00")
    await linh.taps("✅ Schedule")
    card = await linh.sees_button("Undo")
    await linh.waits_for(lambda: card.button("Undo") is None)
    assert card.button("Move") is not None


@pytest.mark.usefixtures("shop")
async def test_undo_goes_away_after_a_restart(product: BotScene, linh: Person) -> None:
    """The next bot takes the button away that a killed one has left."""
    async with killed(product):
        await linh.says("Killed")
        await linh.taps("📅 When")
        await linh.taps("Tomorrow 09:00")
        await linh.taps("✅ Schedule")
        card = await linh.sees_button("Undo")
    await product.engine.clock.advance(timedelta(seconds=11))
    async with answering(product):
        await linh.waits_for(lambda: card.button("Undo") is None)
    assert card.button("Move") is not None


@pytest.mark.usefixtures("scene", "shop")
async def test_a_discarded_draft_can_be_had_back(linh: Person) -> None:
    """Discard says so, and Bring back shows the draft as it was."""
    await linh.says("Maybe")
    await linh.taps("Discard")
    await linh.sees("discarded", "Maybe")
    await linh.taps("Bring back")
    await linh.sees("Draft", "Maybe", "/500")


async def test_a_draft_can_be_kept_and_scheduled_later(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Keep as draft makes a post without a time, whose card offers one."""
    await linh.says("Some day")
    await linh.taps("Keep as draft")
    card = await linh.sees("✎ Draft", "No time yet")
    assert [post.status for post in await all_posts(scene)] == [PostStatus.DRAFT]
    await linh.taps("📅 When")
    await linh.taps("In 1 h")
    await linh.taps("✅ Move")
    assert await linh.sees("Scheduled", "Some day") is card
    await scene.run_for(timedelta(hours=2))
    assert [shown.text for shown in await shop.feed()] == ["Some day"]


async def test_a_card_that_is_out_of_date_is_drawn_anew(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A tap on what the person saw earlier changes nothing; the card then shows how it stands."""
    await linh.says(f"First {shop.account.name}")
    card = await linh.sees("First")
    old = card.button("Keep as draft")
    assert old is not None
    await linh.taps("✏️ Text")
    await linh.says("Second")
    newest = await linh.sees("Second", "/500")
    await linh.taps_raw(old["callback_data"], newest)
    await linh.sees("out of date", "Second")
    assert await all_posts(scene) == []


async def test_nobody_touches_the_draft_of_another(
    scene: BotScene, shop: Shop, linh: Person, minh: Person
) -> None:
    """Callback data of somebody else's card, or none that makes sense, does nothing."""
    await linh.says(f"Mine, {shop.account.name}")
    card = await linh.sees("Mine")
    draft = await only_draft(scene, linh)
    await minh.says("Mine too")
    other = await minh.sees("Mine too")
    stolen = [button["callback_data"] for row in card.keyboard for button in row]
    for verb, args in (("t_at", "99999999999999"), ("t_hour", "2026-13-99,77"), ("r_done", "w9,9999,u1")):
        stolen.append(f"{verb}:{draft.id}:1:{args}")
    for data in stolen:
        await minh.gets_answer(await minh.taps_raw(data, other))
    await minh.sees("nháp này không còn", fresh=False)
    assert await only_draft(scene, linh) == draft
    assert await all_posts(scene) == []


@pytest.mark.usefixtures("shop")
async def test_a_viewer_writes_nothing(scene: BotScene, an: Person) -> None:
    """Whoever may look only is told so at the first word."""
    await an.says("Let me in")
    await an.sees("ask an owner to make you an editor")
    assert await open_drafts(scene.core, str(an.id)) == []


async def test_an_update_that_is_dealt_with_twice_makes_one_card(
    product: BotScene, database: Database, shop: Shop, linh: Person
) -> None:
    """A bot that was killed before it could note that it had answered answers again, on the same card."""
    async with killed(product):
        await linh.says(f"Twice, {shop.account.name}")
        card = await linh.sees("Twice")
        await linh.taps("More ▾")
        await linh.sees_button("💬 First comment", on=card)
    draft = await only_draft(product, linh)
    await database["letters"].update_many({}, {"$set": {"waiting": True, "done": False}})
    async with answering(product):
        await linh.taps("💬 First comment")
        await linh.sees("Send the first comment")
    assert [message for message in linh.messages if message.from_bot] == [card]
    assert await only_draft(product, linh) == draft


async def test_a_decision_that_was_cut_short_is_carried_on_with(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """A tap on Schedule whose process died before the post was made makes it when it is handled again."""
    await linh.says("Half-way")
    await linh.taps("📅 When")
    await linh.taps("In 1 h")
    await linh.sees("to @shop.hanoi")
    draft = await only_draft(scene, linh)
    decided = replace(draft, post_id=derived_post_id(draft))
    assert await scene.core.stores.compositions.save(draft, decided) is not None
    await linh.taps("✅ Schedule")
    await linh.sees("◷ Scheduled")
    await scene.run_for(timedelta(hours=2))
    assert [shown.text for shown in await shop.feed()] == ["Half-way"]


async def test_the_flow_goes_on_after_every_kill(product: BotScene, shop: Shop, linh: Person) -> None:
    """A bot that is killed after each step and started again has forgotten nothing."""
    async with killed(product):
        await linh.says("Unkillable")
        card = await linh.sees("Unkillable")
    for button, seen in (
        ("📅 When", "When should it go out?"),
        ("⌨️ Type it", "Type the time"),
    ):
        async with killed(product):
            await linh.taps(button)
            assert await linh.sees(seen) is card
    async with killed(product):
        await linh.says("tomorrow 10:00")
        card = await linh.sees("10:00", "Unkillable")
    async with killed(product):
        await linh.taps("✅ Schedule")
        card = await linh.sees("Scheduled")  # below, if the kill made the typed time be answered again
    async with answering(product):
        await product.run_for(timedelta(days=2))
        await linh.sees_button("Open on Threads", on=card)
    assert [shown.text for shown in await shop.feed()] == ["Unkillable"]

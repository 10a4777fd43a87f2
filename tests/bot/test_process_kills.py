"""`python -m bot` killed with SIGKILL in the middle of each flow: the next one goes on from the same card."""

from __future__ import annotations

import signal
from datetime import timedelta

from open_drafts import open_drafts
from running_bot import Premises, cards, picture, premises

from botapi import faults
from core.domain.post import PostStatus
from stories.calendar_file import workbook

__all__ = ["premises"]


async def test_composing_goes_on_after_every_kill(premises: Premises) -> None:
    """Killed after the draft card, the times, the question and between confirm and card; what is said meanwhile is answered."""
    linh, telegram, text = premises.newcomer(), premises.telegram, "Unkillable"
    async with premises.leading_bot() as bot:
        await linh.says(text)
        card = await linh.sees("Draft", text)
        await premises.at_rest()
        await bot.killed()
    async with premises.leading_bot() as bot:
        await linh.taps("📅 When")
        assert await linh.sees("When should it go out?") is card
        await premises.at_rest()
        await bot.killed()
    type_it = card.button("⌨️ Type it")
    assert type_it is not None
    query = await linh.taps_raw(type_it["callback_data"], card)
    async with premises.leading_bot() as bot:
        await linh.gets_answer(query)
        assert await linh.sees("Type the time") is card
        await premises.at_rest()
        await bot.killed()
    await linh.says("tomorrow 10:00")
    async with premises.leading_bot() as bot:
        card = await linh.sees("10:00", text, f"to @{premises.account.username}")
        held = premises.holds("editMessageText")
        await linh.taps("✅ Schedule")
        await linh.waits_for(lambda: held.met)
        await bot.killed()
    async with premises.leading_bot():
        assert await linh.sees("Scheduled", "10:00") is card
    assert [post.status for post in await premises.posts(text)] == [PostStatus.SCHEDULED]
    assert cards(linh) == [card]
    assert telegram.refusals == []


async def test_a_post_goes_out_once_though_the_bot_dies_over_it(premises: Premises) -> None:
    """Killed between "Yes, post now" and the card: one post, and the next bot shows its permalink on that card."""
    linh, text = premises.newcomer(), "Right now"
    async with premises.leading_bot() as bot:
        await linh.says(text)
        await linh.taps("Post now")
        card = await linh.sees("right now?", text)
        held = premises.holds("editMessageText")
        await linh.taps("Yes, post now")
        await linh.waits_for(lambda: held.met)
        await bot.killed()
    async with premises.leading_bot():
        await linh.waits_for(lambda: card.button("Open on Threads"), within=30)
    (shown,) = await premises.feed(text)
    opens = card.button("Open on Threads")
    assert opens is not None
    assert ("Published" in card.text, opens["url"]) == (True, shown.permalink)


async def test_an_album_is_whole_though_the_bot_dies_over_it(premises: Premises) -> None:
    """Killed while it fetches the second of three pictures: the draft has all of them, in their order."""
    linh, telegram = premises.newcomer(), premises.telegram
    async with premises.leading_bot() as bot:
        telegram.misbehaves("getFile", faults.slow(0))
        held = premises.holds("getFile")
        await linh.sends_album([picture(each) for each in ("red", "green", "blue")], "Three")
        await linh.waits_for(lambda: held.met)
        await bot.killed()
    async with premises.leading_bot():
        card = await linh.sees("Draft", "Three", "3 pictures")
    (draft,) = await open_drafts(premises.core, str(linh.id))
    assert list(draft.sources) == sorted(draft.sources)
    assert len({media.url for media in draft.content.media}) == 3
    assert cards(linh) == [card]


async def test_two_cards_of_one_draft_make_one_post(premises: Premises) -> None:
    """Killed while Telegram takes the card in, the draft has two cards, since nobody knew; it is one draft still."""
    linh, text = premises.newcomer(), "Two cards"
    async with premises.leading_bot() as bot:
        held = premises.holds("sendMessage")
        await linh.says(text)
        await linh.waits_for(lambda: held.met)
        await bot.killed()
    held.released.set()
    first = await linh.sees("Draft", text)
    async with premises.leading_bot():
        await linh.waits_for(lambda: len(cards(linh)) == 2)
        second = cards(linh)[1]
        await linh.taps("Keep as draft", on=first)
        await linh.taps("Keep as draft", on=second)
        await premises.at_rest()
    assert [post.status for post in await premises.posts(text)] == [PostStatus.DRAFT]
    assert first.text == second.text


async def test_told_to_stop_in_the_middle_it_ends_within_a_second(premises: Premises) -> None:
    """SIGTERM while Telegram keeps an answer waiting: it ends with 0, and the next bot gives that answer."""
    linh = premises.newcomer()
    async with premises.leading_bot() as bot:
        held = premises.holds("sendMessage")
        await linh.says("Unfinished")
        await linh.waits_for(lambda: held.met)
        code, seconds = await bot.end(signal.SIGTERM)
        assert (code, seconds < 1.5) == (0, True), (seconds, bot.log)
    async with premises.leading_bot():
        await linh.sees("Draft", "Unfinished")


async def test_an_import_is_done_once_though_the_bot_dies_over_it(premises: Premises) -> None:
    """Killed while the calendar is checked, and again while it is imported: every row is one post."""
    linh = premises.newcomer()
    at = premises.core.clock.now().replace(second=0, microsecond=0) + timedelta(days=3)
    rows = [(f"K{n}", None, at + n * timedelta(hours=1), f"Row {n} of many", None, None) for n in range(12)]
    async with premises.leading_bot() as bot:
        held = premises.holds("getFile")
        await linh.uploads("calendar.xlsx", workbook(*rows))
        await linh.waits_for(lambda: held.met)
        await bot.killed()
    async with premises.leading_bot() as bot:
        card = await linh.sees_button("Import 12", within=30)
        await premises.at_rest()
        again = premises.holds("getFile")
        await linh.taps("Import 12", on=card)
        await linh.waits_for(lambda: again.met)
        await bot.killed()
    async with premises.leading_bot():
        await linh.waits_for(lambda: "Added: 12" in card.text, within=30)
        await premises.at_rest()
    posts = await premises.posts("of many")
    assert sorted(post.content.text for post in posts) == sorted(row[3] for row in rows)

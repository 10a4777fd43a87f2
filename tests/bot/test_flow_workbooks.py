"""An Excel calendar, from the file to the permalinks and back."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from bot_scene import BotScene
from workbook_desk import DAY, HOUR, MINUTE, XLSX, sheet, soon

from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.ports import PostFilter
from core.services import uploads
from core.services.spreadsheets import Spreadsheets
from stories.calendar_file import Row, workbook
from stories.fixtures import Shop

pytestmark = pytest.mark.usefixtures("shop")


def _rows(scene: BotScene, count: int) -> list[Row]:
    at = soon(scene)
    return [(f"A{n}", None, at + n * HOUR, f"Bài số {n} <b>", None, None) for n in range(count)]


async def _posts(scene: BotScene) -> int:
    return sum((await scene.core.posts.count(PostFilter())).values())


async def test_a_calendar_is_checked_imported_published_and_given_back(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """One message goes from the check to the permalinks; the file comes back with them."""
    at = soon(scene)
    data = workbook(
        ("A1", None, at, "Chào buổi sáng", None, None),
        ("A2", None, at + HOUR, "Second <post> & more", None, None),
        ("A3", None, None, "An idea", None, None),
        ("A4", "nobody", at, "Whose?", None, None),
    )
    await linh.uploads("calendar.xlsx", data, mime=XLSX)
    card = await linh.sees("calendar.xlsx", "New: 3", "With errors, left out: 1", "row 5", "nobody")
    assert "Import: 2 posts" in (await linh.sees_photo()).text
    assert "nobody" in sheet(await linh.sees_document("calendar.xlsx"))[3]["Lỗi"]
    assert await _posts(scene) == 0

    await linh.taps("✅ Import 3")
    assert await linh.sees("imported", "Added: 3", "Scheduled: 2", "Drafts: 1") is card
    await scene.run_for(2 * DAY)
    assert await linh.sees("Published: 2", "Chào buổi sáng", "Second <post> & more") is card

    await linh.taps("📄 Result file", on=card)
    rows = sheet(await linh.sees_document("calendar.xlsx"))
    assert [row["Trạng thái"] for row in rows] == ["ĐÃ ĐĂNG", "ĐÃ ĐĂNG", "NHÁP", None]
    assert [row["Permalink"] for row in rows[:2]] == [one.permalink for one in await shop.feed()]

    await linh.taps("↩ Undo import", on=card)
    await linh.sees("Taken back: 1", "stay on Threads: 2")
    await linh.taps("↩ Yes, take 1 back")
    assert await linh.sees("undone", "Taken back: 1", "Published: 2") is card
    assert await _posts(scene) == 2
    assert telegram.refusals == []


async def test_the_same_file_again_changes_nothing(scene: BotScene, linh: Person) -> None:
    """It says so and offers no import; a changed row is an update of its post."""
    rows = _rows(scene, 3)
    await linh.uploads("calendar.xlsx", workbook(*rows))
    await linh.taps("✅ Import 3")
    await linh.sees("Added: 3")

    await linh.uploads("calendar.xlsx", workbook(*rows))
    card = await linh.sees("they are already: 3", "Nothing to import", fresh=True)
    assert card.button("✖ Cancel")
    assert not any("Import" in button["text"] for row in card.keyboard for button in row)

    changed = [rows[0], (*rows[1][:3], "Viết lại", None, None), rows[2]]
    await linh.uploads("calendar.xlsx", workbook(*changed))
    await linh.taps("✅ Import 1")
    await linh.sees("Updated: 1", "Unchanged: 2")
    texts = {post.content.text for post in await scene.core.posts.find(PostFilter())}
    assert texts == {"Bài số 0 <b>", "Viết lại", "Bài số 2 <b>"}


async def test_rows_without_a_time_are_spread(scene: BotScene, shop: Shop, minh: Person) -> None:
    """In the daytime of the chosen days, an hour apart; the card says when before anything is imported."""
    ideas: list[Row] = [(None, None, None, f"Ý tưởng {n}", None, None) for n in range(5)]
    await minh.uploads("y-tuong.xlsx", workbook(*ideas))
    card = await minh.sees("Chưa có giờ, lưu thành nháp: 5")
    await minh.taps("🎲 Rải giờ 5 nháp")
    await minh.sees("Trong bao nhiêu ngày")
    await minh.taps("7 ngày · 1 giờ")
    assert await minh.sees("rải trong 7 ngày", "Bài đầu", "Bài cuối") is card
    assert await _posts(scene) == 0
    await minh.taps("✅ Nhập 5 bài")
    await minh.sees("Đã thêm: 5", "Đã lên lịch: 5")

    posts = await scene.core.posts.find(PostFilter(account_id=shop.account.id))
    times = sorted(post.scheduled_at for post in posts if post.scheduled_at)
    hours = [(at + 7 * HOUR).hour + (at + 7 * HOUR).minute / 60 for at in times]
    assert len(times) == 5
    assert all(9 <= hour <= 21 for hour in hours)
    assert all(later - earlier >= HOUR for earlier, later in pairwise(times))
    assert times[-1] - scene.core.clock.now() < 8 * DAY


async def test_a_spread_can_be_taken_back(scene: BotScene, linh: Person) -> None:
    """Back to drafts, and the tap of an older card is told so."""
    await linh.uploads("ideas.xlsx", workbook((None, None, None, "One idea", None, None)))
    await linh.taps("🎲 Spread 1 drafts")
    asked = await linh.sees("Over how many days")
    older = asked.button("14 days · 15 min")
    assert older
    await linh.taps("7 days · 1 h")
    card = await linh.sees("spread over 7 days")
    await linh.taps("🎲 Other days")
    await linh.taps("📝 Leave as drafts")
    await linh.sees("kept as drafts: 1")
    query = await linh.taps_raw(older["callback_data"], card)
    await linh.gets_answer(query)
    await linh.sees("kept as drafts: 1", fresh=True)
    assert await _posts(scene) == 0


async def test_whose_the_rows_are(scene: BotScene, shop: Shop, other_shop: Shop, linh: Person) -> None:
    """With several accounts the rows that name none go where the person says; nothing before that."""
    at = soon(scene)
    rows: list[Row] = [
        ("A1", None, at, "Whose am I", None, None),
        ("A2", other_shop.account.name, at, "I know", None, None),
    ]
    await linh.uploads("calendar.xlsx", workbook(*rows))
    await linh.sees(f"@{shop.account.username}: 1", f"@{other_shop.account.username}: 1")
    await linh.taps(f"@{other_shop.account.username}")
    await linh.sees(f"@{other_shop.account.username}: 2", "Less than 5 min apart: 1")
    await linh.sees_button(f"● @{other_shop.account.username}")
    await linh.taps("✅ Import 2")
    await linh.sees("Added: 2")
    posts = await scene.core.posts.find(PostFilter())
    assert {post.account_id for post in posts} == {other_shop.account.id}


async def test_what_threads_would_not_take(scene: BotScene, shop: Shop, linh: Person) -> None:
    """More than 250 posts in a day are counted with what is planned already, and told with the first moment."""
    at = soon(scene)
    await shop.schedule("Planned before", DAY - 3 * HOUR)
    rows: list[Row] = [(f"A{n}", None, at + n * 5 * MINUTE, f"Post {n}", None, None) for n in range(250)]
    await linh.uploads("much.xlsx", workbook(*rows))
    told = await linh.sees("more than 250 posts in 24 hours from", "New: 250")
    local = (at + 249 * 5 * MINUTE + 7 * HOUR).strftime("%H:%M")
    assert f"from Thu 26 Nov {local}" in told.text or local in told.text
    assert "apart" not in told.text


async def test_problems_page_by_page(scene: BotScene, minh: Person) -> None:
    """Each with its row, cell, cause and remedy, in the language of the person."""
    past = scene.core.clock.now() - DAY
    rows: list[Row] = [(f"A{n}", None, past, f"Post {n}", None, None) for n in range(20)]
    await minh.uploads("late.xlsx", workbook(*rows))
    await minh.sees("Có lỗi, bỏ qua: 20", "hàng 2, C2 (Thời gian đăng)", "và 16", "Chưa nhập được hàng nào")
    await minh.taps("👁 Vấn đề (20)")
    page = await minh.sees("1–8 trong 20", "hàng 9")
    assert "has passed" not in page.text
    await minh.taps("▶️")
    await minh.sees("9–16 trong 20")
    await minh.taps("▶️")
    page = await minh.sees("17–20 trong 20")
    assert page.button("▶️") is None
    await minh.taps("‹ Quay lại")
    await minh.sees("Có lỗi, bỏ qua: 20", fresh=True)
    await minh.taps("✖ Hủy")
    assert await minh.sees("Đã hủy") is page


async def test_twenty_taps_import_once(scene: BotScene, linh: Person) -> None:
    """Whoever taps again sees the import that there is."""
    await linh.uploads("calendar.xlsx", workbook(*_rows(scene, 3)))
    card = await linh.sees_button("✅ Import 3")
    data = (card.button("✅ Import 3") or {})["callback_data"]
    queries = await asyncio.gather(*(linh.taps_raw(data, card) for _ in range(20)))
    await asyncio.gather(*map(linh.gets_answer, queries))
    await linh.sees("Added: 3")
    assert await _posts(scene) == 3
    assert len(await scene.core.spreadsheets.batches()) == 1


async def test_nobody_else_taps_it(scene: BotScene, linh: Person, minh: Person) -> None:
    """A button with somebody else's workbook does nothing."""
    await linh.uploads("calendar.xlsx", workbook(*_rows(scene, 3)))
    card = await linh.sees_button("✅ Import 3")
    await minh.says("/import")
    own = await minh.sees("Nhập lịch đăng")
    await minh.taps_raw((card.button("✅ Import 3") or {})["callback_data"], own)
    await minh.sees("không còn được nhớ")
    assert await _posts(scene) == 0


async def test_a_viewer_and_a_busy_person(
    scene: BotScene, linh: Person, an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who may not import is told so at once; nobody sends more than so many files an hour."""
    monkeypatch.setattr(uploads, "_MOST_PER_HOUR", 2)
    data = workbook(*_rows(scene, 1))
    await an.uploads("calendar.xlsx", data)
    await an.sees("You may not import posts")
    for _ in range(2):
        await linh.uploads("calendar.xlsx", data)
        await linh.sees("New: 1", fresh=True)
    await linh.uploads("calendar.xlsx", data)
    await linh.sees("2 workbooks within an hour", fresh=True)
    await scene.run_for(timedelta(minutes=61))
    await linh.uploads("calendar.xlsx", data)
    await linh.sees("New: 1", fresh=True)


async def test_the_bot_is_killed_between_card_and_tap(product: BotScene, linh: Person) -> None:
    """Every button of a card works in the next process, as the card is all there is."""
    async with product.killed_at_the_end(duties=[]):
        await linh.uploads("ideas.xlsx", workbook((None, None, None, "An idea", None, None)))
        await linh.taps("🎲 Spread 1 drafts")
        await linh.sees("Over how many days")
    async with product.killed_at_the_end(duties=[]):
        await linh.taps("7 days · 1 h")
        await linh.sees("spread over 7 days")
    async with product.answering():
        await linh.taps("✅ Import 1")
        await linh.sees("Added: 1", "Scheduled: 1")


async def test_the_bot_is_killed_in_an_import(
    product: BotScene, linh: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next process goes on with the same import: each post once, and one undo takes all of it back."""
    reached = asyncio.Event()
    through = Spreadsheets._carry_out  # pyright: ignore[reportPrivateUsage]  # the middle of an import

    async def half_done(self: Spreadsheets, *args: object) -> dict[int, str]:
        done = await through(self, *args)  # pyright: ignore[reportArgumentType]  # handed on as it came
        if not reached.is_set():
            reached.set()
            await asyncio.Event().wait()
        return done

    monkeypatch.setattr(Spreadsheets, "_carry_out", half_done)
    async with product.killed_at_the_end(duties=[]):
        await linh.uploads("calendar.xlsx", workbook(*_rows(product, 3)))
        await linh.taps("✅ Import 3")
        await asyncio.wait_for(reached.wait(), 10)
    async with product.answering():
        await linh.sees("Added: 3", "Scheduled: 3")
        assert len(await product.core.spreadsheets.batches()) == 1
        await linh.taps("↩ Undo import")
        await linh.taps("↩ Yes, take 3 back")
        await linh.sees("undone")
    assert await _posts(product) == 0


async def test_telegram_loses_the_file_for_a_while(scene: BotScene, telegram: Telegram, linh: Person) -> None:
    """What cannot be fetched is said in the card, and the same card tries again."""
    telegram.misbehaves("getFile", faults.server_error())
    await linh.uploads("calendar.xlsx", workbook(*_rows(scene, 2)))
    card = await linh.sees("cannot be fetched", "nothing is done twice")
    await linh.taps("🔄 Try again")
    assert await linh.sees("New: 2") is card


async def test_a_thousand_rows(scene: BotScene, telegram: Telegram, linh: Person, minh: Person) -> None:
    """The card is there within five seconds, with no edit before it; others are answered meanwhile."""
    at = soon(scene)
    rows: list[Row] = [
        (f"A{n}", None, at + n * timedelta(minutes=7), f"Post {n}", None, None) for n in range(1000)
    ]
    data = workbook(*rows)
    begun = time.perf_counter()
    await linh.uploads("calendar.xlsx", data)
    await linh.sees("Reading")
    asked = time.perf_counter()
    await minh.says("/import")
    await minh.sees("Nhập lịch đăng")
    answered = time.perf_counter() - asked
    await linh.sees("Rows with a post: 1000", "New: 1000")
    took = time.perf_counter() - begun
    edits = telegram.calls("editMessageText")
    assert took < 5
    assert answered < 1
    assert len(edits) == 1

"""Workbooks that the bot writes: the template, the posts, and those of an import."""

from __future__ import annotations

import pytest
from bot_scene import BotScene
from workbook_desk import DAY, sheet, soon

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.ports import PostFilter
from core.services import exporting
from stories.calendar_file import Row, workbook
from stories.fixtures import Shop

pytestmark = pytest.mark.usefixtures("scene")


async def test_a_template_can_be_sent_back(shop: Shop, other_shop: Shop, linh: Person, minh: Person) -> None:
    """It is in the language of the person, has their accounts and zones, and imports as drafts."""
    await minh.says("/template")
    document = await minh.sees_document("threads-calendar.xlsx")
    rows = sheet(document)
    names = [shop.account.name, other_shop.account.name]
    assert {row["Tài khoản"] for row in rows} == set(names)
    assert {row["Múi giờ"] for row in rows} == {"Asia/Ho_Chi_Minh"}
    await linh.says("/import")
    await linh.taps("📄 Template")
    assert "Content" in sheet(await linh.sees_document())[0]
    await minh.uploads("lich.xlsx", document.document or b"")
    await minh.sees("Bài mới: 3", "lưu thành nháp: 3")


async def test_posts_come_out_and_go_in_again(
    telegram: Telegram, shop: Shop, other_shop: Shop, linh: Person
) -> None:
    """By status, by account or all of them; the file changes nothing when it is sent back."""
    await shop.schedule("Scheduled", DAY)
    await shop.draft("Draft <idea>")
    await other_shop.schedule("Of the other", 2 * DAY)

    await linh.says("/export")
    document = await linh.sees_document("threads-posts.xlsx")
    assert [row["Content"] for row in sheet(document)] == ["Scheduled", "Of the other", "Draft <idea>"]
    await linh.uploads("threads-posts.xlsx", document.document or b"")
    await linh.sees("they are already: 3", "Nothing to import")

    for words, contents in (
        ("draft", ["Draft <idea>"]),
        ("đang chờ", ["Scheduled", "Of the other"]),
        (other_shop.account.name, ["Of the other"]),
    ):
        await linh.says(f"/export {words}")
        assert [row["Content"] for row in sheet(await linh.sees_document())] == contents
    await linh.says("/export failed")
    await linh.sees("nothing to export")
    await linh.says("/export <b>nobody")
    await linh.sees("no status or account “<b>nobody”")
    assert telegram.refusals == []


async def test_more_posts_than_one_file_takes(
    shop: Shop, linh: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how many are left, and a tap brings the next ones."""
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    for number in range(5):
        await shop.schedule(f"Post {number}", DAY * (number + 1))
    await linh.says("/export scheduled")
    first = await linh.sees_document()
    await linh.sees("More than fit into one file: 3")
    await linh.taps("📄 The next 3")
    second = await linh.sees_document()
    await linh.taps("📄 The next 1")
    third = await linh.sees_document()
    texts = [row["Content"] for message in (first, second, third) for row in sheet(message)]
    assert texts == [f"Post {number}" for number in range(5)]


@pytest.mark.usefixtures("shop")
async def test_an_import_of_somebody_else(scene: BotScene, linh: Person, an: Person) -> None:
    """Others see its card and get the posts that they may see, not the workbook of whoever sent it."""
    at = soon(scene)
    rows: list[Row] = [
        ("A1", None, at, "Hello", "First!", None),
        ("A2", "nobody", at, "Private row", None, None),
    ]
    await linh.uploads("plan.xlsx", workbook(*rows))
    await linh.taps("✅ Import 1")
    imported = await linh.sees("Added: 1")
    undo = imported.button("↩ Undo import")
    assert undo is not None

    await an.says("/import")
    batch = (await scene.core.spreadsheets.batches())[0]
    day = batch.created_at.astimezone().strftime("%d.%m.")
    listed = await an.sees("The latest imports")
    label = next(b["text"] for row in listed.keyboard for b in row if "plan.xlsx" in b["text"])
    assert day[:2] in label
    await an.taps(label)
    card = await an.sees("plan.xlsx", "Added: 1")
    assert card.button("↩ Undo import") is None
    await an.taps("📄 Result file")
    assert [row["Content"] for row in sheet(await an.sees_document())] == ["Hello"]
    forged = undo["callback_data"]
    for data in (forged, forged.replace("x_ask_undo", "x_undo")):
        await an.gets_answer(await an.taps_raw(data, card))
    assert sum((await scene.core.posts.count(PostFilter())).values()) == 1

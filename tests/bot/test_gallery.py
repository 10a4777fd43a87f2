"""The main flows from the first message to the last, and what a phone shows of them.

``make pictures`` keeps the pictures, which are those of ``docs/telegram.md``.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from bot_scene import BotScene

from botapi.person import Person
from botapi.screenshot import render
from stories.calendar_file import workbook
from stories.fixtures import Shop
from stories.threads_side import ThreadsSide

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BREAD = "Bánh mì nóng hổi từ 6 giờ sáng 🥖\nGhé tiệm hoặc đặt trước nhé!"


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """Where the pictures go."""
    folder = Path(os.environ.get("GALLERY", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def test_a_post(scene: BotScene, shop: Shop, linh: Person, gallery: Path) -> None:
    """From a text to the post on Threads, on one card."""
    await linh.says("Fresh bánh mì from 6 am 🥖\nCome by, or order ahead!")
    draft = await linh.sees("/500", f"@{shop.account.username}")
    render(linh.transcript, gallery / "compose-1.png")
    await linh.taps("📅 When", on=draft)
    await linh.taps("Tomorrow 09:00")
    await linh.sees("09:00", "in ")
    render(linh.transcript, gallery / "compose-2.png")
    await linh.taps("✅ Schedule")
    await linh.sees("Scheduled")
    render(linh.transcript, gallery / "compose-3.png")
    await scene.run_for(2 * DAY)
    card = await linh.sees("Published", "on the dot")
    (shown,) = await shop.feed()
    assert shown.text.startswith("Fresh bánh mì")
    assert card.button("Open on Threads") is not None
    render(linh.transcript, gallery / "compose-4.png")


@pytest.mark.usefixtures("scene")
async def test_a_calendar(shop: Shop, minh: Person, gallery: Path) -> None:
    """The week as a picture, in Vietnamese."""
    for n, text in enumerate(
        ("Chào tuần mới", "Món mới: bún chả", "Ảnh khách ghé tiệm", "Khuyến mãi cuối tuần")
    ):
        await shop.schedule(text, 5 * HOUR + n * (DAY + HOUR))
    await minh.says("/calendar")
    picture = await minh.sees_photo()
    assert "4 bài (4 đã lên lịch)" in picture.text
    render(minh.transcript, gallery / "calendar.png")


async def test_an_import(scene: BotScene, shop: Shop, minh: Person, gallery: Path) -> None:
    """A calendar from Excel: what an import would do, and what it did."""
    at = (scene.engine.clock.now() + DAY).astimezone().replace(tzinfo=None, minute=0, second=0, microsecond=0)
    rows = [(f"A{n}", None, at + n * 5 * HOUR, f"Bài số {n}: {BREAD}", None, None) for n in range(1, 8)]
    data = workbook(*rows, ("A9", "tiem-khac", at, "Của ai?", None, None))
    await minh.uploads("lich-thang-12.xlsx", data)
    card = await minh.sees("lich-thang-12.xlsx", "7")
    await minh.sees_photo()
    render(minh.transcript, gallery / "import.png")
    await minh.taps("✅", on=card)
    await minh.sees("đã nhập")
    await scene.run_for(4 * DAY)
    assert await minh.sees("Đã đăng: 7") is card
    assert len(await shop.feed()) == 7


async def test_a_failure(
    scene: BotScene, shop: Shop, threads: ThreadsSide, minh: Person, gallery: Path
) -> None:
    """A post that failed: why, and what can be done."""
    await minh.says("/start")
    await minh.sees("Chào")
    await threads.misbehave("error", on="create", code=100, text="Khuyến mãi")
    await shop.schedule("Khuyến mãi cuối tuần: mua 2 tặng 1", 5 * MINUTE)
    await scene.run_for(HOUR)
    told = await minh.sees("Không đăng được", "Khuyến mãi")
    assert told.button("Thử lại") is not None
    assert not told.silent
    render(minh.transcript, gallery / "failed.png")


@pytest.mark.usefixtures("scene")
async def test_the_queue(shop: Shop, linh: Person, gallery: Path) -> None:
    """What will be published, page by page."""
    for n in range(1, 8):
        await shop.schedule(f"Post number {n}", n * 7 * HOUR)
    await linh.says("/queue")
    await linh.sees("Post number 1", "Post number 5")
    render(linh.transcript, gallery / "queue.png")

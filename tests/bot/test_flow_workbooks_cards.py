"""What the cards of workbooks say of rows that were left out, of another year, and to whoever may look only."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from bot_scene import BotScene
from workbook_desk import DAY, HOUR, soon

from botapi.person import Person
from stories.calendar_file import Row, workbook
from stories.fixtures import Shop

pytestmark = pytest.mark.usefixtures("shop")


async def test_rows_that_are_left_out_are_counted(scene: BotScene, linh: Person) -> None:
    """An import tells of the rows that were there already, twice, or published before."""
    at = soon(scene)
    first: list[Row] = [
        ("A1", None, at, "Goes out", None, None),
        ("A2", None, at + 10 * DAY, "Waits", None, None),
    ]
    await linh.uploads("calendar.xlsx", workbook(*first))
    await linh.taps("✅ Import 2")
    await linh.sees("Added: 2")
    await scene.run_for(2 * DAY)
    more: list[Row] = [
        *first,
        (None, None, at + 11 * DAY, "New", None, None),
        (None, None, at + 11 * DAY, "New", None, None),
        (None, None, at + 12 * DAY, "Newer", None, None),
    ]
    await linh.uploads("calendar.xlsx", workbook(*more))
    await linh.taps("✅ Import 2")
    card = await linh.sees("Added: 2", "Unchanged: 1", "Published before, left alone: 1")
    assert "Duplicates, left out: 1" in card.text
    assert "for errors" not in card.text


async def test_another_year_is_named(scene: BotScene, linh: Person) -> None:
    """The first and last days of a calendar tell their year when it is not the present one."""
    now = scene.core.clock.now()
    year = (now + 7 * HOUR).year
    new_year = datetime(year + 1, 1, 15, 3, tzinfo=UTC)
    await linh.uploads(
        "calendar.xlsx",
        workbook(
            ("A1", None, soon(scene, HOUR), "This year", None, None),
            ("A2", None, new_year, "Next year", None, None),
        ),
    )
    card = await linh.sees("New: 2")
    first, last = (
        next(line for line in card.text.splitlines() if key in line) for key in ("First:", "Last:")
    )
    assert not re.search(r"\b20\d\d\b", first)
    assert f"15 Jan {year + 1} 10:00" in last
    await linh.taps("✅ Import 2")
    card = await linh.sees("Added: 2")
    assert str(year) not in card.text
    await scene.run_for(2 * HOUR)
    await linh.taps("🔄 Refresh")
    await linh.sees(f"Next: Fri 15 Jan {year + 1}" if year == 2026 else str(year + 1), fresh=True)


async def test_a_viewer_has_no_dead_buttons(scene: BotScene, shop: Shop, linh: Person, an: Person) -> None:
    """Whoever may look only sees imports and their results, and nothing that would be refused."""
    at = soon(scene, timedelta(days=2))
    await linh.uploads("calendar.xlsx", workbook(("A1", None, at, shop.account.name, None, None)))
    await linh.taps("✅ Import 1")
    own = await linh.sees("Added: 1")
    assert own.button("Undo import")
    await an.says("/import")
    card = await an.sees("You may look at them")
    assert card.button("Template") is None
    await an.taps("calendar.xlsx")
    card = await an.sees("Added: 1", "Scheduled: 1")
    assert card.buttons == [["📄 Result file"], ["🔄 Refresh"]]
    await an.taps("📄 Result file")
    await an.sees_document("calendar.xlsx")

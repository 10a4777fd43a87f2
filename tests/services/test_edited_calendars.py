"""A calendar that was edited and is imported again: nothing goes out twice or beside its older self."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.services.sheet_plan import Action
from stories.calendar_file import HANOI, HEADER, REPEATING, cells, workbook
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)


def _soon(shop: Shop, hours: int = 2) -> datetime:
    return shop.engine.clock.now().replace(second=0, microsecond=0) + hours * HOUR


def _row(sheet_id: str | None, account: str | None, at: datetime, text: str) -> tuple[object, ...]:
    return (sheet_id, account, at, text, None, None)


async def test_an_id_moved_to_another_account_is_told(shop: Shop, other_shop: Shop) -> None:
    """The post of the first account still waits: the row is refused, not published on both."""
    sheets, at = shop.engine.core.spreadsheets, _soon(shop)
    await sheets.import_workbook(workbook(_row("U1", shop.account.name, at, "v1")), "c.xlsx", who=WHO)

    moved = workbook(_row("U1", other_shop.account.name, at, "v2"))
    (error,) = (await sheets.check(moved, "c.xlsx")).report.errors

    assert "on another account" in error.cause
    assert "posts delete" in error.remedy


async def test_another_calendar_may_count_from_one_again(shop: Shop, other_shop: Shop) -> None:
    """The same ID in a file of another name is another post."""
    sheets, at = shop.engine.core.spreadsheets, _soon(shop)
    await sheets.import_workbook(workbook(_row("1", shop.account.name, at, "gốm")), "gom.xlsx", who=WHO)

    other = workbook(_row("1", other_shop.account.name, at, "sách"))

    assert (await sheets.check(other, "sach.xlsx")).counted(Action.ADD) == 1


async def test_another_default_account_makes_no_second_post(shop: Shop, other_shop: Shop) -> None:
    """Rows that name no account stay where they were first imported, with an ID or without."""
    sheets, at = shop.engine.core.spreadsheets, _soon(shop)
    data = workbook(_row("X1", None, at, "one"), _row(None, None, at + HOUR, "two"))
    await sheets.import_workbook(data, "c.xlsx", who=WHO)
    await shop.engine.core.accounts.set_default(other_shop.account.name)

    again = await sheets.check(data, "c.xlsx")
    chosen = await sheets.check(data, "c.xlsx", account=other_shop.account.name)

    assert again.counted(Action.KEEP) == 2
    assert [problem.row for problem in chosen.report.errors] == [2]
    assert chosen.counted(Action.ADD) == 1


async def test_a_row_marked_as_published_while_its_post_waits_is_told(shop: Shop) -> None:
    """Somebody posted it by hand: the scheduled post would be the second."""
    sheets, at = shop.engine.core.spreadsheets, _soon(shop)
    await sheets.import_workbook(workbook(_row("W1", None, at, "by hand")), "c.xlsx", who=WHO)

    marked = workbook((*_row("W1", None, at, "by hand"), "ĐÃ ĐĂNG"), header=(*HEADER, "Trạng thái"))
    (warning,) = (await sheets.check(marked, "c.xlsx")).report.warnings

    assert "marked as published" in warning.cause
    assert "posts cancel" in warning.remedy


async def test_published_rows_are_no_errors_and_get_their_permalinks(shop: Shop) -> None:
    """Importing the same file after it went out rejects nothing, and its result has the links."""
    sheets, at = shop.engine.core.spreadsheets, _soon(shop)
    data = workbook(_row("P1", None, at, "out"), _row(None, None, at + HOUR, "out too"))
    await sheets.import_workbook(data, "c.xlsx", who=WHO)
    await shop.engine.run_for(4 * HOUR)

    again = await sheets.import_workbook(data, "c.xlsx", who=WHO)
    rows = cells(await sheets.result(data, again))

    assert again.check.report.errors == ()
    assert (again.batch.added, again.batch.rejected) == (0, 0)
    assert all("/post/" in row["Permalink"] for row in rows)


async def test_a_series_that_became_a_single_post_is_told(shop: Shop) -> None:
    """The series goes on until a person ends it, so its ID cannot be used for a post."""
    sheets, at = shop.engine.core.spreadsheets, _soon(shop)
    until = (at + timedelta(days=3)).astimezone(HANOI).date()
    series = (*_row("S1", None, at, "daily"), "DATE_RANGE", until)
    await sheets.import_workbook(workbook(series, header=REPEATING), "c.xlsx", who=WHO)

    single = workbook((*_row("S1", None, at + HOUR, "once"), None, None), header=REPEATING)
    (error,) = (await sheets.check(single, "c.xlsx")).report.errors

    assert "series stop" in error.remedy


async def test_a_cancelled_post_comes_back_with_a_warning(shop: Shop) -> None:
    """The calendar still wants it; whoever imports it again is told what a person had decided."""
    sheets, at = shop.engine.core.spreadsheets, _soon(shop)
    data = workbook(_row("C1", None, at, "called off"))
    imported = await sheets.import_workbook(data, "c.xlsx", who=WHO)
    await shop.engine.core.posts.cancel(imported.post_ids[2], who=WHO)

    again = await sheets.check(data, "c.xlsx")

    assert again.counted(Action.UPDATE) == 1
    assert [warning.row for warning in again.report.warnings] == [2]

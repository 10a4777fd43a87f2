"""The workbook comes back with what became of its rows, and can be imported again."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from workbooks import HEADER, calendar, packed, parts, saved

from core.adapters.workbook import read_workbook, write_result
from core.domain.errors import WorkbookError
from core.domain.post import PostStatus
from core.domain.sheet import SheetReport
from core.domain.sheet_result import RowResult
from core.domain.sheet_rows import read_rows

NOW = datetime(2027, 2, 20, tzinfo=UTC)
DONE = RowResult(
    row=2,
    sheet_id="k1",
    status=PostStatus.PUBLISHED,
    local_time="Mon 1 Mar 2027 09:30 (Asia/Ho_Chi_Minh)",
    permalink="https://www.threads.net/@shop/post/1",
)


async def check(data: bytes) -> SheetReport:
    sheet = await read_workbook(data, "kq.xlsx")
    return read_rows(sheet, default_zone_of={None: "Asia/Ho_Chi_Minh"}, now=NOW)


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data), rich_text=True)


def column(sheet: Any, title: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == title)


async def test_results_are_added_behind_the_columns_that_are_there() -> None:
    """Vietnamese headers get Vietnamese names and words."""
    data = await write_result(calendar(["Nội dung bài post", "Ghi chú"], ["a", "giữ"]), [DONE])
    sheet = opened(data).active
    assert [cell.value for cell in sheet[1]] == [
        "Nội dung bài post", "Ghi chú", "ID", "Trạng thái", "Lỗi", "Giờ địa phương", "Permalink"
    ]  # fmt: skip
    assert [cell.value for cell in sheet[2]] == [
        "a", "giữ", "k1", "ĐÃ ĐĂNG", None, DONE.local_time, DONE.permalink
    ]  # fmt: skip
    assert sheet["G2"].hyperlink.target == DONE.permalink


async def test_columns_that_are_there_are_filled() -> None:
    """An English sheet keeps its order; an ID that is there stays."""
    head = ["Permalink", "Content", "Status", "ID"]
    data = await write_result(calendar(head, [None, "a", "SCHEDULED", "mine"]), [DONE])
    sheet = opened(data).active
    assert [sheet[f"{letter}2"].value for letter in "ABCD"] == [DONE.permalink, "a", "PUBLISHED", "mine"]


async def test_importing_the_result_again_knows_the_same_posts() -> None:
    """Published rows are left out, scheduled ones come back under the ID that was written."""
    source = calendar(["Nội dung bài post", "Thời gian đăng"], ["a"], ["b", "01/03/2027 09:30"], ["c"])
    planned = RowResult(row=3, sheet_id="k2", status=PostStatus.SCHEDULED)
    failed = RowResult(row=4, sheet_id="k3", status=PostStatus.FAILED, error="Threads từ chối")
    first = await write_result(source, [DONE, planned, failed])
    report = await check(first)
    assert report.left_out == (2,)
    assert [(row.row, row.sheet_id, row.content.text) for row in report.rows] == [
        (3, "k2", "b"),
        (4, "k3", "c"),
    ]
    assert report.errors == ()
    assert not [note for note in report.notes if "Not known" in note]
    assert (await check(await write_result(first, [DONE, planned, failed]))).rows == report.rows


async def test_bad_cells_are_coloured_and_commented_until_they_are_mended() -> None:
    """Two faults of one cell stand in one comment; the next result takes the marks back."""
    source = calendar(["Nội dung", "Thời gian đăng"], ["a", "mai"])
    bad = RowResult(row=2, error="hỏng", bad_cells=(("B2", "một"), ("B2", "hai")))
    marked = await write_result(source, [bad])
    cell = opened(marked).active["B2"]
    assert cell.comment.text == "một\nhai"
    assert cell.fill.fgColor.rgb.endswith("FFC7CE")
    mended = opened(await write_result(marked, [RowResult(row=2)])).active
    assert mended["B2"].comment is None
    assert mended["B2"].fill.fill_type is None
    assert mended[f"{column(mended, 'Lỗi')}2"].value is None


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "a\x1b[31mb"])
async def test_no_text_of_ours_becomes_a_formula(text: str) -> None:
    """An error may quote what somebody wrote into a sheet."""
    data = await write_result(calendar(["Content"], ["a"]), [RowResult(row=2, error=text, sheet_id=text)])
    sheet = opened(data).active
    cell = sheet[f"{column(sheet, 'Error')}2"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x1b", "")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


async def test_formulas_of_the_calendar_keep_their_results() -> None:
    """Openpyxl saves formulas without them, and nobody could import the file again."""
    rows = HEADER + '<row r="2"><c r="A2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>'
    report = await check(await write_result(packed(parts(rows)), [RowResult(row=2, sheet_id="k1")]))
    assert [row.content.text for row in report.rows] == ["ab"]


async def test_looks_and_other_sheets_remain() -> None:
    """Rich text, widths and a second sheet are as they were."""
    book: Any = Workbook()
    sheet = book.active
    rich = CellRichText("Xin ", TextBlock(InlineFont(b=True), "đậm"))
    sheet.append(["Nội dung"])
    sheet.append([rich])
    sheet.column_dimensions["A"].width = 61
    book.create_sheet("Ghi chú").append(["=1+1"])
    result = opened(await write_result(saved(book), [DONE]))
    assert result.active["A2"].value == rich
    assert result.active.column_dimensions["A"].width == 61
    assert result["Ghi chú"]["A1"].value == "=1+1"


async def test_merged_cells_are_no_obstacle() -> None:
    """A result for a row inside a merged status is written where it can be."""
    book: Any = Workbook()
    sheet = book.active
    for row in (["Nội dung", "Trạng thái"], ["a", None], ["b", None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    data = await write_result(
        saved(book), [RowResult(row=3, status=PostStatus.PUBLISHED, bad_cells=(("B3", "x"),))]
    )
    assert opened(data).active["B3"].value is None


async def test_a_hostile_workbook_is_refused_here_too() -> None:
    """Writing reads as carefully as reading."""
    with pytest.raises(WorkbookError, match="not an Excel workbook"):
        await write_result(b"\x00\x01", [])
    with pytest.raises(WorkbookError, match="document type declaration"):
        await write_result(packed(parts(sheet="<!DOCTYPE x><worksheet/>")), [])

"""Ordinary workbooks are read as people see them."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbooks import HEADER, MAIN, calendar, packed, parts, saved

from core.adapters.workbook import read_workbook
from core.domain.errors import WorkbookError
from core.domain.sheet import Cell, CellKind, Merge


async def cells(data: bytes) -> dict[str, Cell]:
    sheet = await read_workbook(data, "lich.xlsx")
    return {cell.name: cell for row in sheet.rows for cell in row.cells.values()}


async def values(data: bytes) -> dict[str, tuple[CellKind, str]]:
    return {name: (cell.kind, cell.value) for name, cell in (await cells(data)).items()}


async def test_every_kind_of_cell_keeps_its_meaning() -> None:
    """Text, numbers, dates, times, booleans and errors arrive as what they are."""
    book: Any = Workbook()
    sheet = book.active
    sheet.append(["Nội dung", 12, 3.5, True, datetime(2027, 3, 1, 9, 30), date(2027, 3, 1), time(9, 30)])  # noqa: DTZ001 - cells have no zone
    sheet["H1"] = "#N/A"
    found = await values(saved(book))
    assert found == {
        "A1": (CellKind.TEXT, "Nội dung"),
        "B1": (CellKind.NUMBER, "12"),
        "C1": (CellKind.NUMBER, "3.5"),
        "D1": (CellKind.BOOL, "TRUE"),
        "E1": (CellKind.DATETIME, "2027-03-01T09:30:00"),
        "F1": (CellKind.DATE, "2027-03-01"),
        "G1": (CellKind.TIME, "09:30:00"),
        "H1": (CellKind.ERROR, "#N/A"),
    }


async def test_a_rich_text_is_joined() -> None:
    """The original imported "[object Object]"."""
    book: Any = Workbook()
    bold = TextBlock(InlineFont(b=True), "đậm")
    book.active.append([CellRichText("Nội dung")])
    book.active.append([CellRichText("Xin ", bold, " 🎉")])
    assert (await values(saved(book)))["A2"] == (CellKind.TEXT, "Xin đậm 🎉")


async def test_dates_of_the_1904_calendar_are_right() -> None:
    """Excel for Mac used to count from another year."""
    book: Any = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Nội dung", datetime(2027, 3, 1, 9, 30)])  # noqa: DTZ001 - cells have no zone
    assert (await values(saved(book)))["B1"] == (CellKind.DATETIME, "2027-03-01T09:30:00")


async def test_a_date_is_a_date_only_if_its_format_shows_no_time() -> None:
    """Midnight counts where the person sees it."""
    book: Any = Workbook()
    midnight = datetime(2027, 3, 1)  # noqa: DTZ001 - cells have no zone
    book.active.append(["Nội dung", midnight, midnight, midnight])
    formats = ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", '"lúc h" dd/mm')
    for column, code in zip("BCD", formats, strict=True):
        book.active[f"{column}1"].number_format = code
    found = await values(saved(book))
    assert [found[name][0] for name in ("B1", "C1", "D1")] == [
        CellKind.DATE,
        CellKind.DATETIME,
        CellKind.DATE,
    ]


async def test_seconds_that_floating_point_lost_are_rounded() -> None:
    """Excel stores 09:30 as a fraction that is not exact."""
    row = '<row r="2"><c r="A2" s="1"><v>46447.395833326</v></c></row>'
    made = parts(HEADER + row)
    made["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'
    )
    assert (await values(packed(made)))["A2"] == (CellKind.DATETIME, "2027-03-01T09:30:00")


async def test_formulas_have_their_results_or_are_flagged() -> None:
    """A file that no Excel has calculated says so; a link formula says where it leads."""
    rows = (
        HEADER + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>A1</f></c>'
        '<c r="C2" t="str"><f>""</f><v></v></c>'
        '<c r="D2" t="str"><f>HYPERLINK("https://x.vn/a.jpg","ảnh")</f><v>ảnh</v></c>'
        '<c r="E2"><f>IMAGE("https://x.vn/b.jpg")</f></c></row>'
    )
    found = await cells(packed(parts(rows)))
    assert (found["A2"].kind, found["A2"].value) == (CellKind.NUMBER, "2")
    assert found["B2"].kind is CellKind.UNCALCULATED
    assert "C2" not in found
    assert (found["D2"].value, found["D2"].link) == ("ảnh", "https://x.vn/a.jpg")
    assert found["E2"].link == "https://x.vn/b.jpg"


async def test_hyperlinks_hidden_rows_and_merged_cells_are_known() -> None:
    """What openpyxl's read-only mode drops is kept."""
    book: Any = Workbook()
    sheet = book.active
    sheet.append(["Nội dung", "Link ảnh 1"])
    sheet.append(["a", "xem"])
    sheet.append(["b"])
    sheet["B2"].hyperlink = "https://x.vn/a.jpg"
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("B3:C4")
    read = await read_workbook(saved(book), "lich.xlsx")
    assert read.rows[1].cells[2].link == "https://x.vn/a.jpg"
    assert [row.hidden for row in read.rows] == [False, False, True]
    assert read.merges == (Merge(3, 4, 2, 3),)


async def test_the_sheet_is_found_by_its_header() -> None:
    """Names do not matter; hidden sheets are passed over; others that look alike are named."""
    book: Any = Workbook()
    book.active.title = "Ghi chú"
    book.active.append(["linh tinh"])
    hidden = book.create_sheet("Cũ")
    hidden.append(["ID", "Nội dung bài post", "Trạng thái"])
    hidden.sheet_state = "hidden"
    for title, head in (
        ("Tháng 3", ["ID", "Nội dung bài post", "Trạng thái"]),
        ("Tháng 4", ["ID", "Nội dung"]),
    ):
        book.create_sheet(title).append(head)
    read = await read_workbook(saved(book), "lich.xlsx")
    assert (read.name, read.also) == ("Tháng 3", ("Tháng 4",))


async def test_rows_beyond_a_false_dimension_are_read() -> None:
    """Openpyxl's read-only mode would silently lose them, or count to the last column of Excel."""
    rows = HEADER + "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 12))
    for claimed in ("A1:A2", "A1:XFD1048576"):
        sheet = (
            f'<worksheet xmlns="{MAIN}"><dimension ref="{claimed}"/><sheetData>{rows}</sheetData></worksheet>'
        )
        read = await read_workbook(packed(parts(sheet=sheet)), "lich.xlsx")
        assert len(read.rows) == 11


async def test_formatted_empty_rows_do_not_count() -> None:
    """A sheet may be formatted down to its end."""
    rows = HEADER + "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 5000))
    assert len((await read_workbook(packed(parts(rows)), "lich.xlsx")).rows) == 1


async def test_cells_far_to_the_right_are_noted() -> None:
    """Column 101 and beyond are not read, but they are told."""
    read = await read_workbook(calendar(["Nội dung", *[None] * 99, "xa"]), "lich.xlsx")
    assert read.beyond
    assert len(read.rows[0].cells) == 1


@pytest.mark.parametrize("rows", [[["ID", "Trạng thái"], [1, "NHÁP"]], [["xin chào"]], []])
async def test_a_workbook_without_the_header_is_refused(rows: list[list[Any]]) -> None:
    """The sentence names the column that is looked for and the template."""
    with pytest.raises(WorkbookError, match=r"lich\.xlsx has no sheet .*Nội dung bài post.*template"):
        await read_workbook(calendar(*rows), "lich.xlsx")


async def test_several_workbooks_are_read_at_once() -> None:
    """Each has a process of its own."""
    data = [calendar(["Nội dung"], [f"bài {number}"]) for number in range(4)]
    read = await asyncio.gather(*(read_workbook(one, "lich.xlsx") for one in data))
    assert [sheet.rows[1].cells[1].value for sheet in read] == [f"bài {number}" for number in range(4)]

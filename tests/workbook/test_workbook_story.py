"""A workbook that somebody made for the system we re-implement, with the faults that people make."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from workbooks import saved

from core.adapters.workbook import read_workbook
from core.domain.post import MediaKind, PostType
from core.domain.sheet import Duplicate
from core.domain.sheet_rows import read_rows

HEAD = [
    "ID", "Chủ đề", "Nội dung bài post", "Loại bài viết", "Trạng thái", "Skip AI", "Comment", "Link Video",
    *(f"Link ảnh {number}" for number in range(1, 11)),
    "Gộp Link", "Ngày đăng", "Giờ đăng", "Người phụ trách",
]  # fmt: skip


def row(**cells: Any) -> list[Any]:
    """A row by short names: the words of the header without accents and spaces; ``anh1`` is a picture."""
    names = {
        "id": "ID", "chude": "Chủ đề", "text": "Nội dung bài post", "loai": "Loại bài viết",
        "status": "Trạng thái", "ai": "Skip AI", "comment": "Comment", "video": "Link Video",
        "gop": "Gộp Link", "ngay": "Ngày đăng", "gio": "Giờ đăng", "nguoi": "Người phụ trách",
        **{f"anh{number}": f"Link ảnh {number}" for number in range(1, 11)},
    }  # fmt: skip
    by_name = {names[key]: value for key, value in cells.items()}
    return [by_name.get(name) for name in HEAD]


def original() -> bytes:
    book: Any = Workbook()
    book.active.append(["Nhớ gửi khách duyệt"])
    sheet = book.create_sheet("museinrose102 Bài Post Thời tra")
    bold = TextBlock(InlineFont(b=True), "giảm 20%")
    rich = CellRichText("Hôm nay ", bold, " toàn bộ váy 👗")
    midnight = datetime(2027, 3, 3)  # noqa: DTZ001 - cells have no zone
    links = "https://a.vn/1.jpg, https://a.vn/2.jpg;a.vn/3.jpg\nhttps://a.vn/4.jpg|https://a.vn/5.jpg"
    pictures = {f"anh{number}": f"a.vn/k{number}.jpg" for number in range(1, 11)}
    for cells in (
        HEAD,
        row(id=1, chude="Thời trang", text=rich, loai="TEXT", status="ĐANG CHỜ", ai=True, ngay="01/03/2027", gio="9h"),
        row(id=2, text="Bộ sưu tập xuân", loai="MULTIPLE PHOTOS", status="NHÁP", gop=links),
        row(id=3, text="Váy mới", loai="SINGLE PHOTO", anh1="a.vn/6.jpg", ngay=date(2027, 3, 2), gio=time(20, 30)),
        row(id=4, text="Clip", loai="REEL", video="a.vn/c", ngay=midnight, gio="9h30", comment="Ở bio nhé"),
        row(id=5, text="Đã xong", status="ĐÃ ĐĂNG"),
        row(id=6, loai="TEXT", status="ĐANG CHỜ", chude="x", nguoi="Lan"),
        row(id=7, text="Hôm nay giảm 20% toàn bộ váy 👗", loai="TEXT"),
        row(id=8, text="Ảnh đâu", loai="IMAGE"),
        row(id=9, text="x" * 612, loai="TEXT"),
        row(id=10, text="Mười ảnh", loai="CAROUSEL", **pictures),
        row(id=11, text="ISO", ngay="2027-03-05", gio="19:00:00"),
        row(id=12, text="Sai ngày", ngay="30/02/2027", gio="19:00"),
        row(id=13, text="Đã qua", ngay="01/03/2020", gio="19:00"),
        row(id=3, text="Trùng ID"),
        row(id=15, text="Lỗi cũ", loai="STATUS", status="LỖI", ngay="06/03/2027", gio="8 giờ tối"),
        row(id=16, text="Công thức", loai="IMAGE", gop='=CONCATENATE(I4,",",J4)'),
        row(id=17, text="Chưa có giờ", status="ĐANG CHỜ"),
        row(id=18),
        row(id=19),
    ):  # fmt: skip
        sheet.append(cells)
    return saved(book)


async def test_the_calendar_of_the_original_is_imported_as_its_author_meant() -> None:
    """Good rows become posts, bad ones are named with cell, cause and remedy, and nothing is lost silently."""
    sheet = await read_workbook(original(), "lịch.xlsx")
    zones: dict[str | None, str] = {None: "Asia/Ho_Chi_Minh"}
    report = read_rows(sheet, default_zone_of=zones, now=datetime(2027, 2, 20, tzinfo=UTC))

    assert sheet.name == "museinrose102 Bài Post Thời tra"
    assert report.total == 17
    posts = {row.sheet_id: row for row in report.rows}
    assert list(posts) == ["1", "2", "3", "4", "10", "11", "15", "17"]
    assert posts["1"].content.text == "Hôm nay giảm 20% toàn bộ váy 👗"
    assert posts["1"].content.topic == "Thời trang"
    times = {key: post.scheduled_at and f"{post.scheduled_at:%d %H:%M}" for key, post in posts.items()}
    assert times == {
        "1": "01 02:00", "2": None, "3": "02 13:30", "4": "03 02:30",
        "10": None, "11": "05 12:00", "15": "06 13:00", "17": None,
    }  # fmt: skip
    types = {key: post.content.type for key, post in posts.items() if post.content.media}
    assert types == {
        "2": PostType.CAROUSEL, "3": PostType.IMAGE, "4": PostType.VIDEO, "10": PostType.CAROUSEL
    }  # fmt: skip
    assert [item.url for item in posts["2"].content.media] == [f"https://a.vn/{n}.jpg" for n in range(1, 6)]
    assert posts["4"].content.media[0].kind is MediaKind.VIDEO
    assert posts["4"].content.first_comment == "Ở bio nhé"
    assert len(posts["10"].content.media) == 10

    assert [(error.row, error.column, error.cell) for error in report.errors] == [
        (7, "Nội dung bài post", "C7"),
        (9, "Loại bài viết", "D9"),
        (10, "Nội dung bài post", "C10"),
        (13, "Ngày đăng", "T13"),
        (14, "Ngày đăng", "T14"),
        (15, "ID", "A15"),
        (17, "Gộp Link", "S17"),
    ]
    assert all(error.cause.endswith(".") and error.remedy.endswith(".") for error in report.errors)
    assert report.duplicates == (Duplicate(row=8, of=2),)
    assert report.left_out == (6,)
    assert [(warning.row, warning.column) for warning in report.warnings] == [(18, "Trạng thái")]
    assert len(report.notes) == 4

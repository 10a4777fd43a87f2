"""Columns are found by what their header means."""

from __future__ import annotations

import unicodedata

import pytest
from sheets import read, sheet

from core.domain.errors import WorkbookError
from core.domain.sheet import Merge
from core.domain.sheet_headers import Field, find_header, letters, recognise


@pytest.mark.parametrize(
    ("label", "field", "number"),
    [
        ("Nội dung bài post", Field.CONTENT, 0),
        ("  NOI  DUNG   BAI POST ", Field.CONTENT, 0),
        (unicodedata.normalize("NFD", "Nội dung bài post"), Field.CONTENT, 0),
        ("Nội dung bài post (tối đa 500 ký tự) *", Field.CONTENT, 0),
        ("Content", Field.CONTENT, 0),
        ("Loại bài viết", Field.TYPE, 0),
        ("Chủ đề", Field.TOPIC, 0),
        ("Trạng thái", Field.STATUS, 0),
        ("Skip AI", Field.SKIP_AI, 0),
        ("Comment", Field.FIRST_COMMENT, 0),
        ("Link Video", Field.VIDEO, 0),
        ("Link ảnh 1", Field.IMAGE, 1),
        ("link_anh_10", Field.IMAGE, 10),
        ("Image 20", Field.IMAGE, 20),
        ("Gộp Link", Field.MERGED_LINKS, 0),
        ("Tài khoản", Field.ACCOUNT, 0),
        ("Thời gian đăng", Field.SCHEDULED_AT, 0),
        ("Scheduled-At:", Field.SCHEDULED_AT, 0),
        ("Ngày đăng", Field.DATE, 0),
        ("Giờ đăng", Field.TIME, 0),
        ("Múi giờ", Field.ZONE, 0),
        ("Lặp lại", Field.PATTERN, 0),
        ("Ngày trong tuần", Field.DAYS, 0),
        ("Ngày kết thúc", Field.END_DATE, 0),
        ("Phần 2", Field.PART, 2),
        ("Part 3", Field.PART, 3),
        ("Mô tả ảnh", Field.ALT_TEXT, 0),
        ("Bình luận đầu", Field.FIRST_COMMENT, 0),
    ],
)
def test_a_header_is_known_whatever_its_case_accents_and_spacing(
    label: str, field: Field, number: int
) -> None:
    """Vietnamese and English names are recognised however they are typed."""
    assert recognise(label) == (field, number)


def test_an_unknown_header_is_not_guessed() -> None:
    """A column of another meaning stays unknown."""
    assert recognise("Người phụ trách") is None
    assert recognise("Nội dung 2") is None


def test_the_header_may_stand_below_a_title() -> None:
    """The row with the most known columns among the first ten is the header."""
    found = find_header(
        sheet(["KẾ HOẠCH THÁNG 3"], [None, "Nội dung"], ["ID", "Nội dung bài post", "Trạng thái"]).rows
    )
    assert found is not None
    assert found.row == 3


def test_a_header_below_the_tenth_row_is_not_found() -> None:
    """A sheet without a header near its top is no calendar."""
    assert find_header(sheet(["Nội dung bài post"], first=11).rows) is None


def test_two_columns_of_the_same_meaning_are_refused_with_their_letters() -> None:
    """Nobody can know which of two columns counts."""
    with pytest.raises(WorkbookError, match="columns A and C"):
        read(["Nội dung bài post", "ID", "Content"], ["a", "1", "b"])


def test_a_merged_header_names_all_its_picture_columns() -> None:
    """One "Link ảnh" merged over three columns holds three pictures."""
    report = read(
        ["Nội dung bài post", "Link ảnh", None, None],
        ["a", "x.vn/1.jpg", "x.vn/2.jpg", "x.vn/3.jpg"],
        merges=[Merge(1, 1, 2, 4)],
    )
    assert [item.url for item in report.rows[0].content.media] == [
        f"https://x.vn/{number}.jpg" for number in (1, 2, 3)
    ]


def test_a_header_of_two_rows_ends_where_its_merged_cells_end() -> None:
    """The numbers under a merged "Link ảnh" are no post."""
    report = read(
        ["Nội dung bài post", "Link ảnh", None],
        [None, 1, 2],
        ["a", "x.vn/1.jpg", "x.vn/2.jpg"],
        merges=[Merge(1, 2, 1, 1), Merge(1, 1, 2, 3)],
    )
    assert report.errors == ()
    assert [row.row for row in report.rows] == [3]


def test_unknown_and_unnamed_columns_are_told() -> None:
    """What is not read is said, by name or letter."""
    report = read(["Nội dung bài post", "Người phụ trách", None], ["a", "Lan", "?"])
    assert "Not known and not read: the columns Người phụ trách." in report.notes
    assert "Without a header and not read: the columns C." in report.notes


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_are_lettered_as_spreadsheets_do(column: int, name: str) -> None:
    """The 27th column is AA."""
    assert letters(column) == name

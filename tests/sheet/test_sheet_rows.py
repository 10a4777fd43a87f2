"""Rows become posts, or errors that name the cell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sheets import NOW, ZONES, Value, only, read, sheet

from core.domain.post import MediaKind, PostType
from core.domain.sheet import Cell, CellKind, Duplicate, Merge
from core.domain.sheet_rows import read_rows

HEAD = [
    "ID",
    "Nội dung bài post",
    "Loại bài viết",
    "Trạng thái",
    "Thời gian đăng",
    "Link Video",
    "Link ảnh 1",
]


def test_a_row_with_a_time_is_scheduled_and_one_without_is_a_draft() -> None:
    """The time decides, in the zone of the default account."""
    report = read(HEAD, [1, "Một", None, None, "01/03/2027 09:30"], [2, "Hai"])
    first, second = report.rows
    assert first.scheduled_at == datetime(2027, 3, 1, 2, 30, tzinfo=UTC)
    assert (first.sheet_id, first.row, first.zone) == ("1", 2, "Asia/Ho_Chi_Minh")
    assert second.is_draft
    assert (report.total, report.first, report.last) == (2, first.scheduled_at, first.scheduled_at)


@pytest.mark.parametrize(
    "word", ["PUBLISHED", "Done", "Posted to Threads", "ĐÃ ĐĂNG", "đã đăng", "Đang đăng"]
)
def test_a_published_row_is_left_out_with_a_note(word: str) -> None:
    """What is live already is not published again, even if the row is broken."""
    report = read(HEAD, [1, None, "IMAGE", word, "rác"])
    assert (report.rows, report.errors, report.left_out) == ((), (), (2,))
    assert report.total == 1
    assert any("Row 2 left out" in note for note in report.notes)


@pytest.mark.parametrize("word", ["SCHEDULED", "Scheduled for posting", "ĐANG CHỜ"])
def test_a_scheduled_row_without_a_time_becomes_a_draft_with_a_warning(word: str) -> None:
    """It would never be due; the person is told."""
    report = read(HEAD, [1, "Một", None, word])
    assert report.rows[0].is_draft
    (warning,) = report.warnings
    assert (warning.row, warning.column, warning.cell) == (2, "Trạng thái", "D2")


@pytest.mark.parametrize("word", ["NHÁP", "draft"])
def test_a_draft_with_a_time_stays_a_draft(word: str) -> None:
    """The status is obeyed and the warning names it; the past does not matter for a draft."""
    for at in ("01/03/2027 09:30", "01/03/2020 09:30", "mai"):
        report = read(HEAD, [1, "Một", None, word, at])
        assert report.rows[0].is_draft
        assert report.errors == ()
        assert report.warnings


@pytest.mark.parametrize("word", ["LỖI", "failed", "Error"])
def test_a_failed_row_is_taken_up_again(word: str) -> None:
    """A failed row is imported and noted."""
    report = read(HEAD, [1, "Một", None, word, "01/03/2027 09:30"])
    assert report.rows[0].scheduled_at is not None
    assert any("failed" in note for note in report.notes)


def test_an_unknown_status_is_a_warning() -> None:
    """A word of their own does not stop people."""
    report = read(HEAD, [1, "Một", None, "chờ sếp duyệt"])
    assert len(report.rows) == 1
    assert "chờ sếp duyệt" in report.warnings[0].cause


def test_an_empty_text_is_an_error_at_its_cell() -> None:
    """The original imported the word "undefined" instead."""
    report = read(HEAD, [1, None, "TEXT", None, "01/03/2027 09:30"])
    (error,) = report.errors
    assert (error.row, error.column, error.cell) == (2, "Nội dung bài post", "B2")


@pytest.mark.parametrize("word", ["undefined", "[object Object]", "NaN"])
def test_a_text_that_a_program_left_is_an_error(word: str) -> None:
    """Nobody means to publish "undefined"."""
    assert read(HEAD, [1, word]).errors[0].cell == "B2"


def test_rows_with_nothing_but_an_id_are_not_posts() -> None:
    """IDs and types filled down an empty sheet are no errors."""
    report = read(HEAD, [1, "Một"], [2, None, "TEXT"], [3])
    assert (report.total, len(report.rows), report.errors) == (1, 1, ())
    assert any("Rows 3, 4" in note for note in report.notes)


@pytest.mark.parametrize(
    ("word", "links", "expected"),
    [
        ("VIDEO", ["https://x.vn/tap-tin"], PostType.VIDEO),
        ("REELS", ["https://x.vn/a.mp4"], PostType.VIDEO),
        ("IMAGE", ["https://x.vn/a.mp4"], PostType.VIDEO),
        ("SINGLE PHOTO", ["https://x.vn/a.jpg"], PostType.IMAGE),
        ("MULTIPLE PHOTOS", ["https://x.vn/a.jpg", "https://x.vn/b.jpg"], PostType.CAROUSEL),
        ("TEXT", ["https://x.vn/a.jpg"], PostType.IMAGE),
        ("STATUS", [], PostType.TEXT),
        ("Ảnh", ["https://x.vn/a.jpg"], PostType.IMAGE),
        ("", ["https://x.vn/a.jpg"], PostType.IMAGE),
    ],
)
def test_the_type_follows_from_the_media(word: str, links: list[str], expected: PostType) -> None:
    """The word of the row decides only what a single link of unknown kind is."""
    row = only(
        ["Nội dung", "Loại bài viết", "Link ảnh 1", "Link ảnh 2"],
        ["Một", word or None, *links],
    )
    assert row.content.type is expected


def test_a_type_that_contradicts_the_links_is_a_warning() -> None:
    """The person is told what the post goes out as."""
    report = read(HEAD, [1, "Một", "TEXT", None, None, None, "x.vn/a.jpg"])
    assert "IMAGE" in report.warnings[0].remedy
    assert report.warnings[0].cell == "C2"


@pytest.mark.parametrize("word", ["IMAGE", "CAROUSEL", "VIDEO", "MULTI PHOTO"])
def test_a_media_type_without_media_is_an_error(word: str) -> None:
    """An IMAGE row without a link cannot be published as one."""
    (error,) = read(HEAD, [1, "Một", word]).errors
    assert error.cell == "C2"
    assert "no picture or video" in error.cause


def test_link_video_is_a_video_whatever_its_name() -> None:
    """The column says what it is; the original sent it as a picture."""
    row = only(HEAD, [1, "Một", "VIDEO", None, None, "cdn.vn/xem?id=5"])
    assert row.content.media[0].kind is MediaKind.VIDEO
    assert row.content.media[0].url == "https://cdn.vn/xem?id=5"


def test_merged_links_are_split_and_those_of_other_columns_not_repeated() -> None:
    """Gộp Link often joins what stands in the picture columns."""
    row = only(
        ["Nội dung", "Link ảnh 1", "Link ảnh 2", "Gộp Link"],
        [
            "a",
            "x.vn/1.jpg",
            "x.vn/2.jpg",
            "https://x.vn/1.jpg,x.vn/2.jpg; x.vn/3.jpg\nx.vn/4.jpg | x.vn/5.png",
        ],
    )
    names = [item.url.removeprefix("https://x.vn/") for item in row.content.media]
    assert names == ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.png"]


def test_a_picture_that_stands_twice_is_used_once_and_told() -> None:
    """Nothing is dropped silently."""
    report = read(["Nội dung", "Link ảnh 1", "Link ảnh 2"], ["a", "x.vn/1.jpg", "x.vn/1.jpg"])
    assert len(report.rows[0].content.media) == 1
    assert report.warnings[0].cell == "C2"


def test_twenty_pictures_are_allowed_and_more_are_an_error() -> None:
    """The original dropped all beyond ten silently."""
    head = ["Nội dung", "Gộp Link"]
    links = [f"x.vn/{number}.jpg" for number in range(21)]
    assert len(only(head, ["a", "\n".join(links[:20])]).content.media) == 20
    (error,) = read(head, ["a", "\n".join(links)]).errors
    assert "21" in error.cause
    assert "Remove 1" in error.remedy


def test_a_hyperlink_counts_where_the_text_is_no_address() -> None:
    """A cell that says "xem ảnh" leads somewhere."""
    linked = Cell("", CellKind.TEXT, "xem ảnh", "https://x.vn/a.jpg")
    assert only(["Nội dung", "Link ảnh 1"], ["a", linked]).content.media[0].url == "https://x.vn/a.jpg"


@pytest.mark.parametrize("text", ["chưa xong", "C:\\anh\\1.jpg", "ftp://x.vn/a.jpg", "/home/a.jpg", "a"])
def test_what_is_no_address_is_an_error_at_its_cell(text: str) -> None:
    """A picture that nobody can download is refused before its time."""
    (error,) = read(["Nội dung", "Link ảnh 1"], ["a", text]).errors
    assert (error.cell, error.column) == ("B2", "Link ảnh 1")
    assert "web address" in error.cause


@pytest.mark.parametrize("text", ["-", "không có", "n/a", "  "])
def test_a_dash_means_no_picture(text: str) -> None:
    """People fill empty cells."""
    assert only(["Nội dung", "Link ảnh 1"], ["a", text]).content.media == ()


def test_a_post_without_text_but_with_a_picture_is_a_warning() -> None:
    """Threads allows it; the original did not."""
    report = read(["Nội dung", "Link ảnh 1"], [None, "x.vn/a.jpg"])
    assert report.rows[0].content.media
    assert report.warnings[0].cell == "A2"


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    """501 characters are one too many; emoji count as several."""
    (error,) = read(["Content"], ["a" * 501]).errors
    assert "501 of 500" in error.cause
    assert error.remedy.startswith("Shorten it by 1,")
    (error,) = read(["Content"], ["a" * 497 + "🎉"]).errors
    assert "Shorten it by 1," in error.remedy


def test_a_text_that_bytes_would_make_too_long_is_a_warning() -> None:
    """How Threads counts accents is not settled."""
    report = read(["Content"], ["ệ" * 300])
    assert len(report.rows) == 1
    assert "bytes" in report.warnings[0].cause


def test_parts_and_first_comment_have_the_same_limits() -> None:
    """Each is a post of its own to Threads."""
    report = read(["Content", "Comment", "Part 2", "Part 3"], ["a", "b" * 501, "c", "d" * 600])
    assert [(error.cell, error.column) for error in report.errors] == [("D2", "Part 3"), ("B2", "Comment")]


def test_parts_come_in_the_order_of_their_numbers() -> None:
    """Columns may stand in any order and cells may be empty."""
    row = only(["Content", "Phần 4", "Phần 2", "Phần 3"], ["1", "4", "2", None])
    assert row.content.replies == ("2", "4")


def test_links_are_counted() -> None:
    """More than five are an error, four are a warning."""
    report = read(["Content"], [" ".join(f"https://x.vn/{n}" for n in range(6))])
    assert "6 different links" in report.errors[0].cause
    report = read(["Content"], [" ".join(f"https://x.vn/{n}" for n in range(4))])
    assert report.warnings


def test_a_topic_is_sent_or_dropped_with_a_warning() -> None:
    """Threads allows no dot in a topic."""
    assert only(["Content", "Chủ đề"], ["a", "#Cà phê"]).content.topic == "Cà phê"
    report = read(["Content", "Chủ đề"], ["a", "v1.0"])
    assert report.rows[0].content.topic == ""
    assert report.warnings[0].cell == "B2"


def test_descriptions_belong_to_pictures_by_line_or_number() -> None:
    """One cell with lines, or numbered columns."""
    lines = only(["Content", "Gộp Link", "Mô tả ảnh"], ["a", "x.vn/1.jpg\nx.vn/2.jpg", "một\nhai"])
    assert [item.alt_text for item in lines.content.media] == ["một", "hai"]
    numbered = only(["Content", "Gộp Link", "Alt text 2"], ["a", "x.vn/1.jpg\nx.vn/2.jpg", "hai"])
    assert [item.alt_text for item in numbered.content.media] == ["", "hai"]
    single = only(["Content", "Image 1", "Alt text"], ["a", "x.vn/1.jpg", "một\nhai"])
    assert single.content.media[0].alt_text == "một\nhai"


def test_excel_escapes_and_control_characters_are_cleaned() -> None:
    """A carriage return of Windows is a newline, an escape sequence is gone, an emoji stays."""
    assert only(["Content"], ["a_x000D_\nb_x001B_]52;c\u200d🎉"]).content.text == "a\nb]52;c\u200d🎉"


@pytest.mark.parametrize(
    ("kind", "value", "cause"),
    [
        (CellKind.ERROR, "#REF!", "holds the error #REF!"),
        (CellKind.UNCALCULATED, "=A1", "formula is not in the file"),
    ],
)
def test_a_cell_without_a_value_is_an_error(kind: CellKind, value: str, cause: str) -> None:
    """A broken formula is never published as text."""
    (error,) = read(["Content"], [Cell("", kind, value)]).errors
    assert cause in error.cause
    assert error.cell == "A2"


@pytest.mark.parametrize(("value", "text"), [(2024, "2024"), (True, "TRUE"), (3.5, "3.5")])
def test_numbers_are_texts_in_the_content(value: Value, text: str) -> None:
    """Whoever writes 2024 means "2024"."""
    assert only(["Content"], [value]).content.text == text


def test_the_second_of_two_equal_rows_is_a_duplicate() -> None:
    """Same words and pictures on one account, whatever the blanks; other accounts do not matter."""
    head = ["Content", "Account", "Thời gian đăng"]
    rows: list[list[Value]] = [
        ["Xin  chào\n", "shop-gom", "01/03/2027 09:00"],
        ["Xin chào", "SHOP-GOM", "05/03/2027 09:00"],
        ["Xin chào", "Berlin", "01/03/2027 09:00"],
    ]
    report = read(head, *rows)
    assert report.duplicates == (Duplicate(row=3, of=2),)
    assert [row.row for row in report.rows] == [2, 4]
    assert report.total == 3
    allowed = read_rows(sheet(head, *rows), default_zone_of=ZONES, now=NOW, allow_duplicates=True)
    assert [row.row for row in allowed.rows] == [2, 3, 4]


def test_the_default_account_is_the_account_of_rows_that_name_none() -> None:
    """A row without an account repeats one that names the default."""
    made = sheet(["Content", "Account"], ["a", "shop-gom"], ["a", None])
    report = read_rows(made, default_zone_of=ZONES, now=NOW, default_account="shop-gom")
    assert report.duplicates == (Duplicate(row=3, of=2),)


def test_an_id_that_stands_twice_is_an_error_at_the_second() -> None:
    """An update could not know which row it means."""
    (error,) = read(["ID", "Content"], [7, "a"], ["7", "b"]).errors
    assert (error.row, error.cell) == (3, "A3")
    assert "Row 2" in error.cause


def test_accounts_are_known_by_name_whatever_the_case() -> None:
    """With @ or without; an unknown one is an error with a suggestion."""
    head = ["Content", "Tài khoản"]
    assert only(head, ["a", "@Shop-Gom "]).account == "shop-gom"
    (error,) = read(head, ["a", "shop-gon"]).errors
    assert 'Did you mean "shop-gom"?' in error.remedy
    (error,) = read(head, ["a", "lạ"]).errors
    assert "Berlin" in error.remedy


def test_each_bad_row_is_named_and_the_good_ones_remain() -> None:
    """All problems of a row are told at once; every row is counted once."""
    report = read(
        HEAD,
        [1, "tốt", None, None, "01/03/2027 09:30"],
        [2, "a" * 501, None, None, "31/02/2027 09:30", None, "không phải link"],
        [3, "tốt hơn"],
    )
    assert [row.row for row in report.rows] == [2, 4]
    assert [(error.row, error.cell) for error in report.errors] == [(3, "B3"), (3, "G3"), (3, "E3")]
    assert report.total == 3


def test_cells_merged_over_rows_count_for_each_where_that_is_meant() -> None:
    """One account and date over three rows; the times differ."""
    report = read(
        ["Tài khoản", "Ngày đăng", "Giờ đăng", "Nội dung bài post"],
        ["shop-gom", "01/03/2027", "9h", "a"],
        [None, None, "10h", "b"],
        [None, None, "11h", "c"],
        merges=[Merge(2, 4, 1, 1), Merge(2, 4, 2, 2)],
    )
    assert report.errors == ()
    assert [row.account for row in report.rows] == ["shop-gom"] * 3
    assert [row.scheduled_at and row.scheduled_at.hour for row in report.rows] == [2, 3, 4]


def test_rows_under_a_merged_text_are_pictures_of_one_post() -> None:
    """A text merged over three rows with a picture in each is one carousel."""
    report = read(
        ["Nội dung bài post", "Link ảnh"],
        ["a", "x.vn/1.jpg"],
        [None, "x.vn/2.jpg"],
        [None, "x.vn/3.jpg"],
        ["b", "x.vn/4.jpg"],
        merges=[Merge(2, 4, 1, 1)],
    )
    assert [(row.row, len(row.content.media)) for row in report.rows] == [(2, 3), (5, 1)]
    assert any("merged into the post above" in note for note in report.notes)


def test_a_google_drive_page_is_a_warning() -> None:
    """Threads would download a web page instead of the picture."""
    report = read(["Nội dung", "Link ảnh 1"], ["a", "https://drive.google.com/file/d/1/view?usp=sharing"])
    assert "web page" in report.warnings[0].cause

"""What rows want to publish, checked against the limits of Threads."""

from __future__ import annotations

import pytest
from sheets import HEAD, Value, only, read

from core.domain.post import MediaKind, PostType
from core.domain.sheet import Cell, CellKind


def test_an_empty_text_is_an_error_at_its_cell() -> None:
    """The original imported the word "undefined" instead."""
    report = read(HEAD, [1, None, "TEXT", None, "01/03/2027 09:30"])
    (error,) = report.errors
    assert (error.row, error.column, error.cell) == (2, "Nội dung bài post", "B2")


@pytest.mark.parametrize("word", ["undefined", "[object Object]", "NaN"])
def test_a_text_that_a_program_left_is_an_error(word: str) -> None:
    """Nobody means to publish "undefined"."""
    assert read(HEAD, [1, word]).errors[0].cell == "B2"


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


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("xem ảnh", ["https://link.vn/a.jpg"]),
        ("https://x.vn/b.jpg", ["https://x.vn/b.jpg"]),
        ("x.vn/b.jpg, x.vn/c.jpg", ["https://x.vn/b.jpg", "https://x.vn/c.jpg"]),
    ],
)
def test_a_hyperlink_counts_where_the_text_is_no_address(text: str, links: list[str]) -> None:
    """A cell that says "xem ảnh" leads somewhere; Excel's own link behind an address adds nothing."""
    linked = Cell("", CellKind.TEXT, text, "https://link.vn/a.jpg")
    media = only(["Nội dung", "Gộp Link"], ["a", linked]).content.media
    assert [item.url for item in media] == links


def test_a_link_formula_that_nobody_calculated_still_leads_there() -> None:
    """=IMAGE("https://…") of Google Sheets has no result in the file."""
    formula = Cell("", CellKind.UNCALCULATED, "=IMAGE(…)", "https://link.vn/a.jpg")
    assert only(["Nội dung", "Link ảnh 1"], ["a", formula]).content.media[0].url == "https://link.vn/a.jpg"


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
    assert [(error.cell, error.column) for error in report.errors] == [("B2", "Comment"), ("D2", "Part 3")]


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


def test_a_google_drive_page_is_a_warning() -> None:
    """Threads would download a web page instead of the picture."""
    report = read(["Nội dung", "Link ảnh 1"], ["a", "https://drive.google.com/file/d/1/view?usp=sharing"])
    assert "web page" in report.warnings[0].cause

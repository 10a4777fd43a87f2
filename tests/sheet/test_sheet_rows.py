"""Rows become posts, or errors that name the cell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sheets import HEAD, NOW, ZONES, Value, only, read, sheet

from core.domain.sheet import Duplicate, Merge
from core.domain.sheet_rows import read_rows


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


def test_rows_with_nothing_but_an_id_are_not_posts() -> None:
    """IDs and types filled down an empty sheet are no errors."""
    report = read(HEAD, [1, "Một"], [2, None, "TEXT"], [3])
    assert (report.total, len(report.rows), report.errors) == (1, 1, ())
    assert any("Rows 3, 4" in note for note in report.notes)


def test_the_second_of_two_equal_rows_is_a_duplicate() -> None:
    """Same words and pictures on one account, whatever the blanks; other accounts do not matter."""
    head = ["Content", "Account", "Thời gian đăng"]
    rows: list[list[Value]] = [
        ["Xin  chào\n", "shop-gom", "01/03/2027 09:00"],
        ["Xin chào", "SHOP-GOM", "02/03/2027 08:59"],
        ["Xin chào", "Berlin", "01/03/2027 09:00"],
    ]
    report = read(head, *rows)
    assert report.duplicates == (Duplicate(row=3, of=2),)
    assert [row.row for row in report.rows] == [2, 4]
    assert report.total == 3
    allowed = read_rows(sheet(head, *rows), default_zone_of=ZONES, now=NOW, apart=timedelta())
    assert [row.row for row in allowed.rows] == [2, 3, 4]


def test_the_same_words_a_day_apart_are_meant() -> None:
    """They go out, with a warning; without a time nobody knows, so the second is a duplicate."""
    times = ["2027-03-01 09:00", "2027-03-02 09:00", None]
    report = read(["Content", "Thời gian đăng"], *(["Xin chào", time] for time in times))
    assert [row.row for row in report.rows] == [2, 3]
    assert [(warning.row, warning.cause) for warning in report.warnings] == [
        (3, "It says the same as row 2, at another time.")
    ]
    assert report.duplicates == (Duplicate(row=4, of=2),)


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
    assert [(error.row, error.cell) for error in report.errors] == [(3, "B3"), (3, "E3"), (3, "G3")]
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

"""When rows want to be published."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sheets import NOW, Value, only, read

from core.domain.recurrence import Pattern
from core.domain.sheet import Cell, CellKind


def at(hour: int, minute: int = 0, day: int = 1, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "cells",
    [
        ["01/03/2027", "09:30"],
        [date(2027, 3, 1), time(9, 30)],
        [date(2027, 3, 1), "9h30"],
        ["2027-03-01", 0.395833333],
        [datetime(2027, 3, 1), "9:30 SA"],  # noqa: DTZ001 - cells have no zone
        ["01/03/2027 09:30", None],
    ],
)
def test_date_and_time_columns_are_put_together(cells: list[Value]) -> None:
    """Ngày đăng and Giờ đăng may be Excel's or text; a date at midnight has no time of its own."""
    assert only(["Nội dung", "Ngày đăng", "Giờ đăng"], ["a", *cells]).scheduled_at == at(2, 30)


def test_a_date_without_a_time_and_a_time_without_a_date_are_errors() -> None:
    """The error stands at the cell that is empty."""
    head = ["Nội dung", "Ngày đăng", "Giờ đăng"]
    (error,) = read(head, ["a", "01/03/2027", None]).errors
    assert (error.cell, error.column) == ("C2", "Giờ đăng")
    (error,) = read(head, ["a", None, "9h"]).errors
    assert (error.cell, error.column) == ("B2", "Ngày đăng")


def test_a_date_that_excel_shows_without_a_time_needs_one() -> None:
    """Nobody means midnight by writing only a date."""
    (error,) = read(["Nội dung", "Thời gian đăng"], ["a", date(2027, 3, 1)]).errors
    assert "no time of day" in error.cause


def test_two_columns_that_disagree_are_an_error() -> None:
    """Thời gian đăng says one day and Ngày đăng another."""
    report = read(["Nội dung", "Thời gian đăng", "Ngày đăng"], ["a", "01/03/2027 09:30", "02/03/2027"])
    assert report.errors[0].cell == "C2"


def test_the_zone_of_the_row_wins_over_that_of_the_account() -> None:
    """A naive time is the row's, else the account's; text with an offset needs none."""
    head = ["Nội dung", "Tài khoản", "Múi giờ", "Thời gian đăng"]
    assert only(head, ["a", "Berlin", None, "01/03/2027 09:30"]).scheduled_at == at(8, 30)
    row = only(head, ["a", "Berlin", "Hà Nội", "01/03/2027 09:30"])
    assert (row.scheduled_at, row.zone) == (at(2, 30), "Asia/Ho_Chi_Minh")
    assert only(head, ["a", "Berlin", None, "2027-03-01T09:30:00Z"]).scheduled_at == at(9, 30)


def test_an_unknown_zone_is_an_error_with_a_suggestion() -> None:
    """A typo in a zone is never UTC."""
    (error,) = read(["Nội dung", "Múi giờ"], ["a", "Asia/Ho_Chi_Min"]).errors
    assert error.cell == "B2"
    assert "Asia/Ho_Chi_Minh" in error.remedy


def test_a_time_that_has_passed_is_an_error_with_the_local_time() -> None:
    """It can never be published on the dot."""
    (error,) = read(["Nội dung", "Thời gian đăng"], ["a", "19/02/2027 09:30"]).errors
    assert "Fri 19 Feb 2027 09:30 (Asia/Ho_Chi_Minh)" in error.cause
    assert "later time" in error.remedy


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("28/03/2027 02:30", at(1, 30, day=28), "does not exist"),
        ("31/10/2027 02:30", at(0, 30, day=31, month=10), "comes twice"),
    ],
)
def test_changes_of_the_clocks_are_warnings(text: str, expected: datetime, said: str) -> None:
    """The moment that is used is the domain's; the person is told."""
    report = read(["Nội dung", "Tài khoản", "Thời gian đăng"], ["a", "Berlin", text])
    assert report.rows[0].scheduled_at == expected
    assert said in report.warnings[0].cause


def test_an_ambiguous_date_is_a_warning_in_an_english_file_only() -> None:
    """Vietnamese writers mean the day first; English ones may not."""
    (warning,) = read(["Content", "Scheduled at"], ["a", "03/04/2027 09:00"]).warnings
    assert "2027-04-03" in warning.cause
    assert read(["Nội dung", "Thời gian đăng"], ["a", "03/04/2027 09:00"]).warnings == ()


WEEK = ["Nội dung", "Thời gian đăng", "Lặp lại", "Ngày trong tuần", "Ngày kết thúc"]


def test_a_weekly_series_is_read() -> None:
    """Days are given, or the weekday of the date; the first occurrence is the row's time."""
    row = only(WEEK, ["a", "01/03/2027 09:30", "Hàng tuần", "T5, CN", "31/03/2027"])
    assert row.recurrence is not None
    assert (row.recurrence.pattern, row.recurrence.weekdays) == (Pattern.WEEKLY, {3, 6})
    assert (row.recurrence.at, row.recurrence.until) == (time(9, 30), date(2027, 3, 31))
    assert row.scheduled_at == at(2, 30, day=4)
    row = only(WEEK, ["a", "01/03/2027 09:30", "WEEKLY"])
    assert row.recurrence is not None
    assert row.recurrence.weekdays == {0}


def test_a_monthly_series_takes_its_day_from_the_date_or_the_days() -> None:
    """The 31st exists in a calendar that says so."""
    row = only(WEEK, ["a", "31/03/2027 09:30", "monthly"])
    assert row.recurrence is not None
    assert row.recurrence.day_of_month == 31
    row = only(WEEK, ["a", "01/03/2027 09:30", "hàng tháng", 15])
    assert row.scheduled_at == at(2, 30, day=15)
    assert read(WEEK, ["a", "01/03/2027 09:30", "monthly", 32]).errors[0].cell == "D2"


def test_a_date_range_needs_its_end() -> None:
    """Every day until when?"""
    row = only(WEEK, ["a", "01/03/2027 09:30", "DATE_RANGE", None, date(2027, 3, 5)])
    assert row.recurrence is not None
    assert row.recurrence.until == date(2027, 3, 5)
    (error,) = read(WEEK, ["a", "01/03/2027 09:30", "hàng ngày"]).errors
    assert "end date" in error.cause


def test_a_series_that_began_goes_on_from_now() -> None:
    """Its first occurrence from now on counts; one that has ended is an error."""
    row = only(WEEK, ["a", "01/02/2027 09:30", "WEEKLY"])
    assert row.scheduled_at == at(2, 30, day=22, month=2)
    (error,) = read(WEEK, ["a", "01/02/2027 09:30", "WEEKLY", None, "15/02/2027"]).errors
    assert "passed" in error.cause


def test_a_series_without_a_date_begins_today() -> None:
    """A weekly post needs a time and its days only."""
    row = only(WEEK, ["a", "9h30", "hàng tuần", "T2, T4"])
    assert row.scheduled_at == at(2, 30, day=22, month=2)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (["01/03/2027 09:30", "thỉnh thoảng"], "C2"),
        (["01/03/2027 09:30", "WEEKLY", "thứ mười"], "D2"),
        (["01/03/2027 09:30", "WEEKLY", None, "mai"], "E2"),
        ([None, "WEEKLY", "T2"], "B2"),
        (["01/03/2027 09:30", "WEEKLY", None, "01/02/2027"], "C2"),
    ],
)
def test_what_is_wrong_with_a_series_is_told_at_its_cell(cells: list[Value], name: str) -> None:
    """Pattern, days, end and time are checked each."""
    assert read(WEEK, ["a", *cells]).errors[0].cell == name


def test_a_weekday_beside_the_date_of_a_single_post_is_no_matter() -> None:
    """Calendars show the weekday; only one that differs is told."""
    head = ["Nội dung", "Thời gian đăng", "Thứ"]
    assert read(head, ["a", "01/03/2027 09:30", "Thứ 2"]).warnings == ()
    assert read(head, ["a", "01/03/2027 09:30", "Thứ 3"]).warnings[0].cell == "C2"


def test_series_with_the_same_text_are_no_duplicates() -> None:
    """Two series may repeat one text on different days."""
    report = read(WEEK, ["a", "01/03/2027 09:30", "WEEKLY"], ["a", "02/03/2027 09:30", "WEEKLY"])
    assert len(report.rows) == 2


def test_an_error_cell_in_a_time_column_is_told_once() -> None:
    """#VALUE! in a date is the person's formula."""
    broken = Cell("", CellKind.ERROR, "#VALUE!")
    (error,) = read(["Nội dung", "Thời gian đăng"], ["a", broken], now=NOW).errors
    assert "#VALUE!" in error.cause

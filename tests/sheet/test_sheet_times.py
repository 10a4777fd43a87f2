"""Dates and times are read as Vietnamese and ISO writers mean them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import Value, cell

from core.domain.sheet import Cell, CellKind
from core.domain.sheet_problems import CellError
from core.domain.sheet_times import Holds, When, read_day, read_when


def when(value: Value, holds: Holds = Holds.MOMENT) -> When:
    made = cell("E2", value)
    assert made is not None
    return read_when(made, holds)


NINE_THIRTY = datetime(2027, 3, 1, 9, 30)  # noqa: DTZ001 - cells have no zone


@pytest.mark.parametrize(
    "value",
    [
        NINE_THIRTY,
        "2027-03-01 09:30",
        "2027-03-01T09:30:00",
        "2027/3/1 9:30",
        "01/03/2027 09:30",
        "1/3/2027 9h30",
        "01-03-2027 09:30:00",
        "1.3.2027 9:30",
        "09:30 01/03/2027",
        "9h30 ngày 01/03/2027",
        "01/03/2027 - 09:30",
        "01/03/2027, 9:30 SA",
        "01/03/2027 9:30 AM",
        "Thứ Hai, 01/03/2027 09:30",
        "T2 01/03/2027 9 giờ 30",
        "ngày 1 tháng 3 năm 2027 lúc 9h30 sáng",
        "1 tháng 3, 2027 - 9 giờ 30 phút",
        "1 Mar 2027 09:30",
        "March 1, 2027 at 9:30 am",
        "\u00a001/03/2027\u00a009:30 ",
    ],
)
def test_a_date_with_a_time_of_day_is_read(value: Value) -> None:
    """All usual ways to write one moment give that moment."""
    found = when(value)
    assert (found.day, found.at) == (NINE_THIRTY.date(), NINE_THIRTY.time())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("09:30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("9h", time(9)),
        ("9 giờ", time(9)),
        ("21g15", time(21, 15)),
        ("9:30 CH", time(21, 30)),
        ("9:30 SA", time(9, 30)),
        ("12:05 SA", time(0, 5)),
        ("12:05 CH", time(12, 5)),
        ("7 PM", time(19)),
        ("7pm", time(19)),
        ("7 giờ tối", time(19)),
        ("3 giờ chiều", time(15)),
        ("12 giờ trưa", time(12)),
        ("1 giờ trưa", time(13)),
        ("11:30 trưa", time(11, 30)),
        (time(9, 30), time(9, 30)),
        (0.395833333, time(9, 30)),
        (9, time(9)),
        ("9", time(9)),
    ],
)
def test_a_time_of_day_is_read(value: Value, expected: time) -> None:
    """Vietnamese, English and Excel's own times of day are understood."""
    assert when(value, Holds.TIME).at == expected


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ("31/02/2027 09:30", "there is no such day"),
        ("03/15/2027 09:30", "there is no month 15, the day comes first"),
        ("01/03/2027 25:00", "is no time of day"),
        ("01/03/2027 9:60", "is no time of day"),
        ("01/03/2027 14:00 SA", "is no time of day"),
        ("01/03/27 09:30", "has no year of four digits"),
        ("01/03 09:30", "has no year of four digits"),
        ("mai", "cannot be read"),
        ("01/03/2027 lúc rảnh", "cannot be read"),
        ("01/03/2027 9", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        (46082.4, "number 46082.4 is no date"),
        (True, "is no date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_accepted_forms(value: Value, cause: str) -> None:
    """A date that is impossible or unclear is never guessed, and the remedy shows how to write it."""
    with pytest.raises(CellError) as caught:
        when(value)
    assert cause in caught.value.cause
    assert "01/03/2027 09:30" in caught.value.remedy
    assert len(caught.value.cause) < 150


@pytest.mark.parametrize("value", ["12 giờ tối", 9.5, 24, -1, 46082, "25"])
def test_what_is_no_time_of_day_is_refused(value: Value) -> None:
    """A number that is no hour, or midnight at noon, is an error."""
    with pytest.raises(CellError) as caught:
        when(value, Holds.TIME)
    assert "09:30" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "offset"),
    [("2027-03-01T09:30:00Z", UTC), ("2027-03-01 09:30+07:00", timezone(timedelta(hours=7)))],
)
def test_an_offset_in_iso_text_is_kept(text: str, offset: timezone) -> None:
    """A time that names its own zone is not read in the account's."""
    assert when(text).offset == offset


def test_a_slashed_date_that_could_be_read_in_both_orders_says_so() -> None:
    """03/04 is ambiguous to an English reader, 13/04 and 2027-04-03 are not."""
    assert when("03/04/2027 09:00").either_order
    assert not when("13/04/2027 09:00").either_order
    assert not when("04/04/2027 09:00").either_order
    assert not when("03.04.2027 09:00").either_order
    assert not when("2027-04-03 09:00").either_order


def test_a_day_is_read_without_a_time() -> None:
    """An end date may be an Excel date, text, or a date with a time that does not matter."""
    for value in (date(2027, 3, 31), "31/03/2027", "2027-03-31 23:59"):
        made = cell("H2", value)
        assert made is not None
        assert read_day(made) == date(2027, 3, 31)


def test_a_time_alone_is_no_day() -> None:
    """An end date needs a date."""
    with pytest.raises(CellError):
        read_day(Cell("H2", CellKind.TIME, "09:30:00"))


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2199, 12, 31)))  # noqa: DTZ001 - as above
def test_every_written_form_of_a_moment_is_read_back(moment: datetime) -> None:
    """Day-first and ISO text of any moment give it back to the minute."""
    expected = moment.replace(second=0, microsecond=0)
    for form in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %Hh%M", "%d-%m-%Y %I:%M %p"):
        found = when(expected.strftime(form))
        assert found.day is not None
        assert found.at is not None
        assert datetime.combine(found.day, found.at) == expected


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Any text is either a date or an error with a sentence."""
    found = outcome(text)
    assert found.cause and found.remedy if isinstance(found, CellError) else found.day or found.at


def outcome(text: str) -> When | CellError:
    try:
        return when(text)
    except CellError as error:
        return error

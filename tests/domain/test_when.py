"""Moments as people type them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.when import parse_when

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=HANOI)
"""A Monday."""


def local(text: str, now: datetime = NOW, zone: ZoneInfo = HANOI) -> str:
    """The local time that ``text`` means, with its weekday."""
    when = parse_when(text, now, zone)
    assert when.at.tzinfo is UTC
    return f"{when.at.astimezone(when.zone):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow 9am", "Tue 2026-11-24 09:00"),
        ("fri 18:30", "Fri 2026-11-27 18:30"),
        ("in 2h", "Mon 2026-11-23 17:00"),
        ("tonight", "Mon 2026-11-23 19:00"),
        ("next monday at 10", "Mon 2026-11-30 10:00"),
        ("mon 9", "Mon 2026-11-30 09:00"),
        ("14:00", "Tue 2026-11-24 14:00"),
        ("25.12 10:00", "Fri 2026-12-25 10:00"),
        ("ngày mai 9h", "Tue 2026-11-24 09:00"),
        ("2027-03-28 02:30 Europe/Berlin", "Sun 2027-03-28 03:30"),
    ],
)
def test_what_other_parsers_get_wrong_is_right(text: str, expected: str) -> None:
    """Each form that the comparison of parsers measured gives the moment that was wanted."""
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        *((text, "09:30") for text in ("9:30", "9.30", "9h30", "9g30", "9 giờ 30", "9 gio 30 phut", "9H30")),
        *(
            (text, "09:30")
            for text in ("9h rưỡi", "9 rưỡi", "9:30 am", "9.30am", "9h30p", "9h30'", "09:30:00")
        ),
        *((text, "21:00") for text in ("21h", "21:00", "9pm", "9 PM", "9 p.m.", "at 9pm", "9h tối", "9 tối")),
        *(
            (text, "21:00")
            for text in ("lúc 21h", "at 21", "@21:00", "9 in the evening", "9:00 CH", "9h đêm")
        ),
        *((text, "12:00") for text in ("noon", "12pm", "12 noon", "12h trưa", "trưa", "midday")),
        *((text, "00:00") for text in ("midnight", "12am", "12h đêm", "nửa đêm", "0h", "12 midnight")),
        ("1h trưa", "13:00"),
        ("11h trưa", "11:00"),
        ("3 giờ chiều", "15:00"),
        ("6 o'clock", "06:00"),
        ("5 giờ sáng", "05:00"),
        ("9:30:15 pm", "21:30"),
    ],
)
def test_times_of_day_are_read(text: str, clock: str) -> None:
    """Hours are written as in English and Vietnamese, with and without accents, with a part of the day."""
    assert local(text).endswith(clock)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today 20:00", "Mon 2026-11-23 20:00"),
        ("hôm nay 20h", "Mon 2026-11-23 20:00"),
        ("tối nay 8h", "Mon 2026-11-23 20:00"),
        ("tối nay", "Mon 2026-11-23 19:00"),
        ("this evening", "Mon 2026-11-23 19:00"),
        ("tonight at 8", "Mon 2026-11-23 20:00"),
        ("9pm tonight", "Mon 2026-11-23 21:00"),
        ("this afternoon at 4", "Mon 2026-11-23 16:00"),
        ("9h sáng mai", "Tue 2026-11-24 09:00"),
        ("sáng mai lúc 9h", "Tue 2026-11-24 09:00"),
        ("mai 9h", "Tue 2026-11-24 09:00"),
        ("MAI 9H", "Tue 2026-11-24 09:00"),
        ("10:00 tomorrow", "Tue 2026-11-24 10:00"),
        ("tomorrow morning at 9", "Tue 2026-11-24 09:00"),
        ("9h 30 ngày mai", "Tue 2026-11-24 09:30"),
        ("tối mai", "Tue 2026-11-24 19:00"),
        ("trưa mai", "Tue 2026-11-24 12:00"),
        ("day after tomorrow 8:00", "Wed 2026-11-25 08:00"),
        ("ngày kia 9h", "Wed 2026-11-25 09:00"),
        ("mốt 9h", "Wed 2026-11-25 09:00"),
        ("wednesday 9:00", "Wed 2026-11-25 09:00"),
        ("this friday 9:00", "Fri 2026-11-27 09:00"),
        ("next friday 9:00", "Fri 2026-12-04 09:00"),
        ("friday next week 9:00", "Fri 2026-12-04 09:00"),
        ("mon 16:00", "Mon 2026-11-23 16:00"),
        ("thứ 2 16h", "Mon 2026-11-23 16:00"),
        ("thứ 2 tới 9h", "Mon 2026-11-30 09:00"),
        ("thứ 2 tối 9h", "Mon 2026-11-23 21:00"),
        ("thứ hai tuần sau 9:30", "Mon 2026-11-30 09:30"),
        ("thu 2 tuan sau 9:30", "Mon 2026-11-30 09:30"),
        ("t2 tuần tới 9:30", "Mon 2026-11-30 09:30"),
        ("thứ sáu tuần này 9h", "Fri 2026-11-27 09:00"),
        ("9h thứ 6 này", "Fri 2026-11-27 09:00"),
        ("thứ tư 9h", "Wed 2026-11-25 09:00"),
        ("thứ năm 9h", "Thu 2026-11-26 09:00"),
        ("CN 9h", "Sun 2026-11-29 09:00"),
        ("chủ nhật tuần sau 20h15", "Sun 2026-12-06 20:15"),
        ("chiều thứ 7 3h", "Sat 2026-11-28 15:00"),
        ("thu 7 8h", "Sat 2026-11-28 08:00"),
        ("thu 7pm", "Thu 2026-11-26 19:00"),
        ("thu 9", "Thu 2026-11-26 09:00"),
        ("Thu 3 Dec 10:00", "Thu 2026-12-03 10:00"),
    ],
)
def test_days_are_read_by_name(text: str, expected: str) -> None:
    """Relative days, weekdays and their weeks are understood, the time before or after them."""
    assert local(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("2026-12-25 10:00", "2026-12-25T10:00", "2026-12-25T03:00Z", "2026-12-25T10:00+07:00"),
        *("2026-12-25 04:00:00+0100", "2026-12-24 22:00 -05:00", "2026/12/25 10h"),
        *(
            "25/12 10h",
            "10h 25/12",
            "25/12/2026 10:00",
            "25.12.2026 10:00",
            "25-12-2026 10:00",
            "25-12 10:00",
        ),
        *("25.12. 10:00", "25.12 10.00", "10.00 25.12.2026", "25 Dec 10:00", "Dec 25 10:00", "dec 25 10"),
        *("25th of December at 10", "December 25th, 2026, 10am", "the 25 dec. 2026 10:00", "25 tháng 12 10h"),
        *(
            "10 giờ sáng ngày 25 tháng 12 năm 2026",
            "ngày 25/12 lúc 10h",
            "10h 25 thang 12",
            "25 thg 12, 2026 10h",
        ),
        *("Fri 25 Dec 10:00", "thứ 6 ngày 25/12 10h", "T6 25/12 10:00", "25/12 12:00 +09:00"),
        *("25/12 03:00 UTC", "25/12 10:00 UTC+7", "25/12 10:00 giờ Việt Nam", "10:00 25/12 Hà Nội"),
    ],
)
def test_dates_are_read_day_first(text: str) -> None:
    """ISO, dots, slashes and names of months; what is not written is the next such date."""
    assert parse_when(text, NOW, HANOI).at == datetime(2026, 12, 25, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 25 9h", "Wed 2026-11-25 09:00"),
        ("the 25th at 10", "Wed 2026-11-25 10:00"),
        ("ngày 22 9h", "Tue 2026-12-22 09:00"),
        ("31st 9:00", "Thu 2026-12-31 09:00"),
        ("1/3 9:00", "Mon 2027-03-01 09:00"),
        ("29/2 9:00", "Tue 2028-02-29 09:00"),
        ("mùng 5 tháng 12 9h", "Sat 2026-12-05 09:00"),
    ],
)
def test_a_part_of_a_date_is_the_next_such_date(text: str, expected: str) -> None:
    """A day without its month, or a month without its year, is looked for from today on."""
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, "Mon 2026-11-23 17:30")
            for text in ("in 2h30", "in 2h 30m", "in 150 min", "+2.5h", "in 2,5 h")
        ),
        *(
            (text, "Mon 2026-11-23 17:30")
            for text in ("in 2 hours and 30 minutes", "2 tiếng rưỡi nữa", "+2h30m")
        ),
        *(
            (text, "Mon 2026-11-23 17:30")
            for text in ("2h30 nữa", "sau hai tiếng 30 phút", "2 hours 30 min later")
        ),
        *(
            (text, "Mon 2026-11-23 15:30")
            for text in ("sau 30 phút", "30 phút nữa", "nửa tiếng nữa", "+30m", "+30")
        ),
        *(
            (text, "Mon 2026-11-23 15:30")
            for text in ("in half an hour", "30 phut sau", "trong vòng 30 phút nữa")
        ),
        *((text, "Mon 2026-11-23 21:00") for text in ("sáu tiếng nữa", "in six hours", "6 hours from now")),
        *((text, "Thu 2026-11-26 10:00") for text in ("+3d 10:00", "10h 3 ngày nữa", "in 3 days at 10")),
        *((text, "Mon 2026-11-30 15:00") for text in ("in a week", "1 tuần nữa", "+1w", "in 7 days")),
        ("now", "Mon 2026-11-23 15:00"),
        ("bây giờ", "Mon 2026-11-23 15:00"),
    ],
)
def test_lengths_of_time_are_counted_from_now(text: str, expected: str) -> None:
    """Hours and minutes are exact; days and weeks keep the time of day, or take the one that is written."""
    assert local(text) == expected


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("14:00", ("14:00 has passed today: 24 Nov 2026 is used",)),
        ("15:00", ("15:00 has passed today: 24 Nov 2026 is used",)),
        ("mon 9:00", ("09:00 has passed today: 30 Nov 2026 is used",)),
        ("16:00", ()),
        ("tue 9:00", ()),
        ("tonight", ("No hour is given: 19:00 is used",)),
        ("tonight 19:00", ()),
        ("22/11 9:00", ("22/11 has passed this year: 22 Nov 2027 is used",)),
        ("1/1 9:00", ()),
    ],
)
def test_what_was_chosen_is_said_aloud(text: str, notes: tuple[str, ...]) -> None:
    """A time that is over today, an hour that was not given and a date far away each have a note."""
    assert parse_when(text, NOW, HANOI).notes == notes


@pytest.mark.parametrize(
    ("zone", "text", "utc", "note"),
    [
        ("Europe/Berlin", "28/3/2027 2:30", "2027-03-28 01:30", "02:30 does not exist"),
        ("Europe/Berlin", "31/10/2027 2:30", "2027-10-31 00:30", "02:30 comes twice"),
        ("America/New_York", "14/3/2027 2:30", "2027-03-14 07:30", "02:30 does not exist"),
        ("America/New_York", "thu 9:00", "2026-11-26 14:00", ""),
        ("Australia/Lord_Howe", "4/4/2027 1:45", "2027-04-03 14:45", "01:45 comes twice"),
        ("America/Sao_Paulo", "tomorrow 0:00", "2026-11-24 03:00", ""),
        ("Asia/Ho_Chi_Minh", "mai 9h", "2026-11-24 02:00", ""),
        ("Asia/Ho_Chi_Minh", "tomorrow 9:00 America/Sao_Paulo", "2026-11-24 12:00", ""),
        ("Asia/Ho_Chi_Minh", "tomorrow 9:00 New York", "2026-11-24 14:00", ""),
        ("Asia/Ho_Chi_Minh", "9:00 tomorrow Berlin time", "2026-11-24 08:00", ""),
    ],
)
def test_local_times_hold_across_zones_and_changes_of_the_clocks(
    zone: str, text: str, utc: str, note: str
) -> None:
    """A time is one of the person's zone or of the zone that is named; a clock change has its note."""
    when = parse_when(text, NOW, ZoneInfo(zone))
    assert f"{when.at:%Y-%m-%d %H:%M}" == utc
    assert note in " ".join(when.notes)
    assert bool(when.notes) == bool(note)


def test_a_named_zone_wins_and_an_offset_does_not_change_it() -> None:
    """The result is shown in the zone that the text names; an offset only fixes the moment."""
    assert parse_when("tomorrow 9:00 Europe/Berlin", NOW, HANOI).zone.key == "Europe/Berlin"
    assert parse_when("2026-12-25T10:00Z", NOW, HANOI).zone is HANOI


def test_days_of_a_length_keep_the_time_of_day_across_a_change_of_the_clocks() -> None:
    """In one day is the same time tomorrow; in 24 hours is an hour later on the clock."""
    berlin = ZoneInfo("Europe/Berlin")
    eve = datetime(2027, 3, 27, 15, tzinfo=berlin)
    assert local("in 1 day", eve, berlin) == "Sun 2027-03-28 15:00"
    assert local("in 24 h", eve, berlin) == "Sun 2027-03-28 16:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0900", "Tue 2026-11-24 09:00"),
        ("2030", "Mon 2026-11-23 20:30"),
        ("mai 0930", "Tue 2026-11-24 09:30"),
        ("0930 tomorrow", "Tue 2026-11-24 09:30"),
        ("25 Dec 2026 0900", "Fri 2026-12-25 09:00"),
        ("25/12/2026 2030", "Fri 2026-12-25 20:30"),
    ],
)
def test_four_digits_are_a_time_of_day(text: str, expected: str) -> None:
    """Hours and minutes may be written without anything between them."""
    assert local(text) == expected

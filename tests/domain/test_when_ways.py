"""The ways in which people in Vietnam and elsewhere really type a time."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.when import WhenError, parse_when, speaks_of_time

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=HANOI)
"""A Monday."""


def local(text: str) -> str:
    """The local time that ``text`` means, with its weekday."""
    return f"{parse_when(text, NOW, HANOI).at.astimezone(HANOI):%a %d %b %H:%M}"


@pytest.mark.parametrize(
    "text",
    [
        *("now", "Right now", "at once", "immediately", "asap", "right away", "post now", "publish it now"),
        *("bây giờ", "bay gio", "ngay", "NGAY", "ngay bây giờ", "đăng ngay", "dang ngay", "đăng luôn"),
        *("ngay lập tức", "đăng ngay bây giờ", "ngay luôn"),
    ],
)
def test_at_once_is_the_moment_itself(text: str) -> None:
    """Whoever wants it to go out at once says so in one of these ways."""
    assert parse_when(text, NOW, HANOI).at == NOW.astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 giờ rưỡi", "Tue 24 Nov 09:30"),
        ("9h rưỡi tối", "Mon 23 Nov 21:30"),
        ("lúc 9 giờ rưỡi", "Tue 24 Nov 09:30"),
        ("10h kém 15", "Tue 24 Nov 09:45"),
        ("10 giờ kém 15 phút", "Tue 24 Nov 09:45"),
        ("10h kém 5 tối", "Mon 23 Nov 21:55"),
        ("10h kém 15 sáng mai", "Tue 24 Nov 09:45"),
        ("10 kém 15", "Tue 24 Nov 09:45"),
        ("1h kém 15 chiều mai", "Tue 24 Nov 12:45"),
        ("24h kém 10", "Mon 23 Nov 23:50"),
        ("12h kém 15 đêm", "Mon 23 Nov 23:45"),
        ("9h30 sáng", "Tue 24 Nov 09:30"),
        ("3h chiều", "Tue 24 Nov 15:00"),
        ("5h chiều nay", "Mon 23 Nov 17:00"),
        ("5 giờ rưỡi chiều", "Mon 23 Nov 17:30"),
        ("8 giờ tối mai", "Tue 24 Nov 20:00"),
        ("tối nay 8h", "Mon 23 Nov 20:00"),
        ("tối nay lúc 8 giờ", "Mon 23 Nov 20:00"),
        ("đêm nay 11h", "Mon 23 Nov 23:00"),
        ("trưa mai 12h", "Tue 24 Nov 12:00"),
        ("giữa trưa mai", "Tue 24 Nov 12:00"),
        ("ngày mai lúc 20 giờ", "Tue 24 Nov 20:00"),
        ("vào lúc 21 giờ ngày mai", "Tue 24 Nov 21:00"),
        ("hôm nay lúc 9 giờ tối", "Mon 23 Nov 21:00"),
        ("lúc 9 giờ 15", "Tue 24 Nov 09:15"),
        ("lúc 9h15", "Tue 24 Nov 09:15"),
        ("20 giờ 30 phút", "Mon 23 Nov 20:30"),
        ("chủ nhật 9h", "Sun 29 Nov 09:00"),
        ("cn 9h", "Sun 29 Nov 09:00"),
        ("tối chủ nhật 8h", "Sun 29 Nov 20:00"),
        ("sáng t3 8h", "Tue 24 Nov 08:00"),
        ("mùng 5 9h", "Sat 05 Dec 09:00"),
        ("mồng 5 tháng 12 9h", "Sat 05 Dec 09:00"),
        ("ngày kia 9h", "Wed 25 Nov 09:00"),
        ("tuần sau thứ 3 9h", "Tue 01 Dec 09:00"),
        ("thứ 3 tuần sau 9h", "Tue 01 Dec 09:00"),
        ("25 tháng 11 8 giờ tối", "Wed 25 Nov 20:00"),
        ("8h30 tối 25/11", "Wed 25 Nov 20:30"),
        ("30 phút nữa", "Mon 23 Nov 15:30"),
        ("30 phút", "Mon 23 Nov 15:30"),
        ("nửa tiếng nữa", "Mon 23 Nov 15:30"),
        ("nửa tiếng", "Mon 23 Nov 15:30"),
        ("2 tiếng", "Mon 23 Nov 17:00"),
        ("1 tiếng rưỡi nữa", "Mon 23 Nov 16:30"),
        ("2 ngày nữa 9h", "Wed 25 Nov 09:00"),
        ("9:30pm", "Mon 23 Nov 21:30"),
        ("9pm tomorrow", "Tue 24 Nov 21:00"),
        ("tomorrow 9 pm", "Tue 24 Nov 21:00"),
        ("noon tomorrow", "Tue 24 Nov 12:00"),
        ("tomorrow noon", "Tue 24 Nov 12:00"),
        ("next friday 9am", "Fri 04 Dec 09:00"),
        ("wed at noon", "Wed 25 Nov 12:00"),
        ("next week monday 9am", "Mon 30 Nov 09:00"),
        ("at 9 o'clock tomorrow", "Tue 24 Nov 09:00"),
        ("in half an hour", "Mon 23 Nov 15:30"),
        ("in an hour and a half", "Mon 23 Nov 16:30"),
        ("in 90 min", "Mon 23 Nov 16:30"),
        ("90 minutes", "Mon 23 Nov 16:30"),
        ("an hour", "Mon 23 Nov 16:00"),
        ("tmr 9", "Tue 24 Nov 09:00"),
        ("tmw 9am", "Tue 24 Nov 09:00"),
        ("tonight 8", "Mon 23 Nov 20:00"),
        ("tonight 8:30", "Mon 23 Nov 20:30"),
        ("tomorrow evening at 8", "Tue 24 Nov 20:00"),
        ("november 25th at 9am", "Wed 25 Nov 09:00"),
    ],
)
def test_what_people_type_is_read(text: str, expected: str) -> None:
    """Each of these has one meaning only."""
    assert local(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("today 9:00", "9", "25.12", "monday", "31/2 9:00", "mai", "10.12", "trưa nay"),
        *(
            "yesterday",
            "thứ 8",
            "in 5 years",
            "cuối tuần 9h",
            "25/12 2030",
            "every mon",
            "3 lần",
            "đến 31.12",
        ),
    ],
)
def test_a_refused_time_still_speaks_of_one(text: str) -> None:
    """A moment or rule that is past, impossible or not whole is meant as one all the same."""
    with pytest.raises(WhenError):
        parse_when(text, NOW, HANOI)
    assert speaks_of_time(text)


@pytest.mark.parametrize(
    "text", ["", "at", "...", "Open on Sunday from 9:00", "mai 9h nhé", "nine o'clock", "x" * 200]
)
def test_other_texts_do_not_speak_of_a_time(text: str) -> None:
    """One word of something else makes it a text of its own."""
    assert not speaks_of_time(text)

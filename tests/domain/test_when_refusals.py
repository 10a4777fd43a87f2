"""What is no moment, and the sentences that say so."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.when import WhenError, parse_when

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=HANOI)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Nothing is written here: write for example"),
        ("9" * 101, "This is longer than 100 characters"),
        ("завтра в 10", '"завтра в" is not understood: write for example "tomorrow 9:00"'),
        ("tomorrow 9:00 Foo bar", '"Foo bar" is not understood'),
        ("về tomorrow xin 9:00", '"về xin" is not understood'),
        *(
            (text, f'"{text}" is past: choose a later time, for example "tomorrow 9:00".')
            for text in (
                "yesterday",
                "yesterday 9:00",
                "hôm qua 9h",
                "9h tối qua",
                "last week mon 9:00",
                "2h ago",
            )
        ),
        *(
            (text, f'There is no such weekday in "{text}": the days go from T2')
            for text in ("thứ 8 9h", "thứ 8", "Thứ 1 9:00", "thứ tám 9h", "T9 9h", "9h thứ 10")
        ),
        *(
            (text, f'"{text}" does not say which day: write the date, for example "25/12 9:00".')
            for text in (
                "in 5 years",
                "5 năm nữa",
                "in a month",
                "2 tháng nữa 9h",
                "next month 9:00",
                "sang năm",
            )
        ),
        ("25/12 2030", '"25/12 2030" may give a year or a time: write "20:30" for the time.'),
        ("2400", '"2400" is not understood'),
        ("-2h", '"-2h" is not understood'),
        ("25/12/26 10:00", '"25/12/26" is not understood'),
        ("9:00-11:00", '"9:00-11:00" is not understood'),
        ("9:5", '"9:5" is not understood'),
        ("cuối tuần 9h", 'may be one day or several: write "every weekend 09:00" or "sat 09:00".'),
        ("weekend", 'may be one day or several: write "every weekend 09:00" or "sat 09:00".'),
        ("cuối tuần này 9h", 'does not say which day: write "sat 09:00" or "sun 09:00".'),
        ("lát nữa 9h", '"lát nữa" is not understood'),
        ("9h nhé", '"nhé" is not understood'),
        ("ngày", '"ngày" does not say the hour'),
        ("ngay 9h 10h", "says the time more than once"),
        ("0h kém 15", '"kém" is not understood'),
        ("10h kém 75", '"kém" is not understood'),
        ("10h kém 15:30", "is not understood"),
        ("25h kém 15", '"kém" is not understood'),
        ("half past nine", '"half past nine" is not understood'),
        ("5m", '"5m" is not understood'),
        ("nửa ngày", '"nửa" is not understood'),
        ("sáu giờ", '"sáu giờ" is not understood'),
        ("30 phút 9h", "says the day or the time more than once"),
        ("monday", '"monday" does not say the hour: add it, as in "monday 9:00".'),
        ("ngày 25/12", '"ngày 25/12" does not say the hour'),
        ("sáng mai", '"sáng mai" does not say the hour'),
        ("25.12", '"25.12" does not say the hour'),
        ("10.12", '"10.12" may be a day or a time: write 10/12 for the day and 10:12 for the time.'),
        ("10.12 11.10", '"10.12" may be a day or a time'),
        ("9", '"9" may be an hour or a day: write "9:00" for the hour.'),
        ("next week 9:00", '"next week 9:00" names a week but no day of it'),
        ("mon, thu 9:00", "says the day of the week more than once"),
        ("tomorrow 25/12 9:00", "says the day more than once"),
        ("next week 25/12 fri 9:00", "says the day more than once"),
        ("9:00 10:00", "says the time more than once"),
        ("tonight at midnight", "says the time more than once"),
        ("now 10:00", "says the time more than once"),
        ("in 2h at 10:00", "says the day or the time more than once"),
        ("in 2 days monday", "says the day or the time more than once"),
        ("9:00 UTC Europe/Berlin", "says the time zone more than once"),
        ("9:00+07:00 UTC", "says the time zone more than once"),
        ("31/2 9:00", "There is no 31/2: the day comes first"),
        ("12/25/2026 9:00", "There is no 12/25/2026"),
        ("25:00", 'There is no such time as 25:00 in "25:00"'),
        ("14h sáng", "There is no such time as 14:00"),
        ("tonight at 2", "There is no such time as 2:00"),
        (
            "midnight tomorrow",
            '"midnight tomorrow" may be the night before or after: write 00:00 and the date.',
        ),
        ("Thu 25 Nov 10:00", "25 Nov 2026 is a Wednesday, not a Thursday"),
        ("today 9:00", "Mon 23 Nov 2026 09:00 is past: choose a later time."),
        ("23/11 9:00", "Mon 23 Nov 2026 09:00 is past"),
        ("this monday 9:00", "Mon 23 Nov 2026 09:00 is past"),
        ("2026-03-29 02:30 Europe/Berlin", "Sun 29 Mar 2026 03:30 (Europe/Berlin) is past"),
        ("1/1/1999 9:00", "The year 1999 is out of reach"),
        ("in 999999 weeks", "is out of reach: choose 100 years at most"),
        ("tomorrow 9:00 Europe/Berln", "did you mean Europe/Berlin?"),
        ("tomorrow 9:00 UTC+99", "is no time zone"),
    ],
)
def test_what_is_unclear_or_past_is_refused(text: str, sentence: str) -> None:
    """The sentence names the trouble: unknown words, a missing hour, two readings, the past."""
    with pytest.raises(WhenError) as refused:
        parse_when(text, NOW, HANOI)
    assert sentence in str(refused.value)

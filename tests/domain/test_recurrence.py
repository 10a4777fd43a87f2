"""When a series happens: the first time, every time after, and never past its end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest

from core.domain.recurrence import (
    Occurrence,
    Pattern,
    Recurrence,
    next_after,
    occurrence_id,
    occurrences,
    preview,
    problems,
)
from core.domain.recurrence_wording import describe_rule

HANOI, LONDON, NEW_YORK, LORD_HOWE = (
    "Asia/Ho_Chi_Minh",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
)
MONDAY = date(2026, 12, 7)
BEFORE = datetime(2000, 1, 1, tzinfo=UTC)


def weekly(*weekdays: int, **changes: Any) -> Recurrence:
    rule = Recurrence(Pattern.WEEKLY, MONDAY, time(9), HANOI, weekdays=frozenset(weekdays))
    return replace(rule, **changes)


def monthly(day: int, start: date, **changes: Any) -> Recurrence:
    return replace(Recurrence(Pattern.MONTHLY, start, time(9), HANOI, day_of_month=day), **changes)


def daily(start: date, until: date, **changes: Any) -> Recurrence:
    return replace(Recurrence(Pattern.DATE_RANGE, start, time(9), HANOI, until=until), **changes)


def days(rule: Recurrence, limit: int = 40) -> list[str]:
    return [occurrence.date.isoformat() for occurrence in islice(occurrences(rule), limit)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_weekly_post_goes_out_on_its_very_first_day() -> None:
    """The start itself is the first occurrence when it matches, at the rule's local time."""
    first = next_after(weekly(0, 3), BEFORE)
    assert first == Occurrence(MONDAY, utc("2026-12-07 02:00"))


def test_a_weekly_post_waits_for_its_first_matching_day() -> None:
    """A start that does not match is followed by the first day that does."""
    assert days(weekly(3, 6), 4) == ["2026-12-10", "2026-12-13", "2026-12-17", "2026-12-20"]


def test_a_post_that_repeats_goes_on_after_each_time() -> None:
    """Asked at the moment of one occurrence, the rule answers with the next, never the same again."""
    rule = weekly(0)
    moment, seen = BEFORE, list[str]()
    while len(seen) < 3 and (found := next_after(rule, moment)):
        seen.append(found.date.isoformat())
        moment = found.at
    assert seen == ["2026-12-07", "2026-12-14", "2026-12-21"]


def test_once_is_one_time_only() -> None:
    """ONCE happens on its start and is then over."""
    rule = Recurrence(Pattern.ONCE, MONDAY, time(9), HANOI)
    assert days(rule) == ["2026-12-07"]
    assert next_after(rule, utc("2026-12-07 01:59:59")) is not None
    assert next_after(rule, utc("2026-12-07 02:00")) is None


def test_a_date_range_is_daily_and_includes_its_last_day() -> None:
    """Both ends of a date range happen."""
    rule = daily(date(2026, 12, 30), date(2027, 1, 2))
    assert days(rule) == ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]


def test_the_31st_is_the_last_day_of_shorter_months() -> None:
    """January 31 is followed by February 28 and March 31, and the preview says why."""
    found = preview(monthly(31, date(2027, 1, 31)), BEFORE, 4)
    assert [each.date.isoformat() for each in found] == [
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
    ]
    assert [each.notes for each in found] == [
        (),
        ("31 does not exist in February: 28 is used",),
        (),
        ("31 does not exist in April: 30 is used",),
    ]


def test_the_29th_exists_in_leap_years() -> None:
    """In a leap year February keeps its 29th, without a note."""
    (february,) = preview(monthly(29, date(2028, 2, 1)), BEFORE, 1)
    assert (february.date, february.notes) == (date(2028, 2, 29), ())


def test_a_monthly_post_whose_day_has_passed_starts_next_month() -> None:
    """The day of the start's month counts only if it is not before the start."""
    assert days(monthly(5, date(2026, 12, 10)), 2) == ["2027-01-05", "2027-02-05"]


def test_an_end_date_is_a_local_date_and_included() -> None:
    """An occurrence late on the last local day still happens, although UTC has reached the next day."""
    rule = Recurrence(
        Pattern.WEEKLY, MONDAY, time(23, 30), NEW_YORK, frozenset(range(7)), until=date(2026, 12, 8)
    )
    assert [each.at for each in occurrences(rule)] == [utc("2026-12-08 04:30"), utc("2026-12-09 04:30")]


def test_a_count_ends_the_rule() -> None:
    """A count is counted from the start, wherever one begins to look."""
    rule = weekly(0, 3, count=3)
    assert days(rule) == ["2026-12-07", "2026-12-10", "2026-12-14"]
    assert [each.date.day for each in preview(rule, utc("2026-12-07 02:00"))] == [10, 14]


def test_of_two_ends_the_earlier_holds() -> None:
    """With an end date and a count, whichever comes first ends the rule."""
    assert len(days(weekly(0, count=5, until=date(2026, 12, 21)))) == 3
    assert len(days(weekly(0, count=2, until=date(2026, 12, 21)))) == 2


def test_a_skipped_date_is_left_out_and_counts() -> None:
    """Skipping one date neither moves the others nor adds one at the end."""
    rule = weekly(0, count=3, skipped=frozenset({date(2026, 12, 14)}))
    assert days(rule) == ["2026-12-07", "2026-12-21"]


def test_a_moved_date_has_its_own_time() -> None:
    """One date at another time keeps its key and says that it was moved."""
    rule = weekly(0, moved={date(2026, 12, 14): time(18, 45)})
    first, second, third = preview(rule, BEFORE, 3)
    assert second == Occurrence(date(2026, 12, 14), utc("2026-12-14 11:45"), ("moved from 09:00 to 18:45",))
    assert (first.at, third.at) == (utc("2026-12-07 02:00"), utc("2026-12-21 02:00"))


@pytest.mark.parametrize(
    ("zone", "at", "start", "expected"),
    [
        (LONDON, time(9), date(2026, 3, 28), ["03-28 09:00", "03-29 08:00", "03-30 08:00"]),
        (LONDON, time(1, 30), date(2026, 3, 28), ["03-28 01:30", "03-29 01:30", "03-30 00:30"]),
        (LONDON, time(1, 30), date(2026, 10, 24), ["10-24 00:30", "10-25 00:30", "10-26 01:30"]),
        (NEW_YORK, time(2, 30), date(2026, 3, 7), ["03-07 07:30", "03-08 07:30", "03-09 06:30"]),
        (LORD_HOWE, time(2, 15), date(2026, 10, 3), ["10-02 15:45", "10-03 15:45", "10-04 15:15"]),
        (HANOI, time(9), date(2026, 3, 28), ["03-28 02:00", "03-29 02:00", "03-30 02:00"]),
    ],
)
def test_the_local_time_stays_when_the_clocks_change(
    zone: str, at: time, start: date, expected: list[str]
) -> None:
    """A post at nine stays at nine for its readers in summer and winter; UTC gives way."""
    rule = daily(start, start + timedelta(days=2), zone=zone, at=at)
    assert [f"{each.at:%m-%d %H:%M}" for each in occurrences(rule)] == expected


def test_a_time_that_does_not_exist_is_noted() -> None:
    """The preview says that the clocks were put forward over the time, on that day alone."""
    rule = daily(date(2026, 3, 7), date(2026, 3, 9), zone=NEW_YORK, at=time(2, 30))
    assert [each.notes for each in occurrences(rule)] == [
        (),
        ("02:30 does not exist on 8 Mar 2026 (America/New_York): 03:30 is used",),
        (),
    ]


def test_a_rule_without_end_is_asked_lazily_and_far_ahead() -> None:
    """An endless rule answers at once, also for a moment long after its start, and ends in the year 2199."""
    rule = weekly(*range(7), start=date(2000, 1, 1))
    found = next_after(rule, utc("2050-06-01 02:00"))
    assert found is not None
    assert found.date == date(2050, 6, 2)
    assert next_after(rule, utc("2200-01-02 00:00")) is None


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (weekly(), "no weekday"),
        (weekly(7), "0 is Monday and 6 is Sunday"),
        (monthly(0, MONDAY), "Day 0 is in no month"),
        (monthly(32, MONDAY), "Day 32 is in no month"),
        (replace(monthly(1, MONDAY), day_of_month=None), "no day of the month"),
        (replace(daily(MONDAY, MONDAY), until=None), "no end date"),
        (weekly(0, until=date(2026, 12, 6)), "is before the start 7 Dec 2026"),
        (weekly(0, count=0), "The number of times is 0"),
        (weekly(0, zone="Mars"), '"Mars" is no time zone'),
        (weekly(0, start=date(26, 12, 7)), "The start 7 Dec 26 is out of reach"),
        (replace(weekly(), pattern=Pattern.ONCE, count=3), "has no end"),
        (weekly(6, until=date(2026, 12, 9)), "never happens"),
        (monthly(31, date(2026, 12, 1), until=date(2026, 12, 30)), "never happens"),
    ],
)
def test_a_wrong_rule_says_what_is_wrong(rule: Recurrence, problem: str) -> None:
    """Each fault is one sentence, and a rule with faults is not run."""
    (sentence,) = problems(rule)
    assert problem in sentence
    with pytest.raises(ValueError, match=re.escape(sentence)):
        occurrences(rule)


def test_all_faults_are_told_at_once() -> None:
    """A person need not mend one fault to learn of the next."""
    assert len(problems(weekly(count=0, zone="Mars"))) == 3


def test_a_right_rule_has_no_problems() -> None:
    """Every pattern has a form without fault."""
    rules = (
        Recurrence(Pattern.ONCE, MONDAY, time(9), HANOI),
        weekly(0),
        monthly(31, MONDAY),
        daily(MONDAY, MONDAY),
    )
    assert [problems(rule) for rule in rules] == [(), (), (), ()]


@pytest.mark.parametrize(
    ("rule", "english", "vietnamese"),
    [
        (
            weekly(3, 0, until=date(2026, 12, 31)),
            "every Monday and Thursday at 09:00 (Asia/Ho_Chi_Minh), until 31 Dec 2026",
            "thứ Hai và thứ Năm hằng tuần lúc 09:00 (Asia/Ho_Chi_Minh), đến hết 31/12/2026",
        ),
        (
            weekly(0, 2, 6, count=5, zone="UTC+7"),
            "every Monday, Wednesday and Sunday at 09:00 (UTC+7), 5 in all",
            "thứ Hai, thứ Tư và Chủ nhật hằng tuần lúc 09:00 (UTC+7), 5 lần",
        ),
        (
            weekly(*range(7), skipped=frozenset({MONDAY})),
            "every day at 09:00 (Asia/Ho_Chi_Minh), except 7 Dec 2026",
            "tất cả các ngày hằng tuần lúc 09:00 (Asia/Ho_Chi_Minh), trừ 7/12/2026",
        ),
        (
            weekly(*range(5), moved={MONDAY + timedelta(days=n): time(8) for n in range(4)}),
            "every day from Monday to Friday at 09:00 (Asia/Ho_Chi_Minh), at another time on 4 days",
            "từ thứ Hai đến thứ Sáu hằng tuần lúc 09:00 (Asia/Ho_Chi_Minh), đổi giờ 4 ngày",
        ),
        (
            monthly(31, MONDAY),
            "every month on day 31 (in shorter months on the last day) at 09:00 (Asia/Ho_Chi_Minh)",
            "ngày 31 hằng tháng (tháng ngắn hơn: ngày cuối tháng) lúc 09:00 (Asia/Ho_Chi_Minh)",
        ),
        (
            monthly(5, MONDAY),
            "every month on day 5 at 09:00 (Asia/Ho_Chi_Minh)",
            "ngày 5 hằng tháng lúc 09:00 (Asia/Ho_Chi_Minh)",
        ),
        (
            daily(MONDAY, date(2027, 1, 2)),
            "every day from 7 Dec 2026 at 09:00 (Asia/Ho_Chi_Minh), until 2 Jan 2027",
            "mỗi ngày từ 7/12/2026 lúc 09:00 (Asia/Ho_Chi_Minh), đến hết 2/1/2027",
        ),
        (
            Recurrence(Pattern.ONCE, MONDAY, time(9), "Hanoi"),
            "once, on 7 Dec 2026 at 09:00 (Asia/Ho_Chi_Minh)",
            "một lần, ngày 7/12/2026 lúc 09:00 (Asia/Ho_Chi_Minh)",
        ),
    ],
)
def test_a_rule_is_said_in_words(rule: Recurrence, english: str, vietnamese: str) -> None:
    """A person reads when the post goes out, in English and in Vietnamese."""
    assert describe_rule(rule) == english
    assert describe_rule(rule, "vi") == vietnamese


def test_the_id_of_an_occurrence_follows_from_series_and_date() -> None:
    """The same series and date give the same id everywhere; another of either gives another id."""
    assert occurrence_id("s1", MONDAY) == occurrence_id("s1", date(2026, 12, 7)) == "s1-20261207"
    assert occurrence_id("s1", MONDAY) != occurrence_id("s2", MONDAY)
    assert all(
        occurrence_id("s1", first.date) != occurrence_id("s1", second.date)
        for first, second in pairwise(preview(weekly(*range(7)), BEFORE, 40))
    )

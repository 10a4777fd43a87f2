"""Weekdays as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.weekdays import WeekdaysError, parse_weekdays

EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon, Thu", [0, 3]),
        ("every Monday and Thursday", [0, 3]),
        ("mon tue;WED/thurs&Fridays", [0, 1, 2, 3, 4]),
        ("Mon-Fri", [0, 1, 2, 3, 4]),
        ("Fri to Mon", [0, 4, 5, 6]),
        ("weekdays", [0, 1, 2, 3, 4]),
        ("weekends, Wed", [2, 5, 6]),
        ("daily", EVERY_DAY),
        ("Every day", EVERY_DAY),
        ("T2,T5", [0, 3]),
        ("t2–t6", [0, 1, 2, 3, 4]),
        ("Thứ 2, Chủ nhật", [0, 6]),
        ("Thứ 2, 4, 6", [0, 2, 4]),
        ("thu 2 thu 4", [0, 2]),
        ("thứ tư", [2]),
        ("Từ thứ Hai đến thứ Sáu", [0, 1, 2, 3, 4]),
        ("mỗi thứ Ba và thứ Bảy", [1, 5]),
        ("CN", [6]),
        ("2-6", [0, 1, 2, 3, 4]),
        ("T7-CN", [5, 6]),
        ("Thu", [3]),
        ("hàng ngày", EVERY_DAY),
        ("hằng ngày", EVERY_DAY),
        ("Mỗi ngày", EVERY_DAY),
        ("cuối tuần", [5, 6]),
        ("thư\u0301 2", [0]),
    ],
)
def test_weekdays_are_read_in_english_and_vietnamese(text: str, days: list[int]) -> None:
    """Names, short names, Vietnamese numbers, ranges and groups are understood."""
    assert sorted(parse_weekdays(text)) == days


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mun", '"mun" is no weekday'),
        ("Mon, Foo", '"foo" is no weekday'),
        ("1,2", '"1" is no weekday'),
        ("0", '"0" is no weekday'),
        ("thứ 9", '"9" is no weekday'),
        ("Mon-", '"Mon-" is no range'),
        ("daily-Fri", '"daily-Fri" is no range'),
        ("- Fri", '"to" is no weekday'),
        ("", "No weekday is given"),
        (" , ", "No weekday is given"),
        ("every", "No weekday is given"),
    ],
)
def test_what_is_no_weekday_is_named(text: str, named: str) -> None:
    """The error quotes the word and shows how weekdays are written."""
    with pytest.raises(WeekdaysError, match="write for example") as refused:
        parse_weekdays(text)
    assert str(refused.value).startswith(named)


@given(
    st.frozensets(st.integers(0, 6), min_size=1), st.sampled_from((0, 1)), st.sampled_from((", ", " ", ";"))
)
def test_any_set_of_days_can_be_written(days: frozenset[int], language: int, separator: str) -> None:
    """Every set of days is read back from its short names, in either language."""
    names = (("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), ("T2", "T3", "T4", "T5", "T6", "T7", "CN"))
    assert parse_weekdays(separator.join(names[language][day] for day in days)) == days


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever a cell holds, the answer is a set of days or the one error."""
    try:
        assert parse_weekdays(text) <= frozenset(range(7))
    except WeekdaysError as refused:
        assert "write for example" in str(refused)  # noqa: PT017 - both outcomes are right, by text

"""What holds for every text, moment and rule that is typed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.distance import moment_label, time_label
from core.domain.recurrence import Pattern, Recurrence, next_after, problems
from core.domain.recurrence_wording import Language, describe_rule
from core.domain.when import WhenError, parse_rule, parse_when, speaks_of_time

Read = TypeVar("Read")

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=HANOI)
ZONES = st.sampled_from(
    (
        *(
            "Asia/Ho_Chi_Minh",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
        ),
        *("Pacific/Kiritimati", "America/Port-au-Prince", "Asia/Kathmandu", "Etc/GMT-7", "Etc/GMT+5", "UTC"),
    )
).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - hypothesis adds the zone
    lambda at: at.replace(second=0, microsecond=0)
)
LANGUAGES = st.sampled_from(("en", "vi"))
WORDS = """
mon thu thứ 2 7 25 12 9h 9:30 10.12 25/12 31/2 tuần sau nữa tới tối sáng mai ngày tháng in at every mỗi hằng 3 d h
phút 2026 2026-12-25 T10:00 +3d +07:00 -05:00 utc+7 utc , - . ( ) Europe/Berlin Berlin half an dec jan nửa rưỡi until
đến kém 0900 2030 yesterday qua weekend cuối thứ8 years năm phút tiếng min hour ngay đăng luôn giờ from 10 lần last day monthly daily weekdays 99999 0 24:00 now next week midnight pm night đêm x ﷺ ½ ９ ٣ Z
"""
TEXTS = st.text(max_size=110) | st.tuples(
    st.lists(st.sampled_from(WORDS.split()), max_size=12), st.sampled_from(("", " ", " ,"))
).map(lambda drawn: drawn[1].join(drawn[0]))


def is_once(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the local time of ``at`` comes once only."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


def read(reader: Callable[[], Read]) -> Read | None:
    """What was read, or None for a refusal in one sentence; any other error is a failure."""
    with contextlib.suppress(WhenError):
        return reader()
    with pytest.raises(WhenError, match=r"[.?]$"):
        reader()
    return None


@given(TEXTS, MOMENTS, ZONES)
def test_any_text_is_a_moment_to_come_or_refused(text: str, now: datetime, zone: ZoneInfo) -> None:
    """No text ends in another error, none gives a moment that is past, and what is one speaks of time."""
    when = read(lambda: parse_when(text, now, zone))
    assert when is None or (when.at >= now and speaks_of_time(text))


@given(TEXTS, MOMENTS, ZONES)
def test_any_text_is_a_rule_or_refused(text: str, now: datetime, zone: ZoneInfo) -> None:
    """A rule happens later than now, for the first time on its start."""
    rule = read(lambda: parse_rule(text, now, zone))
    if rule is not None:
        first = next_after(rule, now)
        assert first is not None
        assert first.date == rule.start


@given(MOMENTS, ZONES, ZONES, LANGUAGES)
def test_what_is_printed_is_understood(
    at: datetime, zone: ZoneInfo, own: ZoneInfo, language: Language
) -> None:
    """The label of a moment means the same moment again, whatever the reader's own zone."""
    assume(is_once(at, zone))
    when = parse_when(moment_label(at, zone, language), at - timedelta(days=3), own)
    assert (when.at, when.notes) == (at, ())
    assert when.at.astimezone(when.zone).utcoffset() == at.astimezone(zone).utcoffset()


@given(MOMENTS, ZONES, LANGUAGES, st.integers(1, 200))
def test_short_labels_are_understood(at: datetime, zone: ZoneInfo, language: Language, days: int) -> None:
    """The label of a button, without its year, means the same moment again for half a year."""
    assume(is_once(at, zone))
    assert parse_when(time_label(at, zone, language), at - timedelta(days=days), zone).at == at


@given(MOMENTS, ZONES)
def test_iso_is_understood(at: datetime, zone: ZoneInfo) -> None:
    """ISO text with its offset means the same moment again."""
    assert parse_when(at.astimezone(zone).isoformat(), at, HANOI).at == at


@pytest.mark.parametrize("language", ["en", "vi"])
@given(data=st.data())
def test_rules_in_words_are_understood(language: Language, data: st.DataObject) -> None:
    """A rule that is described in words is the same rule again."""
    start = date(2026, 11, 24) + timedelta(data.draw(st.integers(0, 400)))
    pattern = data.draw(st.sampled_from((Pattern.WEEKLY, Pattern.MONTHLY, Pattern.DATE_RANGE)))
    endless = pattern is not Pattern.DATE_RANGE and data.draw(st.booleans())
    days = st.frozensets(st.integers(0, 6), min_size=2)
    rule = Recurrence(
        pattern,
        start if pattern is Pattern.DATE_RANGE else NOW.date(),
        time(data.draw(st.integers(0, 23)), data.draw(st.integers(0, 59))),
        data.draw(ZONES).key,
        weekdays=data.draw(days) if pattern is Pattern.WEEKLY else frozenset(),
        day_of_month=data.draw(st.integers(1, 28)) if pattern is Pattern.MONTHLY else None,
        until=None if endless else start + timedelta(days=40),
        count=data.draw(st.none() | st.integers(1, 99)),
    )
    first = next_after(replace(rule, count=None), NOW)
    assume(not problems(rule) and first is not None)
    again = parse_rule(describe_rule(rule, language), NOW, HANOI)
    assert first is not None
    everyday = len(rule.weekdays) == 7 and rule.until is not None
    wanted = replace(rule, pattern=Pattern.DATE_RANGE, weekdays=frozenset()) if everyday else rule
    assert replace(again, zone=rule.zone) == replace(wanted, start=first.date)

"""Moments as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.distance import (
    MONTHS,
    WEEKDAY_COLUMNS,
    day_label,
    distance,
    echo,
    moment_label,
    time_label,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=HANOI)
AT = datetime(2026, 11, 25, 10, 0, tzinfo=HANOI).astimezone(UTC)


@pytest.mark.parametrize(
    ("length", "english", "vietnamese"),
    [
        (timedelta(), "now", "bây giờ"),
        (timedelta(seconds=30), "in 30 s", "30 giây nữa"),
        (timedelta(seconds=59, microseconds=900_000), "in 1 min", "1 phút nữa"),
        (timedelta(minutes=5), "in 5 min", "5 phút nữa"),
        (timedelta(minutes=59, seconds=40), "in 1 h", "1 giờ nữa"),
        (timedelta(minutes=90), "in 1 h 30 min", "1 giờ 30 phút nữa"),
        (timedelta(hours=2, minutes=59, seconds=40), "in 3 h", "3 giờ nữa"),
        (timedelta(hours=42), "in 42 h", "42 giờ nữa"),
        (timedelta(hours=47, minutes=29), "in 47 h", "47 giờ nữa"),
        (timedelta(hours=47, minutes=31), "in 2 days", "2 ngày nữa"),
        (timedelta(days=3), "in 3 days", "3 ngày nữa"),
        (timedelta(days=364), "in 364 days", "364 ngày nữa"),
        (-timedelta(minutes=2), "2 min ago", "2 phút trước"),
        (-timedelta(days=3), "3 days ago", "3 ngày trước"),
    ],
)
def test_a_distance_is_told_in_its_unit(length: timedelta, english: str, vietnamese: str) -> None:
    """Seconds, minutes, hours up to two days, then days; rounded, with no carry lost."""
    assert distance(NOW + length, NOW) == english
    assert distance(NOW + length, NOW, "vi") == vietnamese


def test_a_moment_is_told_in_full() -> None:
    """Weekday, date, time and distance, in the reader's language; their own zone needs no name."""
    assert echo(AT, HANOI, NOW) == "Wed 25 Nov 2026 10:00, in 42 h"
    assert echo(AT, HANOI, NOW, "vi") == "Thứ Tư 25/11/2026 10:00, 42 giờ nữa"


def test_a_moment_names_its_zone() -> None:
    """As people write it, under another name, or not at all."""
    assert moment_label(AT, HANOI) == "Wed 25 Nov 2026 10:00 (Asia/Ho_Chi_Minh)"
    assert moment_label(AT, HANOI, place="Vietnam") == "Wed 25 Nov 2026 10:00 (Vietnam)"
    assert moment_label(AT, HANOI, place="") == "Wed 25 Nov 2026 10:00"
    assert moment_label(AT, ZoneInfo("Etc/GMT-7"), "vi") == "Thứ Tư 25/11/2026 10:00 (UTC+7)"


def test_labels_are_short() -> None:
    """A button names the weekday, the day and the month, and the time where it is asked for."""
    assert day_label(date(2026, 11, 25)) == "Wed 25 Nov"
    assert day_label(date(2026, 11, 29), "vi") == "CN 29/11"
    assert time_label(AT, HANOI) == "Wed 25 Nov 10:00"
    assert time_label(AT, ZoneInfo("America/New_York"), "vi") == "T3 24/11 22:00"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_tables_of_names_are_whole(language: str) -> None:
    """Seven days from Monday to Sunday and twelve months, all different."""
    key = "en" if language == "en" else "vi"
    assert len(set(WEEKDAY_COLUMNS[key])) == 7
    assert len(set(MONTHS[key])) == 12

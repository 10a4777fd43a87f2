"""Moments and lengths of time as people type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click
import pytest

from tui.cli.times import parse_bound, parse_length, parse_moment, span

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_BERLIN = ZoneInfo("Europe/Berlin")
_NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-12-01 09:30", datetime(2026, 12, 1, 2, 30, tzinfo=UTC)),
        ("01/12/2026 9:30", datetime(2026, 12, 1, 2, 30, tzinfo=UTC)),
        ("2026-12-01T09:30+07:00", datetime(2026, 12, 1, 2, 30, tzinfo=UTC)),
        ("2026-12-01T09:30:15Z", datetime(2026, 12, 1, 9, 30, 15, tzinfo=UTC)),
        ("now", _NOW),
        ("+2h", _NOW + timedelta(hours=2)),
        ("+1h30m", _NOW + timedelta(hours=1, minutes=30)),
        (" +45s ", _NOW + timedelta(seconds=45)),
        ("+2d", _NOW + timedelta(days=2)),
    ],
)
def test_every_form_is_read(text: str, at: datetime) -> None:
    """Local times are meant in the zone that is given, offsets win over it."""
    assert parse_moment(text, _HANOI, _NOW).at == at


def test_a_time_that_the_clocks_skip_is_moved_and_said() -> None:
    """At 02:30 on the last Sunday of March there is no such time in Berlin."""
    moment = parse_moment("2027-03-28 02:30", _BERLIN, _NOW)
    assert moment.at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert "does not exist" in moment.note


def test_a_day_as_a_bound_counts_as_a_whole() -> None:
    """`--from` takes its first moment, `--to` the one after its last."""
    first = parse_bound("2026-12-05", _HANOI, _NOW)
    last = parse_bound("2026-12-05", _HANOI, _NOW, end=True)
    assert first == datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
    assert last - first == timedelta(days=1)
    assert parse_bound("2026-12-05 12:00", _HANOI, _NOW, end=True) == datetime(2026, 12, 5, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("5m", timedelta(minutes=5)),
        ("5", timedelta(minutes=5)),
        ("90s", timedelta(seconds=90)),
        ("1h 30min", timedelta(minutes=90)),
        ("1.5h", timedelta(minutes=90)),
        ("2w", timedelta(weeks=2)),
    ],
)
def test_lengths_are_read(text: str, length: timedelta) -> None:
    """A number alone counts minutes."""
    assert parse_length(text) == length


@pytest.mark.parametrize("text", ["", "soon", "5 parsecs", "-5m", "5m later", "m"])
def test_what_is_no_length_is_refused(text: str) -> None:
    """No part of the text is left over in silence."""
    with pytest.raises(click.UsageError, match="no length of time"):
        parse_length(text)


@pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31 23:59", "+999999w"])
def test_times_out_of_reach_are_refused(text: str) -> None:
    """The ends of the calendar are a usage error, not a crash."""
    with pytest.raises(click.UsageError):
        parse_moment(text, _HANOI, _NOW)


def test_lengths_are_told_in_two_units() -> None:
    """Of days the hours matter, of hours the minutes."""
    lengths = [
        timedelta(seconds=12),
        timedelta(minutes=5),
        timedelta(hours=2, minutes=3),
        timedelta(days=2, hours=3),
    ]
    assert [span(length) for length in lengths] == ["12 s", "5 min", "2 h 3 min", "2 d 3 h"]


def test_a_fraction_of_a_second_is_kept() -> None:
    """Two posts may be 200 ms apart."""
    moment = parse_moment("2026-12-01T09:00:01.250+07:00", ZoneInfo("UTC"), datetime.now(UTC))
    assert moment.at == datetime(2026, 12, 1, 2, 0, 1, 250_000, tzinfo=UTC)

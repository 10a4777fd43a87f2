"""When people are warned that a token ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.token_alerts import ALERT_DAYS, alert_due, lapses, next_alert

END = datetime(2026, 12, 30, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("before_the_end", "days"),
    [
        (timedelta(days=14) + SECOND, None),
        (timedelta(days=14), 14),
        (timedelta(days=7) + SECOND, 14),
        (timedelta(days=7), 7),
        (timedelta(days=3), 3),
        (timedelta(days=1), 1),
        (SECOND, 1),
        (timedelta(), None),
        (-SECOND, None),
    ],
)
def test_the_latest_warning_whose_moment_has_come(before_the_end: timedelta, days: int | None) -> None:
    """Of several that nobody could make, the one that still says something; none after the end."""
    assert alert_due(END, END - before_the_end) == days


def test_the_warnings_follow_one_another() -> None:
    """Each look leads to the next warning, and behind the last there is none."""
    at, found = END - timedelta(days=60), list[datetime]()
    while (following := next_alert(END, at)) is not None:
        found.append(at := following)
    assert [END - one for one in found] == [timedelta(days=days) for days in ALERT_DAYS]


def test_a_token_whose_end_is_not_known() -> None:
    """Nobody is warned."""
    assert alert_due(None, END) is None
    assert next_alert(None, END) is None


def test_a_token_that_should_have_been_renewed() -> None:
    """From nine days before its end on, and when it has ended; one whose end nobody knows is none."""
    nine = timedelta(days=9)
    assert not lapses(END, END - nine)
    assert lapses(END, END - nine + SECOND)
    assert lapses(END, END + nine)
    assert not lapses(None, END)

"""What is wrong with a plan before it comes about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.forecast import crowded, first_over, taken_by

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24)


def test_the_post_after_the_daily_limit_is_found() -> None:
    """The 251st post within 24 hours is the first too many, in whatever order they are given."""
    times = [START + index * MINUTE for index in range(252)]
    assert first_over(times[:250]) is None
    assert first_over(reversed(times)) == times[250]


def test_the_window_rolls() -> None:
    """A post that is exactly a day old does not count any more; a second less, and it does."""
    assert first_over([START, START + HOUR, START + DAY], limit=2) is None
    late = START + DAY - timedelta(seconds=1)
    assert first_over([START, START + HOUR, late], limit=2) == late


@given(st.lists(st.integers(0, 100), max_size=40), st.integers(1, 6), st.integers(1, 30))
def test_a_count_of_each_window_says_the_same(hours: list[int], limit: int, window: int) -> None:
    """Counting every window by hand finds the same first moment."""
    times = [START + hour * HOUR for hour in hours]
    length = window * HOUR
    over = [at for at in times if sum(at - length < other <= at for other in times) > limit]
    assert first_over(times, limit, length) == min(over, default=None)


@given(st.lists(st.integers(0, 100), max_size=40), st.integers(0, 100), st.integers(1, 30))
def test_how_many_a_window_holds(hours: list[int], end: int, window: int) -> None:
    """Looking at each moment says the same: the end counts, what is exactly the window old does not."""
    times, at, length = sorted(START + hour * HOUR for hour in hours), START + end * HOUR, window * HOUR
    assert taken_by(times, at, length) == sum(at - length < one <= at for one in times)


def test_neighbours_that_are_too_close_are_listed() -> None:
    """Pairs closer than the gap, also at the same moment; exactly the gap apart is far enough."""
    times = [START + 12 * MINUTE, START, START + 4 * MINUTE, START + 9 * MINUTE, START]
    assert crowded(times, 5 * MINUTE) == [
        (START, START),
        (START, START + 4 * MINUTE),
        (START + 9 * MINUTE, START + 12 * MINUTE),
    ]


def test_a_plan_of_nothing_has_no_trouble() -> None:
    """Without moments nothing is too many or too close."""
    assert first_over([]) is None
    assert crowded([], HOUR) == []

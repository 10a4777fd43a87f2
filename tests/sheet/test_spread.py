"""Random times with a minimum gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import RefusedError
from core.domain.spread import spread

START = datetime(2027, 3, 1, tzinfo=UTC)
GAPS = st.integers(0, 3600).map(lambda seconds: timedelta(seconds=seconds))


@given(
    count=st.integers(0, 60),
    gap=GAPS,
    slack=st.integers(0, 100_000).map(lambda seconds: timedelta(seconds=seconds)),
    seed=st.integers(0, 5),
    shuffle=st.booleans(),
)
def test_times_keep_the_range_and_the_gap(
    count: int, gap: timedelta, slack: timedelta, seed: int, *, shuffle: bool
) -> None:
    """However tight the range is, no two moments are nearer than the gap and none is outside."""
    end = START + gap * max(count - 1, 0) + slack
    times = spread(count, START, end, gap=gap, seed=seed, shuffle=shuffle)
    assert len(times) == count
    assert all(START <= moment <= end for moment in times)
    assert all(later - earlier >= gap for earlier, later in pairwise(sorted(times)))
    assert shuffle or times == sorted(times)


def test_the_same_seed_gives_the_same_times() -> None:
    """Zero is a seed as any other, and seeds differ."""
    end = START + timedelta(days=1)
    assert spread(20, START, end, seed=0) == spread(20, START, end, seed=0)
    assert spread(20, START, end, seed=0) != spread(20, START, end, seed=1)
    assert spread(20, START, end, seed=0, shuffle=True) != spread(20, START, end, seed=0)


def test_the_whole_range_is_used() -> None:
    """Times are spread evenly, not crowded at one end."""
    end = START + timedelta(hours=24)
    middles = [spread(9, START, end, gap=timedelta(minutes=5), seed=seed)[4] for seed in range(200)]
    mean = sum((moment - START).total_seconds() for moment in middles) / len(middles)
    assert abs(mean - 12 * 3600) < 1800


def test_a_range_that_is_too_small_is_refused_with_figures() -> None:
    """13 posts five minutes apart need an hour."""
    with pytest.raises(RefusedError, match=r"13 posts at least 5 min apart need 1 h, .* there are 59 min:"):
        spread(13, START, START + timedelta(minutes=59))
    assert len(spread(13, START, START + timedelta(minutes=60))) == 13


def test_an_end_before_the_start_is_refused() -> None:
    """Not even one moment fits."""
    with pytest.raises(RefusedError):
        spread(1, START, START - timedelta(seconds=1))

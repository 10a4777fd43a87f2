"""The dead-man's switch tells each outage once, and once that it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.watching import GRACE, Change, Outage, Part, Watched

START = datetime(2026, 12, 7, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ALL_WELL: dict[Part, str] = {}


def looked(*looks: tuple[timedelta, dict[Part, str]]) -> list[Change]:
    """All changes that these looks bring, one after another."""
    watched, told = Watched(), list[Change]()
    for after, down in looks:
        watched, changes = watched.after(down, START + after)
        told += changes
    return told


@pytest.mark.parametrize("part", Part)
def test_an_outage_is_told_once_and_its_end_once(part: Part) -> None:
    """Not before it has lasted; then one message, whatever the number of looks, and one when it is over."""
    down = {part: "It is away."}
    told = looked(
        (timedelta(), down),
        (GRACE - SECOND, down),
        (GRACE, down),
        (3 * GRACE, down),
        (4 * GRACE, ALL_WELL),
        (5 * GRACE, ALL_WELL),
    )
    assert [(change.part, change.back) for change in told] == [(part, False), (part, True)]
    assert told[0].outage.since == START


def test_a_restart_is_not_told() -> None:
    """What is back within the grace was never away."""
    assert looked((timedelta(), {Part.REDIS: "x"}), (GRACE - SECOND, ALL_WELL), (GRACE * 9, ALL_WELL)) == []


def test_two_short_outages_do_not_add_up() -> None:
    """Each outage has its own beginning."""
    short = [
        (timedelta(), {Part.REDIS: "x"}),
        (SECOND, ALL_WELL),
        (GRACE, {Part.REDIS: "x"}),
        (GRACE + SECOND, ALL_WELL),
    ]
    assert looked(*short) == []


def test_a_worker_is_not_back_because_redis_is_gone() -> None:
    """Without Redis nobody knows of workers: neither their return nor a second outage is told."""
    told = looked(
        (timedelta(), {Part.WORKER: "x"}),
        (GRACE, {Part.WORKER: "x"}),
        (GRACE + SECOND, {Part.REDIS: "y"}),
        (3 * GRACE, {Part.REDIS: "y"}),
        (4 * GRACE, {Part.WORKER: "x"}),
        (5 * GRACE, ALL_WELL),
    )
    assert [(change.part, change.back) for change in told] == [
        (Part.WORKER, False),
        (Part.REDIS, False),
        (Part.REDIS, True),
        (Part.WORKER, True),
    ]


@pytest.mark.parametrize("told", [True, False])
def test_an_outage_can_be_kept_as_text(told: bool) -> None:  # noqa: FBT001  # a table
    """Read back, it is the same."""
    outage = Outage(START, "Redis at 127.0.0.1:6379 does not answer: check that it runs.", told)
    assert Outage.read(str(outage)) == outage

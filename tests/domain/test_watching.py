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


def parts(changes: list[Change]) -> list[tuple[Part, bool]]:
    return [(change.part, change.back) for change in changes]


def test_a_worker_that_hangs_is_one_trouble() -> None:
    """Posts that lie about are told at once; that the worker is then missed too is no second message."""
    posts, both = {Part.POSTS: "1"}, {Part.POSTS: "2", Part.WORKER: "x"}
    told = looked((timedelta(), posts), (GRACE, posts), (2 * GRACE, both), (5 * GRACE, both), (6 * GRACE, {}))
    assert parts(told) == [(Part.POSTS, False), (Part.POSTS, True)]


def test_a_worker_that_stays_away_is_told_when_no_post_waits_for_it() -> None:
    """Whoever took the posts out of the way still has no worker."""
    both, worker = {Part.POSTS: "1", Part.WORKER: "x"}, {Part.WORKER: "x"}
    told = looked(
        (timedelta(), {Part.POSTS: "1"}),
        (GRACE, both),
        (2 * GRACE, both),
        (3 * GRACE, worker),
        (4 * GRACE, {}),
    )
    expected = [(Part.POSTS, False), (Part.WORKER, False), (Part.POSTS, True), (Part.WORKER, True)]
    assert parts(told) == expected


@pytest.mark.parametrize("part", [Part.REDIS, Part.WORKER])
def test_posts_that_lie_about_because_a_part_is_away(part: Part) -> None:
    """The part that was told is all; its return leaves a while for the posts to be taken up."""
    alone, away, left = {part: "x"}, {part: "x", Part.POSTS: "1"}, {Part.POSTS: "1"}
    told = looked(
        (timedelta(), alone),
        (GRACE, alone),
        (2 * GRACE, away),
        (5 * GRACE, away),
        (5 * GRACE + SECOND, left),
        (6 * GRACE, {}),
    )
    assert parts(told) == [(part, False), (part, True)]


def test_overdue_posts_go_before_the_worker_that_leaves_them() -> None:
    """Found at one time, the posts are told: their message says more."""
    both = {Part.POSTS: "1", Part.WORKER: "x"}
    told = looked(
        (timedelta(), {Part.WORKER: "x"}),
        (SECOND, both),
        (GRACE, both),
        (GRACE + SECOND, both),
        (2 * GRACE, {}),
    )
    assert parts(told) == [(Part.POSTS, False), (Part.POSTS, True)]


def test_the_number_of_posts_is_that_of_the_message() -> None:
    """What is told is the newest reason, not that of the first look."""
    (told,) = looked(
        (timedelta(), {Part.POSTS: "1"}), (GRACE, {Part.POSTS: "5"}), (2 * GRACE, {Part.POSTS: "9"})
    )
    assert told.outage.reason == "5"


def test_posts_are_not_taken_up_because_mongodb_is_gone() -> None:
    """Without MongoDB nobody knows of posts: their trouble goes on untold."""
    posts = {Part.POSTS: "1"}
    told = looked(
        (timedelta(), posts), (GRACE, posts), (GRACE + SECOND, {Part.MONGODB: "x"}), (2 * GRACE, posts)
    )
    assert parts(told) == [(Part.POSTS, False)]


def test_posts_have_a_while_when_mongodb_is_back() -> None:
    """What was not told before MongoDB went is not told at its return."""
    posts = {Part.POSTS: "1"}
    told = looked(
        (timedelta(), posts), (SECOND, {Part.MONGODB: "x"}), (GRACE, posts), (2 * GRACE - SECOND, posts)
    )
    assert told == []


@pytest.mark.parametrize("told", [True, False])
def test_an_outage_can_be_kept_as_text(told: bool) -> None:  # noqa: FBT001  # a table
    """Read back, it is the same."""
    outage = Outage(START, "Redis at 127.0.0.1:6379 does not answer: check that it runs.", told)
    assert Outage.read(str(outage)) == outage

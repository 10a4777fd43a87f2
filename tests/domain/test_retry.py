"""When a failed call is made again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.failures import Failure, FailureClass, Remedy
from core.domain.retry import LIMIT_TRIES, GiveUp, RetryAt, decide, without_tries

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LONGEST = timedelta(days=1)

_kinds = st.sampled_from(FailureClass)
_failures = st.builds(
    Failure,
    kind=_kinds,
    cause=st.just("Threads did not answer."),
    remedy=st.just("Nothing to do."),
    action=st.sampled_from(Remedy),
    retry_after=st.none() | st.timedeltas(timedelta(seconds=1), LONGEST),
)


def _failure(kind: FailureClass, action: Remedy, retry_after: timedelta | None = None) -> Failure:
    return Failure(kind, "It failed.", "Nothing to do.", action, retry_after=retry_after)


def _waits(failure: Failure, tries: int) -> list[float | None]:
    decisions = [decide(failure, attempts, NOW) for attempts in range(1, tries + 1)]
    return [(made.moment - NOW).total_seconds() if isinstance(made, RetryAt) else None for made in decisions]


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (FailureClass.TRANSIENT, Remedy.RETRY_SAME),
        (FailureClass.TRANSIENT, Remedy.RETRY_THEN_RENEW),
        (FailureClass.RETRYABLE, Remedy.NEW_CONTAINER),
    ],
)
def test_what_passes_is_tried_again_after_2_4_and_8_seconds(kind: FailureClass, action: Remedy) -> None:
    """Three more tries with doubling waits, then none."""
    assert _waits(_failure(kind, action), 5) == [2, 4, 8, None, None]


def test_a_limit_is_waited_for_in_minutes_that_double_up_to_15() -> None:
    """A limit without a hint is asked again after 1, 2, 4, 8, 15, 15 minutes."""
    waits = _waits(_failure(FailureClass.RETRYABLE, Remedy.WAIT), 7)
    assert waits == [60, 120, 240, 480, 900, 900, 900]


def test_a_limit_is_waited_for_about_a_day() -> None:
    """The waits of a limit add up to a full 24 h window before the post fails."""
    waits = _waits(_failure(FailureClass.RETRYABLE, Remedy.WAIT), LIMIT_TRIES + 1)
    assert waits[-1] is None
    assert sum(wait for wait in waits if wait) >= LONGEST.total_seconds()


def test_threads_own_hint_replaces_the_minutes_of_a_limit() -> None:
    """Retry-After is taken as it is, shorter or longer."""
    for hint in (timedelta(seconds=7), timedelta(hours=5)):
        failure = _failure(FailureClass.RETRYABLE, Remedy.WAIT, hint)
        assert decide(failure, 1, NOW) == RetryAt(NOW + hint)


def test_a_hint_only_lengthens_the_short_waits() -> None:
    """A page that could not be read is tried after a minute, not after 2 seconds."""
    minute = _failure(FailureClass.RETRYABLE, Remedy.NEW_CONTAINER, timedelta(minutes=1))
    assert _waits(minute, 4) == [60, 60, 60, None]
    second = _failure(FailureClass.TRANSIENT, Remedy.RETRY_SAME, timedelta(seconds=1))
    assert _waits(second, 4) == [2, 4, 8, None]


@pytest.mark.parametrize("kind", [FailureClass.FATAL, FailureClass.NEEDS_REAUTH])
def test_what_needs_a_person_is_never_tried_again(kind: FailureClass) -> None:
    """Fatal errors and dead tokens end at once, with the cause as reason."""
    assert decide(_failure(kind, Remedy.STOP, timedelta(seconds=1)), 1, NOW) == GiveUp("It failed.")


def test_the_reason_tells_how_often_it_was_tried() -> None:
    """The first try counts too."""
    assert decide(_failure(FailureClass.TRANSIENT, Remedy.RETRY_SAME), 4, NOW) == GiveUp(
        "It failed. It was tried 4 times."
    )


def test_an_ambiguous_publish_is_refused() -> None:
    """Nothing schedules a second publish while the answer to the first is unknown."""
    doubtful = Failure(FailureClass.TRANSIENT, "No answer.", "Ask.", Remedy.RETRY_SAME, ambiguous=True)
    with pytest.raises(ValueError, match="settled by asking"):
        decide(doubtful, 1, NOW)


@pytest.mark.parametrize("attempts", [0, -1])
def test_what_was_never_tried_cannot_have_failed(attempts: int) -> None:
    """The try that failed counts, so there is one at least."""
    with pytest.raises(ValueError, match="once at least"):
        decide(_failure(FailureClass.TRANSIENT, Remedy.RETRY_SAME), attempts, NOW)


@given(failure=_failures, attempts=st.integers(1, 10_000))
def test_a_retry_lies_ahead_and_within_a_day(failure: Failure, attempts: int) -> None:
    """No decision is in the past, at once, or beyond the longest wait."""
    decision = decide(failure, attempts, NOW)
    if isinstance(decision, RetryAt):
        assert timedelta(0) < decision.moment - NOW <= LONGEST


@given(failure=_failures)
def test_every_failure_ends(failure: Failure) -> None:
    """Once given up, always given up; and the end comes."""
    waits = _waits(failure, LIMIT_TRIES + 2)
    assert waits[-1] is None
    first = waits.index(None)
    assert all(wait is None for wait in waits[first:])


@given(failure=_failures, attempts=st.integers(1, LIMIT_TRIES))
def test_later_tries_never_wait_less(failure: Failure, attempts: int) -> None:
    """The waits of one failure only grow."""
    now, later = decide(failure, attempts, NOW), decide(failure, attempts + 1, NOW)
    if isinstance(now, RetryAt) and isinstance(later, RetryAt):
        assert now.moment <= later.moment


def test_a_failure_without_further_tries_promises_none() -> None:
    """Once it was given up, nobody is told that it will be tried again; a fatal one keeps its remedy."""
    passing = _failure(FailureClass.TRANSIENT, Remedy.RETRY_SAME)
    assert without_tries(passing, 4).remedy == "It was tried 4 times: retry it when Threads works again."
    fatal = _failure(FailureClass.FATAL, Remedy.STOP)
    assert without_tries(fatal, 1) is fatal

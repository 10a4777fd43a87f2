"""What holds for every rule, whatever its pattern, zone, ends and exceptions."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.recurrence import Pattern, Recurrence, next_after, occurrences, preview, problems

ZONES = (
    "Asia/Ho_Chi_Minh",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Havana",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)
DATES = st.dates(date(2020, 1, 1), date(2032, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2019, 12, 1), datetime(2034, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@st.composite
def rules(draw: st.DrawFn) -> Recurrence:
    start = draw(DATES)
    rule = Recurrence(
        draw(st.sampled_from((Pattern.WEEKLY, Pattern.MONTHLY, Pattern.DATE_RANGE))),
        start,
        draw(TIMES),
        draw(st.sampled_from(ZONES)),
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        day_of_month=draw(st.integers(1, 31)),
        until=start + timedelta(days=draw(st.integers(0, 500))),
        count=draw(st.none() | st.integers(1, 40)),
    )
    assume(not problems(rule))
    near = st.integers(0, 60).map(lambda days: start + timedelta(days))
    return replace(
        rule,
        skipped=draw(st.frozensets(near, max_size=5)),
        moved=draw(st.dictionaries(near, TIMES, max_size=5)),
    )


@given(rules())
def test_moments_and_dates_grow_strictly(rule: Recurrence) -> None:
    """No two occurrences share a moment or a date, and none comes before its predecessor."""
    found = list(occurrences(rule))
    assert all(first.at < second.at and first.date < second.date for first, second in pairwise(found))


@given(rules(), MOMENTS)
def test_looking_from_any_moment_sees_the_same_occurrences(rule: Recurrence, moment: datetime) -> None:
    """What comes after a moment is the rest of the whole list: asking changes nothing."""
    whole = list(occurrences(rule))
    assert list(occurrences(rule, after=moment)) == [each for each in whole if each.at > moment]
    assert list(occurrences(rule)) == whole


@given(rules())
def test_just_before_an_occurrence_it_is_the_next(rule: Recurrence) -> None:
    """A microsecond before its moment an occurrence is still to come, whatever day UTC has by then."""
    for each in islice(occurrences(rule), 10):
        assert next_after(rule, each.at - timedelta(microseconds=1)) == each


@given(rules())
def test_walking_step_by_step_meets_every_occurrence(rule: Recurrence) -> None:
    """Asking each time for the next one after the last misses none and repeats none."""
    walked, moment = list[date](), datetime(2000, 1, 1, tzinfo=UTC)
    while found := next_after(rule, moment):
        walked.append(found.date)
        moment = found.at
        if len(walked) == 30:
            break
    assert walked == [each.date for each in islice(occurrences(rule), 30)]


@given(rules())
def test_every_matching_date_happens_unless_it_is_skipped(rule: Recurrence) -> None:
    """The dates are those of a plain day-by-day look at the calendar, both ends included."""
    assert rule.until is not None
    span = range((rule.until - rule.start).days + 1)
    matching = [day for day in (rule.start + timedelta(n) for n in span) if matches(rule, day)]
    expected = [day for day in matching[: rule.count] if day not in rule.skipped]
    assert [each.date for each in occurrences(rule)] == expected


def matches(rule: Recurrence, day: date) -> bool:
    last_day = monthrange(day.year, day.month)[1]
    assert rule.day_of_month is not None
    return {
        Pattern.ONCE: day == rule.start,
        Pattern.WEEKLY: day.weekday() in rule.weekdays,
        Pattern.MONTHLY: day.day == rule.day_of_month or (day.day == last_day < rule.day_of_month),
        Pattern.DATE_RANGE: True,
    }[rule.pattern]


@given(rules())
def test_every_occurrence_shows_the_rules_time_or_says_why_not(rule: Recurrence) -> None:
    """The local clock shows the rule's time on the occurrence's date; any other is noted."""
    for each in occurrences(rule):
        local = each.at.astimezone(ZoneInfo(rule.zone)).replace(tzinfo=None)
        as_the_rule_says = local == datetime.combine(each.date, rule.at)
        assert as_the_rule_says or each.notes


@given(st.integers(29, 31), DATES, st.sampled_from(ZONES))
def test_a_day_at_the_end_of_the_month_never_skips_a_month(day: int, start: date, zone: str) -> None:
    """Twelve occurrences of a monthly rule lie in twelve months that follow one another."""
    rule = Recurrence(Pattern.MONTHLY, start, time(9), zone, day_of_month=day)
    found = preview(rule, datetime(2000, 1, 1, tzinfo=UTC), 12)
    months = [each.date.year * 12 + each.date.month for each in found]
    assert months == list(range(months[0], months[0] + 12))
    assert all(each.date.day == min(day, monthrange(each.date.year, each.date.month)[1]) for each in found)

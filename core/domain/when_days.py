"""Which dates and times of day a text means, from its facts; days are local ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from core.domain.when_facts import CalendarDay, Clock, Facts
from core.domain.when_lexemes import YEARS
from core.domain.when_words import NIGHT, WhenError
from core.domain.zones import format_day

_LEAP_YEARS_APART = 8
_MONTHS, _LAST_HOUR, _MINUTES = range(1, 13), 23, range(60)
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAWN = time(6)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def next_date(day: CalendarDay, today: date) -> date:
    """Return the date that is meant: what is not written is chosen so that it is the next from ``today`` on.

    Raises:
        WhenError: the date does not exist, or its year is out of reach.
    """
    if day.year is not None and day.year not in YEARS:
        raise WhenError(f"The year {day.year} is out of reach: choose one from 2000 to 2199.")
    found = next((found for found in _dates(day, today) if day.year is not None or found >= today), None)
    if found is None:
        raise WhenError(f"There is no {day}: the day comes first, then the month, as in 25/12.")
    return found


def sort_out_pairs(facts: Facts) -> None:
    """Read each pair such as ``10.12`` as a day and month or as hour and minutes, by what else is said.

    Raises:
        WhenError: it could be both.
    """
    dotted = [f"{first}.{second:02}" for first, second in facts.pairs]
    if len(facts.pairs) > 1:
        orders = [
            order for order in (facts.pairs, facts.pairs[::-1]) if _is_day(order[0]) and _is_clock(order[1])
        ]
        if len(facts.pairs) > 2 or len(orders) != 1:  # noqa: PLR2004 - a day and a time
            raise _unclear(dotted[0])
        _add_day(facts, orders[0][0])
        _add_clock(facts, orders[0][1])
        return
    for pair in facts.pairs:
        if facts.clocks or facts.numbers:
            _add_day(facts, pair)
        elif facts.days or says_day(facts):
            _add_clock(facts, pair)
        elif _is_day(pair) and _is_clock(pair):
            raise _unclear(dotted[0])
        else:
            (_add_clock if _is_clock(pair) else _add_day)(facts, pair)


def says_day(facts: Facts) -> bool:
    return bool(facts.days or facts.weekdays or facts.weeks or facts.days_ahead or facts.delays)


def says_time(facts: Facts) -> bool:
    return bool(facts.clocks or facts.numbers or facts.parts)


def time_of_day(facts: Facts) -> time | None:
    """Return the time of day that is written or meant by a part of the day alone; None without one.

    Raises:
        WhenError: it is none, does not go with its part of the day, or is said twice.
    """
    clock = facts.one([*facts.clocks, *map(Clock, facts.numbers)], "time")
    if clock is None:
        return _part_alone(facts)
    hours = [clock.hour, (clock.hour + 12) % 24] if facts.parts and clock.hour <= 12 else [clock.hour]  # noqa: PLR2004 - noon
    fitting = [hour for hour in hours if all(hour in part.hours for part in facts.parts)]
    if not fitting or clock.hour > _LAST_HOUR or {clock.minute, clock.second} - set(_MINUTES):
        raise WhenError(f'There is no such time as {clock} in "{facts.text}": {facts.hint}.')
    return time(fitting[0], clock.minute, clock.second, clock.microsecond)


def _part_alone(facts: Facts) -> time | None:
    """The time that the parts of the day mean without an hour."""
    meant = [part.alone for part in facts.parts if part.alone is not None]
    fitting = [at for at in meant if all(at.hour in part.hours for part in facts.parts)]
    if meant and not fitting:
        raise WhenError(f'"{facts.text}" says the time more than once: {facts.hint}.')
    return fitting[0] if fitting else None


def no_hour(facts: Facts) -> WhenError:
    return WhenError(f'"{facts.text}" does not say the hour: add it, as in "{facts.text} 9:00".')


def check_night(facts: Facts, at: time) -> None:
    """Refuse an hour of the night before dawn with a day: it might be the night before or after.

    Raises:
        WhenError: so it is.
    """
    if says_day(facts) and at < _DAWN and any(part.hours <= NIGHT.hours for part in facts.parts):
        raise WhenError(f'"{facts.text}" may be the night before or after: write {at:%H:%M} and the date.')


def check_weekday(facts: Facts, day: date) -> None:
    """Refuse a weekday that is not the one of ``day``.

    Raises:
        WhenError: so it is.
    """
    if facts.weekdays and facts.weekdays[0] != day.weekday():
        named, real = _WEEKDAYS[facts.weekdays[0]], _WEEKDAYS[day.weekday()]
        raise WhenError(
            f"{format_day(day)} is a {real}, not a {named}: correct the day or leave the weekday out."
        )


def weekday_dates(weekday: int, weeks: Sequence[int], today: date) -> tuple[date, ...]:
    """Return the dates that a weekday may mean, the nearest first; a week that is named fixes it."""
    monday = today - timedelta(today.weekday())
    if weeks:
        return (monday + timedelta(weekday, weeks=weeks[0]),)
    coming = today + timedelta((weekday - today.weekday()) % 7)
    return coming, coming + timedelta(weeks=1)


def _dates(day: CalendarDay, today: date) -> Iterator[date]:
    years = (day.year,) if day.year else range(today.year, today.year + _LEAP_YEARS_APART + 1)
    for year in years:
        for month in (day.month,) if day.month else _MONTHS:
            try:
                yield date(year, month, day.day)
            except ValueError:
                continue


def _is_day(pair: tuple[int, int]) -> bool:
    return pair[1] in _MONTHS and 1 <= pair[0] <= _LONGEST_MONTHS[pair[1] - 1]


def _is_clock(pair: tuple[int, int]) -> bool:
    return pair[0] <= _LAST_HOUR and pair[1] in _MINUTES


def _add_day(facts: Facts, pair: tuple[int, int]) -> None:
    facts.days.append(CalendarDay(*pair))


def _add_clock(facts: Facts, pair: tuple[int, int]) -> None:
    facts.clocks.append(Clock(*pair))


def _unclear(pair: str) -> WhenError:
    slash, colon = pair.replace(".", "/"), pair.replace(".", ":")
    return WhenError(f'"{pair}" may be a day or a time: write {slash} for the day and {colon} for the time.')

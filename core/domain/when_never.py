"""Words that speak of time but name no moment to come, and the sentences that say why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time

from core.domain.when_facts import DayGroup, Facts, Lexeme
from core.domain.when_lexemes import lexeme, phrase
from core.domain.when_words import END, NO_WEEKDAY, NUMBERS, PAST, WhenError, any_of

_WEEKEND, _WORKDAY = DayGroup("weekend", "sat", "sun"), DayGroup("weekday", "mon", "fri")
_GROUPS = {"weekend": _WEEKEND, "cuoi tuan": _WEEKEND, "weekday": _WORKDAY, "workday": _WORKDAY}
_NUMBER = rf"(?:[0-9]{{1,4}}(?:[.,][0-9])?|{any_of(NUMBERS)})"
_MONTHS_OR_YEARS = "(?:months?|years?|yrs?|thang|nam)"
_LATER = "(?:nua|from +now|later)"
_FAR = (
    rf"(?:in|sau|after|trong(?: +vong)?) +{_NUMBER} +{_MONTHS_OR_YEARS}(?: +{_LATER})?",
    rf"{_NUMBER} *{_MONTHS_OR_YEARS} +{_LATER}",
    r"next +(?:month|year)|(?:thang|nam) +(?:sau|coming)|sang +nam",
)


def group_of(name: str) -> DayGroup | None:
    """The days that one word names, of which one may be meant as well as all; None for any other word."""
    return _GROUPS.get(" ".join(name.split()))


def unclear_group(facts: Facts, at: time | None) -> WhenError:
    """Why a name of several days is no moment; ``at`` is the time that stands with it."""
    group, clock = facts.groups[0], f"{at or time(9):%H:%M}"
    first, last, days = (f"{name} {clock}" for name in (group.first, group.last, group.name))
    if group.week:
        return WhenError(f'"{facts.text}" does not say which day: write "{first}" or "{last}".')
    return WhenError(f'"{facts.text}" may be one day or several: write "every {days}" or "{first}".')


def _refuse(sentence: Callable[[str], str]) -> Callable[[re.Match[str], Facts], None]:
    return lambda _found, facts: facts.refused.append(sentence(facts.text))


def _add_group(found: re.Match[str], facts: Facts) -> None:
    group = _GROUPS[" ".join(found["name"].split())]
    facts.groups.append(replace(group, week=bool(found["week"] or found["coming"])))


NEVER: tuple[Lexeme, ...] = (
    phrase(
        PAST, _refuse(lambda text: f'"{text}" is past: choose a later time, for example "tomorrow 9:00".')
    ),
    lexeme(
        rf"(?:{NO_WEEKDAY} *(?:[0-9]+|tam|chin|muoi|mot|nhat)|t[0189]){END}",
        _refuse(
            lambda text: (
                f'There is no such weekday in "{text}": the days go from T2 (Monday) to T7 and CN, for'
                ' example "T2 9:00".'
            )
        ),
    ),
    lexeme(
        rf"(?:{'|'.join(_FAR)}){END}",
        _refuse(lambda text: f'"{text}" does not say which day: write the date, for example "25/12 9:00".'),
    ),
)
"""Days that are over or do not exist, and months and years, which have many."""

GROUP: Lexeme = lexeme(
    rf"(?P<week>(?:this|next|this +coming) +)?(?:the +)?(?P<name>{any_of(_GROUPS)})(?P<coming> +(?:nay|sau|coming))?{END}",
    _add_group,
)
"""Several days in one word, where one moment is asked for."""

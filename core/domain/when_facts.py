"""What a text says about time, word by word: scanned from left to right, and nothing may be left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.domain.when_words import PartOfDay, WhenError, folded
from core.domain.zones import UnknownZoneError, zone

LONGEST = 100
"""Characters of a moment."""
_GAP = re.compile(r"(?:[ ,;|()]|[-\u2013\u2014.](?= |$))+")
_WORD = re.compile(r"[^ ]+")
_ZONE_WORDS = re.compile(r"^(?:in|gio) +| +time$")

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day as it was written; what was not written is None."""

    day: int
    month: int | None = None
    year: int | None = None

    def __str__(self) -> str:
        return "/".join(str(part) for part in (self.day, self.month, self.year) if part is not None)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it was written; a part of the day may still move the hour."""

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0

    def __str__(self) -> str:
        return f"{self.hour}:{self.minute:02}"


@dataclass(frozen=True, slots=True)
class Delay:
    """Calendar days, and an exact length after them."""

    days: int
    rest: timedelta


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Days of a week that have a name together, as English writes it: ``weekend``, and ``sat`` for its first.

    ``week``: a certain one is meant, as in "this weekend".
    """

    name: str
    first: str
    last: str
    week: bool = False


@dataclass(slots=True)
class Facts:
    """All that ``text`` says, in the order of writing. Which of it goes together is for others to judge."""

    text: str
    hint: str
    days: list[CalendarDay] = field(default_factory=list[CalendarDay])
    weekdays: list[int] = field(default_factory=list[int])
    weeks: list[int] = field(default_factory=list[int])
    days_ahead: list[int] = field(default_factory=list[int])
    clocks: list[Clock] = field(default_factory=list[Clock])
    parts: list[PartOfDay] = field(default_factory=list[PartOfDay])
    numbers: list[int] = field(default_factory=list[int])
    pairs: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """``10.12``: a day and a month, or an hour and minutes."""
    delays: list[Delay] = field(default_factory=list[Delay])
    nows: list[bool] = field(default_factory=list[bool])
    offsets: list[tzinfo] = field(default_factory=list[tzinfo])
    zones: list[ZoneInfo] = field(default_factory=list[ZoneInfo])
    repeats: list[str] = field(default_factory=list[str])
    runs: list[frozenset[int]] = field(default_factory=list[frozenset[int]])
    starts: list[CalendarDay] = field(default_factory=list[CalendarDay])
    ends: list[CalendarDay] = field(default_factory=list[CalendarDay])
    counts: list[int] = field(default_factory=list[int])
    groups: list[DayGroup] = field(default_factory=list[DayGroup])
    """``weekend``: names of several days, of which one may be meant."""
    refused: list[str] = field(default_factory=list[str])
    """Sentences about words that speak of time and can never be a moment to come."""

    def one(self, values: Sequence[_Value], what: str) -> _Value | None:
        """Return the only value, None when there is none.

        Raises:
            WhenError: there are several.
        """
        if len(values) > 1:
            raise WhenError(f'"{self.text}" says the {what} more than once: {self.hint}.')
        return values[0] if values else None

    def check(self) -> None:
        """Raise WhenError for words that can never be a moment to come."""
        if self.refused:
            raise WhenError(self.refused[0])

    def add_zone(self, name: str) -> None:
        try:
            self.zones.append(zone(name))
        except UnknownZoneError as error:
            raise WhenError(str(error)) from None


Lexeme = tuple[re.Pattern[str], Callable[[re.Match[str], Facts], None]]
"""A word or phrase, and what it adds to the facts."""


def scan(text: str, lexemes: Sequence[Lexeme], hint: str, longest: int = LONGEST) -> Facts:
    """Read ``text`` with ``lexemes``, the first that fits at each place; ``hint`` shows what works.

    Words that none of them reads name a time zone, if they stand at the end.

    Raises:
        WhenError: the text is empty, too long, or has words that mean nothing here.
    """
    if len(text) > longest:
        raise WhenError(f"This is longer than {longest} characters: {hint}.")
    words = text.split()
    facts = Facts(" ".join(words), hint)
    if not words:
        raise WhenError(f"Nothing is written here: {hint}.")
    plain = folded(text)
    unread = _read(plain, lexemes, facts)
    if unread:
        _zone_at_the_end(unread, plain, words, facts)
    return facts


def _read(plain: str, lexemes: Sequence[Lexeme], facts: Facts) -> list[int]:
    """Fill ``facts``; return the places where an unread word begins."""
    unread: list[int] = []
    place = 0
    while place < len(plain):
        if gap := _GAP.match(plain, place):
            place = gap.end()
            continue
        for pattern, add in lexemes:
            if found := pattern.match(plain, place):
                add(found, facts)
                place = found.end()
                break
        else:
            unread.append(place)
            rest = _WORD.match(plain, place)
            place = rest.end() if rest else len(plain)
    return unread


def _zone_at_the_end(unread: Sequence[int], plain: str, words: Sequence[str], facts: Facts) -> None:
    numbers = [plain.count(" ", 0, place) for place in unread]
    last = len(words) - 1
    at_the_end = numbers == list(range(numbers[0], last + 1)) and numbers[0] > 0
    name = _ZONE_WORDS.sub("", plain[unread[0] :]).strip("() ,.")
    if at_the_end and name.replace(" ", "").isascii():
        try:
            facts.zones.append(zone(name))
        except UnknownZoneError:
            pass
        else:
            return
    strange = " ".join(words[min(number, last)] for number in numbers)
    raise WhenError(f'"{strange}" is not understood: {facts.hint}.')

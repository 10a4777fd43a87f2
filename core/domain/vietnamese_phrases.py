"""Finds the phrase that a sentence was made from, and makes the same sentence from its translation.

A phrase is a pair of patterns. ``{name}`` stands for any text; both have the same names. ``{name:vi}`` in
the translation stands for a value that is itself something that core says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_PLACE = re.compile(r"\{(\w+)(:vi)?\}")
_STOPS = (".", "?", "!", "}")
_FIELDS = 3


@dataclass(frozen=True, slots=True)
class _Phrase:
    """``literals`` stand around the places of the sentence; ``parts`` are (text, name, is said by core)."""

    literals: tuple[str, ...]
    names: tuple[str, ...]
    parts: tuple[tuple[str, str, bool], ...]

    @property
    def weight(self) -> int:
        return sum(map(len, self.literals))

    def values(self, sentence: str) -> tuple[str, ...] | None:
        """What stands at the places, each as short as it can be; None when the sentence is another one."""
        at, end = len(self.literals[0]), len(sentence) - len(self.literals[-1])
        if at > end or not (sentence.startswith(self.literals[0]) and sentence.endswith(self.literals[-1])):
            return None
        found: list[str] = []
        for literal in self.literals[1:-1]:
            to = sentence.find(literal, at, end)
            if to < 0:
                return None
            found.append(sentence[at:to])
            at = to + len(literal)
        return (*found, sentence[at:end])


@dataclass(frozen=True, slots=True)
class Found:
    """The phrase of a sentence, and its values in the sentence's order."""

    parts: tuple[tuple[str, str, bool], ...]
    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    ends_open: bool = False
    """A value is at the end, so a longer text would be the same phrase."""

    def told(self, value: Callable[[str], str]) -> str:
        """The translation; ``value`` translates the places that core says."""
        by_name = {"": "", **dict(zip(self.names, self.values, strict=True))}
        return "".join(
            text + (value(by_name[name]) if said else by_name[name]) for text, name, said in self.parts
        )


class Phrasebook:
    """Translates whole sentences; the phrase with the most words of its own wins."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._fixed = {english: told for english, told in phrases.items() if "{" not in english}
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_last: dict[str, list[_Phrase]] = defaultdict(list)
        self._others: list[_Phrase] = []
        open_ones = [_phrase(english, told) for english, told in phrases.items() if "{" in english]
        for phrase in sorted(open_ones, key=lambda one: one.weight, reverse=True):
            self._file(phrase)

    def find(self, sentence: str) -> Found | None:
        """The phrase of exactly this sentence."""
        fixed = self._fixed.get(sentence)
        if fixed is not None:
            return Found(((fixed, "", False),))
        for phrase in self._candidates(sentence):
            values = phrase.values(sentence)
            if values is not None:
                return Found(phrase.parts, phrase.names, values, not phrase.literals[-1])
        return None

    def _file(self, phrase: _Phrase) -> None:
        first, last = phrase.literals[0].partition(" "), phrase.literals[-1].rpartition(" ")
        if first[1]:
            self._by_first[first[0]].append(phrase)
        elif last[1]:
            self._by_last[last[2]].append(phrase)
        else:
            self._others.append(phrase)

    def _candidates(self, sentence: str) -> Iterator[_Phrase]:
        yield from self._by_first.get(sentence.partition(" ")[0], ())
        yield from self._by_last.get(sentence.rpartition(" ")[2], ())
        yield from self._others


def names(pattern: str) -> list[str]:
    """The names of the places of a pattern."""
    return [match[1] for match in _PLACE.finditer(pattern)]


def with_halves(phrases: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Add what core makes of its sentences.

    ``Cause: remedy.`` is often told as ``Cause.`` and ``Remedy.``, and a note gets a full stop.
    """
    whole = dict(phrases)
    derived: dict[str, str] = {}
    for english, told in whole.items():
        for half, told_half in zip(_halves(english), _halves(told), strict=False):
            derived.setdefault(half, told_half)
        if not english.endswith(_STOPS):
            derived.setdefault(f"{english}.", f"{told}.")
    return {**derived, **whole}


def _halves(sentence: str) -> Sequence[str]:
    cause, colon, remedy = sentence.rpartition(": ")
    says_something = bool(_PLACE.sub("", cause).strip()) and not remedy.startswith("{")
    if not colon or not says_something or not remedy.endswith(_STOPS):
        return ()
    return f"{cause}.", f"{remedy[:1].upper()}{remedy[1:]}"


def _phrase(english: str, told: str) -> _Phrase:
    pieces = _PLACE.split(english)
    places = _PLACE.split(told)
    parts = zip(places[::_FIELDS], [*places[1::_FIELDS], ""], [*places[2::_FIELDS], None], strict=True)
    return _Phrase(
        literals=tuple(pieces[::_FIELDS]),
        names=tuple(pieces[1::_FIELDS]),
        parts=tuple((text, name, said is not None) for text, name, said in parts),
    )

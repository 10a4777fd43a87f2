"""A letter and a colour for each account, so that small blocks tell whose posts they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase, digits
from typing import Final

from bot.pictures.legend import Chip, Legend, Sign, in_rows
from bot.pictures.palette import ACCOUNTS
from bot.pictures.phrases import Phrases

_PARTS = re.compile(r"[\W_\d]+")
_NAMED: Final = 8
"""Accounts with a chip of their own."""


def account_marks(labels: Sequence[str]) -> Mapping[str, Sign]:
    """The mark of each label, by the order of the labels; letters differ as long as there are enough.

    The letter begins a part of the name that no other name has: of ``@shop.hanoi`` and ``@shop.saigon``
    they are H and S.
    """
    common = Counter(part for label in labels for part in {*_parts(label)})
    marks: dict[str, Sign] = {}
    taken: set[str] = set()
    for number, label in enumerate(labels):
        letters = list(_letters(label, common))
        letter = next((letter for letter in letters if letter not in taken), letters[0])
        taken.add(letter)
        marks[label] = Sign(letter, ACCOUNTS[number % len(ACCOUNTS)], round=True)
    return marks


def account_legend(marks: Mapping[str, Sign], posts: Mapping[str, int], words: Phrases) -> Legend:
    """Whose mark is whose, and how many posts each has; the accounts with most posts if there are many."""
    named = sorted(posts, key=lambda label: (-posts[label], label))[:_NAMED]
    chips = [
        Chip(marks[label], words.whole(posts[label]), label) for label in sorted(named, key=list(marks).index)
    ]
    if len(posts) > _NAMED:
        chips.append(Chip(None, "", words.more_accounts.format(len(posts) - _NAMED)))
    return in_rows(chips)


def _letters(label: str, common: Mapping[str, int]) -> Iterator[str]:
    """From the best to the last resort."""
    own = [part for part in _parts(label) if common[part] == 1]
    parts = _parts(label)
    yield from (part[0] for part in own)
    yield from (part[0] for part in parts)
    yield from "".join([*own, *parts])
    yield from ascii_uppercase
    yield from digits


def _parts(label: str) -> list[str]:
    return [part.upper() for part in _PARTS.split(label) if part]

"""What core says in English, in Vietnamese.

Core tells what is wrong in one English sentence, made where it is noticed. The tables of
``core.domain.vietnamese_*`` translate them by their patterns, as gettext does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from core.domain import (
    vietnamese_accounts,
    vietnamese_content,
    vietnamese_imports,
    vietnamese_media,
    vietnamese_outages,
    vietnamese_posts,
    vietnamese_sheet,
    vietnamese_threads,
    vietnamese_times,
    vietnamese_uploads,
    vietnamese_when,
    vietnamese_words,
    vietnamese_workbook,
)
from core.domain.vietnamese_phrases import Phrasebook, with_halves

TABLES: Final = (
    vietnamese_accounts.SENTENCES,
    vietnamese_content.SENTENCES,
    vietnamese_imports.SENTENCES,
    vietnamese_media.SENTENCES,
    vietnamese_outages.SENTENCES,
    vietnamese_posts.SENTENCES,
    vietnamese_sheet.SENTENCES,
    vietnamese_threads.SENTENCES,
    vietnamese_times.SENTENCES,
    vietnamese_uploads.SENTENCES,
    vietnamese_when.SENTENCES,
    vietnamese_workbook.SENTENCES,
)
"""English pattern to Vietnamese pattern, by subject."""

_SENTENCES: Final = Phrasebook(with_halves(pair for table in TABLES for pair in table.items()))
_PIECES: Final = Phrasebook(vietnamese_words.PIECES)
_BOUNDARY: Final = re.compile(r'(?<=[.?!])\s+|\s+(?=[A-Z"])')
_FULL_STOP: Final = re.compile(r"[.?!]\s")
_STOPS: Final = ".?!"
_REACH: Final = 32
"""A sentence goes over so many places at most at which another could begin."""
_DEEPEST: Final = 4
"""Sentences stand inside sentences so deep at most."""
_MOST_UNKNOWN: Final = 8
"""So many unknown sentences are no message of core's but somebody's text, and are left alone."""


def in_vietnamese(sentence: str) -> str:
    """Translate what core said: one sentence or several behind one another; values stay as they are.

    What is not known is returned as it is.
    """
    return _translated(sentence, 0)[0]


def _translated(sentence: str, nested: int) -> tuple[str, bool]:
    """The translation, and whether all of it was known."""
    whole = _SENTENCES.find(sentence)
    if whole is None:
        return _several(sentence, nested)
    if any(_FULL_STOP.search(value) for value in whole.values):
        several, all_known = _several(sentence, nested)
        if all_known:
            return several, True
    return whole.told(partial(_value, nested=nested + 1)), True


def _value(said: str, nested: int) -> str:
    """A value that is said by core: a time, sentences, or a piece of one."""
    time = vietnamese_words.time_in_vietnamese(said)
    if time is not None or nested > _DEEPEST:
        return time or said
    told, known = _translated(said, nested)
    piece = None if known else _PIECES.find(said)
    return told if piece is None else piece.told(partial(_value, nested=nested + 1))


def _several(text: str, nested: int) -> tuple[str, bool]:
    """Sentence by sentence, and whether each was known."""
    told: list[str] = []
    unknown = start = 0
    while start < len(text) and unknown < _MOST_UNKNOWN:
        end, known = _next(text, start, nested)
        unknown += known is None
        told.append(text[start:end] if known is None else known)
        start = end
        gap = _BOUNDARY.match(text, start)
        if gap:
            told.append(gap[0])
            start = gap.end()
    return "".join(told) + text[start:], unknown == 0


def _next(text: str, start: int, nested: int) -> tuple[int, str | None]:
    """Where the sentence that begins at ``start`` ends, and its translation; rather not inside a quotation."""
    ends = list(_ends(text, start))
    for end in sorted(ends, key=lambda end: text.count('"', start, end) % 2):
        known = _SENTENCES.find(text[start:end])
        if known is not None and not (known.ends_open and text[end - 1] not in _STOPS):
            return end, known.told(partial(_value, nested=nested + 1))
    return ends[0], None


def _ends(text: str, start: int) -> Iterator[int]:
    for number, gap in enumerate(_BOUNDARY.finditer(text, start)):
        if number == _REACH:
            return
        if gap.start() > start:
            yield gap.start()
    yield len(text)

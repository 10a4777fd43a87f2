"""Weekdays as people write them, in English and Vietnamese; 0 is Monday and 6 is Sunday."""

from __future__ import annotations

import re
import unicodedata

from core.domain.errors import AutopostError

_DAYS = (
    "mon monday mondays t2 2",
    "tue tues tuesday tuesdays t3 3",
    "wed weds wednesday wednesdays t4 4",
    "thu thur thurs thursday thursdays t5 5",
    "fri friday fridays t6 6",
    "sat saturday saturdays t7 7",
    "sun sunday sundays cn",
)
_GROUPS = {
    **{name: frozenset((day,)) for day, names in enumerate(_DAYS) for name in names.split()},
    **dict.fromkeys(("daily", "everyday"), frozenset(range(7))),
    **dict.fromkeys(("weekday", "weekdays", "workdays"), frozenset(range(5))),
    **dict.fromkeys(("weekend", "weekends"), frozenset((5, 6))),
}
_TO = "to"
_FILLERS = frozenset(("and", "va", "on", "every", "moi", "vao", "from"))
_PHRASES = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\bthu\s*(?:2|hai)\b", "t2"),
        (r"\bthu\s*(?:3|ba)\b", "t3"),
        (r"\bthu\s*(?:4|tu)\b", "t4"),
        (r"\bthu\s*(?:5|nam)\b", "t5"),
        (r"\bthu\s*(?:6|sau)\b", "t6"),
        (r"\bthu\s*(?:7|bay)\b", "t7"),
        (r"\bchu\s*nhat\b", "cn"),
        (r"\b(?:every day|hang ngay|moi ngay|ca tuan)\b", "daily"),
        (r"\b(?:ngay thuong|ngay trong tuan)\b", "weekdays"),
        (r"\bcuoi tuan\b", "weekends"),
        (r"[-\u2013\u2014]|\b(?:through|den)\b", f" {_TO} "),
    )
)
_WORD = re.compile(r"[^\s,;/+&|.]+")
_HINT = 'write for example "Mon, Thu", "Mon-Fri", "T2, T5, CN" (T2 or 2 is Monday) or "daily"'


class WeekdaysError(AutopostError, ValueError):
    """The text names no weekdays."""


def parse_weekdays(text: str) -> frozenset[int]:
    """Read weekdays: ``Mon, Thu``, ``T2,T5``, ``Thứ 2, Chủ nhật``, ``Mon-Fri``, ``daily``, ``hàng ngày``.

    A bare number is a Vietnamese weekday (2 = thứ Hai, Monday, to 7 = thứ Bảy, Saturday), so that ``2-6``
    is Monday to Friday; 0, 1, 8 and 9 are refused. A range may run over the end of the week. ``Thu``
    alone is Thursday, before a number (``thu 2``) it is ``thứ``. Case and accents do not matter.

    Raises:
        WeekdaysError: naming the word that is no weekday.
    """
    words = [word for word in _WORD.findall(_folded(text)) if word not in _FILLERS]
    days: set[int] = set()
    while words:
        first = words.pop(0)
        if words[:1] == [_TO]:
            days |= _range(first, words[1:2], text)
            del words[:2]
        else:
            days |= _days(first)
    if not days:
        raise WeekdaysError(f"No weekday is given: {_HINT}.")
    return frozenset(days)


def _folded(text: str) -> str:
    """Lower case without accents, with each phrase as one word."""
    composed = unicodedata.normalize("NFC", text.casefold())
    # Without its accent "từ" (from) would be the "tư" of Wednesday.
    decomposed = unicodedata.normalize("NFD", re.sub(r"\btừ\b", "from", composed).replace("đ", "d"))
    folded = "".join(char for char in decomposed if not unicodedata.combining(char))
    for pattern, word in _PHRASES:
        folded = pattern.sub(word, folded)
    return folded


def _days(word: str) -> frozenset[int]:
    if word not in _GROUPS:
        raise WeekdaysError(f'"{word[:40]}" is no weekday: {_HINT}.')
    return _GROUPS[word]


def _range(first: str, last: list[str], text: str) -> frozenset[int]:
    ends = [_days(word) for word in (first, *last)]
    if [len(end) for end in ends] != [1, 1]:
        raise WeekdaysError(f'"{text[:40]}" is no range of weekdays: {_HINT}.')
    (start,), (end,) = ends
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))

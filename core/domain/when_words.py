"""The words of times in English and Vietnamese, as they stand after :func:`folded`, and the error about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from core.domain.errors import RefusedError

END = r"(?![a-z0-9])"
"""Where a word or a number ends."""


class WhenError(RefusedError):
    """A text is no moment, or none that can be used; the sentence shows what works."""


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """Which ``hours`` (0 to 23) may stand with its name, and the time that it means without an hour."""

    hours: frozenset[int]
    alone: time | None = None


MORNING = PartOfDay(frozenset(range(12)))
NOON = PartOfDay(frozenset(range(10, 15)), time(12))
AFTERNOON = PartOfDay(frozenset(range(12, 20)))
EVENING = PartOfDay(frozenset(range(17, 24)), time(19))
NIGHT = PartOfDay(frozenset((*range(20, 24), *range(6))))
MIDNIGHT = PartOfDay(frozenset((0,)), time())
AFTER_NOON = PartOfDay(frozenset(range(12, 24)))

PARTS_OF_DAY = {
    **dict.fromkeys(("am", "sa", "morning", "sang", "rang sang"), MORNING),
    **dict.fromkeys(("noon", "midday", "trua", "giua trua"), NOON),
    **dict.fromkeys(("afternoon", "chieu"), AFTERNOON),
    **dict.fromkeys(("evening", "night", "toi"), EVENING),
    **dict.fromkeys(("dem", "khuya"), NIGHT),
    **dict.fromkeys(("midnight", "nua dem"), MIDNIGHT),
    **dict.fromkeys(("pm", "ch"), AFTER_NOON),
}

DAYS_AHEAD = {
    **dict.fromkeys(("today", "hom nay", "ngay hom nay", "nay"), 0),
    **dict.fromkeys(("tomorrow", "tmr", "tmrw", "tmw", "ngay mai", "hom mai", "mai"), 1),
    **dict.fromkeys(("the day after tomorrow", "day after tomorrow", "ngay kia", "ngay mot", "mot"), 2),
}

WEEKS_AHEAD = {
    **dict.fromkeys(("this week", "tuan nay"), 0),
    **dict.fromkeys(("next week", "tuan sau", "tuan toi", "tuan coming"), 1),
}

NOW = (
    *("now", "right now", "at once", "right away", "immediately", "asap"),
    *("post now", "post it now", "publish now", "publish it now"),
    *("bay gio", "ngay bay gio", "ngay lap tuc", "ngay luon"),
    *("dang ngay", "dang luon", "dang ngay bay gio", "dang bay gio", "dang ngay lap tuc"),
)
PAST = (
    *("yesterday", "the day before yesterday", "day before yesterday", "last night", "ago"),
    *("last week", "last month", "last year"),
    *("hom qua", "ngay hom qua", "hom kia", "sang qua", "trua qua", "chieu qua", "toi qua", "dem qua"),
    *("tuan truoc", "tuan roi", "tuan qua", "thang truoc", "thang roi", "nam ngoai", "nam truoc"),
)
FILLERS = ("at", "on", "luc", "vao", "vao luc", "ngay", "coming", "this coming")

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}

NUMBERS = {
    "half a": 0.5,
    "half an": 0.5,
    "nua": 0.5,
    **{
        name: float(number)
        for number, names in enumerate(
            (
                *("a an one mot", "two hai", "three ba", "four bon", "five nam", "six sau", "seven bay"),
                *("eight tam", "nine chin", "ten muoi"),
            ),
            start=1,
        )
        for name in names.split()
    },
}

HOURS = ("h", "hr", "hrs", "hour", "hours", "g", "gio", "tieng")
SECONDS = {
    **dict.fromkeys(HOURS, 3600),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "phut", "ph", "p"), 60),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "giay"), 1),
    **dict.fromkeys(("d", "day", "days", "ngay", "hom"), 86_400),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "tuan"), 604_800),
}

_ACCENTED = {"tới": "coming", "từ": "from", "\u2019": "'", "đ": "d"}
"""Without its accent "tới" (coming) would be "tối" (evening), and "từ" (from) the "tư" of Wednesday."""
_ACCENTED_WORDS = re.compile(r"\b(?:tới|từ)\b|\u2019|đ")
NO_WEEKDAY = "weekday-number"
"""What "thứ" becomes before a number that no weekday has; without its accent it may be Thursday."""
_NUMBERED = re.compile(r"\bthứ(?=[ ]*(?:[0189]|[0-9]{2,}|tám|chín|mười|một|nhất)(?![\w:./]| *(?:h|giờ)\b))")


def folded(text: str) -> str:
    """Lower case without accents, with one space between words: as many words as ``text.split()``."""
    spaced = unicodedata.normalize("NFC", " ".join(text.split()).casefold())
    return " ".join(_folded_word(word) for word in _NUMBERED.sub(NO_WEEKDAY, spaced).split(" "))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of ``words``, the longest that fits."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(word.replace(' ', ' +') for word in longest_first)})"


def _folded_word(word: str) -> str:
    composed = unicodedata.normalize("NFC", word.casefold())
    marked = _ACCENTED_WORDS.sub(lambda found: _ACCENTED[found[0]], composed)
    return "".join(
        char
        for char in unicodedata.normalize("NFKD", marked)
        if not unicodedata.combining(char) and not char.isspace()
    )

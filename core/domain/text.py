"""What may be written in a post: how Threads counts its length, and what is removed before it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from core.domain.emoji import EMOJI

TEXT_LIMIT = 500
"""Characters of a post (developers.facebook.com/docs/threads/posts)."""

_REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class TextCount:
    """The length of a text in the three ways in which Threads may count it.

    ``doc`` follows Meta's documentation: an emoji counts as its UTF-8 bytes, any other code point as
    one. Clients have reported both ``bytes`` (UTF-8) and ``codepoints`` for what is no emoji. Always
    ``codepoints <= doc <= bytes``.
    """

    doc: int
    bytes: int
    codepoints: int


class Fit(StrEnum):
    """Whether a text is short enough for one post."""

    FITS = "fits"
    DOUBTFUL = "doubtful"
    """Short enough as Meta documents it, too long if Threads counts bytes."""
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class LengthVerdict:
    """``sentence`` says what is wrong and how to mend it; it is empty when the text fits."""

    fit: Fit
    count: TextCount
    sentence: str = ""


def count_text(text: str) -> TextCount:
    """Count ``text`` as it would be sent; run it through :func:`clean_text` first."""
    codepoints = len(text)
    if text.isascii():
        return TextCount(doc=codepoints, bytes=codepoints, codepoints=codepoints)
    emoji = EMOJI.findall(text)
    extra = _utf8_length("".join(emoji)) - sum(map(len, emoji))
    return TextCount(doc=codepoints + extra, bytes=_utf8_length(text), codepoints=codepoints)


def judge_length(text: str, limit: int = TEXT_LIMIT) -> LengthVerdict:
    """Say whether ``text`` fits into one post: refused by ``doc``, doubtful when only ``bytes`` exceed."""
    count = count_text(text)
    if count.doc > limit:
        sentence = (
            f"The text has {count.doc} of {limit} characters (an emoji counts as several):"
            f" shorten it by {count.doc - limit}."
        )
        return LengthVerdict(Fit.TOO_LONG, count, sentence)
    if count.bytes > limit:
        sentence = (
            f"The text has {count.doc} of {limit} characters but {count.bytes} bytes:"
            f" Threads may refuse it if it counts bytes; shorten it to be sure."
        )
        return LengthVerdict(Fit.DOUBTFUL, count, sentence)
    return LengthVerdict(Fit.FITS, count)


def clean_text(text: str) -> str:
    """Return ``text`` as it may be sent: without invisible controls and without blanks at its two ends.

    Removed are the C0 controls except newline and tab, DEL, the C1 controls and lone surrogates, which
    UTF-8 cannot carry. Every line end becomes a newline. All else stays as it was typed.
    """
    return _LINE_END.sub("\n", _REMOVED.sub("", text)).strip()


def _utf8_length(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))

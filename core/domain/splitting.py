"""A text that is too long for one post, cut into a thread where a reader would pause."""

from __future__ import annotations

import re
from typing import Final

from core.domain.emoji import EMOJI
from core.domain.text import TEXT_LIMIT, count_text

_BORDERS: Final = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"(?<=[.!?\u2026\u3002\uff01\uff1f])[\"'\u2019\u201d\u00bb)\]]*\s+"),
    re.compile(r"\s+"),
)
"""Where to cut, the best first: between paragraphs, lines, sentences, words."""
_ATOM: Final = re.compile(f"(?:{EMOJI.pattern})|.", EMOJI.flags | re.DOTALL)
_LEAST: Final = 3
"""A better border is taken only if the part keeps a third of what would fit."""


def split_text(text: str, limit: int = TEXT_LIMIT) -> tuple[str, ...]:
    """Cut ``text`` into parts of at most ``limit`` characters each, as Threads counts them.

    Nothing is lost but the blanks at the cuts; no emoji is cut, and no word that fits into a part. A text
    that fits comes back as it is; one of blanks alone has no parts. ``limit`` has room for any single emoji.
    """
    parts: list[str] = []
    rest = text.strip()
    while rest:
        end = _end_of_part(rest, limit)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return tuple(parts)


def _end_of_part(text: str, limit: int) -> int:
    fitting = _fitting(text, limit)
    if fitting == len(text):
        return fitting
    for border in _BORDERS[:-1]:
        ends = [
            found.end() for found in border.finditer(text) if len(text[: found.end()].rstrip()) <= fitting
        ]
        if ends and ends[-1] * _LEAST >= fitting:
            return ends[-1]
    words = [found.start() for found in _BORDERS[-1].finditer(text, 0, fitting + 1) if found.start()]
    return words[-1] if words else fitting


def _fitting(text: str, limit: int) -> int:
    """How much of the text, in code points, has at most ``limit`` characters; at least one atom."""
    used = end = 0
    for atom in _ATOM.finditer(text):
        used += count_text(atom[0]).doc
        if used > limit and end:
            break
        end = atom.end()
    return end

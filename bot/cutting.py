"""Fits a text into what a message can hold."""

from __future__ import annotations

import html
import re
from typing import Final

from bot.html import Html

LONGEST_TEXT: Final = 4096
"""UTF-16 units after the markup (Bot API: sendMessage)."""
LONGEST_CAPTION: Final = 1024
_PART: Final = re.compile(r"<[^>]*>|&#?\w+;|.", re.DOTALL)
_NAME: Final = re.compile(r"</?([\w-]+)")


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: Html, longest: int) -> Html:
    """The text, or as many of its lines as fit and an ellipsis; a tag that is open there is closed."""
    if units(text.plain) <= longest:
        return text
    parts: list[str] = _PART.findall(text.markup)
    fit, end_of_line = _ends(parts, longest - 2)
    kept = parts[: end_of_line or fit]
    closing = "".join(f"</{name}>" for name in reversed(_open_tags(kept)))
    return Html(f"{''.join(kept).rstrip()}{closing}{chr(10) if end_of_line else ''}…")


def _ends(parts: list[str], longest: int) -> tuple[int, int]:
    """How many parts fit, and how many of them are whole lines (0: fewer than half)."""
    length = end_of_line = 0
    for index, part in enumerate(parts):
        length += 0 if part.startswith("<") else units(html.unescape(part))
        if length > longest:
            return index, end_of_line
        if part == "\n" and length > longest / 2:
            end_of_line = index
    return len(parts), end_of_line


def _open_tags(parts: list[str]) -> list[str]:
    names: list[str] = []
    for part in parts:
        if match := _NAME.match(part):
            if part.startswith("</"):
                names.pop()
            else:
                names.append(match[1])
    return names

"""Text for Telegram: what is markup and what is a person's text can never be mixed up."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

_UNSENDABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TAG: Final = re.compile(r"<[^>]*>")
_TIME: Final = re.compile(r'(<tg-time unix="\d+") [^>]*>.*?</tg-time>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Html:
    """Markup of Telegram's HTML style. Only :func:`escape` makes it from a text that we did not write."""

    markup: str

    def __add__(self, other: Html) -> Html:
        return Html(self.markup + other.markup)

    def __bool__(self) -> bool:
        return bool(self.markup)

    @property
    def plain(self) -> str:
        """The text without its markup, as Telegram counts it."""
        return html.unescape(_TAG.sub("", self.markup))

    @property
    def stable(self) -> str:
        """The markup with its moments, but without the words for them: those change as time goes by."""
        return _TIME.sub(r"\1>", self.markup)


NOTHING: Final = Html("")


def escape(text: str) -> Html:
    """Exactly this text, whatever is in it, but for the controls that no message can hold."""
    return Html(html.escape(_UNSENDABLE.sub("", text), quote=False))


def lines(*parts: Html | None) -> Html:
    """The parts below one another; those that are None are left out, an empty one is a blank line."""
    return Html("\n".join(part.markup for part in parts if part is not None))


def bold(text: Html) -> Html:
    return Html(f"<b>{text.markup}</b>")


def quote(text: Html) -> Html:
    return Html(f"<blockquote>{text.markup}</blockquote>")


def link(text: Html, url: str) -> Html:
    return Html(f'<a href="{html.escape(url)}">{text.markup}</a>')


def shorten(text: str, length: int) -> str:
    """The first ``length`` characters on one line, with an ellipsis when something is left out."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1].rstrip()}…"

"""What a person sees in one message: a text, perhaps a picture, and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.html import Html
from bot.taps import Tap

Style = Literal["danger", "success", "primary"]


@dataclass(frozen=True, slots=True)
class Button:
    """Exactly one of ``tap``, ``url`` and ``copy`` (text for the clipboard, at most 256 characters)."""

    label: str
    tap: Tap | None = None
    url: str | None = None
    copy: str | None = None
    style: Style | None = None


Row = Sequence[Button]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A document that goes with a message."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One message. With a picture (PNG) or a file the text is its caption, of at most 1024 characters."""

    text: Html
    buttons: Sequence[Row] = ()
    picture: bytes | None = None
    file: File | None = None
    silent: bool = False
    """Arrives without a sound."""
    undoable: bool = False
    """What it shows can still be taken back."""


def grid(buttons: Sequence[Button], width: int) -> list[Row]:
    """The buttons in rows of ``width``."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]

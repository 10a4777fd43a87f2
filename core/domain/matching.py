"""Whether a post that Threads lists can be one of ours."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Protocol

from core.domain.post import Content, PostType

_LISTED_TYPE = {
    PostType.TEXT: "TEXT_POST",
    PostType.IMAGE: "IMAGE",
    PostType.VIDEO: "VIDEO",
    PostType.CAROUSEL: "CAROUSEL_ALBUM",
}
"""``media_type`` of a listed post (threads_api fact sheet §5.1) by that of its container."""


class Listed(Protocol):
    """What is compared of a listed post; ``timestamp`` is aware, UTC, whole seconds."""

    @property
    def text(self) -> str: ...
    @property
    def timestamp(self) -> datetime: ...
    @property
    def media_type(self) -> str: ...
    @property
    def is_reply(self) -> bool: ...


def matches(listed: Listed, content: Content, *, since: datetime) -> bool:
    """Same text (white space and composition aside), same type, not older than ``since``, not a reply."""
    return (
        not listed.is_reply
        and listed.timestamp >= since
        and listed.media_type == _LISTED_TYPE[content.type]
        and same_text(listed.text, content.text)
    )


def same_text(one: str, other: str) -> bool:
    """Equal after composition and white space are evened out."""
    return _even(one) == _even(other)


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())

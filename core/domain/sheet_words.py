"""Words that stand in the cells of a calendar sheet, in Vietnamese and English."""

from __future__ import annotations

from typing import TypeVar

from core.domain.post import PostStatus, PostType
from core.domain.recurrence import Pattern
from core.domain.sheet_headers import plain_words

_Meaning = TypeVar("_Meaning")

VIETNAMESE_STATUS = {
    PostStatus.DRAFT: "NHÁP",
    PostStatus.SCHEDULED: "ĐANG CHỜ",
    PostStatus.PUBLISHING: "ĐANG ĐĂNG",
    PostStatus.PUBLISHED: "ĐÃ ĐĂNG",
    PostStatus.FAILED: "LỖI",
}

_STATUSES: dict[PostStatus, str] = {
    PostStatus.DRAFT: "draft|nhap|ban nhap|bai nhap|chua dang",
    PostStatus.SCHEDULED: "scheduled|scheduled for posting|dang cho|cho dang|da len lich|len lich|pending|ready",
    PostStatus.PUBLISHING: "publishing|dang dang",
    PostStatus.PUBLISHED: "published|done|posted|posted to threads|da dang|da dang bai|xong",
    PostStatus.FAILED: "failed|error|loi|that bai|bi loi",
}
_TYPES: dict[PostType, str] = {
    PostType.TEXT: "text|status|van ban|chu|bai chu|text post|only text",
    PostType.IMAGE: "image|photo|photos|images|single photo|single image|picture|anh|hinh|hinh anh|mot anh|1 anh",
    PostType.CAROUSEL: "carousel|multiple photos|multi photo|multi photos|multiple images|multi image|album"
    "|nhieu anh|nhieu hinh|bo anh|gallery|carousel album|multiple photo",
    PostType.VIDEO: "video|videos|movie|movies|reel|reels|phim|clip",
}
_PATTERNS: dict[Pattern, str] = {
    Pattern.ONCE: "once|one time|mot lan|1 lan|khong|khong lap|khong lap lai|no|none|never",
    Pattern.WEEKLY: "weekly|every week|hang tuan|moi tuan|tuan|theo tuan",
    Pattern.MONTHLY: "monthly|every month|hang thang|moi thang|thang|theo thang",
    Pattern.DATE_RANGE: "date range|daily|every day|hang ngay|moi ngay|ngay|theo ngay|khoang ngay|tung ngay",
}


def status_of(text: str) -> PostStatus | None:
    return _STATUS_WORDS.get(plain_words(text))


def type_of(text: str) -> PostType | None:
    return _TYPE_WORDS.get(plain_words(text))


def pattern_of(text: str) -> Pattern | None:
    return _PATTERN_WORDS.get(plain_words(text))


def means_nothing(text: str) -> bool:
    """Whether a cell says that it is empty, such as ``-`` or ``không có``."""
    return plain_words(text) in ("", "none", "n a", "na", "null", "khong", "khong co", "chua co")


def _by_word(words: dict[_Meaning, str]) -> dict[str, _Meaning]:
    return {word: meaning for meaning, listed in words.items() for word in listed.split("|")}


_STATUS_WORDS = _by_word(_STATUSES)
_TYPE_WORDS = _by_word(_TYPES)
_PATTERN_WORDS = _by_word(_PATTERNS)

"""The words in the pictures, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.pictures.subjects import State, Tally
from core.domain.access import Language
from core.domain.post import MediaKind

_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_VI_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SECOND, _MINUTE = 1000, 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """``{}`` stands for a number, or for what the name says."""

    language: Language
    weekdays: Sequence[str]
    states: Mapping[State, str]
    media: Mapping[MediaKind, str]
    zone: str
    no_posts: str
    nothing_planned: str
    send_a_post: str
    month_empty: str
    stats_title: str
    stats_empty: str
    total: str
    upcoming: str
    next_at: str
    late_half: str
    late_most: str
    late_than: str
    late_summary: str
    import_title: str
    over_quota: str
    too_close: str
    more_weeks: str
    more_accounts: str
    preview: str
    first_comment: str
    more_lines: str
    more_parts: str
    empty_post: str
    replaced: str
    one_post: str
    posts: str
    one_day: str
    many_days: str
    minutes: str

    def count(self, number: int) -> str:
        return (self.one_post if number == 1 else self.posts).format(self.whole(number))

    def days(self, number: int) -> str:
        return (self.one_day if number == 1 else self.many_days).format(self.whole(number))

    def tally(self, tally: Tally) -> str:
        """Such as ``3 scheduled, 1 failed``."""
        parts = (
            f"{self.whole(tally[state])} {self.states[state].lower()}"
            for state in self.states
            if tally.get(state)
        )
        return ", ".join(parts)

    def day(self, day: date) -> str:
        """Such as ``Mon 7 Dec``."""
        return f"{self.weekdays[day.weekday()]} {self.short_day(day)}"

    def short_day(self, day: date) -> str:
        return f"{day.day}/{day.month}" if self.language == "vi" else f"{day.day} {_SHORT[day.month - 1]}"

    def month(self, day: date) -> str:
        return (
            f"Tháng {day.month}/{day.year}" if self.language == "vi" else f"{_LONG[day.month - 1]} {day.year}"
        )

    def span(self, first: date, last: date) -> str:
        """From one day to another, such as ``23 - 29 Nov 2026``, with an en dash."""
        year = f"/{last.year}" if self.language == "vi" else f" {last.year}"
        if first == last:
            return self.short_day(last) + year
        if first.year != last.year:
            between = f"/{first.year}" if self.language == "vi" else f" {first.year}"
            return f"{self.short_day(first)}{between} \u2013 {self.short_day(last)}{year}"
        start = str(first.day) if first.month == last.month else self.short_day(first)
        return f"{start} \u2013 {self.short_day(last)}{year}"

    def duration(self, milliseconds: float | None) -> str:
        """Such as ``5.7 ms``, ``1.2 s``, ``3 min``; a dash for None."""
        if milliseconds is None:
            return "\u2013"
        if milliseconds < 10:  # noqa: PLR2004 - two digits are enough
            return f"{self.decimal(milliseconds)} ms"
        if milliseconds < _SECOND:
            return f"{milliseconds:.0f} ms"
        if milliseconds < _MINUTE:
            return f"{self.decimal(milliseconds / _SECOND)} s"
        return f"{self.whole(round(milliseconds / _MINUTE))} {self.minutes}"

    def whole(self, number: int) -> str:
        """With thousands set apart as the language does."""
        return f"{number:,}".replace(",", "." if self.language == "vi" else ",")

    def decimal(self, number: float) -> str:
        """With one decimal place."""
        return f"{number:.1f}".replace(".", "," if self.language == "vi" else ".")


_ENGLISH = Phrases(
    language="en",
    weekdays=_EN_DAYS,
    states={
        State.SCHEDULED: "Scheduled",
        State.PUBLISHED: "Published",
        State.PUBLISHING: "Publishing",
        State.FAILED: "Failed",
        State.HELD: "Held",
        State.DRAFT: "Draft",
    },
    media={MediaKind.IMAGE: "Photo", MediaKind.VIDEO: "Video"},
    zone="Times in {}",
    no_posts="No posts",
    nothing_planned="Nothing planned this week",
    send_a_post="Send me a text or a photo to plan a post.",
    month_empty="No posts this month yet",
    stats_title="Last 28 days",
    stats_empty="No posts in these 28 days yet",
    total="published in 28 days",
    upcoming="waiting for their time",
    next_at="next: {}",
    late_half="half of the posts within",
    late_most="99 of 100 within",
    late_than="of their time, last 24 hours",
    late_summary="In the last 24 hours half of the posts came within {} of their time, 99 of 100 within {}.",
    import_title="Import: {}",
    over_quota="Over the day's limit",
    too_close="Too close together",
    more_weeks="+ {} more weeks",
    more_accounts="+ {} more accounts",
    preview="Preview",
    first_comment="First comment",
    more_lines="\u2026 {} more characters",
    more_parts="+ {} more parts",
    empty_post="No text yet",
    replaced="Coloured tiles stand for emoji and letters that this preview cannot draw. Threads shows them.",
    one_post="{} post",
    posts="{} posts",
    one_day="{} day",
    many_days="{} days",
    minutes="min",
)

_VIETNAMESE = Phrases(
    language="vi",
    weekdays=_VI_DAYS,
    states={
        State.SCHEDULED: "Đã lên lịch",
        State.PUBLISHED: "Đã đăng",
        State.PUBLISHING: "Đang đăng",
        State.FAILED: "Lỗi",
        State.HELD: "Tạm giữ",
        State.DRAFT: "Bản nháp",
    },
    media={MediaKind.IMAGE: "Ảnh", MediaKind.VIDEO: "Video"},
    zone="Giờ theo {}",
    no_posts="Chưa có bài",
    nothing_planned="Tuần này chưa có bài nào",
    send_a_post="Gửi cho tôi một đoạn chữ hoặc tấm ảnh để lên lịch.",
    month_empty="Tháng này chưa có bài nào",
    stats_title="28 ngày qua",
    stats_empty="28 ngày qua chưa có bài nào",
    total="bài đã đăng trong 28 ngày",
    upcoming="bài đang chờ đến giờ",
    next_at="tiếp theo: {}",
    late_half="một nửa số bài trễ không quá",
    late_most="99 trên 100 bài trễ không quá",
    late_than="trong 24 giờ qua",
    late_summary="Trong 24 giờ qua, một nửa số bài trễ không quá {}, 99 trên 100 bài không quá {}.",
    import_title="Nhập: {}",
    over_quota="Vượt giới hạn trong ngày",
    too_close="Các bài quá sát giờ nhau",
    more_weeks="+ {} tuần nữa",
    more_accounts="+ {} tài khoản nữa",
    preview="Xem trước",
    first_comment="Bình luận đầu tiên",
    more_lines="\u2026 còn {} ký tự",
    more_parts="+ {} phần nữa",
    empty_post="Chưa có nội dung",
    replaced="Ô màu thay cho emoji và những chữ mà ảnh xem trước không vẽ được. Trên Threads vẫn hiển thị đủ.",
    one_post="{} bài",
    posts="{} bài",
    one_day="{} ngày",
    many_days="{} ngày",
    minutes="phút",
)

_PHRASES: Final[Mapping[Language, Phrases]] = {"en": _ENGLISH, "vi": _VIETNAMESE}


def phrases(language: Language) -> Phrases:
    return _PHRASES[language]

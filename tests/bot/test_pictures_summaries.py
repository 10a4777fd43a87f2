"""The summaries say in words what the pictures show."""

from __future__ import annotations

from datetime import date, datetime

from bot import pictures
from bot.pictures import Entry, ImportPlan, Month, Preview, State, Stats, Thumbnail, Week
from core.domain.post import MediaKind

NINE = datetime(2026, 11, 24, 9)  # noqa: DTZ001 - the pictures take local times without a zone
DAY = NINE.date()
WEEK = Week(
    first_day=date(2026, 11, 23),
    zone="UTC",
    now=NINE,
    entries=(
        Entry(at=NINE, text="a", state=State.SCHEDULED),
        Entry(at=NINE, text="b", state=State.FAILED),
        Entry(at=NINE.replace(day=29), text="c", state=State.SCHEDULED),
        Entry(at=NINE.replace(day=30), text="next week", state=State.SCHEDULED),
    ),
)
STATS = Stats(
    last_day=DAY,
    zone="UTC",
    days={DAY: {State.PUBLISHED: 1500}, date(2026, 1, 1): {State.PUBLISHED: 7}},
    p50_ms=1.84,
    p99_ms=5731,
    upcoming=2,
    next_at=NINE,
)
PLAN = ImportPlan(zone="UTC", today=DAY, days={DAY: 3, date(2026, 12, 1): 2}, over_quota=frozenset({DAY}))


def test_a_week_is_summed_up_by_state_and_day() -> None:
    """Posts of other weeks are not counted."""
    assert pictures.week_summary(WEEK, "en") == (
        "23 – 29 Nov 2026: 3 posts (2 scheduled, 1 failed). Tue 24 Nov: 2; Sun 29 Nov: 1."
    )
    assert pictures.week_summary(WEEK, "vi") == (
        "23 – 29/11/2026: 3 bài (2 đã lên lịch, 1 lỗi). T3 24/11: 2; CN 29/11: 1."
    )


def test_an_empty_week_says_so() -> None:
    """There is nothing to count."""
    empty = Week(first_day=date(2026, 12, 28), zone="UTC", now=NINE)
    assert pictures.week_summary(empty, "en") == "28 Dec 2026 – 3 Jan 2027: Nothing planned this week."
    assert pictures.week_summary(empty, "vi") == "28/12/2026 – 3/1/2027: Tuần này chưa có bài nào."


def test_a_month_is_summed_up() -> None:
    """Days of other months and days without posts are not counted."""
    days = {DAY: {State.DRAFT: 1}, date(2026, 10, 31): {State.DRAFT: 5}, date(2026, 11, 1): {State.DRAFT: 0}}
    month = Month(day=DAY, zone="UTC", today=DAY, days=days)
    assert pictures.month_summary(month, "en") == "November 2026: 1 post (1 draft). Tue 24 Nov: 1."
    assert pictures.month_summary(month, "vi") == "Tháng 11/2026: 1 bài (1 bản nháp). T3 24/11: 1."
    empty = Month(day=DAY, zone="UTC", today=DAY)
    assert pictures.month_summary(empty, "en") == "November 2026: No posts this month yet."


def test_a_long_list_of_days_is_cut() -> None:
    """At most fourteen days are named."""
    days = {date(2026, 11, day): {State.DRAFT: 1} for day in range(1, 31)}
    summary = pictures.month_summary(Month(day=DAY, zone="UTC", today=DAY, days=days), "en")
    assert "Sat 14 Nov: 1; …." in summary
    assert "15 Nov" not in summary


def test_the_figures_are_summed_up() -> None:
    """Days before the 28 are not counted; numbers are written as the language does."""
    assert pictures.stats_summary(STATS, "en") == (
        "Last 28 days: 1,500 posts (1,500 published). In the last 24 hours half of the posts came within"
        " 1.8 ms of their time, 99 of 100 within 5.7 s. 2 waiting for their time, next: Tue 24 Nov 09:00."
    )
    assert pictures.stats_summary(STATS, "vi") == (
        "28 ngày qua: 1.500 bài (1.500 đã đăng). Trong 24 giờ qua, một nửa số bài trễ không quá 1,8 ms,"
        " 99 trên 100 bài không quá 5,7 s. 2 bài đang chờ đến giờ, tiếp theo: T3 24/11 09:00."
    )
    assert pictures.stats_summary(Stats(last_day=DAY, zone="UTC"), "en") == (
        "No posts in these 28 days yet. 0 waiting for their time."
    )


def test_an_import_is_summed_up_with_its_conflicts() -> None:
    """Every day with a conflict is named."""
    assert pictures.weeks_summary(PLAN, "en") == (
        "Import: 5 posts, 24 Nov – 1 Dec 2026. Tue 24 Nov: 3; Tue 1 Dec: 2. Over the day's limit: Tue 24 Nov."
    )
    assert pictures.weeks_summary(ImportPlan(zone="UTC", today=DAY), "vi") == "Nhập: 0 bài."


def test_a_preview_is_summed_up_without_its_text() -> None:
    """The text stands in the message already; the counter counts as Threads does."""
    preview = Preview(
        username="@shop",
        text="☕ ngon",
        media=(Thumbnail(MediaKind.IMAGE), Thumbnail(MediaKind.IMAGE), Thumbnail(MediaKind.VIDEO)),
        parts=("two", "three"),
        first_comment="link",
    )
    assert pictures.preview_summary(preview, "en") == (
        "Preview @shop: 8/500, 2 photo, 1 video, + 2 more parts, first comment."
    )

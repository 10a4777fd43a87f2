"""Posts as a workbook: sending it back changes nothing but what was changed in it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from core.domain.post import Content, Media, MediaKind, PostStatus, ReplyControl
from core.domain.recurrence import Pattern, Recurrence
from core.domain.sheet_labels import Language
from core.ports import PostFilter
from core.services.sheet_check import Check
from core.services.sheet_plan import Action
from stories.calendar_file import cells
from stories.fixtures import WHO, Shop

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ANY = PostFilter()
PICTURE = Media(MediaKind.IMAGE, "https://example.com/a.jpg", "A bowl\nof pho | with herbs")
CLIP = Media(MediaKind.VIDEO, "https://example.com/clip.mp4", "Steam")
NAMELESS_CLIP = Media(MediaKind.VIDEO, "https://example.com/v/123", "")
CONTENTS = [
    Content(text="Chào buổi sáng ☕\nHai dòng"),
    Content(text="=1+1"),
    Content(text="A literal _x0041_ and _x000D_"),
    Content(
        text="Rich", replies=("two", "three", "four", "five", "six"), first_comment="First!", topic="Trà"
    ),
    Content(text="Picture", media=(PICTURE,)),
    Content(text="Clip", media=(NAMELESS_CLIP,)),
    Content(
        text="Album", media=(PICTURE, CLIP, replace(PICTURE, url="https://example.com/b.png", alt_text=""))
    ),
    Content(text="For followers", reply_control=ReplyControl.FOLLOWERS_ONLY),
    Content(text="With a card", link_attachment="https://example.com/shop"),
]


async def _checked(shop: Shop, language: Language = Language.ENGLISH) -> Check:
    core = shop.engine.core
    exported = await core.exporting.calendar(ANY, language)
    return await core.spreadsheets.check(exported.data, "threads-posts.xlsx")


@pytest.mark.parametrize("language", list(Language))
async def test_every_content_comes_back_as_it_was(shop: Shop, language: Language) -> None:
    """Texts, parts, media in their order, descriptions and topics survive; nothing is even doubtful."""
    for number, content in enumerate(CONTENTS, 1):
        await shop.schedule(content, number * DAY)
        await shop.draft(replace(content, text=f"{content.text} draft"))

    check = await _checked(shop, language)

    assert check.report.errors == ()
    assert check.report.warnings == ()
    assert {plan.action for plan in check.plans} == {Action.KEEP}
    assert len(check.plans) == 2 * len(CONTENTS)


async def test_posts_in_every_state(shop: Shop) -> None:
    """What is published is left out, what failed or was taken back stays as it is."""
    core = shop.engine.core
    live = await shop.schedule("Live", HOUR)
    await shop.engine.run_for(2 * HOUR)
    failed = await shop.schedule("Failed", HOUR)
    stored = await core.stores.posts.get(failed.id)
    assert stored is not None
    await core.stores.posts.save(
        stored,
        replace(stored, status=PostStatus.FAILED, due_at=None),
        who=WHO,
        why="test",
        at=core.clock.now(),
    )
    back = await shop.schedule("Taken back", DAY)
    await core.posts.cancel(back.id, who=WHO)

    exported = await core.exporting.calendar(ANY, Language.VIETNAMESE)
    rows = {row["ID"]: row for row in cells(exported.data) if row["ID"]}
    check = await core.spreadsheets.check(exported.data, "threads-posts.xlsx")

    assert rows[live.id]["Permalink"] == (await shop.get(live)).permalink
    assert [rows[post.id]["Trạng thái"] for post in (live, failed, back)] == ["ĐÃ ĐĂNG", "LỖI", "NHÁP"]
    assert check.report.errors == ()
    assert len(check.report.left_out) == 1
    assert [plan.action for plan in check.plans] == [Action.KEEP, Action.KEEP]


@pytest.mark.parametrize(
    "rule",
    [
        Recurrence(Pattern.WEEKLY, date(2026, 12, 7), time(9), "Asia/Ho_Chi_Minh", frozenset({0, 3, 6})),
        Recurrence(Pattern.MONTHLY, date(2027, 1, 31), time(9, 30), "Europe/Berlin", day_of_month=31),
        Recurrence(Pattern.DATE_RANGE, date(2027, 1, 1), time(7), "UTC", until=date(2027, 1, 9)),
        Recurrence(
            Pattern.WEEKLY,
            date(2027, 1, 4),
            time(7),
            "Asia/Ho_Chi_Minh",
            frozenset({0}),
            count=5,
            skipped=frozenset({date(2027, 1, 11)}),
            moved={date(2027, 1, 18): time(8)},
        ),
    ],
    ids=["weekly", "monthly", "daily", "counted"],
)
async def test_a_series_is_one_row(shop: Shop, rule: Recurrence) -> None:
    """Its rule is the row; the posts that it makes are not listed beside it, and its exceptions stay."""
    series = await shop.repeat("Mỗi tuần", rule)

    exported = await shop.engine.core.exporting.calendar(ANY, Language.ENGLISH)
    check = await shop.engine.core.spreadsheets.check(exported.data, "threads-posts.xlsx")

    assert exported.rows == 1
    assert [(plan.action, plan.id) for plan in check.plans] == [(Action.KEEP, series.id)]


async def test_a_cell_that_was_changed_changes_its_post_alone(shop: Shop, other_shop: Shop) -> None:
    """Only the post whose text differs is updated, and keeps what a sheet has no column for."""
    core = shop.engine.core
    one = await shop.schedule(replace(CONTENTS[7], text="Before"), DAY)
    await other_shop.schedule("Untouched", DAY)
    exported = await core.exporting.calendar(ANY, Language.ENGLISH)
    book = load_workbook(io.BytesIO(exported.data))
    sheet: Any = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "Content")
    row = next(at for at in range(2, sheet.max_row) if sheet.cell(at, 1).value == one.id)
    sheet.cell(row, column).value = "After"
    changed = io.BytesIO()
    book.save(changed)

    imported = await core.spreadsheets.import_workbook(changed.getvalue(), "threads-posts.xlsx", who=WHO)

    assert (imported.batch.updated, imported.batch.unchanged, imported.batch.added) == (1, 1, 0)
    after = (await shop.get(one)).content
    assert (after.text, after.reply_control) == ("After", ReplyControl.FOLLOWERS_ONLY)

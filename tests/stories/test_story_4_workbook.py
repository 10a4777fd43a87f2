"""A content calendar in Excel: checked, imported, published, sent again, taken back."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import pytest

from core.domain.errors import RefusedError
from core.domain.post import Media, PostStatus
from core.ports import PostFilter
from core.services.spreadsheets import SpreadOver
from stories.calendar_file import HANOI, REPEATING, cells, workbook
from stories.fixtures import WHO, Shop

DAY = timedelta(days=1)


def _soon(shop: Shop, days: int = 1) -> datetime:
    """A full minute some days from now."""
    return (shop.engine.clock.now() + days * DAY).replace(second=0, microsecond=0)


async def test_a_calendar_is_imported_and_published(shop: Shop, other_shop: Shop, photo: Media) -> None:
    """Rows become posts of the accounts that they name, at their local times; the workbook comes back filled in."""
    at = _soon(shop)
    data = workbook(
        ("A1", "shop-hanoi", at, "Chào buổi sáng", "Mở cửa lúc 8h", None),
        ("A2", "shop-saigon", at + DAY, "Menu mới", None, photo.url),
        ("A3", None, None, "Một ý tưởng", None, None),
    )

    imported = await shop.engine.core.spreadsheets.import_workbook(data, "calendar.xlsx", who=WHO)
    assert (imported.batch.added, imported.batch.rejected) == (3, 0)
    await shop.engine.run_for(4 * DAY)

    assert [shown.text for shown in await shop.feed()] == ["Chào buổi sáng", "Mở cửa lúc 8h"]
    assert (await shop.feed())[0].published_at.replace(microsecond=0) == at
    (menu,) = await other_shop.feed()
    assert (menu.text, menu.media) == ("Menu mới", (photo.url,))
    result = cells(await shop.engine.core.spreadsheets.result(data, imported))
    assert [row["Permalink"] for row in result] == [(await shop.feed())[0].permalink, menu.permalink, None]


async def test_checking_changes_nothing(shop: Shop) -> None:
    """A check says which rows are good and what is wrong with the others, and stores nothing."""
    data = workbook(
        ("A1", None, _soon(shop), "Fine", None, None),
        ("A2", "nobody", _soon(shop), "Whose?", None, None),
        ("A3", None, _soon(shop), "x" * 501, None, None),
    )

    check = await shop.engine.core.spreadsheets.check(data, "calendar.xlsx")

    assert [plan.row.row for plan in check.plans] == [2]
    assert {problem.row for problem in check.report.errors} == {3, 4}
    assert all(problem.cause and problem.remedy for problem in check.report.errors)
    assert await shop.engine.core.posts.find(PostFilter()) == []


async def test_all_rows_or_none(shop: Shop) -> None:
    """A person may say that a workbook with a bad row is not imported at all; otherwise the good rows are."""
    data = workbook(
        ("A1", None, _soon(shop), "Fine", None, None), ("A2", "nobody", _soon(shop), "?", None, None)
    )
    sheets = shop.engine.core.spreadsheets

    with pytest.raises(RefusedError, match="Nothing was imported"):
        await sheets.import_workbook(data, "calendar.xlsx", who=WHO, all_or_nothing=True)
    assert await shop.engine.core.posts.find(PostFilter()) == []

    imported = await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    assert (imported.batch.added, imported.batch.rejected) == (1, 1)


@pytest.mark.parametrize("identity", ["A1", None], ids=["with an ID", "without"])
async def test_the_same_file_twice(shop: Shop, identity: str | None) -> None:
    """Importing a file again makes nothing twice, before and after its posts are out."""
    data = workbook((identity, None, _soon(shop), "Once", None, None))
    sheets = shop.engine.core.spreadsheets

    await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    again = await sheets.import_workbook(data, "calendar (1).xlsx", who=WHO)
    assert (again.batch.added, again.batch.updated, again.batch.unchanged) == (0, 0, 1)
    await shop.engine.run_for(2 * DAY)
    assert [shown.text for shown in await shop.feed()] == ["Once"]

    check = await sheets.check(data, "calendar.xlsx")
    assert not [plan for plan in check.plans if plan.action != "keep"]
    await shop.engine.run_for(2 * DAY)
    assert len(await shop.feed()) == 1


async def test_a_corrected_file_updates_by_id(shop: Shop) -> None:
    """A row with a known ID changes its post: other text, other time; it stays one post."""
    at = _soon(shop)
    sheets = shop.engine.core.spreadsheets
    await sheets.import_workbook(workbook(("A1", None, at, "Closed", None, None)), "calendar.xlsx", who=WHO)

    corrected = workbook(("A1", None, at + DAY, "Open", None, None))
    imported = await sheets.import_workbook(corrected, "calendar.xlsx", who=WHO)
    assert (imported.batch.added, imported.batch.updated) == (0, 1)
    await shop.engine.run_for(4 * DAY)

    (shown,) = await shop.feed()
    assert (shown.text, shown.published_at.replace(microsecond=0)) == ("Open", at + DAY)


async def test_an_import_is_undone(shop: Shop) -> None:
    """Until its posts are out an import can be taken back, series too; what is out stays."""
    at = _soon(shop)
    until = (at + 20 * DAY).astimezone(HANOI).date()
    data = workbook(
        ("A1", None, at, "Early", None, None, None, None),
        ("A2", None, at + 3 * DAY, "Late", None, None, None, None),
        ("A3", None, at + 4 * DAY, "Daily", None, None, "DATE_RANGE", until),
        header=REPEATING,
    )
    sheets = shop.engine.core.spreadsheets
    imported = await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    await shop.engine.run_for(2 * DAY)

    assert await sheets.undo(imported.batch.id, who=WHO) >= 2
    await shop.engine.run_for(30 * DAY)

    assert [shown.text for shown in await shop.feed()] == ["Early"]
    with pytest.raises(RefusedError, match="undone already"):
        await sheets.undo(imported.batch.id, who=WHO)


async def test_a_repeating_row_is_a_series(shop: Shop) -> None:
    """A row with a pattern goes out on each of its dates; importing it again changes nothing twice."""
    at = _soon(shop)
    last: date = (at + 2 * DAY).astimezone(HANOI).date()
    data = workbook(("A1", None, at, "Daily", None, None, "DATE_RANGE", last), header=REPEATING)
    sheets = shop.engine.core.spreadsheets

    await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    again = await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    assert again.batch.unchanged == 1
    await shop.engine.run_for(7 * DAY)

    times = [shown.published_at.replace(microsecond=0) for shown in await shop.feed()]
    assert times == [at, at + DAY, at + 2 * DAY]


async def test_drafts_are_spread_over_some_days(shop: Shop) -> None:
    """Rows without a time get times between start and end, never closer than the gap."""
    data = workbook(*((f"A{number}", None, None, f"Idea {number}", None, None) for number in range(8)))
    start = _soon(shop)
    over = SpreadOver(start=start, end=start + 2 * DAY, gap=timedelta(hours=1), seed=7)

    await shop.engine.core.spreadsheets.import_workbook(data, "ideas.xlsx", who=WHO, over=over)
    await shop.engine.run_for(4 * DAY)

    feed = await shop.feed()
    assert [shown.text for shown in feed] == [f"Idea {number}" for number in range(8)]
    times = [shown.published_at.replace(microsecond=0) for shown in feed]
    assert start <= times[0]
    assert times[-1] <= start + 2 * DAY
    assert min(after - before for before, after in itertools.pairwise(times)) >= timedelta(hours=1)


async def test_a_text_that_is_out_already_is_left_out(shop: Shop) -> None:
    """A row that would repeat a post of the last 24 hours is named with that post, and not imported."""
    post = await shop.schedule("Big sale", timedelta(hours=1))
    await shop.engine.run_for(timedelta(hours=2))
    data = workbook(("A1", None, _soon(shop) - DAY / 2, "Big  sale", None, None))

    sheets = shop.engine.core.spreadsheets
    check = await sheets.check(data, "calendar.xlsx")
    with pytest.raises(RefusedError, match="Nothing can be imported"):
        await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    await shop.engine.run_for(2 * DAY)

    assert check.doubles == {2: post.id}
    assert len(await shop.feed()) == 1


async def test_a_published_row_is_not_sent_again_with_another_text(shop: Shop) -> None:
    """What is live cannot be changed by a workbook: the row is told about, and becomes a post of its own."""
    at = _soon(shop)
    sheets = shop.engine.core.spreadsheets
    await sheets.import_workbook(workbook(("A1", None, at, "First", None, None)), "calendar.xlsx", who=WHO)
    await shop.engine.run_for(2 * DAY)

    changed = workbook(("A1", None, at + 3 * DAY, "Second", None, None))
    imported = await sheets.import_workbook(changed, "calendar.xlsx", who=WHO)
    await shop.engine.run_for(3 * DAY)

    assert any("published already" in problem.cause for problem in imported.check.report.warnings)
    assert [shown.text for shown in await shop.feed()] == ["First", "Second"]
    statuses = [post.status for post in await shop.engine.core.posts.find(PostFilter())]
    assert statuses == [PostStatus.PUBLISHED, PostStatus.PUBLISHED]

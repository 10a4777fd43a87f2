"""Imports and rehearsals that are interrupted, repeated, or overtaken by the worker."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.errors import NotFoundError, RefusedError, WorkbookError
from core.domain.post import PostStatus
from core.ports import PostFilter
from core.services.spreadsheets import Imported, SpreadOver
from stories.calendar_file import HANOI, REPEATING, cells, workbook
from stories.crash import Fuse, When
from stories.engine import open_engine
from stories.fixtures import WHO, Shop, open_shop
from stories.scene import Scene

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def _rows(now: datetime, count: int = 3) -> bytes:
    at = now.replace(second=0, microsecond=0) + DAY
    last = (at + DAY).astimezone(HANOI).date()
    single = [
        (f"A{number}", None, at + number * HOUR, f"Number {number}", None, None, None, None)
        for number in range(count)
    ]
    return workbook(*single, ("S1", None, at, "Daily", None, None, "DATE_RANGE", last), header=REPEATING)


@pytest.mark.parametrize(
    ("at", "when"),
    [
        ("batches.add", "before"),
        ("batches.add", "after"),
        ("posts.add", "before"),
        ("posts.add", "after"),
        ("series.add", "before"),
        ("series.add", "after"),
        ("series.save", "before"),
    ],
)
async def test_an_import_that_was_killed(scene: Scene, at: str, when: When) -> None:
    """Whatever was stored of it, importing the file again completes it and makes nothing twice."""
    data = _rows(scene.clock.now())
    fuse = Fuse(at, when)
    async with open_engine(scene.settings, scene.clock, fuse) as engine:
        await open_shop(engine, scene.threads, "shop-hanoi")
        with fuse.burns():
            await engine.core.spreadsheets.import_workbook(data, "calendar.xlsx", who=WHO)

    async with open_engine(scene.settings, scene.clock) as engine:
        await engine.core.spreadsheets.import_workbook(data, "calendar.xlsx", who=WHO)
        await engine.run_for(4 * DAY)

    texts = sorted(shown.text for shown in await scene.threads.feed())
    assert texts == ["Daily", "Daily", "Number 0", "Number 1", "Number 2"]


async def test_the_same_import_by_two_people_at_once(shop: Shop) -> None:
    """Both succeed, and each post exists once."""
    data = _rows(shop.engine.clock.now())
    sheets = shop.engine.core.spreadsheets

    await asyncio.gather(
        *(sheets.import_workbook(data, "calendar.xlsx", who=f"test:{number}") for number in range(3))
    )
    await shop.engine.run_for(4 * DAY)

    assert len(await shop.feed()) == 5


async def test_an_undo_while_the_worker_prepares(shop: Shop) -> None:
    """What the worker is preparing right now is taken back as well."""
    now = shop.engine.clock.now().replace(second=0, microsecond=0)
    data = workbook(("A1", None, now + 10 * timedelta(minutes=1), "Soon", None, None))
    sheets = shop.engine.core.spreadsheets
    imported = await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    await shop.engine.run_until(now + timedelta(minutes=8, seconds=50))

    removed, _ = await asyncio.gather(
        sheets.undo(imported.batch.id, who=WHO), shop.engine.run_for(timedelta(seconds=20))
    )
    await shop.engine.run_for(HOUR)

    assert (removed, await shop.feed()) == (1, [])


async def test_an_import_that_does_not_exist(shop: Shop) -> None:
    """It cannot be undone, and the sentence names it."""
    with pytest.raises(NotFoundError, match="no import nope"):
        await shop.engine.core.spreadsheets.undo("nope", who=WHO)


async def test_an_update_of_a_post_that_goes_out_meanwhile(shop: Shop) -> None:
    """A row that is being published when its correction is imported is out once, with one of the two texts."""
    now = shop.engine.clock.now().replace(second=0, microsecond=0)
    at = now + 5 * timedelta(minutes=1)
    sheets = shop.engine.core.spreadsheets
    await sheets.import_workbook(workbook(("A1", None, at, "Old", None, None)), "a.xlsx", who=WHO)
    await shop.engine.run_until(at - timedelta(milliseconds=300))

    corrected = workbook(("A1", None, at, "New", None, None))
    outcome, _ = await asyncio.gather(
        sheets.import_workbook(corrected, "b.xlsx", who=WHO),
        shop.engine.run_for(timedelta(seconds=1)),
        return_exceptions=True,
    )
    await shop.engine.run_for(HOUR)

    assert isinstance(outcome, (Imported, RefusedError))

    assert [shown.text for shown in await shop.feed()] in (["Old"], ["New"])


async def test_the_result_of_an_import(shop: Shop) -> None:
    """Each row says what became of it; a bad row says why it was left out."""
    at = shop.engine.clock.now().replace(second=0, microsecond=0) + HOUR
    data = workbook(
        ("A1", None, at, "Out", None, None),
        ("A2", None, at, "Refused", None, None),
        ("A3", "nobody", at, "Bad", None, None),
    )
    await shop.threads.misbehave("error", on="create", code=100, text="Refused")
    sheets = shop.engine.core.spreadsheets
    imported = await sheets.import_workbook(data, "calendar.xlsx", who=WHO)
    await shop.engine.run_for(2 * HOUR)

    out, refused, bad = cells(await sheets.result(data, imported))

    assert out["Permalink"] == (await shop.feed())[0].permalink
    assert out["Trạng thái"]
    assert "refuses something" in refused["Lỗi"]
    assert "nobody" in bad["Lỗi"]
    assert not bad["Permalink"]


async def test_times_that_cannot_be_spread(shop: Shop) -> None:
    """Too many rows for a range are refused before anything is stored."""
    data = workbook(*((f"A{number}", None, None, f"Idea {number}", None, None) for number in range(5)))
    start = shop.engine.clock.now() + DAY
    with pytest.raises(RefusedError, match="longer range"):
        await shop.engine.core.spreadsheets.import_workbook(
            data, "ideas.xlsx", who=WHO, over=SpreadOver(start=start, end=start + HOUR, gap=HOUR)
        )
    assert await shop.engine.core.posts.find(PostFilter()) == []


async def test_a_rehearsal(shop: Shop, other_shop: Shop) -> None:
    """A calendar of days goes out within minutes, in its order and with its distances in proportion."""
    monday = datetime(2027, 3, 1, 2, tzinfo=UTC)
    data = workbook(
        ("A1", "shop-hanoi", monday, "First", None, None, None, None),
        ("A2", "shop-hanoi", monday + 10 * DAY, "Last", None, None, None, None),
        ("S1", "shop-saigon", monday, "Daily", None, None, "DATE_RANGE", (monday + 2 * DAY).date()),
        header=REPEATING,
    )
    rehearsal, start = shop.engine.core.rehearsal, shop.engine.clock.now() + timedelta(seconds=30)

    assert await rehearsal.account_names(data, "calendar.xlsx") == ["shop-hanoi", "shop-saigon"]
    posts = await rehearsal.stage(data, "calendar.xlsx", start=start, span=timedelta(minutes=10))
    await shop.engine.run_for(timedelta(minutes=12))

    assert [shown.text for shown in await shop.feed()] == ["First", "Last"]
    assert [shown.text for shown in await other_shop.feed()] == ["Daily"] * 3
    assert {(await shop.get(post)).status for post in posts} == {PostStatus.PUBLISHED}
    distances = [(post.scheduled_at - start).total_seconds() for post in posts if post.scheduled_at]
    assert sorted(distances) == pytest.approx([0, 0, 60, 120, 600], abs=0.01)


async def test_a_rehearsal_of_nothing(shop: Shop) -> None:
    """A workbook without a time cannot be rehearsed, and one with a bad row says which."""
    rehearsal, start = shop.engine.core.rehearsal, shop.engine.clock.now()
    with pytest.raises(WorkbookError, match="no row with a time"):
        await rehearsal.stage(
            workbook(("A1", None, None, "Idea", None, None)), "a.xlsx", start=start, span=HOUR
        )
    with pytest.raises(WorkbookError, match="Row 2"):
        await rehearsal.stage(
            workbook(("A1", "nobody", start, "Idea", None, None)), "a.xlsx", start=start, span=HOUR
        )


@pytest.mark.parametrize("identity", ["A", None])
async def test_rows_that_were_spread_are_found_again(shop: Shop, identity: str | None) -> None:
    """The same file, spread once more over other times or not at all, leaves the posts and their times alone."""
    data = workbook(
        *(
            (identity and f"{identity}{number}", None, None, f"Idea {number}", None, None)
            for number in range(4)
        )
    )
    sheets, start = shop.engine.core.spreadsheets, shop.engine.clock.now() + DAY
    over = SpreadOver(start=start, end=start + 7 * DAY, gap=HOUR, seed=1)
    await sheets.import_workbook(data, "ideas.xlsx", who=WHO, over=over)
    before = await shop.engine.core.posts.find(PostFilter())

    other = SpreadOver(start=start, end=start + 30 * DAY, gap=HOUR, seed=2)
    for again in (other, None if identity is None else other):
        imported = await sheets.import_workbook(data, "ideas.xlsx", who=WHO, over=again)
        assert (imported.batch.added, imported.batch.updated, imported.batch.unchanged) == (0, 0, 4)
    assert await shop.engine.core.posts.find(PostFilter()) == before


async def test_drafts_that_are_spread_later_get_their_times(shop: Shop) -> None:
    """Imported without times first, the same rows are scheduled by the second import and made no second time."""
    data = workbook(*((None, None, None, f"Idea {number}", None, None) for number in range(4)))
    sheets, start = shop.engine.core.spreadsheets, shop.engine.clock.now() + DAY
    await sheets.import_workbook(data, "ideas.xlsx", who=WHO)

    over = SpreadOver(start=start, end=start + 7 * DAY, gap=HOUR)
    imported = await sheets.import_workbook(data, "ideas.xlsx", who=WHO, over=over)

    assert (imported.batch.added, imported.batch.updated) == (0, 4)
    assert await shop.engine.core.posts.count(PostFilter()) == {PostStatus.SCHEDULED: 4}


async def test_an_import_of_nothing_is_refused(shop: Shop) -> None:
    """A calendar whose every row is bad leaves no import behind."""
    sheets = shop.engine.core.spreadsheets
    with pytest.raises(RefusedError, match="Nothing can be imported"):
        await sheets.import_workbook(workbook(("A1", "nobody", None, "Bad", None, None)), "a.xlsx", who=WHO)
    assert await sheets.batches() == []

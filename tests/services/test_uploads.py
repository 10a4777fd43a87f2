"""Workbooks that people send: one import each, whatever interrupts it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.daily_spread import DailyHours, room_for, spread_within
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.upload import SpreadChoice, Upload, UploadState
from core.ports import PostFilter
from stories.calendar_file import HANOI, Row, workbook
from stories.crash import Fuse, When
from stories.engine import Engine, open_engine
from stories.fixtures import WHO, Shop, open_shop
from stories.scene import Scene

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
IDEAS: list[Row] = [(None, None, None, f"Idea {number}", None, None) for number in range(6)]


async def _begun(engine: Engine, data: bytes, spread: SpreadChoice | None = None) -> Upload:
    uploads = engine.core.uploads
    upload = await uploads.begin("upload", "1001", file_id="f", file_name="c.xlsx", account_id=None)
    upload = await uploads.note(upload, digest=hashlib.sha256(data).hexdigest())
    return await uploads.choose(upload, spread=spread)


def _next_week(now: datetime) -> SpreadChoice:
    first = now.astimezone(HANOI).date() + DAY
    hours = DailyHours(9, 21, "Asia/Ho_Chi_Minh")
    start, end = datetime.combine(first, time(9), HANOI), datetime.combine(first + 6 * DAY, time(21), HANOI)
    return SpreadChoice(start=start, end=end, gap=HOUR, hours=hours)


@pytest.mark.parametrize("at", ["batches.add", "posts.add", "uploads.save"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_import_that_was_killed_goes_on_as_the_same(scene: Scene, at: str, when: When) -> None:
    """Each row becomes one post at one time, all of them in one import, which one undo takes back."""
    data, spread = workbook(*IDEAS), _next_week(scene.clock.now())
    fuse = Fuse(at, when)
    async with open_engine(scene.settings, scene.clock, fuse) as engine:
        await open_shop(engine, scene.threads, "shop-hanoi")
        upload = await _begun(engine, data, spread)
        with fuse.burns():
            await engine.core.uploads.carry_out(upload, data, who=WHO)

    async with open_engine(scene.settings, scene.clock) as engine:
        upload = await engine.core.uploads.get("upload", "1001")
        if upload.state is UploadState.OPEN:
            upload = await engine.core.uploads.carry_out(upload, data, who=WHO)
        view = await engine.core.uploads.progress("upload")
        assert (view.batch.added, view.undoable, len(upload.placed)) == (6, 6, 6)
        assert len(await engine.core.spreadsheets.batches()) == 1
        assert await engine.core.spreadsheets.undo("upload", who=WHO) == 6
        assert await engine.core.posts.count(PostFilter()) == {}


async def test_what_is_not_imported(shop: Shop) -> None:
    """Other bytes than were checked, days that have begun, and an upload that was changed meanwhile."""
    uploads, data = shop.engine.core.uploads, workbook(*IDEAS)
    upload = await _begun(shop.engine, data, _next_week(shop.engine.clock.now()))
    with pytest.raises(RefusedError, match="not the one that was checked"):
        await uploads.carry_out(upload, data + b" ", who=WHO)
    newer = await uploads.choose(upload, spread=upload.spread)
    with pytest.raises(ConflictError):
        await uploads.choose(upload, spread=None)
    with pytest.raises(NotFoundError):
        await uploads.get(upload.id, "somebody else")
    await shop.engine.run_for(2 * DAY)
    with pytest.raises(RefusedError, match="choose them again"):
        await uploads.carry_out(newer, data, who=WHO)
    assert await shop.engine.core.posts.count(PostFilter()) == {}


@given(
    count=st.integers(1, 60),
    days=st.integers(1, 40),
    minutes=st.integers(1, 90),
    seed=st.integers(0, 9),
    zone=st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "Australia/Lord_Howe"]),
)
def test_times_of_the_day(count: int, days: int, minutes: int, seed: int, zone: str) -> None:
    """All are within the hours, in order and apart, over changes of the clocks too; the same seed gives the same."""
    hours, gap, where = DailyHours(9, 21, zone), minutes * MINUTE, ZoneInfo(zone)
    start = datetime(2027, 3, 20, 10, 30, tzinfo=where).astimezone(ZoneInfo("UTC"))
    end = start + days * DAY
    assume(count <= room_for(hours, start, end, gap))

    times = spread_within(hours, count, start, end, gap=gap, seed=seed)

    local = [at.astimezone(where).time() for at in times]
    assert all(time(9) <= at <= time(21) for at in local)
    assert start <= times[0]
    assert times[-1] <= end
    assert all(later - earlier >= gap for earlier, later in pairwise(times))
    assert times == spread_within(replace(hours), count, start, end, gap=gap, seed=seed)


def test_more_than_there_is_room_for() -> None:
    """Whoever asks for more is refused, not spread closer or into the night."""
    hours, start = DailyHours(9, 21, "UTC"), datetime(2027, 3, 20, 9, tzinfo=ZoneInfo("UTC"))
    room = room_for(hours, start, start + DAY, HOUR)
    assert room == 13
    with pytest.raises(RefusedError, match="apart need"):
        spread_within(hours, room + 1, start, start + DAY, gap=HOUR)


async def test_another_default_account_meanwhile(shop: Shop, other_shop: Shop) -> None:
    """Rows that name no account go where the check said, whatever has become the default since then."""
    core, data = shop.engine.core, workbook(*IDEAS)
    upload = await _begun(shop.engine, data)
    await core.accounts.set_default(other_shop.account.name)

    outlook = await core.uploads.outlook(upload, data)
    await core.uploads.carry_out(upload, data, who=WHO)

    assert outlook.default is not None
    assert outlook.default.id == shop.account.id
    assert {post.account_id for post in await core.posts.find(PostFilter())} == {shop.account.id}


async def test_an_account_that_is_gone_meanwhile(shop: Shop, other_shop: Shop) -> None:
    """Nothing is imported to another one instead."""
    core, data = shop.engine.core, workbook(*IDEAS)
    upload = await _begun(shop.engine, data)
    await core.accounts.set_default(other_shop.account.name)
    await core.accounts.remove(shop.account.name)

    with pytest.raises(RefusedError, match="not linked any more"):
        await core.uploads.carry_out(upload, data, who=WHO)
    with pytest.raises(RefusedError, match="not linked any more"):
        await core.uploads.outlook(upload, data)
    assert await core.posts.count(PostFilter()) == {}


async def test_an_upload_of_which_nothing_can_be_imported_stays_open(shop: Shop) -> None:
    """All its times have passed since it was checked: it can be looked at again."""
    at = shop.engine.clock.now().replace(second=0, microsecond=0) + HOUR
    data = workbook(("A1", None, at, "Late", None, None))
    upload = await _begun(shop.engine, data)
    await shop.engine.run_for(2 * HOUR)

    with pytest.raises(RefusedError, match="Nothing can be imported"):
        await shop.engine.core.uploads.carry_out(upload, data, who=WHO)
    assert (await shop.engine.core.uploads.get(upload.id, "1001")).state is UploadState.OPEN

"""Series while the worker is at work on them: nothing is lost, made twice, or made from an old template."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.errors import ConflictError
from core.domain.post import Content, PostStatus
from core.domain.recurrence import Pattern, Recurrence, occurrence_id
from core.ports import PostFilter
from stories.crash import Fuse, Meanwhile, When
from stories.engine import open_engine
from stories.fixtures import WHO, Shop, open_shop
from stories.scene import Scene

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)


def _tomorrow(now: datetime) -> date:
    return (now.astimezone(HANOI) + DAY).date()


def _daily(first: date, days: int, at: time = time(9)) -> Recurrence:
    return Recurrence(Pattern.DATE_RANGE, first, at, HANOI.key, until=first + (days - 1) * DAY)


async def _texts(shop: Shop) -> list[str]:
    return [shown.text for shown in await shop.feed()]


async def _repeat_and_run(shop: Shop, rule: Recurrence) -> None:
    await shop.repeat("Daily", rule)
    await shop.engine.run_for(11 * DAY)


async def test_made_by_several_at_once(shop: Shop) -> None:
    """Two workers and a repetition make each occurrence once."""
    first = _tomorrow(shop.engine.clock.now())
    series = await shop.repeat("Daily", _daily(first, 3))
    recurring = shop.engine.core.recurring

    await asyncio.gather(*(recurring.extend(series) for _ in range(5)))
    await recurring.start([series])
    await shop.engine.run_for(7 * DAY)

    assert await _texts(shop) == ["Daily"] * 3


async def test_a_series_that_began_in_the_past(shop: Shop) -> None:
    """Dates that have passed when the series is made are not caught up on."""
    today = shop.engine.clock.now().astimezone(HANOI).date()
    await shop.repeat("Daily", _daily(today - 10 * DAY, 13, at=time(0, 0)))

    await shop.engine.run_for(7 * DAY)

    assert await _texts(shop) == ["Daily"] * 2


@pytest.mark.parametrize(
    ("at", "when"),
    [
        ("series.add", "after"),
        ("posts.add", "before"),
        ("posts.add", "after"),
        ("series.save", "before"),
        ("series.save", "after"),
        ("series.claim_due", "after"),
    ],
)
async def test_killed_while_occurrences_are_made(scene: Scene, at: str, when: When) -> None:
    """Wherever the process is killed, each date is made once, and none is forgotten."""
    fuse = Fuse(at, when)
    async with open_engine(scene.settings, scene.clock, fuse) as engine:
        shop = await open_shop(engine, scene.threads, "shop-hanoi")
        with fuse.burns():
            await _repeat_and_run(shop, _daily(_tomorrow(scene.clock.now()), 9))

    async with open_engine(scene.settings, scene.clock) as engine:
        await engine.run_for(12 * DAY)

    assert [shown.text for shown in await scene.threads.feed()] == ["Daily"] * 9


async def test_changed_while_the_worker_makes_occurrences(shop: Shop, scene: Scene) -> None:
    """A worker that adds occurrences of the old template in the middle of a change takes them back: all are new."""
    series = await shop.repeat("Old", _daily(_tomorrow(scene.clock.now()), 5))
    stale = replace(await shop.series(series), made_until=None)
    removed: list[object] = []

    def the_last(*_: object) -> bool:
        removed.append(1)
        return len(removed) == 5

    async def extend() -> None:
        await shop.engine.core.recurring.extend(stale)

    async with open_engine(scene.settings, scene.clock, Meanwhile("posts.delete", extend, the_last)) as other:
        before = await shop.series(series)
        await other.core.recurring.change(before, replace(before, content=Content(text="New")))
    await shop.engine.run_for(7 * DAY)

    assert await _texts(shop) == ["New"] * 5


async def test_stopped_while_the_worker_makes_occurrences(shop: Shop, scene: Scene) -> None:
    """A worker that adds occurrences in the middle of a stop takes them back: none is left."""
    series = await shop.repeat("Daily", _daily(_tomorrow(scene.clock.now()), 5))
    stale = replace(await shop.series(series), made_until=None)
    for post in await shop.engine.core.posts.find(PostFilter(series_id=series.id)):
        await shop.engine.core.posts.delete(post.id, who=WHO)

    async def extend() -> None:
        await shop.engine.core.recurring.extend(stale)

    async with open_engine(scene.settings, scene.clock, Meanwhile("posts.find", extend)) as other:
        await other.core.recurring.stop(await shop.series(series), who=WHO)
    await shop.engine.run_for(7 * DAY)

    assert await shop.feed() == []


async def test_changed_while_an_occurrence_is_prepared(shop: Shop) -> None:
    """The occurrence that the worker is preparing right now takes part in a change of its series."""
    first = _tomorrow(shop.engine.clock.now())
    series = await shop.repeat("Old", _daily(first, 1))
    nine = datetime.combine(first, time(9), HANOI).astimezone(UTC)
    await shop.engine.run_until(nine - timedelta(seconds=30))
    before = await shop.series(series)

    await shop.engine.core.recurring.change(before, replace(before, content=Content(text="New")))
    await shop.engine.run_for(DAY)

    assert await _texts(shop) == ["New"]


async def test_two_people_change_a_series(shop: Shop) -> None:
    """Whoever changes what somebody else has changed meanwhile is told so, and nothing is overwritten."""
    series = await shop.repeat("First", _daily(_tomorrow(shop.engine.clock.now()), 2))
    recurring = shop.engine.core.recurring
    seen = await shop.series(series)

    await recurring.change(seen, replace(seen, content=Content(text="Second")))
    with pytest.raises(ConflictError, match="somebody else"):
        await recurring.change(seen, replace(seen, content=Content(text="Third")))

    await shop.engine.run_for(5 * DAY)
    assert await _texts(shop) == ["Second", "Second"]


async def test_the_worker_is_nobody_else(shop: Shop) -> None:
    """A person's change holds although the worker has moved the series on since the person looked at it."""
    series = await shop.repeat("First", _daily(_tomorrow(shop.engine.clock.now()), 20))
    seen = await shop.series(series)
    await shop.engine.run_for(4 * DAY)
    assert (await shop.series(series)).version > seen.version

    await shop.engine.core.recurring.change(seen, replace(seen, content=Content(text="Second")))
    assert await shop.engine.core.recurring.skip(
        await shop.series(series), seen.rule.start + 6 * DAY, who=WHO
    )
    await shop.engine.run_for(4 * DAY)

    texts = await _texts(shop)
    assert texts[:3] == ["First"] * 3
    assert texts[-3:] == ["Second"] * 3
    assert len(texts) == 7


async def test_a_published_date_is_not_made_again(shop: Shop) -> None:
    """A change of the time of day does not repeat today's post at the new time."""
    first = _tomorrow(shop.engine.clock.now())
    series = await shop.repeat("Daily", _daily(first, 2))
    await shop.engine.run_until(datetime.combine(first, time(10), HANOI))
    before = await shop.series(series)

    await shop.engine.core.recurring.change(before, replace(before, rule=_daily(first, 2, at=time(15))))
    await shop.engine.run_for(5 * DAY)

    times = [
        shown.published_at.astimezone(HANOI).replace(second=0, microsecond=0) for shown in await shop.feed()
    ]
    assert times == [
        datetime.combine(first, time(9), HANOI),
        datetime.combine(first + DAY, time(15), HANOI),
    ]


async def test_a_date_that_is_out_cannot_be_skipped(shop: Shop) -> None:
    """Leaving out what is live already is refused."""
    first = _tomorrow(shop.engine.clock.now())
    series = await shop.repeat("Daily", _daily(first, 2))
    await shop.engine.run_for(2 * DAY)

    assert not await shop.engine.core.recurring.skip(await shop.series(series), first, who=WHO)
    assert (await shop.engine.core.posts.get(occurrence_id(series.id, first))).status is PostStatus.PUBLISHED


@pytest.mark.parametrize("by", ["moved", "held"])
async def test_an_occurrence_that_a_person_set_apart_stays_so(shop: Shop, by: str) -> None:
    """Another text of the series neither brings a moved occurrence back nor sends one that is held."""
    first = _tomorrow(shop.engine.clock.now())
    series = await shop.repeat("Old", _daily(first, 3))
    posts, post_id = shop.engine.core.posts, occurrence_id(series.id, first + DAY)
    if by == "moved":
        at = datetime.combine(first + DAY, time(14), HANOI).astimezone(UTC)
        set_apart = await posts.schedule(post_id, at, who=WHO)
    else:
        set_apart = await posts.cancel(post_id, who=WHO)

    before = await shop.series(series)
    await shop.engine.core.recurring.change(before, replace(before, content=Content(text="New")))
    after = await posts.get(post_id)
    await shop.engine.run_for(7 * DAY)

    assert (after.status, after.scheduled_at) == (set_apart.status, set_apart.scheduled_at)
    assert await _texts(shop) == (["New", "Old", "New"] if by == "moved" else ["New", "New"])

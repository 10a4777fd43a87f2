"""Series and batches in a real MongoDB."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from builders import a_batch, a_series
from core.adapters.mongo.stores import Stores
from fake_clock import NOW


async def test_a_series_reads_back_as_it_was_saved(stores: Stores) -> None:
    """Rule and exceptions come back, the version grows, and the older version can change nothing more."""
    series = a_series()
    rule = replace(
        series.rule, skipped=frozenset({date(2026, 12, 14)}), moved={date(2026, 12, 21): time(18, 30)}
    )
    await stores.series.add([series])

    saved = await stores.series.save(series, replace(series, rule=rule, made_until=date(2026, 12, 31)))

    assert saved == replace(series, rule=rule, made_until=date(2026, 12, 31), version=2)
    assert await stores.series.get(series.id) == saved
    assert await stores.series.save(series, replace(series, paused=True)) is None


async def test_a_series_that_exists_is_left_alone(stores: Stores) -> None:
    """Adding a series again does not undo what was changed since."""
    series = a_series()
    await stores.series.add([series])
    saved = await stores.series.save(series, replace(series, paused=True))
    await stores.series.add([series, other := a_series()])
    assert await stores.series.find() == [saved, other]


async def test_series_are_found_by_what_they_belong_to(stores: Stores) -> None:
    """By account, batch and sheet id, in the order in which they were made."""
    second = a_series(batch_id="batch-9", sheet_id="7", created_at=NOW + timedelta(seconds=1))
    first = a_series(batch_id="batch-9", account_id="account-9")
    await stores.series.add([second, first, a_series()])
    assert await stores.series.find(batch_id="batch-9") == [first, second]
    assert await stores.series.find(account_id="account-9", batch_id="batch-9") == [first]
    assert await stores.series.find(account_id="account-9") == [first]
    assert await stores.series.by_sheet_ids(["7", "8"]) == [second]
    assert await stores.series.delete(second.id)
    assert not await stores.series.delete(second.id)
    assert await stores.series.by_sheet_ids(["7"]) == []


async def test_batches_are_listed_latest_first(stores: Stores) -> None:
    """A batch is stored, changed as a whole, and listed with the latest first."""
    old, new = a_batch(), a_batch(created_at=NOW + timedelta(days=1))
    await stores.batches.add(old)
    await stores.batches.add(new)
    undone = replace(old, undone_at=NOW)
    await stores.batches.save(undone)
    assert await stores.batches.recent() == [new, undone]
    assert await stores.batches.recent(limit=1) == [new]
    assert await stores.batches.get(old.id) == undone
    assert await stores.batches.get("nothing") is None

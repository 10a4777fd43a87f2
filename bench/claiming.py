"""Claiming 500 due posts: one bulk claim, against one atomic update per post.

The baseline is how a queue in MongoDB is usually written: ``find_one_and_update`` in order of due_at until
nothing is due, with the same marks, the same write concern and the same index. Its documents stay raw, ours
come back as posts. Medians of the rounds, in which the two take turns.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final

from pymongo import ReturnDocument

from bench.figures import Figure
from bench.stage import BenchmarkError, Stage, open_stage
from core.adapters.mongo.client import Database, close, open_database
from core.adapters.mongo.posts import CLAIM_LIFE

_POSTS: Final = 500
_ROUNDS: Final = 3
_WINDOW: Final = timedelta(seconds=5)


async def run() -> list[Figure]:
    """Milliseconds to claim all of them."""
    async with open_stage() as stage:
        database = open_database(stage.core.addresses.mongodb, stage.core.settings.mongodb_database)
        rounds = [await _round(stage, database) for _ in range(_ROUNDS)]
        close(database)
    ours, single = (median(seconds) * 1000 for seconds in zip(*rounds, strict=True))
    what, against = f"{_POSTS} posts claimed", f"{_POSTS} find_one_and_update"
    return [Figure(subject="claiming", what=what, ours=ours, baseline=single, unit="ms", against=against)]


async def _round(stage: Stage, database: Database) -> tuple[float, float]:
    """Seconds: ours, one by one."""
    now = await _make_due(stage, database)
    began = time.monotonic()
    claimed = await stage.core.stores.posts.claim_due(until=now + _WINDOW, by="bench", now=now, limit=_POSTS)
    ours = time.monotonic() - began
    _check(len(claimed))
    now = await _make_due(stage, database)
    began = time.monotonic()
    single = 0
    while await _claim_one(database, now):
        single += 1
    seconds = time.monotonic() - began
    _check(single)
    return ours, seconds


async def _make_due(stage: Stage, database: Database) -> datetime:
    await database["posts"].delete_many({})
    accounts = await stage.core.accounts.list() or await stage.link(5)
    now = stage.core.clock.now()
    await stage.core.stores.posts.add(stage.written(accounts, "due", [now] * _POSTS))
    return now


async def _claim_one(database: Database, now: datetime) -> dict[str, Any] | None:
    lease = {"$add": [{"$max": ["$due_at", now]}, CLAIM_LIFE // timedelta(milliseconds=1)]}
    mark = {"by": {"$literal": "bench"}, "eta": "$due_at"}
    return await database["posts"].find_one_and_update(
        {"due_at": {"$lte": now + _WINDOW}, "claim": {"$exists": False}},
        [{"$set": {"due_at": lease, "claim": mark, "version": {"$add": ["$version", 1]}}}],
        {"history": False},
        sort=[("due_at", 1)],
        return_document=ReturnDocument.AFTER,
    )


def _check(claimed: int) -> None:
    if claimed != _POSTS:
        raise BenchmarkError(f"{claimed} of {_POSTS} posts were claimed.")

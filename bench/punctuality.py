"""From a post's moment to its ``threads_publish`` as the sandbox receives it, in milliseconds.

The floor is what the machine allows: a bare asyncio timer that sends one HTTP request at each of as many
moments, over an open connection, to the same sandbox. Each of its moments follows one of a post, when that is
out and the worker has not yet taken up the next: both meet the same load, and neither stands in the other's
way. All is measured twice: with nothing else scheduled, and with 20,000 posts of the coming month in the store.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bench.figures import Figure, latencies
from bench.stage import Stage, open_stage
from core.domain.account import Account
from core.domain.secret import Secret
from core.domain.stats import percentiles

_POSTS: Final = 101
"""The least of which the 99th percentile is not the maximum."""
_STEP: Final = timedelta(milliseconds=160)
_AFTER: Final = timedelta(milliseconds=70)
"""From a post's moment to the floor's; the worker takes up the next post 80 ms ahead."""
_HEAD_START: Final = timedelta(seconds=4)
"""The first containers are made in it."""
_OTHERS: Final = 20_000
_FLOOR: Final = "floor"


async def run() -> list[Figure]:
    """Lateness by p50, p99 and maximum, alone and among other posts."""
    async with open_stage(threads_rate_per_minute=1000) as stage:
        accounts, token = await stage.link(5), await stage.sign_up(_FLOOR)
        await stage.start_worker()
        alone = await _measured(stage, accounts, token, 0)
        await stage.fill(accounts, _OTHERS)
        return alone + await _measured(stage, accounts, token, _OTHERS)


async def _measured(stage: Stage, accounts: Sequence[Account], token: Secret, others: int) -> list[Figure]:
    start = (stage.core.clock.now() + _HEAD_START).replace(microsecond=0)
    moments = [start + _STEP * number for number in range(_POSTS)]
    between = [at + _AFTER for at in moments]
    posts = stage.written(accounts, f"beside-{others}", moments)
    await stage.core.desk.add(posts)
    await _send_at(stage, token, between)
    live = await stage.published(posts)
    due = {post.media_id: at for post, at in zip(live, moments, strict=True)}
    calls = await stage.log(path="threads_publish", since=str(_ms(start - _HEAD_START)))
    late = [_late(call, due[call["media_id"]]) for call in calls if call["media_id"]]
    heard = await stage.log(user=_FLOOR, since=str(_ms(start)))
    floor = [_late(call, at) for call, at in zip(heard, between, strict=True)]
    return latencies(
        "punctuality",
        f"late, {others:,} others",
        percentiles(late),
        percentiles(floor),
        against="bare timer",
        which=("p50", "p99", "max"),
    )


async def _send_at(stage: Stage, token: Secret, moments: Sequence[datetime]) -> None:
    """Send a request at each of the moments."""

    async def ask() -> None:
        await stage.http.get("/v1.0/me", headers={"Authorization": f"Bearer {token.reveal()}"})

    await ask()
    async with asyncio.TaskGroup() as sending:
        for at in moments:
            await asyncio.sleep(at.timestamp() - time.time())
            sending.create_task(ask())


def _late(call: Mapping[str, float], at: datetime) -> float:
    return call["received_at_ms"] - _ms(at)


def _ms(at: datetime) -> float:
    return at.timestamp() * 1000

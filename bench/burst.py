"""200 posts of 20 accounts due at one instant: how many a second come out.

They are written some seconds ahead, so that the worker makes their containers first and publishes them at the
instant, as in daily use. The baseline makes and publishes as many posts by bare HTTP calls to the same
sandbox, as many at once as the worker has slots: what the worker spends on intents, ledger, limits and queues
shows as the ratio. Medians of the rounds, in which the bare calls and ours take turns.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import Final

from bench.figures import Figure
from bench.stage import Stage, open_stage
from core.domain.account import Account

_ACCOUNTS: Final = 20
_POSTS: Final = 200
_ROUNDS: Final = 3
_HEAD_START: Final = 10
"""For making the containers: so many times what bare calls take for it, and a little to begin with."""
_BEGINNING: Final = timedelta(seconds=1.5)


async def run() -> list[Figure]:
    """Posts per second: both steps, and each of them."""
    async with open_stage(threads_rate_per_minute=1000) as stage:
        accounts = await stage.link(_ACCOUNTS)
        await stage.start_worker()
        rounds = [await _round(stage, accounts, number) for number in range(_ROUNDS)]
    made, published, bare_made, bare_published = (median(seconds) for seconds in zip(*rounds, strict=True))
    return [
        _figure("posts, container and publish", made + published, bare_made + bare_published),
        _figure("containers, ahead", made, bare_made),
        _figure("posts published, at the instant", published, bare_published),
    ]


async def _round(stage: Stage, accounts: Sequence[Account], number: int) -> tuple[float, float, float, float]:
    """Seconds for making and publishing: ours, then bare."""
    bare = await _bare(stage, accounts)
    began = stage.core.clock.now()
    at = began + _BEGINNING + timedelta(seconds=_HEAD_START * bare[0])
    posts = stage.written(accounts, f"burst-{number}", [at] * _POSTS)
    await stage.core.desk.add(posts)
    await stage.published(posts)
    created, sent = [await stage.answered(name, since=began) for name in ("create", "publish")]
    return created - began.timestamp(), sent - at.timestamp(), *bare


async def _bare(stage: Stage, accounts: Sequence[Account]) -> tuple[float, float]:
    """Seconds for making the containers, and for publishing them."""
    tokens = [accounts[number % len(accounts)].token.reveal() for number in range(_POSTS)]
    slots = asyncio.Semaphore(stage.core.policy.concurrency)

    async def call(path: str, token: str, **values: str) -> str:
        async with slots:
            answer = await stage.http.post(f"/v1.0/me/{path}", data={"access_token": token, **values})
            return answer.raise_for_status().json()["id"]

    began = time.monotonic()
    texts = [call("threads", token, media_type="TEXT", text="Bare") for token in tokens]
    made = await asyncio.gather(*texts)
    between = time.monotonic()
    await asyncio.gather(
        *map(lambda token, each: call("threads_publish", token, creation_id=each), tokens, made)
    )
    return between - began, time.monotonic() - between


def _figure(what: str, ours: float, baseline: float) -> Figure:
    """From the seconds that all posts took."""
    return Figure(
        subject="burst",
        what=what,
        ours=_POSTS / ours,
        baseline=_POSTS / baseline,
        unit="/s",
        against="bare calls",
    )

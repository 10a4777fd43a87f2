"""Two duties beside a queue: renewing what this worker holds, and giving back what the dead held."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from redis.exceptions import RedisError

from worker.broker import StreamBroker
from worker.recovery import is_lost

log = logging.getLogger(__name__)

PATROL: Final = 600.0
"""Seconds between two looks for messages of dead workers, while nobody holds any."""


async def keep_leases(broker: StreamBroker) -> None:
    """Renew what is held every quarter of the lease, for ever. When nothing is held, Redis is not asked."""
    while True:
        await asyncio.sleep(broker.lease / 4)
        try:
            await broker.renew()
        except (RedisError, OSError) as error:
            broker.outage.failed(error)


async def patrol(broker: StreamBroker) -> None:
    """Give back what dead workers held: at the start, then rarely, but often while anybody holds something."""
    await _watched(broker, lambda: broker.recovery.bury(broker.buried_after))
    while True:
        broker.left.clear()
        if await _watched(broker, lambda: _round(broker)):
            await asyncio.sleep(broker.lease / 2)
            continue
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATROL):
                await broker.left.wait()


async def _round(broker: StreamBroker) -> int:
    """One look; how many messages are with some worker."""
    pending = await broker.recovery.pending()
    if pending:
        for payload in await broker.recovery.give_back_idle(broker.lease, broker.attempts):
            log.error(
                "queue.dropped", extra={"queue": broker.queue, "data": payload[:500].decode(errors="replace")}
            )
    return pending


async def _watched(broker: StreamBroker, look: Callable[[], Awaitable[int]]) -> int:
    """What ``look`` says; 1, so that it is repeated soon, when Redis is away. A lost queue is the listener's."""
    try:
        return await look()
    except (RedisError, OSError) as error:
        if not is_lost(error):
            broker.outage.failed(error)
        return 1

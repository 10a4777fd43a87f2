"""Two duties beside a queue: renewing what this worker holds, and giving back what the dead held."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from redis.exceptions import RedisError

from worker.broker import StreamBroker

log = logging.getLogger(__name__)

PATROL: Final = 300.0
"""Seconds between two looks for messages of dead workers, while nobody holds any."""


async def keep_leases(broker: StreamBroker) -> None:
    """Renew what is held every quarter of the lease, for ever. When nothing is held, Redis is not asked."""
    while True:
        await asyncio.sleep(broker.lease / 4)
        try:
            await broker.renew()
        except (RedisError, OSError) as error:
            broker.outage.failed(error)


async def patrol(broker: StreamBroker, *, every: float = PATROL) -> None:
    """Give back what dead workers held: at the start, then rarely, but often while somebody holds something."""
    buried = False
    while True:
        try:
            busy = await round_of(broker)
            if not buried:
                await broker.recovery.bury(broker.buried_after)
                buried = True
        except (RedisError, OSError) as error:
            broker.outage.failed(error)
            busy = True
        await asyncio.sleep(min(broker.lease / 2, every) if busy else every)


async def round_of(broker: StreamBroker) -> bool:
    """One look; whether anybody holds a message."""
    if not await broker.recovery.pending():
        return False
    for payload in await broker.recovery.give_back_idle(broker.lease, broker.attempts):
        log.error(
            "queue.dropped",
            extra={
                "queue": broker.queue,
                "attempts": broker.attempts,
                "data": payload[:500].decode(errors="replace"),
            },
        )
    return True

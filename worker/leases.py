"""Two duties beside a queue: renewing what this worker holds, and giving back what the dead held."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

from redis.exceptions import RedisError

from worker.broker import StreamBroker

log = logging.getLogger(__name__)

PATROL: Final = 300.0
"""Seconds between two looks for messages of dead workers, while nobody holds any."""


async def keep_leases(broker: StreamBroker) -> None:
    """Renew, every quarter of the lease, the messages held for at least as long; for ever."""
    quarter = broker.lease / 4
    while True:
        await asyncio.sleep(quarter)
        old = time.monotonic() - quarter / 2
        ids = [entry for entry, since in broker.held.items() if since <= old]
        if not ids:
            continue
        try:
            await broker.recovery.renew(str(broker.consumer_name), ids)
        except (RedisError, OSError) as error:
            broker.outage.failed(error)


async def patrol(broker: StreamBroker, *, every: float = PATROL) -> None:
    """Give back what dead workers held: at the start, then rarely, but often while somebody holds something."""
    while True:
        try:
            busy = await round_of(broker)
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

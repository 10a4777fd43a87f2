"""What the messages mean: each is one call of core.

A task returns False when a server that it needs is away: its message is kept and tried again, and what
was handed out is taken back as soon as the server answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Final

from core.domain.errors import UnavailableError
from worker.ports import Scheduling, WorkerCore
from worker.queues import CHECK_DUE, PREPARE_POST, PUBLISH_POST, REFRESH_TOKEN, Queues
from worker.repair import Repair

_MILLISECOND: Final = 0.001


def register(queues: Queues, core: WorkerCore, scheduling: Scheduling, repair: Repair) -> None:
    """Teach each queue its tasks."""
    limit = core.settings.job_timeout * _MILLISECOND

    async def attempt(work: Awaitable[None]) -> bool:
        try:
            async with asyncio.timeout(limit):
                await work
        except UnavailableError as error:
            repair.outage.failed(error)
            repair.request("a server was away")
            return False
        return True

    @queues.checks.task(CHECK_DUE)
    async def check_due(job_id: str) -> None:
        # Never kept: the alarm's watchdog fires the next check, and kept ones would pile up.
        await attempt(scheduling.check_due(job_id))

    @queues.publishing.task(PUBLISH_POST)
    async def publish_post(post_id: str, version: int) -> bool:
        return await attempt(core.publishing.advance(post_id, version))

    @queues.preparing.task(PREPARE_POST)
    async def prepare_post(post_id: str, version: int) -> bool:
        return await attempt(core.publishing.advance(post_id, version))

    @queues.preparing.task(REFRESH_TOKEN)
    async def refresh_token(account_id: str, version: int) -> bool:
        return await attempt(core.accounts.keep_alive(account_id, version))

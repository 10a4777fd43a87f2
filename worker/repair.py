"""After Redis may have lost something, MongoDB is looked at again."""

from __future__ import annotations

import asyncio
import logging

from core.domain.errors import UnavailableError
from worker.outage import Backoff, Outage
from worker.ports import Scheduling

log = logging.getLogger(__name__)


class Repair:
    """Runs Scheduling.repair once for any number of reasons that come together, until it succeeds."""

    def __init__(self, outage: Outage) -> None:
        self._outage = outage
        self._wanted = asyncio.Event()

    def request(self, why: str) -> None:
        """Something may be lost. Returns at once."""
        if not self._wanted.is_set():
            log.info("worker.repair", extra={"why": why})
            self._wanted.set()

    async def run(self, scheduling: Scheduling) -> None:
        """Serve requests for ever."""
        backoff = Backoff()
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            if await self._attempt(scheduling):
                backoff.reset()
            else:
                self._wanted.set()
                await backoff.pause()

    async def _attempt(self, scheduling: Scheduling) -> bool:
        try:
            await scheduling.repair()
        except UnavailableError as error:
            self._outage.failed(error)
            return False
        except Exception:
            log.exception("worker.repair_failed")
            return False
        self._outage.restored()
        return True

"""After a server was away MongoDB is looked at again, as Redis may have lost something."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from typing import Final

from core.domain.errors import UnavailableError
from worker.outage import Backoff, Outage
from worker.ports import Scheduling

log = logging.getLogger(__name__)

_CALM: Final = 30.0
"""Seconds without a repair after which the next one is served at once."""


class Repair:
    """Runs Scheduling.repair once for any number of reasons that come together, until it succeeds."""

    def __init__(self, outage: Outage) -> None:
        self.outage = outage
        self._wanted = asyncio.Event()

    def request(self, why: str) -> None:
        """Something may be lost. Returns at once."""
        if not self._wanted.is_set():
            log.info("worker.repair", extra={"why": why})
            self._wanted.set()

    async def run(self, scheduling: Scheduling) -> None:
        """Serve requests for ever; the more often they come, the further apart they are served, up to 5 s."""
        backoff, last = Backoff(), -math.inf
        while True:
            await self._wanted.wait()
            if time.monotonic() - last > _CALM:
                backoff.reset()
            self._wanted.clear()
            if not await self._attempt(scheduling):
                self._wanted.set()
            last = time.monotonic()
            await backoff.pause()

    async def _attempt(self, scheduling: Scheduling) -> bool:
        try:
            await scheduling.repair()
        except UnavailableError as error:
            self.outage.failed(error)
            return False
        except Exception:
            log.exception("worker.repair_failed")
            return False
        self.outage.restored()
        return True

"""Waiting for a server that is away, without noise."""

from __future__ import annotations

import asyncio
import logging
import math
import random
import time
from typing import Final

log = logging.getLogger(__name__)

_FIRST: Final = 0.05
_LONGEST: Final = 5.0
_STRAGGLING: Final = 1.0
"""Seconds for which attempts that began during an outage may still fail after it."""


class Outage:
    """Logs a change of state once: that a server is away and why, and that it is back."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._reason: str | None = None
        self._restored = -math.inf

    def failed(self, error: Exception) -> None:
        """It did not answer. Said once per outage; stragglers of the last one are left unsaid."""
        if self._reason is None and time.monotonic() - self._restored > _STRAGGLING:
            self._reason = str(error) or type(error).__name__
            log.error("worker.away", extra={"server": self._server, "reason": self._reason})

    def restored(self) -> None:
        """It answered."""
        if self._reason is not None:
            self._reason = None
            self._restored = time.monotonic()
            log.warning("worker.back", extra={"server": self._server})


class Backoff:
    """Pauses that grow from 50 ms to 5 s, with jitter so that workers do not come back in step."""

    def __init__(self) -> None:
        self._failures = 0

    async def pause(self) -> None:
        delay = min(_LONGEST, _FIRST * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        await asyncio.sleep(delay * random.uniform(0.5, 1.0))  # noqa: S311  # spreads load, keeps no secret

    def reset(self) -> None:
        self._failures = 0

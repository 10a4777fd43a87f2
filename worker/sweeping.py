"""The one duty that no clock of ours calls: files that nobody needs any more are removed once a day."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from core.domain.errors import UnavailableError
from worker.ports import MediaSweep

log = logging.getLogger(__name__)

_ASK_EVERY: Final = 6 * 3600.0
"""Seconds between two questions whether it is due; of all workers one does it."""
_ASK_AGAIN: Final = 600.0
"""The same after a question that was not answered."""


async def keep_swept(media: MediaSweep) -> None:
    """For ever. What goes wrong is logged; nothing else depends on it."""
    while True:
        pause = _ASK_EVERY
        try:
            await media.sweep_if_due()
        except UnavailableError as error:
            pause = _ASK_AGAIN
            log.info("media.not_swept", extra={"reason": str(error)})
        except Exception:
            log.exception("media.sweep_failed")
        await asyncio.sleep(pause)

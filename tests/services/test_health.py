"""Looking after the parts sets the clock right, too."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from core.adapters.redis import clock as clock_module
from core.bootstrap import open_core
from core.domain.watching import Part
from core.settings import Settings


async def test_a_clock_that_was_moved_is_found_by_the_next_look(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine whose clock jumps by an hour while it runs still knows the worker that has just been heard of."""
    async with open_core(settings) as core:
        await core.presence.beat("worker", core.clock.now())
        real = time.time
        monkeypatch.setattr(clock_module.time, "time", lambda: real() + 3600)

        assert Part.WORKER not in await core.health.look()

        assert abs(core.clock.now() - datetime.fromtimestamp(real(), UTC)) < timedelta(seconds=5)

"""The worker sees to it that files which nobody needs are removed."""

from __future__ import annotations

import logging

import pytest
from recording_core import RecordingCore, moment, until
from running_workers import StartWorker


async def test_a_worker_asks_whether_it_is_due(core: RecordingCore, start_worker: StartWorker) -> None:
    """When it starts, so that one which is started anew every day does it too."""
    async with start_worker():
        await until(lambda: core.journal.subjects("sweep") == ["media"])


async def test_a_sweep_that_fails_stops_nothing(
    core: RecordingCore, start_worker: StartWorker, caplog: pytest.LogCaptureFixture
) -> None:
    """The reason is in the log, and posts go out."""
    caplog.set_level(logging.INFO)
    core.away = True
    async with start_worker():
        await until(lambda: "media.not_swept" in caplog.text)
        core.away = False
        await core.plan("post", moment(core, 0.2))
        await until(lambda: core.journal.subjects("done") == ["post"])

"""A worker in a process of its own, with recording services: ``recorded_worker.py URL NAMESPACE JOURNAL``."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import uvloop
from recording_core import Journal, RecordingCore, open_recording

from core.settings import Settings
from worker.runner import serve


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[RecordingCore]:
    async with open_recording(settings, sys.argv[1], Journal(Path(sys.argv[3]))) as core:
        core.stuck = True
        yield core


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = Settings(_env_file=None, redis_namespace=sys.argv[2])  # pyright: ignore[reportCallIssue]  # pydantic-settings' own argument
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(settings, opened))


main()

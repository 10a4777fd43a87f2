"""What the sandbox does towards others: work that goes on after an answer, over one HTTP session."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import aiohttp
from aiohttp import web
from yarl import URL

from core.local.sandbox.state import State

_log = logging.getLogger(__name__)


OWN_HOST = "sandbox.localhost"
"""The name under which calendars can point to this sandbox's sample media, whatever its port is."""


class Outbound:
    """One HTTP session and the tasks that use it; made inside the running event loop."""

    def __init__(self, state: State) -> None:
        self._state = state
        timeout = aiohttp.ClientTimeout(total=60, sock_connect=5, sock_read=10)
        agent = {"User-Agent": "facebookexternalhit/1.1 (Threads sandbox)"}
        self.session = aiohttp.ClientSession(timeout=timeout, headers=agent)
        self._tasks: set[asyncio.Task[None]] = set()

    def locate(self, url: str) -> URL:
        """Where ``url`` is fetched from: the sandbox itself if it names :data:`OWN_HOST`.

        Raises ValueError when it is no address.
        """
        address = URL(url)
        if address.host != OWN_HOST:
            return address
        return URL(self._state.base_url).with_path(address.path)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let ``work`` go on by itself; what it raises is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.session.close()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("sandbox.background_failed", exc_info=error)


OUTBOUND = web.AppKey("OUTBOUND", Outbound)

"""Runs the parts of a worker together, and ends them in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from core.domain.errors import UnavailableError
from core.settings import Settings
from worker.cancellation import cancel_all
from worker.leases import keep_leases, patrol
from worker.outage import Outage
from worker.ports import WorkerCore
from worker.queues import Queues, TaskiqDispatch
from worker.receiver import StreamReceiver
from worker.repair import Repair
from worker.sweeping import keep_swept
from worker.tasks import register
from worker.timer import Timer

log = logging.getLogger(__name__)

OpenCore = Callable[[Settings], AbstractAsyncContextManager[WorkerCore]]
_MILLISECOND: Final = 0.001


async def serve(settings: Settings, open_core: OpenCore) -> None:
    """Run a worker until SIGTERM or SIGINT; a second signal ends the process at once."""
    finish = asyncio.Event()
    _obey_signals(finish)
    async with open_core(settings) as core:
        await Worker(core).run(finish)


class Worker:
    """One process of the fleet; its name is unique."""

    def __init__(self, core: WorkerCore) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._core = core
        self._redis = Outage("Redis")
        self._repair = Repair(Outage("MongoDB"))
        self.queues = Queues(
            core.redis,
            core.settings,
            consumer=self.name,
            channel=core.alarm.channel,
            outage=self._redis,
            lost=self._repair.request,
        )
        self._scheduling = core.scheduling(TaskiqDispatch(self.queues))
        register(self.queues, core, self._scheduling, self._repair)
        self._timer = Timer(core, self.queues, self.name, self._repair, self._redis)

    @property
    def ready(self) -> asyncio.Event:
        """Set once the worker has heard from Redis."""
        return self._timer.ready

    async def run(self, finish: asyncio.Event) -> None:
        """Work until ``finish``, then take nothing new and let what is in hand end within JOB_TIMEOUT."""
        drain = self._core.settings.job_timeout * _MILLISECOND
        for queue in self.queues:
            await queue.startup()
        try:
            async with asyncio.TaskGroup() as group:
                keepers = [group.create_task(duty) for duty in self._keepers()]
                starters = [group.create_task(duty) for duty in self._starters()]
                work = [
                    group.create_task(StreamReceiver(queue, drain=drain).work(finish))
                    for queue in self.queues
                ]
                await finish.wait()
                log.info("worker.draining", extra={"worker": self.name})
                await cancel_all(starters)
                await asyncio.wait(work)
                await cancel_all(keepers)
        finally:
            await self._leave()

    def _starters(self) -> list[Coroutine[Any, Any, None]]:
        """What brings in new work, and what may be cut short."""
        return [
            self._timer.run(),
            self._timer.listen(),
            self._repair.run(self._scheduling),
            self._announce(),
            keep_swept(self._core.media_sweep),
        ]

    def _keepers(self) -> list[Coroutine[Any, Any, None]]:
        """What guards work until it is done."""
        return [duty(queue) for queue in self.queues for duty in (keep_leases, patrol)]

    async def _announce(self) -> None:
        await self.ready.wait()
        log.info(
            "worker.ready", extra={"worker": self.name, "queues": [queue.queue for queue in self.queues]}
        )

    async def _leave(self) -> None:
        for queue in self.queues:
            await queue.shutdown()
        with contextlib.suppress(UnavailableError):
            await self._core.presence.leave(self.name)
        log.info("worker.stopped", extra={"worker": self.name})


def _obey_signals(finish: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def asked(number: int) -> None:
        if finish.is_set():
            os._exit(128 + number)
        finish.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked, number)

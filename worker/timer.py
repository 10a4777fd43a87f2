"""The one loop that waits: for the alarm, for delayed messages, and once a minute to look around."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Final

from redis.exceptions import RedisError

from core.domain.errors import UnavailableError
from worker.outage import Backoff, Outage
from worker.ports import Wake, WorkerCore
from worker.queues import Queues
from worker.repair import Repair

log = logging.getLogger(__name__)

ALARM: Final = "alarm"
LOOK: Final = "look"
CHECK_EARLY: Final = timedelta(milliseconds=400)
"""How long before its time a post is claimed and sent to its queue."""
LOOK_EVERY: Final = 60.0
_TICK: Final = 5.0
"""The longest sleep in seconds: a stepped clock or a suspended laptop is noticed within it."""
_BETWEEN_CHECKS: Final = 0.05
"""Seconds; a time that has passed already must not make a busy loop of checks."""
_TOLERANCE: Final = timedelta(milliseconds=5)
"""Redis decides by its own clock; asked a little early by ours it still says yes."""
_STALL: Final = 0.25
"""Seconds of oversleeping that are reported: something blocks the event loop, or the machine was asleep."""
_ANY_TIME: Final = timedelta(days=365)
_AWAY: Final = (UnavailableError, RedisError, OSError)


class Timer:
    """Waits by the local timer, raced against what is heard on Redis' wake channel.

    ``_due`` says at which moment (seconds since 1970) each duty falls due: the alarm, the look, and the
    first delayed message of each queue. It is a copy of what Redis holds; when a wake-up was lost or
    Redis was emptied, the look once a minute notices.
    """

    def __init__(self, core: WorkerCore, queues: Queues, name: str, repair: Repair, outage: Outage) -> None:
        settings = core.settings
        self._core = core
        self._checks = queues.checks
        self._message = queues.check_message
        self._delayed = {queue.queue: queue for queue in (queues.publishing, queues.preparing)}
        self._name = name
        self._repair = repair
        self._outage = outage
        self._polling = not settings.use_event_driven_scheduler
        self._furthest = settings.reconcile_interval + LOOK_EVERY
        self._early = dict.fromkeys(self._delayed, settings.publish_early_ms / 1000)
        self._early[ALARM] = CHECK_EARLY.total_seconds()
        self._due = dict.fromkeys([ALARM, LOOK, *self._delayed], math.inf)
        self._next_check = 0.0
        self._stirred = asyncio.Event()
        self.ready = asyncio.Event()
        """Set once the worker has heard from Redis."""

    async def run(self) -> None:
        """Wait and act, for ever."""
        backoff = Backoff()
        while True:
            what = min(self._due, key=self._moment)
            wait = self._moment(what) - self._now()
            if wait > 0:
                await self._sleep(min(wait, _TICK))
                continue
            try:
                await self._act(what)
                self._outage.restored()
                backoff.reset()
            except _AWAY as error:
                self._outage.failed(error)
                self._note(what, self._now())
                await backoff.pause()

    async def listen(self) -> None:
        """Hear the wake channel, for ever; whenever it has opened, everything is looked at first."""
        backoff = Backoff()
        while True:
            try:
                async with self._core.alarm.wakes() as wakes:
                    await self._look_at_everything()
                    backoff.reset()
                    await self._hear(wakes)
            except _AWAY as error:
                self._outage.failed(error)
            await backoff.pause()

    async def _look_at_everything(self) -> None:
        await self._core.clock.measure(samples=5)
        self._outage.restored()
        self._repair.request("Redis is newly connected")
        for what in self._due:
            if what != ALARM or self._polling:
                self._note(what, self._now())
        self.ready.set()

    async def _hear(self, wakes: AsyncIterator[Wake]) -> None:
        async for wake in wakes:
            if wake.at is None or wake.what not in self._due:
                self._note(LOOK, self._now())
            elif wake.what != ALARM:
                self._note(wake.what, wake.at.timestamp())
            elif not self._polling:
                self._due[ALARM] = wake.at.timestamp()
                self._stirred.set()

    async def _act(self, what: str) -> None:
        """Do one duty. Its time is forgotten first, so that a wake-up that comes meanwhile is kept."""
        at, self._due[what] = self._due[what], math.inf
        if what == LOOK:
            await self._look()
        elif what == ALARM:
            await self._fire(at)
        elif (head := await self._delayed[what].move()) is not None:
            self._note(what, head)

    async def _look(self) -> None:
        """Three round trips: I am here; what time is it; what is armed. An alarm that is lost or absurd is mended."""
        self._note(LOOK, self._now() + LOOK_EVERY)
        await self._core.presence.beat(self._name, self._core.clock.now())
        await self._core.clock.measure()
        if not self._polling:
            self._expect(await self._core.alarm.next())

    async def _fire(self, at: float) -> None:
        self._next_check = self._now() + _BETWEEN_CHECKS
        answer = await self._core.alarm.fire(
            datetime.fromtimestamp(at, UTC),
            early=_ANY_TIME if self._polling else CHECK_EARLY + _TOLERANCE,
            stream=self._checks.queue_name,
            message=self._message,
        )
        if self._polling:
            self._note(ALARM, self._now() + LOOK_EVERY)
        else:
            self._expect(answer.next)

    def _expect(self, at: datetime | None) -> None:
        """Take over what Redis says is armed. A hint never suppresses a check: one that cannot be true is mended."""
        if at is None or at.timestamp() > self._now() + self._furthest:
            self._repair.request("Redis has lost the alarm")
        else:
            self._note(ALARM, at.timestamp())

    def _note(self, what: str, at: float) -> None:
        if at < self._due[what]:
            self._due[what] = at
            self._stirred.set()

    def _moment(self, what: str) -> float:
        moment = self._due[what] - self._early.get(what, 0.0)
        return max(moment, self._next_check) if what == ALARM else moment

    def _now(self) -> float:
        return self._core.clock.now().timestamp()

    async def _sleep(self, seconds: float) -> None:
        until = self._now() + seconds
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        self._stirred.clear()
        if (late := self._now() - until) > _STALL:
            log.warning("worker.stalled", extra={"seconds": round(late, 3)})

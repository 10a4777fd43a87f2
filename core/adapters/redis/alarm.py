"""The one timer of the system: at which moment to look at MongoDB.

Four keys under the namespace, each a hint that may be lost at any time:

``scheduler:nextExecutionAt``  when the next check is to be fired, in ms since 1970
``scheduler:activeJobId``      the id of that check, ``scheduler-check-<ms>``
``scheduler:lastCheck``        when a check was last fired, in ms
``scheduler:pending``          the smallest time that was armed since then, in ms

On the channel ``scheduler:wake`` the workers hear ``<what> <ms>`` whenever a head has moved.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from redis.exceptions import ResponseError

from core.adapters.redis.connection import RedisConnections

_JOB_PREFIX: Final = "scheduler-check-"
_MILLISECOND: Final = timedelta(milliseconds=1)
WATCHDOG: Final = timedelta(seconds=30)
"""A check that has not re-armed after this long is fired again."""

# A value that is no number, or a key of another type, counts as missing.
_READ = """
local function read(key)
  local value = redis.pcall('GET', key)
  local number = type(value) == 'string' and tonumber(value)
  if number and number == number then return number end
end
local function arm(at)
  redis.call('MSET', KEYS[1], at, KEYS[2], 'scheduler-check-' .. at)
end
"""

_ARM = (
    _READ
    + """
-- KEYS    nextExecutionAt, activeJobId, pending
-- ARGV    at (ms), wake channel
-- result  1 if the alarm moved, 0 if something as early was armed
local at = tonumber(ARGV[1])
local pending = read(KEYS[3])
if not pending or at < pending then redis.call('SET', KEYS[3], ARGV[1]) end
local armed = read(KEYS[1])
if armed and armed <= at then return 0 end
arm(ARGV[1])
redis.call('PUBLISH', ARGV[2], 'alarm ' .. ARGV[1])
return 1
"""
)

# Only firing clears what is pending: of two checks that overlap, the one that looked first may re-arm last.
_REARM = (
    _READ
    + """
-- KEYS    nextExecutionAt, activeJobId, pending
-- ARGV    at (ms), wake channel
-- result  the time that is armed now (ms, as text)
local at = ARGV[1]
local pending = read(KEYS[3])
if pending and pending < tonumber(at) then at = string.format('%.0f', pending) end
arm(at)
redis.call('PUBLISH', ARGV[2], 'alarm ' .. at)
return at
"""
)

_FIRE = (
    _READ
    + """
-- KEYS    nextExecutionAt, activeJobId, pending, lastCheck, stream of the checks
-- ARGV    early (ms), watchdog (ms), message
-- result  {1 if fired else 0, the time that is armed now (ms, as text)}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local armed = read(KEYS[1])
if armed and armed > now + tonumber(ARGV[1]) then return {0, string.format('%.0f', armed)} end
local watchdog = string.format('%.0f', now + tonumber(ARGV[2]))
arm(watchdog)
redis.call('SET', KEYS[4], string.format('%.0f', now))
redis.call('DEL', KEYS[3])
redis.call('XADD', KEYS[5], '*', 'data', ARGV[3])
return {1, watchdog}
"""
)


@dataclass(frozen=True, slots=True)
class Fired:
    """Whether this call fired the check, and what is armed now; None when that is no time at all."""

    fired: bool
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Wake:
    """A head has moved to ``at``: of ``alarm`` or of a queue's delayed messages. None: unreadable."""

    what: str
    at: datetime | None


class RedisAlarm:
    """Implements core.ports.Alarm, and what the worker needs to wait for it.

    Every method raises UnavailableError when Redis cannot be reached.
    """

    def __init__(self, connections: RedisConnections) -> None:
        key = connections.key
        self._connections = connections
        self._next = key("scheduler:nextExecutionAt")
        self._last = key("scheduler:lastCheck")
        self._keys = [self._next, key("scheduler:activeJobId"), key("scheduler:pending")]
        self.channel = key("scheduler:wake")
        self._arm = connections.commands.register_script(_ARM)
        self._rearm = connections.commands.register_script(_REARM)
        self._fire = connections.commands.register_script(_FIRE)

    async def arm(self, at: datetime) -> None:
        with self._connections.reaching():
            await self._arm(keys=self._keys, args=[milliseconds(at), self.channel])

    async def rearm(self, at: datetime) -> None:
        with self._connections.reaching():
            await self._rearm(keys=self._keys, args=[milliseconds(at), self.channel])

    async def fire(
        self, at: datetime, *, early: timedelta, stream: str, message: Callable[[str], bytes]
    ) -> Fired:
        """Send the check that was armed for ``at`` to ``stream``, if Redis agrees that its time has come.

        ``early`` is how long before it that may be; ``message`` makes the message out of the job id. Of
        several callers one fires.
        """
        job_id = f"{_JOB_PREFIX}{milliseconds(at)}"
        args = [early // _MILLISECOND, WATCHDOG // _MILLISECOND, message(job_id)]
        with self._connections.reaching():
            fired, armed = await self._fire(keys=[*self._keys, self._last, stream], args=args)
        return Fired(fired=bool(fired), next=_moment(armed))

    async def next(self) -> datetime | None:
        """What is armed; None when nothing is, or the key holds no time."""
        return await self._read(self._next)

    async def last_check(self) -> datetime | None:
        """When a check was last fired."""
        return await self._read(self._last)

    @asynccontextmanager
    async def wakes(self) -> AsyncGenerator[AsyncIterator[Wake]]:
        """Listen to the wake channel: inside, nothing that is sent on it is missed."""
        pubsub = self._connections.blocking.pubsub()
        try:
            with self._connections.reaching():
                await pubsub.subscribe(self.channel)
                await pubsub.get_message(timeout=None)
            yield self._heard(pubsub)
        finally:
            await pubsub.aclose()

    async def _heard(self, pubsub: Any) -> AsyncIterator[Wake]:
        with self._connections.reaching():
            async for message in pubsub.listen():
                if message["type"] == "message":
                    what, _, at = bytes(message["data"]).partition(b" ")
                    yield Wake(what.decode(errors="replace"), _moment(at))

    async def _read(self, key: str) -> datetime | None:
        with self._connections.reaching():
            try:
                return _moment(await self._connections.commands.get(key))
            except ResponseError:
                return None


def milliseconds(at: datetime) -> int:
    """Since 1970, rounded down."""
    return (at - datetime.fromtimestamp(0, UTC)) // _MILLISECOND


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(value) / 1000, UTC) if isinstance(value, bytes | str) else None
    except (ValueError, OverflowError, OSError):
        return None

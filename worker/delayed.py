"""Messages that wait for their moment: a sorted set by due time, and a hash with what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from worker.ports import Connections

BATCH: Final = 500
"""Messages moved by one script: it holds up Redis for a few milliseconds at most."""

_SEND: Final = """
-- KEYS    stream, due times, payloads
-- ARGV    message id, payload, eta (ms; 0 = now), early (ms), wake channel, queue
-- result  1 if it is delayed, 0 if it is in the stream
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if tonumber(ARGV[3]) <= now + tonumber(ARGV[4]) then
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('HDEL', KEYS[3], ARGV[1])
  redis.call('XADD', KEYS[1], '*', 'data', ARGV[2])
  return 0
end
local before = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2]
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
if redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2] ~= before then
  redis.call('PUBLISH', ARGV[5], ARGV[6] .. ' ' .. ARGV[3])
end
return 1
"""

# All in one: a message is in the sorted set or in the stream, never in neither.
_MOVE: Final = """
-- KEYS    stream, due times, payloads
-- ARGV    early (ms), most to move
-- result  {how many moved, due time of the next (ms, as text) or false}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now + tonumber(ARGV[1]), 'LIMIT', 0, ARGV[2])
if #ids > 0 then
  local payloads = redis.call('HMGET', KEYS[3], unpack(ids))
  for i = 1, #ids do
    if payloads[i] then redis.call('XADD', KEYS[1], '*', 'data', payloads[i]) end
  end
  redis.call('ZREM', KEYS[2], unpack(ids))
  redis.call('HDEL', KEYS[3], unpack(ids))
end
return {#ids, redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2] or false}
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many messages went into the stream, and when the next is due (ms since 1970)."""

    count: int
    next: float | None


class Delayed:
    """The delayed messages of one queue. A message id is kept once: sending it again replaces it."""

    def __init__(
        self, connections: Connections, *, queue: str, stream: str, channel: str, early: int
    ) -> None:
        commands: Any = connections.commands
        self._keys = [stream, f"{stream}:delayed", f"{stream}:payloads"]
        self._queue = queue
        self._channel = channel
        self._early = early
        self._send = commands.register_script(_SEND)
        self._move = commands.register_script(_MOVE)

    async def send(self, message_id: str, payload: bytes, eta: int) -> None:
        """Keep the message until ``eta`` (ms since 1970), or put it into the stream if that is now."""
        args = [message_id, payload, eta, self._early, self._channel, self._queue]
        await self._send(keys=self._keys, args=args)

    async def move(self) -> Moved:
        """Put what is due into the stream, ``early`` ms before its time, by the clock of Redis."""
        count, head = await self._move(keys=self._keys, args=[self._early, BATCH])
        return Moved(count, None if head is None else float(head))

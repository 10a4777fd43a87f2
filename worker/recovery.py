"""Messages that a worker took and cannot finish: they go back into the stream, where any worker gets them."""

from __future__ import annotations

from typing import Any, Final

from redis.exceptions import ResponseError

from worker.ports import Connections

_LOST: Final = ("NOGROUP", "UNBLOCKED", "no such key")

# The copy, the acknowledgement and the deletion are one step: the message is never in two places.
_GIVE_BACK: Final = """
-- KEYS    stream
-- ARGV    group, consumer ('' = anybody), idle for at least (ms), most attempts (0 = do not count this one)
-- result  {how many went back, payloads of those that had their last attempt}
local most = tonumber(ARGV[4])
local pending
if ARGV[2] == '' then
  pending = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', 1000)
else
  pending = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', 1000, ARGV[2])
end
local returned, dropped = 0, {}
for _, entry in ipairs(pending) do
  local found = redis.call('XRANGE', KEYS[1], entry[1], entry[1])[1]
  if found then
    local fields = {}
    for i = 1, #found[2], 2 do fields[found[2][i]] = found[2][i + 1] end
    local attempts = tonumber(fields.attempts or '0') + (most > 0 and 1 or 0)
    if most > 0 and attempts >= most then
      dropped[#dropped + 1] = fields.data or ''
    else
      redis.call('XADD', KEYS[1], '*', 'data', fields.data or '', 'attempts', attempts)
      returned = returned + 1
    end
  end
  redis.call('XACK', KEYS[1], ARGV[1], entry[1])
  redis.call('XDEL', KEYS[1], entry[1])
end
return {returned, dropped}
"""

_BURY: Final = """
-- KEYS    stream
-- ARGV    group, silent for at least (ms)
-- result  how many consumers were removed; one that still has messages stays
local removed = 0
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local facts = {}
  for i = 1, #consumer, 2 do facts[consumer[i]] = consumer[i + 1] end
  if facts.pending == 0 and facts.idle > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], facts.name)
    removed = removed + 1
  end
end
return removed
"""


def is_lost(error: Exception) -> bool:
    """Whether it says that Redis has lost the stream or its group."""
    return isinstance(error, ResponseError) and str(error).startswith(_LOST)


class Recovery:
    """What was delivered and not acknowledged, in one stream and group."""

    def __init__(self, connections: Connections, *, stream: str, group: str) -> None:
        commands: Any = connections.commands
        self._commands = commands
        self._stream = stream
        self._group = group
        self._give_back = commands.register_script(_GIVE_BACK)
        self._bury = commands.register_script(_BURY)

    async def pending(self) -> int:
        """How many messages are with some worker."""
        return int((await self._commands.xpending(self._stream, self._group))["pending"])

    async def give_back_idle(self, idle: float, most: int) -> list[bytes]:
        """Give back what no worker has renewed for ``idle`` seconds.

        Returns the payloads of those that were dropped, as this had been their last of ``most`` attempts.
        """
        _, dropped = await self._give_back(
            keys=[self._stream], args=[self._group, "", int(idle * 1000), most]
        )
        return dropped

    async def give_back_own(self, consumer: str) -> int:
        """Give back all that this consumer holds, and remove it. How many."""
        returned, _ = await self._give_back(keys=[self._stream], args=[self._group, consumer, 0, 0])
        await self._commands.xgroup_delconsumer(self._stream, self._group, consumer)
        return int(returned)

    async def renew(self, consumer: str, ids: list[bytes]) -> None:
        """Say that these messages are still being worked on."""
        await self._commands.xclaim(self._stream, self._group, consumer, 0, ids, idle=0, justid=True)

    async def bury(self, silent: float) -> int:
        """Remove the consumers that have been silent for so many seconds and hold nothing. How many."""
        return int(await self._bury(keys=[self._stream], args=[self._group, int(silent * 1000)]))

"""What Redis knows of the running system."""

from __future__ import annotations

from core.adapters.redis.alarm import RedisAlarm
from core.adapters.redis.presence import RedisPresence
from core.ports import AlarmState, Clock, WorkerBeat


class RedisEngine:
    """Implements core.ports.Engine."""

    def __init__(self, alarm: RedisAlarm, presence: RedisPresence, clock: Clock) -> None:
        self._alarm = alarm
        self._presence = presence
        self._clock = clock

    async def alarm_state(self) -> AlarmState:
        return AlarmState(await self._alarm.next(), await self._alarm.last_check())

    async def workers(self) -> list[WorkerBeat]:
        live = await self._presence.live(self._clock.now())
        beats = [WorkerBeat(name, seen_at) for name, seen_at in live.items()]
        return sorted(beats, key=lambda beat: beat.seen_at, reverse=True)

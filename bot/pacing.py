"""How fast messages may go out, so that Telegram need not refuse any.

Telegram lets a bot send about 30 messages a second in all and one a second to a chat, with short bursts
(Bots FAQ, "My bot is hitting limits"). What nobody waits for (notices) gets a part of both, so that an answer to a
person is never behind a storm of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

_MOST_CHATS: Final = 1024


@dataclass(slots=True)
class Bucket:
    """``burst`` at once, then ``rate`` a second, in the order in which they were asked for."""

    rate: float
    burst: int
    _free_at: float = 0.0

    def reserve(self, now: float) -> float:
        """Take the next place; the seconds until it comes."""
        start = max(self._free_at, now - (self.burst - 1) / self.rate)
        self._free_at = start + 1 / self.rate
        return max(0.0, start - now)

    def hold(self, until: float) -> None:
        """Let nobody through until then, who comes from now on."""
        self._free_at = max(self._free_at, until)

    def idle(self, now: float) -> bool:
        return self._free_at < now - self.burst / self.rate


@dataclass(slots=True)
class _Lane:
    """A limit for all and a smaller one within it for what can wait."""

    all: Bucket
    patient: Bucket

    def buckets(self, *, urgent: bool) -> tuple[Bucket, ...]:
        return (self.all,) if urgent else (self.patient, self.all)


def _chat() -> _Lane:
    return _Lane(Bucket(1, 5), Bucket(0.5, 3))


@dataclass(slots=True)
class Pace:
    """The limits of one bot. ``clock`` tells seconds."""

    clock: Callable[[], float] = time.monotonic
    _overall: _Lane = field(default_factory=lambda: _Lane(Bucket(30, 30), Bucket(20, 10)))
    _chats: dict[int, _Lane] = field(default_factory=dict[int, _Lane])

    async def turn(self, chat_id: int, *, urgent: bool) -> None:
        """Return when a message may be sent to the chat."""
        for lane in (self._chat(chat_id), self._overall):
            await self._through(lane, urgent=urgent)

    async def turn_of_many(self) -> None:
        """Return when a message to somebody may be edited for which nobody waits: storms have many readers."""
        await self._through(self._overall, urgent=False)

    async def _through(self, lane: _Lane, *, urgent: bool) -> None:
        for bucket in lane.buckets(urgent=urgent):
            if (delay := bucket.reserve(self.clock())) > 0:
                await asyncio.sleep(delay)

    def hold(self, seconds: float, chat_id: int | None = None) -> None:
        """Telegram wants a pause: of the chat, or of all."""
        lane = self._overall if chat_id is None else self._chat(chat_id)
        lane.all.hold(self.clock() + seconds)

    def _chat(self, chat_id: int) -> _Lane:
        if len(self._chats) >= _MOST_CHATS and chat_id not in self._chats:
            now = self.clock()
            self._chats = {
                chat: lane
                for chat, lane in self._chats.items()
                if not (lane.all.idle(now) and lane.patient.idle(now))
            }
        return self._chats.setdefault(chat_id, _chat())

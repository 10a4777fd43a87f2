"""The updates that wait for the bot: kept until confirmed by a higher offset or a webhook's 2xx."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from botapi.changes import Changes
from botapi.errors import bad_request, conflict
from botapi.wire import Json, as_array

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "managed_bot",
    "guest_message",
)
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_FIRST = 700_000_001
_GET_UPDATES = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True, repr=False)
class UpdateQueue:
    """Updates in the order of their ids; ``taken`` are those that the bot has confirmed."""

    changes: Changes
    allowed: frozenset[str] = frozenset(KINDS) - NOT_BY_DEFAULT
    pending: list[Json] = field(default_factory=list[Json])
    taken: list[Json] = field(default_factory=list[Json])
    _next_id: int = _FIRST
    _again: list[Json] = field(default_factory=list[Json])
    _held: list[Json] | None = None
    _poll: object | None = None
    _ended: dict[object, str] = field(default_factory=dict[object, str])

    def push(self, kind: str, payload: Json, *, always: bool = False) -> None:
        """Queue an update; one of a kind that the bot has not asked for is never sent, unless ``always``."""
        if kind not in self.allowed and not always:
            return
        update = {kind: payload}
        if self._held is not None:
            self._held.append(update)
            return
        self.pending.append({"update_id": self._next_id} | update)
        self._next_id += 1
        self.changes.happened()

    def allow(self, kinds: list[str] | None) -> None:
        """Set what the bot asks for; an empty list is the default, None leaves it as it was."""
        if kinds is None:
            return
        known = frozenset(kinds) & frozenset(KINDS)
        self.allowed = known or frozenset(KINDS) - NOT_BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Forget what stands below the offset; a negative one keeps that many from the end."""
        if offset < 0:
            offset = self.pending[offset]["update_id"] if -offset <= len(self.pending) else 0
        done = [update for update in self.pending if update["update_id"] < offset]
        if done:
            self.taken += done
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
            self.changes.happened()

    def deliver_again(self, count: int = 1) -> None:
        """Send the last confirmed updates a second time, with their ids."""
        self._again += self.taken[-count:]
        self.changes.happened()

    @contextmanager
    def out_of_order(self, seed: int | None = None) -> Generator[None]:
        """What is pushed inside comes in reverse order, or shuffled by a seed, when the block ends."""
        self._held = []
        try:
            yield
        finally:
            held, self._held = self._held, None
            if seed is None:
                held.reverse()
            else:
                random.Random(seed).shuffle(held)  # noqa: S311  # an order for a test, no secret
            for update in held:
                for kind, payload in update.items():
                    self.push(kind, payload, always=True)

    async def poll(self, limit: int, seconds: float) -> list[Json]:
        """Wait for updates; raises 409 when another poll, a webhook or the end of the server cuts it short."""
        if not self.waiting and seconds > 0:
            self.end_poll(_GET_UPDATES)
            turn = self._poll = object()
            await self.changes.until(lambda: self.waiting or turn in self._ended or None, seconds)
            if self._poll is turn:
                self._poll = None
            if reason := self._ended.pop(turn, None):
                raise conflict(reason)
        return self.batch(limit)

    @property
    def waiting(self) -> bool:
        """Whether there is something to send."""
        return bool(self._again or self.pending)

    def batch(self, limit: int) -> list[Json]:
        """What is sent now; what was to be sent a second time has been, then."""
        again, self._again = self._again, []
        return (again + self.pending)[:limit]

    def end_poll(self, reason: str) -> None:
        """Let the poll that waits now fail with 409."""
        if self._poll is not None:
            self._ended[self._poll] = reason
            self._poll = None
            self.changes.happened()

    @property
    def polled(self) -> bool:
        """Whether a poll is waiting."""
        return self._poll is not None


def read_kinds(value: object) -> list[str] | None:
    """The parameter allowed_updates."""
    if value is None:
        return None
    kinds = as_array(value)
    if kinds is None:
        raise bad_request("can't parse allowed updates JSON object")
    return [str(kind) for kind in kinds]


async def cancelled(task: asyncio.Task[None] | None) -> None:
    """Stop a task and wait until it has."""
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

"""A taskiq broker on a Redis stream that loses nothing, delays to the millisecond and sleeps when idle.

It keeps taskiq-redis' way of sending and its tasks; the rest answers what that broker does in the field:
it never raises while listening, takes only what it has room for, renews what it works on, gives back what
it cannot finish, and deletes what is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Any, Final, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from taskiq import AckableMessage, AsyncBroker, BrokerMessage
from taskiq.decor import AsyncTaskiqDecoratedTask
from taskiq_redis import RedisStreamBroker

from worker.delayed import BATCH, Delayed
from worker.outage import Backoff, Outage
from worker.ports import Connections
from worker.recovery import Recovery, is_lost

log = logging.getLogger(__name__)

GROUP: Final = "workers"
BLOCK_MS: Final = 900_000
"""How long one read waits: a command per quarter of an hour when idle."""

Entry = tuple[bytes, dict[bytes, bytes]]


class UnknownTaskError(LookupError):
    """This worker has no task of that name; a newer one may."""


class StreamMessage(AckableMessage):
    """A message with its id in the stream."""

    id: bytes


class StreamBroker(RedisStreamBroker):
    """One queue. ``slots`` is how many messages this process works on at once.

    ``lost`` is called when Redis has lost the queue. ``early`` is in milliseconds.
    """

    lease = 30.0
    """Seconds after which a message that nobody renewed is given to another worker."""
    attempts = 20
    """How many workers may fail to finish a message before it is dropped: MongoDB's due_at heals it."""
    buried_after = 86_400.0
    """Seconds after which a silent consumer that holds nothing is removed."""

    def __init__(  # noqa: PLR0913  # the settings of a queue
        self,
        connections: Connections,
        queue: str,
        *,
        slots: int,
        consumer: str,
        channel: str,
        early: int,
        outage: Outage,
        lost: Callable[[str], None],
    ) -> None:
        super().__init__(
            connections.url,
            queue_name=connections.key(queue),
            consumer_group_name=GROUP,
            consumer_name=consumer,
            consumer_id="0",
            xread_block=BLOCK_MS,
            max_connection_pool_size=2,
            socket_timeout=None,
            socket_connect_timeout=2.0,
            socket_keepalive=True,
            retry=Retry(NoBackoff(), 0),
        )
        self.queue = queue
        self.slots = slots
        self.held: dict[bytes, float] = {}
        """What is worked on, and since when (monotonic)."""
        self.left = asyncio.Event()
        """Set when a message was put down without being done."""
        self.unacknowledged: list[bytes] = []
        """What is done while Redis could not be told."""
        self.recovery = Recovery(connections, stream=self.queue_name, group=GROUP)
        self.outage = outage
        self._lost = lost
        self._commands: Any = connections.commands
        self._reads: Any = Redis(connection_pool=self.connection_pool)
        self._delayed = Delayed(
            connections, queue=queue, stream=self.queue_name, channel=channel, early=early
        )

    async def startup(self) -> None:
        """Make the group if Redis is there; a Redis that is away is waited for while listening."""
        await AsyncBroker.startup(self)
        with contextlib.suppress(RedisError, OSError):
            await self._ensure_group()

    async def shutdown(self) -> None:
        """Give back what was taken and not done, and close."""
        try:
            async with asyncio.timeout(2):
                if returned := await self.recovery.give_back_own(str(self.consumer_name)):
                    log.info("queue.gave_back", extra={"queue": self.queue, "count": returned})
        except (RedisError, OSError, TimeoutError) as error:
            self.outage.failed(error)
        await super().shutdown()

    def find_task(self, task_name: str) -> AsyncTaskiqDecoratedTask[Any, Any]:
        """The task of that name. Raises UnknownTaskError, where taskiq would drop the message."""
        task = super().find_task(task_name)
        if task is None:
            raise UnknownTaskError(task_name)
        return task

    async def kick(self, message: BrokerMessage) -> None:
        """Send at once, or at the label ``eta`` (ms since 1970). Raises redis-py's errors."""
        eta = int(message.labels.get("eta", 0))
        await self._delayed.send(message.task_id, message.message, eta)

    async def move(self) -> float | None:
        """Move the delayed messages that are due; when the next is (seconds since 1970). Raises redis-py's errors."""
        while True:
            moved = await self._delayed.move()
            if moved.count < BATCH:
                return None if moved.next is None else moved.next / 1000

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Messages as they come, for ever; taskiq asks for the next one only when it has a free slot."""
        backoff = Backoff()
        while True:
            try:
                entries = await self._read()
            except (RedisError, OSError) as error:
                await self._recover(error, backoff)
                continue
            backoff.reset()
            self.held.update(dict.fromkeys((entry for entry, _ in entries), time.monotonic()))
            for entry, fields in entries:
                yield StreamMessage(id=entry, data=fields.get(b"data", b""), ack=partial(self._ack, entry))

    def finished(self, entry: bytes) -> None:
        """The message is no longer worked on; if it was not acknowledged, its lease runs out."""
        if self.held.pop(entry, None) is not None:
            self.left.set()

    async def _read(self) -> list[Entry]:
        answer = await self._reads.xreadgroup(
            self.consumer_group_name,
            self.consumer_name,
            {self.queue_name: ">"},
            count=max(1, self.slots - len(self.held)),
            block=self.block,
        )
        return [entry for _, entries in cast("list[tuple[bytes, list[Entry]]]", answer) for entry in entries]

    async def _recover(self, error: Exception, backoff: Backoff) -> None:
        """Wait after an error; a group that is gone is made again, and MongoDB is asked what it lost."""
        if is_lost(error):
            self._lost(f"Redis has lost the queue {self.queue}")
            with contextlib.suppress(RedisError, OSError):
                await self._ensure_group()
                return
        self.outage.failed(error)
        await backoff.pause()

    async def _ensure_group(self) -> None:
        try:
            await self._commands.xgroup_create(self.queue_name, GROUP, id=self.consumer_id, mkstream=True)
        except ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise

    async def renew(self) -> None:
        """Say which messages are still worked on, and what could not be acknowledged before. Raises redis-py's errors."""
        while self.unacknowledged:
            await self._forget(self.unacknowledged[-1])
            self.unacknowledged.pop()
        old = time.monotonic() - self.lease / 8
        if ids := [entry for entry, since in self.held.items() if since <= old]:
            await self.recovery.renew(str(self.consumer_name), ids)

    async def _ack(self, entry: bytes) -> None:
        self.held.pop(entry, None)
        try:
            await self._forget(entry)
        except (RedisError, OSError) as error:
            self.outage.failed(error)
            self.unacknowledged.append(entry)

    async def _forget(self, entry: bytes) -> None:
        async with self._commands.pipeline(transaction=True) as pipe:
            pipe.xack(self.queue_name, GROUP, entry)
            pipe.xdel(self.queue_name, entry)
            await pipe.execute()

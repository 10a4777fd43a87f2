"""Runs the messages of one queue, and decides when one is done with."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from taskiq import AckableMessage, TaskiqMessage, TaskiqResult
from taskiq.acks import AckController, AcknowledgeType
from taskiq.receiver import Receiver

from worker.broker import StreamBroker, StreamMessage, UnknownTaskError
from worker.cancellation import cancel_all

log = logging.getLogger(__name__)


class StreamReceiver(Receiver):
    """A message is acknowledged after its task has returned, and then only if it is done with.

    =====================================  =============  ==================================
    the task                               acknowledged   because
    =====================================  =============  ==================================
    returned                               yes            what it did is in MongoDB
    raised                                 yes            logged; MongoDB's due_at heals it
    returned False: a server is away       no             another attempt after the lease
    was cancelled, or its worker killed    no             another worker takes it up
    is not known here                      no             a newer worker may know it
    =====================================  =============  ==================================
    """

    def __init__(self, broker: StreamBroker, *, drain: float) -> None:
        super().__init__(
            broker,
            max_async_tasks=broker.slots,
            ack_type=AcknowledgeType.MANUAL,
            run_startup=False,
            validate_params=False,
            wait_tasks_timeout=drain,
        )
        self._queue = broker
        self._unknown: set[str] = set()
        self._running: set[asyncio.Task[Any]] = set()

    async def work(self, finish: asyncio.Event) -> None:
        """Take messages until ``finish``, then let those in hand end; what takes longer is cancelled."""
        await self.listen(finish)
        await cancel_all(self._running)

    async def callback(self, message: bytes | AckableMessage, raise_err: bool = False) -> None:  # noqa: FBT001, FBT002  # taskiq's signature
        """Run one message to its end."""
        current = asyncio.current_task()
        if current is not None:
            self._running.add(current)
            current.add_done_callback(self._running.discard)
        try:
            await super().callback(message, raise_err)
        except UnknownTaskError as error:
            self._tell_unknown(str(error))
        finally:
            if isinstance(message, StreamMessage):
                self._queue.finished(message.id)

    async def run_task(
        self,
        target: Callable[..., Any],
        message: TaskiqMessage,
        ack_controller: AckController | None = None,
    ) -> TaskiqResult[Any]:
        result = await super().run_task(target, message, ack_controller)
        cancelled = isinstance(result.error, BaseException) and not isinstance(result.error, Exception)
        if ack_controller is not None and not cancelled and result.return_value is not False:
            await ack_controller.ack()
        return result

    def _tell_unknown(self, task: str) -> None:
        if task not in self._unknown:
            self._unknown.add(task)
            log.error("queue.unknown_task", extra={"queue": self._queue.queue, "task": task})

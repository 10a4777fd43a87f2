"""The three queues, and how the services of core send to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from redis.exceptions import RedisError
from taskiq import TaskiqMessage

from core.domain.account import Account
from core.domain.errors import UnavailableError
from core.domain.post import Post
from core.settings import Settings
from worker.broker import StreamBroker
from worker.outage import Outage
from worker.ports import Connections

SCHEDULER_META: Final = "scheduler-meta"
POST_PUBLISHING: Final = "post-publishing"
POST_PREPARING: Final = "post-preparing"

CHECK_DUE: Final = "check_due"
PUBLISH_POST: Final = "publish_post"
PREPARE_POST: Final = "prepare_post"
REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105  # the name of a task

_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


class Queues:
    """The brokers of one worker. Checks run one at a time; preparing never takes a publishing slot."""

    def __init__(
        self,
        connections: Connections,
        settings: Settings,
        *,
        consumer: str,
        channel: str,
        outage: Outage,
        lost: Callable[[str], None],
    ) -> None:
        def queue(name: str, slots: int) -> StreamBroker:
            return StreamBroker(
                connections,
                name,
                slots=slots,
                consumer=consumer,
                channel=channel,
                early=settings.publish_early_ms,
                outage=outage,
                lost=lost,
            )

        self.checks = queue(SCHEDULER_META, 1)
        self.publishing = queue(POST_PUBLISHING, settings.worker_concurrency)
        self.preparing = queue(POST_PREPARING, settings.worker_concurrency)

    def __iter__(self) -> Iterator[StreamBroker]:
        return iter((self.checks, self.publishing, self.preparing))

    def check_message(self, job_id: str) -> bytes:
        """The message that runs a check, as it stands in the stream."""
        message = TaskiqMessage(task_id=job_id, task_name=CHECK_DUE, labels={}, args=[job_id], kwargs={})
        return self.checks.formatter.dumps(message).message


class TaskiqDispatch:
    """Implements core.ports.Dispatch. Sending the same version of a post again replaces its message."""

    def __init__(self, queues: Queues) -> None:
        self._queues = queues

    async def publish(self, post: Post) -> None:
        await _send(self._queues.publishing, PUBLISH_POST, post.id, post.version, _eta(post))

    async def prepare(self, post: Post) -> None:
        await _send(self._queues.preparing, PREPARE_POST, post.id, post.version, _eta(post))

    async def refresh(self, account: Account) -> None:
        await _send(self._queues.preparing, REFRESH_TOKEN, account.id, account.version, eta=0)


async def _send(broker: StreamBroker, task: str, subject: str, version: int, eta: int) -> None:
    message = TaskiqMessage(
        task_id=f"{subject}-{version}",
        task_name=task,
        labels={"eta": eta},
        args=[subject, version],
        kwargs={},
    )
    try:
        await broker.kick(broker.formatter.dumps(message))
    except (RedisError, OSError) as error:
        raise UnavailableError(
            f"Redis takes no message for the queue {broker.queue} ({error}): check that it runs."
        ) from error


def _eta(post: Post) -> int:
    """In ms since 1970, rounded down: the post is held to its exact moment."""
    return 0 if post.claim is None else (post.claim.eta - _EPOCH) // _MILLISECOND

"""Which of its steps a due post takes next."""

from __future__ import annotations

import logging
from dataclasses import replace

from core.domain.lifecycle import Work, next_work
from core.domain.policy import Policy
from core.ports import AccountStore, Clock, PostStore, Processes, PublicationLog, Threads
from core.services.desk import Desk
from core.services.publishing.gate import Gate
from core.services.publishing.preparing import Preparing
from core.services.publishing.replying import Replying
from core.services.publishing.sending import Sending
from core.services.publishing.settling import Settling
from core.services.publishing.verdicts import Verdicts

log = logging.getLogger(__name__)


class Publishing:
    """Brings posts forward, one step at a time; any worker may take the next step."""

    def __init__(  # noqa: PLR0913  # the composition root names each port
        self,
        *,
        posts: PostStore,
        accounts: AccountStore,
        ledger: PublicationLog,
        threads: Threads,
        desk: Desk,
        clock: Clock,
        policy: Policy,
        processes: Processes,
    ) -> None:
        self._posts = posts
        self._clock = clock
        self._desk = desk
        self._policy = policy
        verdicts = Verdicts(posts, accounts, desk, clock)
        gate = Gate(
            posts=posts,
            accounts=accounts,
            ledger=ledger,
            threads=threads,
            clock=clock,
            policy=policy,
            verdicts=verdicts,
        )
        self._preparing = Preparing(threads, desk, clock, gate, verdicts)
        self._sending = Sending(
            posts=posts,
            ledger=ledger,
            threads=threads,
            desk=desk,
            clock=clock,
            policy=policy,
            gate=gate,
            verdicts=verdicts,
            process=processes.name,
        )
        self._settling = Settling(posts, accounts, ledger, threads, clock, verdicts)
        self._replying = Replying(accounts, ledger, threads, desk, clock, verdicts)

    async def advance(self, post_id: str, version: int) -> None:
        """Take the next step with the post if it still has this version; otherwise do nothing."""
        post = await self._posts.get(post_id)
        if post is None or post.version != version:
            log.debug("post.stale_message", extra={"post_id": post_id, "version": version})
            return
        match next_work(post, self._clock.now() + self._policy.early):
            case Work.WAIT:
                await self._desk.save(post, replace(post, due_at=post.scheduled_at, claim=None))
            case Work.PREPARE:
                await self._preparing.prepare(post)
            case Work.PUBLISH:
                await self._sending.publish(post)
            case Work.SETTLE:
                await self._settling.settle(post)
            case Work.FIND:
                await self._settling.find(post)
            case Work.REPLY | Work.LINK:
                await self._replying.follow_up(post)
            case Work.NOTHING:
                await self._desk.save(post, replace(post, due_at=None, claim=None))

"""After a lost answer: Threads is asked what is true, and nothing is sent again blindly."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.domain.account import Account
from core.domain.classifier import container_failure
from core.domain.failures import ThreadsError
from core.domain.matching import matches
from core.domain.post import Post, PublishIntent
from core.domain.publication import Answer
from core.ports import AccountStore, Clock, ContainerState, PublicationLog, Threads
from core.services.publishing.verdicts import Verdicts

log = logging.getLogger(__name__)

_LISTED_SINCE: Final = timedelta(seconds=60)
_FOUND: Final = "found on Threads after a lost answer"
_PROOF_OF_ABSENCE: Final = frozenset({ContainerState.EXPIRED, ContainerState.ERROR})


class Settling:
    """Finds out what became of a publish call, by the container first and the account's posts second."""

    def __init__(
        self,
        accounts: AccountStore,
        ledger: PublicationLog,
        threads: Threads,
        clock: Clock,
        verdicts: Verdicts,
    ) -> None:
        self._accounts = accounts
        self._ledger = ledger
        self._threads = threads
        self._clock = clock
        self._verdicts = verdicts

    async def settle(self, post: Post) -> None:
        """Bind the media id, prove that it is absent, or ask again later; held for a person meanwhile."""
        account = await self._accounts.get(post.account_id)
        if account is None or post.intent is None:
            await self._verdicts.undecided(post, inconclusive=True)
            return
        try:
            status = await self._threads.container_status(account.credentials, post.intent.creation_id)
            media_id = await self._find(post, account, post.intent)
        except ThreadsError as error:
            log.info("post.settle_later", extra={"post_id": post.id, "code": error.failure.code})
            await self._verdicts.undecided(post, inconclusive=post.intent.asked > 1)
            return
        if media_id is not None:
            await self._verdicts.published(post, media_id, post.intent.at, why=_FOUND)
            await self._note(post, Answer.PUBLISHED, media_id)
        elif status.state in _PROOF_OF_ABSENCE:
            await self._verdicts.gave_up(post, container_failure(status.state, status.error))
            await self._note(post, Answer.REFUSED, None)
        else:
            await self._verdicts.undecided(post, inconclusive=status.state is ContainerState.FINISHED)

    async def _find(self, post: Post, account: Account, intent: PublishIntent) -> str | None:
        """The media id of the one listed post that can only be this one."""
        listed = await self._threads.recent_posts(account.credentials, since=intent.at - _LISTED_SINCE)
        alike = [
            remote for remote in listed if matches(remote, post.content, since=intent.at - _LISTED_SINCE)
        ]
        bound = await self._ledger.media_ids(account.id, [remote.id for remote in alike])
        free = [remote.id for remote in alike if remote.id not in bound]
        if len(free) > 1:
            log.warning("post.several_matches", extra={"post_id": post.id, "media_ids": free})
        return free[0] if len(free) == 1 else None

    async def _note(self, post: Post, answer: Answer, media_id: str | None) -> None:
        for publication in await self._ledger.of_post(post.id):
            if publication.reply is None and publication.answer in (Answer.PENDING, Answer.UNKNOWN):
                await self._ledger.answer(
                    replace(publication, answer=answer, media_id=media_id, answered_at=self._clock.now())
                )

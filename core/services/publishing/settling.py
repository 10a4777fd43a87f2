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
from core.domain.post import Post, PostStatus, PublishIntent
from core.domain.publication import Answer
from core.ports import (
    AccountStore,
    Clock,
    ContainerState,
    ContainerStatus,
    PostFilter,
    PostStore,
    PublicationLog,
    RemotePost,
    Threads,
)
from core.services.publishing import containers
from core.services.publishing.verdicts import Verdicts

log = logging.getLogger(__name__)

_LISTED_SINCE: Final = timedelta(seconds=60)
_PATIENCE: Final = 2
"""How often Threads is asked, within 17 seconds, before a person is."""
_LOOKS: Final = 6
"""How often, within seven minutes, the account's posts are searched for one that a person has seen there."""
_TAKES_EFFECT_WITHIN: Final = timedelta(minutes=10)
"""Longer than Threads was ever seen to take for a publish call (threads_api fact sheet §4)."""
_FOUND: Final = "found on Threads after a lost answer"
_PROOF_OF_ABSENCE: Final = frozenset({ContainerState.EXPIRED, ContainerState.ERROR})


class Settling:
    """Finds out what became of a publish call, by the container first and the account's posts second."""

    def __init__(
        self,
        posts: PostStore,
        accounts: AccountStore,
        ledger: PublicationLog,
        threads: Threads,
        clock: Clock,
        verdicts: Verdicts,
    ) -> None:
        self._posts = posts
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
            status = await self._status(account, post.intent)
            media_id = await self._find(post, post.intent, account, status)
        except ThreadsError as error:
            log.info("post.settle_later", extra={"post_id": post.id, "code": error.failure.code})
            await self._verdicts.undecided(post, inconclusive=post.intent.asked >= _PATIENCE)
            return
        if media_id is not None:
            await self._verdicts.published(post, media_id, post.intent.at, why=_FOUND)
            await self._note(post, Answer.PUBLISHED, media_id)
        elif status is not None and status.state in _PROOF_OF_ABSENCE:
            await self._verdicts.gave_up(post, container_failure(status.state, status.error))
            await self._note(post, Answer.REFUSED, None)
        else:
            await self._verdicts.undecided(post, inconclusive=post.intent.asked >= _PATIENCE)

    async def find(self, post: Post) -> None:
        """Bind the media id of a post that a person has seen on Threads, or look again later; a few times."""
        account = await self._accounts.get(post.account_id)
        if account is None or post.intent is None:
            await self._verdicts.unseen(post, again=False)
            return
        media_id = None
        try:
            status = await self._status(account, post.intent)
            media_id = await self._find(post, post.intent, account, status)
        except ThreadsError as error:
            log.info("post.find_later", extra={"post_id": post.id, "code": error.failure.code})
        again = media_id is None and post.intent.asked + 1 < _LOOKS
        if media_id is None:
            await self._verdicts.unseen(post, again=again)
        else:
            await self._verdicts.seen(post, media_id, post.intent.at, why=_FOUND)
        if not again:
            await self._note(post, Answer.PUBLISHED, media_id)

    async def _status(self, account: Account, intent: PublishIntent) -> ContainerStatus | None:
        return await containers.outcome(self._threads, account.credentials, intent, self._clock.now())

    async def _find(
        self, post: Post, intent: PublishIntent, account: Account, status: ContainerStatus | None
    ) -> str | None:
        """The media id of the listed post that can only be this one."""
        since = intent.at - _LISTED_SINCE
        rivals = await self._rivals(post, intent)
        listed = await self._threads.recent_posts(account.credentials, since=since)
        alike = [remote for remote in listed if matches(remote, post.content, since=since)]
        bound = await self._ledger.media_ids(account.id, [remote.id for remote in alike])
        free = [remote for remote in reversed(alike) if remote.id not in bound]
        if status is not None and status.state is ContainerState.PUBLISHED:
            return await self._among(free, intent, account, rivals)
        return free[0].id if len(free) == 1 and not rivals else None

    async def _rivals(self, post: Post, intent: PublishIntent) -> list[PublishIntent]:
        """Other publish calls of the same content whose media id is not known either."""
        same = PostFilter(account_id=post.account_id, content_hashes=[post.content_hash], newest_first=True)
        doubtful = await self._posts.find(replace(same, statuses=[PostStatus.PUBLISHING]))
        said = await self._posts.find(replace(same, statuses=[PostStatus.PUBLISHED]))
        confirmed = [
            one
            for one in said
            if one.media_id is None and one.intent and intent.at - one.intent.at < _TAKES_EFFECT_WITHIN
        ]
        return [one.intent for one in (*doubtful, *confirmed) if one.id != post.id and one.intent is not None]

    async def _among(
        self, free: list[RemotePost], intent: PublishIntent, account: Account, rivals: list[PublishIntent]
    ) -> str | None:
        """The post is one of ``free``: they went out in the order in which they were sent."""
        earlier = 0
        for rival in rivals:
            if rival.at < intent.at:
                status = await self._status(account, rival)
                earlier += status is not None and status.state is ContainerState.PUBLISHED
        ordered = sorted(free, key=lambda remote: remote.timestamp)
        return ordered[earlier].id if earlier < len(ordered) else None

    async def _note(self, post: Post, answer: Answer, media_id: str | None) -> None:
        for publication in await self._ledger.of_post(post.id):
            if publication.reply is None and publication.answer in (Answer.PENDING, Answer.UNKNOWN):
                await self._ledger.answer(
                    replace(publication, answer=answer, media_id=media_id, answered_at=self._clock.now())
                )

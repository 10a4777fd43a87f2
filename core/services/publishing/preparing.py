"""Ahead of its time, a post's containers are made and polled until Threads reports them FINISHED."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.account import Account
from core.domain.failures import ThreadsError
from core.domain.lifecycle import expired
from core.domain.policy import poll_delay
from core.domain.post import Container, Post, PostType, Step
from core.ports import Clock, Threads
from core.services.desk import Desk
from core.services.publishing import containers
from core.services.publishing.gate import Gate
from core.services.publishing.verdicts import Verdicts

_STEP_LEASE: Final = timedelta(seconds=90)
"""A creation that takes longer than this is taken up by another worker."""


class Preparing:
    """One call brings the container as far as it gets without waiting."""

    def __init__(self, threads: Threads, desk: Desk, clock: Clock, gate: Gate, verdicts: Verdicts) -> None:
        self._threads = threads
        self._desk = desk
        self._clock = clock
        self._gate = gate
        self._verdicts = verdicts

    async def prepare(self, post: Post) -> None:
        """Make what is missing, ask about what is in progress, and say when to look again."""
        account = await self._gate.to_prepare(post)
        if account is None:
            return
        held = await self._begin(post)
        if held is None:
            return
        progress = _Progress(self, held, account)
        try:
            if _begun(held) or await self._gate.quota_left(held, account):
                await progress.run()
        except ThreadsError as error:
            await self._verdicts.failed(progress.post, error.failure, account)

    async def _begin(self, post: Post) -> Post | None:
        """Show what is being done, drop an expired container, and keep other workers away meanwhile."""
        now = self._clock.now()
        container = post.container
        if container is not None and expired(container, max(now, post.scheduled_at or now)):
            container = None
        step = Step.PROCESSING_MEDIA if container and container.creation_id else Step.CREATING_CONTAINER
        after = replace(
            post, container=container, step=step, due_at=now + _STEP_LEASE, claim=None, waits=False
        )
        return await self._desk.save(post, after)

    async def create(self, account: Account, spec: containers.ContainerSpec) -> Container:
        return await containers.create(self._threads, account.credentials, spec, self._clock.now())

    async def poll(self, account: Account, container: Container) -> Container:
        return (
            container
            if container.finished
            else await containers.poll(self._threads, account.credentials, container, self._clock.now())
        )

    async def write(self, post: Post, container: Container, **changes: object) -> Post | None:
        return await self._desk.save(post, replace(post, container=container, **changes))

    def now(self) -> datetime:
        return self._clock.now()


def _begun(post: Post) -> bool:
    """Whether a part of it stands at Threads already."""
    return post.container is not None and bool(post.container.creation_id or post.container.children)


class _Progress:
    """The post as last written, while its containers are made."""

    def __init__(self, preparing: Preparing, post: Post, account: Account) -> None:
        self._at = preparing
        self._account = account
        self.post = post

    async def run(self) -> None:
        container = self.post.container or Container()
        if self.post.type is PostType.CAROUSEL and container.creation_id is None:
            children = await self._items(container)
            if children is None:
                return
            container = replace(container, children=children)
        if container.creation_id is None:
            spec = containers.spec_of_post(self.post.content, container.children)
            made = await self._at.create(self._account, spec)
            container = replace(made, children=container.children, rebuilds=container.rebuilds)
            if not await self._write(container):
                return
        await self._await_finished(await self._at.poll(self._account, container))

    async def _items(self, container: Container) -> tuple[Container, ...] | None:
        """The finished children of a carousel, each stored as soon as it exists; None while they are not."""
        children = container.children
        for media in self.post.content.media[len(children) :]:
            children = (*children, await self._at.create(self._account, containers.spec_of_item(media)))
            if not await self._write(replace(container, children=children)):
                return None
        polled = tuple([await self._at.poll(self._account, child) for child in children])
        if all(child.finished for child in polled):
            return polled
        waiting = replace(container, children=polled, polls=container.polls + 1)
        await self._look_again(waiting)
        return None

    async def _await_finished(self, container: Container) -> None:
        if not container.finished:
            await self._look_again(container)
            return
        now = self._at.now()
        planned = self.post.scheduled_at or now
        attempts = self.post.attempts if container.rebuilds else 0
        await self._write(container, step=Step.READY, attempts=attempts, error=None, due_at=max(planned, now))

    async def _look_again(self, container: Container) -> None:
        due = self._at.now() + poll_delay(container.polls - 1)
        await self._write(container, step=Step.PROCESSING_MEDIA, due_at=due)

    async def _write(self, container: Container, **changes: object) -> bool:
        saved = await self._at.write(self.post, container, **changes)
        if saved is not None:
            self.post = saved
        return saved is not None

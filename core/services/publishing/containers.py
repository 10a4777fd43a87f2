"""Containers at Threads: what to ask for, and how far Threads is with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.account import Credentials
from core.domain.classifier import container_failure, is_gone
from core.domain.failures import ThreadsError
from core.domain.post import Container, Content, Media, PostType, PublishIntent
from core.ports import ContainerSpec, ContainerState, ContainerStatus, Threads

_PROCESSING_TAKES: Final = timedelta(hours=1)
"""Meta asks to be asked for five minutes only; a long video was seen to take longer."""
_ALL_OVER: Final = timedelta(hours=25)
"""A container lives for 24 hours and was made before it was published."""


def spec_of_post(content: Content, children: tuple[Container, ...]) -> ContainerSpec:
    """The container of the post itself; ``children`` are the finished items of a carousel."""
    single = content.media[0] if len(content.media) == 1 else None
    return ContainerSpec(
        type=content.type,
        text=content.text,
        media=single,
        children=tuple(child.creation_id for child in children if child.creation_id is not None),
        reply_control=content.reply_control,
        topic=content.topic,
        link_attachment=content.link_attachment if content.type is PostType.TEXT else "",
    )


def spec_of_item(media: Media) -> ContainerSpec:
    """The container of one item of a carousel."""
    return ContainerSpec(type=PostType(media.kind), media=media, carousel_item=True)


def spec_of_reply(text: str, parent_media_id: str) -> ContainerSpec:
    """The container of a first comment or thread part."""
    return ContainerSpec(type=PostType.TEXT, text=text, reply_to_id=parent_media_id)


async def create(threads: Threads, who: Credentials, spec: ContainerSpec, now: datetime) -> Container:
    """A new container at Threads. Raises ThreadsError."""
    return Container(creation_id=await threads.create_container(who, spec), created_at=now)


async def poll(threads: Threads, who: Credentials, container: Container, now: datetime) -> Container:
    """The container with what Threads says of it now.

    Raises ThreadsError if it can never be published, or has been in progress for an hour.
    """
    if container.creation_id is None:
        raise ValueError("a container without an id cannot be asked about")
    status = await threads.container_status(who, container.creation_id)
    if status.state is ContainerState.FINISHED:
        return replace(container, finished=True)
    patient = container.created_at is None or now - container.created_at < _PROCESSING_TAKES
    if status.state is ContainerState.IN_PROGRESS and patient:
        return replace(container, polls=container.polls + 1)
    raise ThreadsError(container_failure(status.state, status.error))


async def outcome(
    threads: Threads, who: Credentials, intent: PublishIntent, now: datetime
) -> ContainerStatus | None:
    """What Threads says of a container after a publish call without an answer; None when it does not know it.

    Whether Threads still knows a container that was published is not documented; but all of them end.
    Raises ThreadsError when Threads cannot be asked.
    """
    try:
        return await threads.container_status(who, intent.creation_id)
    except ThreadsError as error:
        if not is_gone(error.failure):
            raise
    return ContainerStatus(ContainerState.EXPIRED) if now - intent.at > _ALL_OVER else None

"""The Threads API, as far as the services use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.domain.account import Credentials
from core.domain.post import Media, PostType, ReplyControl
from core.domain.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerSpec:
    """Parameters of ``POST /{user}/threads`` (threads_api fact sheet §3)."""

    type: PostType
    text: str = ""
    media: Media | None = None
    children: tuple[str, ...] = ()
    carousel_item: bool = False
    reply_to_id: str | None = None
    reply_control: ReplyControl | None = None
    topic: str = ""
    link_attachment: str = ""


class ContainerState(StrEnum):
    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    PUBLISHED = "PUBLISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class ContainerStatus:
    state: ContainerState
    error: str = ""
    """Threads' error_message, such as FAILED_DOWNLOADING_VIDEO; empty unless state is ERROR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePost:
    """A post as Threads lists it. ``media_type`` is TEXT_POST, IMAGE, VIDEO or CAROUSEL_ALBUM."""

    id: str
    text: str
    timestamp: datetime
    permalink: str | None
    media_type: str
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """Used and total of a rolling 24 h window."""

    used: int
    total: int


@dataclass(frozen=True, slots=True)
class Profile:
    user_id: str
    username: str


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """``expires_in`` is in seconds, None when Threads did not say."""

    token: Secret
    expires_in: int | None


class Threads(Protocol):
    """The Threads API. Every call raises :class:`core.domain.failures.ThreadsError` on failure."""

    async def warm(self, connections: int = 1) -> None:
        """Have open connections ready, so that a call at a due time needs no handshake."""
        ...

    async def create_container(self, who: Credentials, spec: ContainerSpec) -> str:
        """The creation id. May be repeated: an orphan container is harmless."""
        ...

    async def container_status(self, who: Credentials, creation_id: str) -> ContainerStatus: ...

    async def publish(self, who: Credentials, creation_id: str) -> str:
        """The media id. Sent once, never repeated here; waits up to 240 s for the answer."""
        ...

    async def recent_posts(
        self, who: Credentials, *, since: datetime, replies: bool = False
    ) -> list[RemotePost]: ...

    async def media(self, who: Credentials, media_id: str) -> RemotePost: ...

    async def publishing_limit(self, who: Credentials) -> Quota: ...

    async def delete(self, who: Credentials, media_id: str) -> None: ...

    async def insights(self, who: Credentials, media_id: str) -> dict[str, int]: ...

    async def profile(self, token: Secret) -> Profile: ...

    async def refresh(self, token: Secret) -> IssuedToken: ...

"""Where notices are kept until they are delivered, and how processes hear of changes at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from core.domain.notice import Notice


class NoticeStore(Protocol):
    async def add(self, notices: Sequence[Notice]) -> None:
        """Keep those that are new; an id that exists is left as it is."""
        ...

    async def readers(self) -> list[str]:
        """The ids of the people for whom something waits."""
        ...

    async def waiting(self, person_id: str, limit: int = 500) -> list[Notice]:
        """What waits for the person, the oldest first."""
        ...

    async def told(self, notice_ids: Sequence[str], person_id: str) -> None:
        """The person has been told of these."""
        ...


class Events(Protocol):
    """Says between processes which posts have changed. May lose some: whoever listens looks again at times."""

    def announce(self, post_id: str | None = None) -> None:
        """Tell whoever listens, soon; nobody waits for it. Without a post: there is something else to look at."""
        ...

    def follow(self) -> AbstractAsyncContextManager[AsyncIterator[Sequence[str]]]:
        """Inside, the ids of posts that change from now on. Raises UnavailableError when Redis goes."""
        ...

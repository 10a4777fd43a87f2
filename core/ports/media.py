"""Where pictures and videos are kept so that Threads can download them, and who makes pictures fit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from core.domain.media_files import Prepared

PreparePicture = Callable[[bytes], Awaitable[Prepared]]
"""Make a picture of any usual format one that Threads takes. Raises RefusedError, in one sentence."""


class MediaStorage(Protocol):
    async def store(self, name: str, data: bytes, content_type: str) -> str:
        """Keep the file under ``name`` and return its public address; the same name again is replaced.

        Raises SettingsError when no public address is configured, in a sentence that says what to set,
        and UnavailableError when the storage cannot be reached.
        """
        ...

    async def read(self, url: str, *, at_most: int) -> bytes | None:
        """The file that :meth:`store` gave this address to; no other address is ever asked for.

        None for any other address, for a file that is gone, and for one of more than ``at_most`` bytes.
        Raises UnavailableError.
        """
        ...

    async def stored_before(self, moment: datetime) -> list[str]:
        """The names of the files that were last stored before the moment; none where nothing can be kept.

        Other files that lie there too are among them. Raises UnavailableError.
        """
        ...

    async def remove(self, name: str, *, stored_before: datetime) -> bool:
        """Remove the file unless it was stored again since the moment; whether it is gone.

        Raises UnavailableError.
        """
        ...


class MediaMentions(Protocol):
    async def addresses(self) -> set[str]:
        """Every address of a picture or video that a post (a draft too), series or composition names."""
        ...

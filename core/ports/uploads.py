"""Where workbooks that were sent are remembered; not their bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.domain.upload import Upload


class UploadStore(Protocol):
    """Uploads, forgotten when they expire."""

    async def add(self, upload: Upload) -> bool:
        """Insert; False when its id exists."""
        ...

    async def get(self, upload_id: str) -> Upload | None: ...

    async def save(self, before: Upload, after: Upload) -> Upload | None:
        """Write ``after`` if the stored version is still that of ``before``; with its new version, or None."""
        ...

    async def count(self, person_id: str, *, since: datetime) -> int:
        """How many a person has sent since then."""
        ...

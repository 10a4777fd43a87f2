"""Which pictures and videos are still named, in MongoDB."""

from __future__ import annotations

from typing import Final

from core.adapters.mongo.client import Database
from core.adapters.mongo.outages import tells_outages

_COLLECTIONS: Final = ("posts", "series", "compositions")
_NAMED: Final = "content.media.url"


class MongoMediaMentions:
    """Implements :class:`core.ports.media.MediaMentions`."""

    def __init__(self, database: Database) -> None:
        self._collections = [database[name] for name in _COLLECTIONS]

    @tells_outages
    async def addresses(self) -> set[str]:
        found: set[str] = set()
        for collection in self._collections:
            cursor = collection.find({_NAMED: {"$exists": True}}, {_NAMED: True})
            async for document in cursor:
                found.update(item["url"] for item in document["content"]["media"])
        return found

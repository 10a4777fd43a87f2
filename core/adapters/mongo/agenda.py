"""When something has to be done next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from core.adapters.mongo.client import Database
from core.adapters.mongo.outages import tells_outages

# A lower bound, not $exists, lets MongoDB answer from the index alone.
_EARLIEST: Final[list[dict[str, Any]]] = [
    {"$match": {"due_at": {"$gte": datetime(1970, 1, 1, tzinfo=UTC)}}},
    {"$sort": {"due_at": 1}},
    {"$limit": 1},
    {"$project": {"_id": False, "due_at": True}},
]
_NEXT_DUE: Final[list[dict[str, Any]]] = [
    *_EARLIEST,
    {"$unionWith": {"coll": "accounts", "pipeline": _EARLIEST}},
    {"$unionWith": {"coll": "series", "pipeline": _EARLIEST}},
    {"$unionWith": {"coll": "people", "pipeline": _EARLIEST}},
    {"$group": {"_id": None, "due_at": {"$min": "$due_at"}}},
]


class MongoAgenda:
    """Implements :class:`core.ports.Agenda`."""

    def __init__(self, database: Database) -> None:
        self._posts = database["posts"]

    @tells_outages
    async def next_due(self) -> datetime | None:
        found = await self._posts.aggregate(_NEXT_DUE).to_list(1)
        return found[0]["due_at"] if found else None

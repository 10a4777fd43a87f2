"""Notices in MongoDB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pymongo import ASCENDING, IndexModel

from core.adapters.mongo.client import Database
from core.adapters.mongo.documents import document_of, value_of
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import acknowledged, insert_new
from core.domain.notice import Notice

_KEPT_SECONDS: Final = 60 * 24 * 3600
_SOMEBODY: Final = {"$gt": ""}

NOTICE_INDEXES: Final = {
    "notices": [
        IndexModel(
            [("waiting", ASCENDING), ("at", ASCENDING)],
            name="waiting",
            partialFilterExpression={"waiting": _SOMEBODY},
        ),
        IndexModel([("at", ASCENDING)], name="forgotten", expireAfterSeconds=_KEPT_SECONDS),
    ]
}


class MongoNoticeStore:
    """Implements :class:`core.ports.NoticeStore`. What is 60 days old is forgotten, told or not."""

    def __init__(self, database: Database) -> None:
        self._notices = database["notices"]

    @tells_outages
    async def add(self, notices: Sequence[Notice]) -> None:
        await insert_new(self._notices, [document_of(notice) for notice in notices])

    @tells_outages
    async def readers(self) -> list[str]:
        return await self._notices.distinct("waiting", {"waiting": _SOMEBODY})

    @tells_outages
    async def waiting(self, person_id: str, limit: int = 500) -> list[Notice]:
        cursor = self._notices.find({"waiting": str(person_id)}).sort("at", ASCENDING).limit(limit)
        return [value_of(Notice, found) async for found in cursor]

    @tells_outages
    async def told(self, notice_ids: Sequence[str], person_id: str) -> None:
        ids = list(notice_ids)
        await acknowledged(
            lambda: self._notices.update_many({"_id": {"$in": ids}}, {"$pull": {"waiting": person_id}})
        )

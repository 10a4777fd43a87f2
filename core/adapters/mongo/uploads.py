"""Uploads in MongoDB."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pymongo import ASCENDING, IndexModel

from core.adapters.mongo.client import Database
from core.adapters.mongo.documents import document_of, value_of
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import insert_new, save_if_unchanged
from core.domain.upload import Upload

UPLOAD_INDEXES: Final[dict[str, list[IndexModel]]] = {
    "uploads": [
        IndexModel([("expires_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
        IndexModel([("person_id", ASCENDING), ("created_at", ASCENDING)], name="by_person"),
    ]
}


class MongoUploadStore:
    """Implements :class:`core.ports.UploadStore`."""

    def __init__(self, database: Database) -> None:
        self._uploads = database["uploads"]

    @tells_outages
    async def add(self, upload: Upload) -> bool:
        return bool(await insert_new(self._uploads, [document_of(upload)]))

    @tells_outages
    async def get(self, upload_id: str) -> Upload | None:
        found = await self._uploads.find_one({"_id": upload_id})
        return value_of(Upload, found) if found else None

    @tells_outages
    async def save(self, before: Upload, after: Upload) -> Upload | None:
        return await save_if_unchanged(self._uploads, before, after)

    @tells_outages
    async def count(self, person_id: str, *, since: datetime) -> int:
        return await self._uploads.count_documents({"person_id": person_id, "created_at": {"$gte": since}})

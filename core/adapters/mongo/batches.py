"""Batches in MongoDB."""

from __future__ import annotations

from core.adapters.mongo.client import Database
from core.adapters.mongo.documents import document_of, value_of
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import acknowledged
from core.domain.batch import Batch


class MongoBatchStore:
    """Implements :class:`core.ports.BatchStore`."""

    def __init__(self, database: Database) -> None:
        self._batches = database["batches"]

    @tells_outages
    async def add(self, batch: Batch) -> None:
        await self.save(batch)

    @tells_outages
    async def get(self, batch_id: str) -> Batch | None:
        found = await self._batches.find_one({"_id": batch_id})
        return value_of(Batch, found) if found else None

    @tells_outages
    async def recent(self, limit: int = 20) -> list[Batch]:
        """The latest first."""
        cursor = self._batches.find().sort([("created_at", -1), ("_id", 1)]).limit(limit)
        return [value_of(Batch, found) async for found in cursor]

    @tells_outages
    async def save(self, batch: Batch) -> None:
        await acknowledged(
            lambda: self._batches.replace_one({"_id": batch.id}, document_of(batch), upsert=True)
        )

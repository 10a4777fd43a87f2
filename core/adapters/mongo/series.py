"""Series in MongoDB."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.adapters.mongo.client import Database
from core.adapters.mongo.codec import Document
from core.adapters.mongo.documents import changes, document_of, value_of
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import Due, change_if_unchanged, claim, insert_new, new_op
from core.domain.series import Series

LEASE: Final = timedelta(minutes=2)
"""How long whoever claimed a series has to make its occurrences before it is due again."""


class MongoSeriesStore:
    """Implements :class:`core.ports.SeriesStore`. Lists are in the order in which the series were made."""

    def __init__(self, database: Database) -> None:
        self._series = database["series"]

    @tells_outages
    async def add(self, series: Sequence[Series]) -> None:
        """Insert; an id that exists is left as it is."""
        await insert_new(self._series, [document_of(one) for one in series])

    @tells_outages
    async def get(self, series_id: str) -> Series | None:
        found = await self._series.find_one({"_id": series_id})
        return value_of(Series, found) if found else None

    @tells_outages
    async def find(self, *, account_id: str | None = None, batch_id: str | None = None) -> list[Series]:
        wanted = {"account_id": account_id, "batch_id": batch_id}
        return await self._all({name: value for name, value in wanted.items() if value is not None})

    @tells_outages
    async def by_sheet_ids(self, sheet_ids: Sequence[str]) -> list[Series]:
        return await self._all({"sheet_id": {"$in": list(sheet_ids)}})

    @tells_outages
    async def save(self, before: Series, after: Series) -> Series | None:
        written = _without_version(after)
        update = changes(_without_version(before), written)
        unchanged = {"_id": before.id, "version": before.version}
        if not await change_if_unchanged(self._series, unchanged, update, new_op()):
            return None
        return replace(value_of(Series, written), version=before.version + 1)

    @tells_outages
    async def delete(self, series_id: str) -> bool:
        result = await self._series.delete_one({"_id": series_id})
        return result.deleted_count == 1

    @tells_outages
    async def claim_due(self, *, until: datetime, now: datetime, limit: int) -> list[Series]:
        """Their due_at becomes the end of the lease, so that occurrences that were not made are made then."""
        claimed = await claim(self._series, Due(until=until, now=now, limit=limit, lease=LEASE))
        return [value_of(Series, found) for found in claimed]

    async def _all(self, query: Document) -> list[Series]:
        cursor = self._series.find(query).sort([("created_at", 1), ("_id", 1)])
        return [value_of(Series, found) async for found in cursor]


def _without_version(series: Series) -> Document:
    document = document_of(series)
    del document["version"]
    return document

"""The ledger of publish attempts in MongoDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.adapters.mongo.client import Database
from core.adapters.mongo.codec import Document
from core.adapters.mongo.documents import publication_document, value_of
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import acknowledged
from core.domain.publication import Answer, Publication


class MongoPublicationLog:
    """Implements :class:`core.ports.PublicationLog`."""

    def __init__(self, database: Database) -> None:
        self._publications = database["publications"]
        self._posts = database["posts"]

    @tells_outages
    async def append(self, publication: Publication) -> None:
        """Store an attempt; if its answer has overtaken it, that stays."""
        appended = {"$setOnInsert": publication_document(publication)}
        await acknowledged(
            lambda: self._publications.update_one({"_id": publication.id}, appended, upsert=True)
        )

    @tells_outages
    async def answer(self, publication: Publication) -> None:
        answered = publication_document(publication)
        await acknowledged(
            lambda: self._publications.replace_one({"_id": publication.id}, answered, upsert=True)
        )

    @tells_outages
    async def of_post(self, post_id: str) -> list[Publication]:
        """In the order in which they were sent."""
        cursor = self._publications.find({"post_id": post_id}).sort([("sent_at", 1), ("_id", 1)])
        return [value_of(Publication, found) async for found in cursor]

    @tells_outages
    async def nth_latest(self, account_id: str, n: int, *, since: datetime) -> datetime | None:
        """See :meth:`core.ports.PublicationLog.nth_latest`; refused and unsent attempts do not count."""
        query = {"account_id": account_id, "counted": True, "sent_at": {"$gt": since}}
        cursor = self._publications.find(query, {"_id": False, "sent_at": True}).sort("sent_at", -1)
        found = await cursor.skip(n - 1).limit(1).to_list(1)
        return found[0]["sent_at"] if found else None

    @tells_outages
    async def latenesses(self, *, since: datetime, account_ids: Sequence[str] | None = None) -> list[float]:
        """See :meth:`core.ports.PublicationLog.latenesses`; in the order of publishing, replies left out."""
        query: Document = {"counted": True, "answer": Answer.PUBLISHED.value, "sent_at": {"$gte": since}}
        if account_ids is not None:
            query["account_id"] = {"$in": list(account_ids)}
        times = {"_id": False, "sent_at": True, "scheduled_at": True}
        cursor = self._publications.find(query, times).sort("sent_at", 1)
        return [(one["sent_at"] - one["scheduled_at"]) / timedelta(milliseconds=1) async for one in cursor]

    @tells_outages
    async def media_ids(self, account_id: str, media_ids: Sequence[str]) -> set[str]:
        query = {"account_id": account_id, "media_id": {"$in": list(media_ids)}}
        only = {"_id": False, "media_id": True}
        sent = {found["media_id"] async for found in self._publications.find(query, only)}
        return sent | {found["media_id"] async for found in self._posts.find(query, only)}

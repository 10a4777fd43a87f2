"""Posts in MongoDB. :meth:`MongoPostStore.save` is the only writer of a status in the whole project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pymongo.errors import DuplicateKeyError

from core.adapters.mongo.client import Database
from core.adapters.mongo.codec import Document, from_document, to_document
from core.adapters.mongo.documents import changes, post_document, value_of
from core.adapters.mongo.outages import UNACKNOWLEDGED, tells_outages
from core.adapters.mongo.post_queries import in_order, matching, tallying
from core.adapters.mongo.writes import (
    WITHOUT_HISTORY,
    Due,
    acknowledged,
    change_if_unchanged,
    claim,
    insert_new,
    new_op,
)
from core.domain.lifecycle import may_move
from core.domain.notice import News, news_of
from core.domain.post import HistoryEntry, Post, PostStatus
from core.ports import AccountBusyError, PostFilter, Tallied

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
CLAIM_LIFE: Final = timedelta(seconds=20)
"""How long a claim waits for its worker before the post is due again."""


class MongoPostStore:
    """Implements :class:`core.ports.PostStore`."""

    def __init__(self, database: Database) -> None:
        self._posts = database["posts"]
        self._unsettled: dict[str, tuple[Post, str]] = {}

    @tells_outages
    async def add(self, posts: Sequence[Post]) -> list[str]:
        return await insert_new(self._posts, [post_document(post) for post in posts])

    @tells_outages
    async def get(self, post_id: str) -> Post | None:
        found = await self._posts.find_one({"_id": post_id})
        return value_of(Post, found) if found else None

    @tells_outages
    async def find(self, which: PostFilter, *, limit: int = 100, skip: int = 0) -> list[Post]:
        cursor = self._posts.find(matching(which), WITHOUT_HISTORY).sort(in_order(which))
        return [value_of(Post, found) async for found in cursor.skip(skip).limit(limit)]

    @tells_outages
    async def count(self, which: PostFilter) -> dict[PostStatus, int]:
        """How many posts have each status; a status that none has is missing."""
        query = matching(
            replace(which, statuses=tuple(PostStatus) if which.statuses is None else which.statuses)
        )
        grouped = self._posts.aggregate(
            [{"$match": query}, {"$group": {"_id": "$status", "posts": {"$sum": 1}}}]
        )
        return {PostStatus(group["_id"]): group["posts"] async for group in grouped}

    @tells_outages
    async def tallies(self, which: PostFilter, bounds: Sequence[datetime]) -> list[Tallied]:
        grouped = self._posts.aggregate(tallying(which, bounds))
        return [
            Tallied(kind["since"], PostStatus(kind["status"]), kind["held"], group["posts"])
            async for group in grouped
            for kind in [group["_id"]]
        ]

    @tells_outages
    async def save(self, before: Post, after: Post, *, who: str, why: str, at: datetime) -> Post | None:
        """See :meth:`core.ports.PostStore.save`. Raises ValueError for an illegal change of status.

        The history of the result is complete if that of ``before`` was loaded. Called again with the very
        same ``after`` once MongoDB is back, it knows if the write it could not vouch for has happened.
        """
        if not may_move(before.status, after.status):
            raise ValueError(f"Post {before.id} may not move from {before.status} to {after.status}")
        entry = _history_entry(before, after, HistoryEntry(at, who, before.status, after.status, why))
        written = _without_history(after)
        update = changes(_without_history(before), written)
        if entry:
            update.setdefault("$push", {})["history"] = to_document(entry)
        if kind := news_of(before, after):
            news = News(kind, at, before.version + 1)
            update.setdefault("$push", {})["news"] = to_document(news)
        if not await self._change(before, after, update):
            return None
        history = (*before.history, *filter(None, [entry])) if before.history else ()
        return replace(value_of(Post, written), version=before.version + 1, history=history)

    async def _change(self, before: Post, after: Post, update: Document) -> bool:
        unsettled, op = self._unsettled.get(before.id, (None, ""))
        op = op if unsettled is after else new_op()
        unchanged = {"_id": before.id, "version": before.version, "status": before.status.value}
        try:
            changed = await change_if_unchanged(self._posts, unchanged, update, op)
        except DuplicateKeyError:
            raise AccountBusyError(f"Account {after.account_id} has a publish call in flight") from None
        except UNACKNOWLEDGED:
            self._unsettled[before.id] = (after, op)
            raise
        if unsettled is after:
            del self._unsettled[before.id]
        return changed

    @tells_outages
    async def news(self, limit: int = 500) -> list[tuple[Post, tuple[News, ...]]]:
        """Posts that something happened to, with what has not become notices yet, the oldest first."""
        cursor = self._posts.find({"news.at": {"$gt": _LONG_AGO}}, WITHOUT_HISTORY).sort("news.at", 1)
        return [
            (value_of(Post, found), tuple(from_document(News, one) for one in found["news"]))
            async for found in cursor.limit(limit)
        ]

    @tells_outages
    async def news_taken(self, post_id: str, news: Sequence[News]) -> None:
        """These have become notices."""
        taken = {"$pull": {"news": {"version": {"$in": [one.version for one in news]}}}}
        await acknowledged(lambda: self._posts.update_one({"_id": post_id}, taken))

    @tells_outages
    async def delete(self, post: Post) -> bool:
        result = await self._posts.delete_one({"_id": post.id, "version": post.version})
        return result.deleted_count == 1

    @tells_outages
    async def claim_due(self, *, until: datetime, by: str, now: datetime, limit: int) -> list[Post]:
        mark = {"claim": {"by": {"$literal": by}, "eta": "$due_at"}}
        claimed = await claim(self._posts, Due(until=until, now=now, limit=limit, lease=CLAIM_LIFE), mark)
        return [value_of(Post, found) for found in claimed]

    @tells_outages
    async def release_claims(self) -> int:
        given_back: list[Any] = [
            {"$set": {"due_at": "$claim.eta", "version": {"$add": ["$version", 1]}}},
            {"$unset": "claim"},
        ]
        result = await acknowledged(
            lambda: self._posts.update_many({"claim.by": {"$exists": True}}, given_back)
        )
        return result.modified_count

    @tells_outages
    async def release_account(self, account_id: str, *, now: datetime) -> int:
        waiting = {
            "waits": True,
            "account_id": account_id,
            "status": PostStatus.SCHEDULED.value,
            "claim": {"$exists": False},
        }
        released = {"$set": {"due_at": now}, "$unset": {"waits": ""}, "$inc": {"version": 1}}
        result = await acknowledged(lambda: self._posts.update_many(waiting, released))
        return result.modified_count

    @tells_outages
    async def published_same(
        self, account_id: str, content_hash: str, *, since: datetime, but: str
    ) -> Post | None:
        found = await self._posts.find_one(
            {
                "content_hash": content_hash,
                "account_id": account_id,
                "_id": {"$ne": but},
                "$or": [
                    {"status": PostStatus.PUBLISHED.value, "published_at": {"$gte": since}},
                    {"status": PostStatus.PUBLISHING.value},
                ],
            },
            WITHOUT_HISTORY,
        )
        return value_of(Post, found) if found else None


def _history_entry(before: Post, after: Post, entry: HistoryEntry) -> HistoryEntry | None:
    return entry if entry.why or before.status is not after.status else None


def _without_history(post: Post) -> Document:
    """What :meth:`MongoPostStore.save` may set: the version and the history grow by operators of their own."""
    document = post_document(post)
    return {name: value for name, value in document.items() if name not in {"version", "history"}}

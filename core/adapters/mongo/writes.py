"""The writes that all collections share: insert what is new, change what is unchanged, claim what is due.

Each leaves its own ``op`` in the documents it touched, and its filter makes it harmless to send twice. So a
write whose acknowledgement was lost is sent once more, and by its ``op`` it is known what it has done.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo.errors import BulkWriteError, ServerSelectionTimeoutError, WriteConcernError

from core.adapters.mongo.codec import Document
from core.adapters.mongo.documents import changes, document_of, value_of
from core.adapters.mongo.outages import UNACKNOWLEDGED
from core.domain.access import Invitation, Person
from core.domain.composition import Composition
from core.domain.upload import Upload

Collection = AsyncIOMotorCollection[Document]
Result = TypeVar("Result")
Versioned = TypeVar("Versioned", Person, Invitation, Composition, Upload)

WITHOUT_HISTORY: Final = {"history": False}
_DUPLICATE_KEY: Final = 11000


def new_op() -> str:
    return uuid.uuid4().hex


async def acknowledged(write: Callable[[], Awaitable[Result]]) -> Result:
    """Do a write that may be done twice; once more if its acknowledgement was lost."""
    try:
        return await write()
    except ServerSelectionTimeoutError:
        raise
    except UNACKNOWLEDGED:
        return await write()


async def insert_new(collection: Collection, documents: Sequence[Document]) -> list[str]:
    """Insert the documents whose ids do not exist yet; the ids of those, in order."""
    op = new_op()
    marked = [{**document, "op": op} for document in documents]
    ids = [str(document["_id"]) for document in documents]
    if not ids or await acknowledged(lambda: _insert(collection, marked)):
        return ids
    ours = {found["_id"] async for found in collection.find({"_id": {"$in": ids}, "op": op}, {"_id": True})}
    return [one for one in ids if one in ours]


async def _insert(collection: Collection, documents: Sequence[Document]) -> bool:
    """Whether all were new."""
    try:
        await collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        if error.details["writeConcernErrors"]:
            raise WriteConcernError("a majority did not acknowledge") from error
        if any(failed["code"] != _DUPLICATE_KEY for failed in error.details["writeErrors"]):
            raise
        return False
    return True


async def change_if_unchanged(collection: Collection, unchanged: Document, update: Document, op: str) -> bool:
    """Update the document that still matches ``unchanged`` and grow its version; False if none does.

    ``unchanged`` has to name the ``_id`` and the version. Called again with the same ``op``, it says
    whether the first call has happened after all.
    """
    update = {**update, "$set": {**update.get("$set", {}), "op": op}, "$inc": {"version": 1}}
    result = await acknowledged(lambda: collection.update_one(unchanged, update))
    if result.matched_count:
        return True
    return await collection.find_one({"_id": unchanged["_id"], "op": op}, {"_id": True}) is not None


async def save_if_unchanged(collection: Collection, before: Versioned, after: Versioned) -> Versioned | None:
    """Write what differs, if the stored version is still that of ``before``; ``after`` with its new version."""
    written = _without_version(after)
    update = changes(_without_version(before), written)
    unchanged = {"_id": before.id, "version": before.version}
    if not await change_if_unchanged(collection, unchanged, update, new_op()):
        return None
    return replace(value_of(type(after), written), version=before.version + 1)


def _without_version(value: Versioned) -> Document:
    """The version grows by an operator of its own."""
    document = document_of(value)
    del document["version"]
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due up to ``until``, at most ``limit`` documents; ``lease`` is how long a claim of it lasts."""

    until: datetime
    now: datetime
    limit: int
    lease: timedelta


async def claim(collection: Collection, due: Due, marks: Document | None = None) -> list[Document]:
    """Move ``due_at`` of what is due behind the lease; the documents (without history) that we got.

    What is claimed already is due again only when its claim has ended. ``marks`` are further fields to
    set, as aggregation expressions.
    """
    is_due = {
        "due_at": {"$lte": due.until},
        "$nor": [{"claim": {"$exists": True}, "due_at": {"$gt": due.now}}],
    }
    earliest = collection.find(is_due, {"_id": True}).sort("due_at", 1).limit(due.limit)
    ids = [found["_id"] async for found in earliest]
    if not ids:
        return []
    op = new_op()
    lease_end = {"$add": [{"$max": ["$due_at", due.now]}, due.lease // timedelta(milliseconds=1)]}
    update = {**(marks or {}), "due_at": lease_end, "version": {"$add": ["$version", 1]}, "op": op}
    await acknowledged(lambda: collection.update_many({"_id": {"$in": ids}, **is_due}, [{"$set": update}]))
    ours = {
        found["_id"]: found
        async for found in collection.find({"_id": {"$in": ids}, "op": op}, WITHOUT_HISTORY)
    }
    return [ours[one] for one in ids if one in ours]

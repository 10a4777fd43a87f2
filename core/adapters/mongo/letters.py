"""Updates of a chat service, and who alone may ask for them, in MongoDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.errors import DuplicateKeyError

from core.adapters.mongo.client import Database
from core.adapters.mongo.codec import Document
from core.adapters.mongo.documents import document_of, value_of
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import acknowledged, insert_new
from core.domain.conversation import Letter

_REMEMBERED: Final = 2 * 24 * 60 * 60

LETTER_INDEXES: Final[dict[str, list[IndexModel]]] = {
    "letters": [
        IndexModel([("finished_at", ASCENDING)], name="forgotten", expireAfterSeconds=_REMEMBERED),
        IndexModel(
            [("bot_id", ASCENDING), ("number", ASCENDING)],
            name="waiting",
            partialFilterExpression={"waiting": True},
        ),
    ]
}


class MongoLetterBox:
    """Implements :class:`core.ports.people.LetterBox`; ``finished_at`` is MongoDB's own time."""

    def __init__(self, database: Database) -> None:
        self._letters = database["letters"]

    @tells_outages
    async def add(self, letters: Sequence[Letter]) -> list[Letter]:
        by_id = {letter.id: letter for letter in letters}
        new = await insert_new(self._letters, [_letter_document(letter) for letter in by_id.values()])
        return [by_id[letter_id] for letter_id in new]

    @tells_outages
    async def waiting(self, bot_id: str) -> list[Letter]:
        cursor = self._letters.find({"bot_id": bot_id, "waiting": True}).sort("number", ASCENDING)
        return [value_of(Letter, found) async for found in cursor]

    @tells_outages
    async def begin(self, letter_id: str) -> int:
        waiting = {"_id": letter_id, "waiting": True}
        counted = {"$inc": {"attempts": 1}}
        found = await self._letters.find_one_and_update(
            waiting, counted, {"attempts": True}, return_document=ReturnDocument.AFTER
        )
        return int(found["attempts"]) if found else 0

    @tells_outages
    async def finish(self, letter_id: str) -> None:
        update: dict[str, Any] = {
            "$set": {"done": True},
            "$unset": {"waiting": ""},
            "$currentDate": {"finished_at": True},
        }
        await acknowledged(lambda: self._letters.update_one({"_id": letter_id, "waiting": True}, update))


class MongoLeaseStore:
    """Implements :class:`core.ports.people.LeaseStore`."""

    def __init__(self, database: Database) -> None:
        self._leases = database["leases"]

    @tells_outages
    async def take(self, name: str, holder: str, *, until: datetime, now: datetime) -> bool:
        to_be_had = {"_id": name, "$or": [{"holder": holder}, {"until": {"$lte": now}}]}
        taken = {"$set": {"holder": holder, "until": until}}
        try:
            await acknowledged(lambda: self._leases.update_one(to_be_had, taken, upsert=True))
        except DuplicateKeyError:
            return False
        return True

    @tells_outages
    async def free(self, name: str, holder: str) -> None:
        await self._leases.delete_one({"_id": name, "holder": holder})


def _letter_document(letter: Letter) -> Document:
    """A letter; ``waiting`` until it is done, which is what the index of those holds."""
    bot_id, _, _ = letter.id.rpartition(":")
    waiting = {} if letter.done else {"waiting": True}
    return {**document_of(letter), "bot_id": bot_id, **waiting}

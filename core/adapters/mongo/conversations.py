"""Compositions, what chats remember, and their cards in MongoDB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pymongo import ASCENDING, DESCENDING, IndexModel

from core.adapters.mongo.client import Database
from core.adapters.mongo.documents import document_of, value_of
from core.adapters.mongo.letters import LETTER_INDEXES
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import acknowledged, insert_new, save_if_unchanged
from core.domain.composition import Composition
from core.domain.conversation import Card, Talk

_DAY: Final = 24 * 60 * 60

CONVERSATION_INDEXES: Final[dict[str, list[IndexModel]]] = {
    "compositions": [
        IndexModel([("created_at", ASCENDING)], name="forgotten", expireAfterSeconds=30 * _DAY),
        IndexModel(
            [("content.media.url", ASCENDING)],
            name="media",
            partialFilterExpression={"content.media.url": {"$exists": True}},
        ),
    ],
    "cards": [
        IndexModel([("created_at", ASCENDING)], name="forgotten", expireAfterSeconds=60 * _DAY),
        IndexModel([("subject", ASCENDING), ("created_at", ASCENDING)], name="by_subject"),
    ],
    **LETTER_INDEXES,
}
"""By collection; talks and leases are found by their ids alone."""


class MongoCompositionStore:
    """Implements :class:`core.ports.people.CompositionStore`; forgotten 30 days after they were begun."""

    def __init__(self, database: Database) -> None:
        self._compositions = database["compositions"]

    @tells_outages
    async def add(self, composition: Composition) -> bool:
        return bool(await insert_new(self._compositions, [document_of(composition)]))

    @tells_outages
    async def get(self, composition_id: str) -> Composition | None:
        found = await self._compositions.find_one({"_id": composition_id})
        return value_of(Composition, found) if found else None

    @tells_outages
    async def save(self, before: Composition, after: Composition) -> Composition | None:
        return await save_if_unchanged(self._compositions, before, after)


class MongoTalkStore:
    """Implements :class:`core.ports.people.TalkStore`."""

    def __init__(self, database: Database) -> None:
        self._talks = database["talks"]

    @tells_outages
    async def get(self, person_id: str) -> Talk:
        found = await self._talks.find_one({"_id": person_id})
        return value_of(Talk, found) if found else Talk(id=person_id)

    @tells_outages
    async def put(self, talk: Talk) -> None:
        await acknowledged(lambda: self._talks.replace_one({"_id": talk.id}, document_of(talk), upsert=True))


class MongoCardStore:
    """Implements :class:`core.ports.people.CardStore`; forgotten 60 days after they were sent."""

    def __init__(self, database: Database) -> None:
        self._cards = database["cards"]

    @tells_outages
    async def put(self, card: Card) -> None:
        await acknowledged(lambda: self._cards.replace_one({"_id": card.id}, document_of(card), upsert=True))

    @tells_outages
    async def get(self, chat_id: int, message_id: int) -> Card | None:
        found = await self._cards.find_one({"_id": f"{chat_id}:{message_id}"})
        return value_of(Card, found) if found else None

    @tells_outages
    async def of_subjects(self, subjects: Sequence[str]) -> list[Card]:
        cursor = self._cards.find({"subject": {"$in": list(subjects)}}).sort("created_at", ASCENDING)
        return [value_of(Card, found) async for found in cursor]

    @tells_outages
    async def recent(self, limit: int = 500) -> list[Card]:
        cursor = self._cards.find().sort("created_at", DESCENDING).limit(limit)
        return [value_of(Card, found) async for found in cursor]

    @tells_outages
    async def delete(self, card_id: str) -> None:
        await self._cards.delete_one({"_id": card_id})

"""People and invitations in MongoDB."""

from __future__ import annotations

from collections.abc import Collection as Container
from datetime import datetime, timedelta
from typing import Final

from core.adapters.mongo.client import Database
from core.adapters.mongo.documents import document_of, value_of
from core.adapters.mongo.gathered import Gathered
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import Due, acknowledged, claim, insert_new, save_if_unchanged
from core.domain.access import Invitation, Person

LEASE: Final = timedelta(minutes=2)
"""How long whoever claimed a person has to make their digest before it is due again."""


class MongoPersonStore:
    """Implements :class:`core.ports.PersonStore`."""

    def __init__(self, database: Database) -> None:
        self._people = database["people"]
        self._gathered = Gathered(self._found)

    @tells_outages
    async def get(self, person_id: str) -> Person | None:
        return await self._gathered.get(person_id)

    @tells_outages
    async def add(self, person: Person) -> bool:
        return bool(await insert_new(self._people, [document_of(person)]))

    @tells_outages
    async def list(self) -> list[Person]:
        """All of them, by id."""
        cursor = self._people.find().sort("_id", 1)
        return [value_of(Person, found) async for found in cursor]

    @tells_outages
    async def save(self, before: Person, after: Person) -> Person | None:
        return await save_if_unchanged(self._people, before, after)

    @tells_outages
    async def claim_due(self, *, until: datetime, now: datetime, limit: int) -> list[Person]:
        """Their due_at becomes the end of the lease, so that a digest that was not made is made then."""
        claimed = await claim(self._people, Due(until=until, now=now, limit=limit, lease=LEASE))
        return [value_of(Person, found) for found in claimed]

    async def _found(self, ids: Container[str]) -> dict[str, Person]:
        cursor = self._people.find({"_id": {"$in": list(ids)}})
        return {found["_id"]: value_of(Person, found) async for found in cursor}


class MongoInvitationStore:
    """Implements :class:`core.ports.InvitationStore`. MongoDB forgets them a month after their end."""

    def __init__(self, database: Database) -> None:
        self._invitations = database["invitations"]

    @tells_outages
    async def add(self, invitation: Invitation) -> None:
        await acknowledged(
            lambda: self._invitations.update_one(
                {"_id": invitation.id}, {"$setOnInsert": document_of(invitation)}, upsert=True
            )
        )

    @tells_outages
    async def get(self, invitation_id: str) -> Invitation | None:
        found = await self._invitations.find_one({"_id": invitation_id})
        return value_of(Invitation, found) if found else None

    @tells_outages
    async def save(self, before: Invitation, after: Invitation) -> Invitation | None:
        return await save_if_unchanged(self._invitations, before, after)

"""Accounts in MongoDB, their tokens encrypted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bson.binary import Binary
from pymongo.errors import DuplicateKeyError

from core.adapters.cipher import Cipher, WrongKeyError
from core.adapters.mongo.client import Database
from core.adapters.mongo.codec import Document
from core.adapters.mongo.documents import account_document, changes, name_key, value_of
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.writes import Due, change_if_unchanged, claim, insert_new, new_op
from core.domain.account import Account
from core.domain.errors import RefusedError, SettingsError

LEASE: Final = timedelta(minutes=2)
"""How long whoever claimed an account has to refresh its token before it is due again."""


class MongoAccountStore:
    """Implements :class:`core.ports.AccountStore`.

    Whatever reads an account raises SettingsError when its token was encrypted with another key.
    """

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._accounts = database["accounts"]
        self._cipher = cipher

    @tells_outages
    async def add(self, account: Account) -> bool:
        return bool(await insert_new(self._accounts, [self._sealed(account.id, account_document(account))]))

    @tells_outages
    async def get(self, account_id: str) -> Account | None:
        return self._found(await self._accounts.find_one({"_id": account_id}))

    @tells_outages
    async def by_name(self, name: str) -> Account | None:
        return self._found(await self._accounts.find_one({"name_key": name_key(name)}))

    @tells_outages
    async def list(self) -> list[Account]:
        """All accounts, by name."""
        return [self._account(found) async for found in self._accounts.find().sort("name_key", 1)]

    @tells_outages
    async def save(self, before: Account, after: Account) -> Account | None:
        """Write what differs. Raises RefusedError when the new name or user id belongs to another account."""
        written = _without_version(after)
        update = changes(_without_version(before), written)
        update["$set"] = self._sealed(after.id, update.get("$set", {}))
        unchanged = {"_id": before.id, "version": before.version}
        try:
            changed = await change_if_unchanged(self._accounts, unchanged, update, new_op())
        except DuplicateKeyError:
            raise RefusedError(
                f'The name "{after.name}" or its Threads user is taken by another account: choose another.'
            ) from None
        return replace(value_of(Account, written), version=before.version + 1) if changed else None

    @tells_outages
    async def set_default(self, account_id: str) -> None:
        """Make it the only default, in one transaction."""
        others = {"is_default": True, "_id": {"$ne": account_id}}
        chosen = {"_id": account_id, "is_default": {"$ne": True}}
        grown = {"$inc": {"version": 1}}
        async with await self._database.client.start_session() as session:

            async def choose(_: object) -> None:
                await self._accounts.update_many(
                    others, {"$unset": {"is_default": ""}, **grown}, session=session
                )
                await self._accounts.update_one(
                    chosen, {"$set": {"is_default": True}, **grown}, session=session
                )

            await session.with_transaction(choose)

    @tells_outages
    async def delete(self, account: Account) -> bool:
        result = await self._accounts.delete_one({"_id": account.id, "version": account.version})
        return result.deleted_count == 1

    @tells_outages
    async def claim_due(self, *, until: datetime, now: datetime, limit: int) -> list[Account]:
        """Their due_at becomes the end of the lease, so that a refresh that was lost is done again."""
        claimed = await claim(self._accounts, Due(until=until, now=now, limit=limit, lease=LEASE))
        return [self._account(found) for found in claimed]

    def _sealed(self, account_id: str, document: Document) -> Document:
        if "token" not in document:
            return document
        return {**document, "token": Binary(self._cipher.seal(document["token"], bound_to=account_id))}

    def _found(self, document: Document | None) -> Account | None:
        return self._account(document) if document else None

    def _account(self, document: Document) -> Account:
        try:
            token = self._cipher.open(document["token"], bound_to=document["_id"])
        except WrongKeyError:
            raise SettingsError(
                f'The token of account "{document["name"]}" was encrypted with another key: set '
                "AUTOPOST_SECRET_KEY, or put back secret.key in the data folder, as it was when the account was linked."
            ) from None
        return value_of(Account, {**document, "token": token})


def _without_version(account: Account) -> Document:
    document = account_document(account)
    del document["version"]
    return document

"""The connection to MongoDB."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Final
from urllib.parse import parse_qsl

import pymongo
from bson.codec_options import CodecOptions
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo.errors import ConfigurationError, InvalidURI

from core.adapters.mongo.codec import Document
from core.adapters.mongo.outages import tells_outages
from core.domain.errors import SettingsError
from core.domain.secret import Secret

Database = AsyncIOMotorDatabase[Document]

_PROMISED: Final[dict[str, Any]] = {
    "w": "majority",
    "journal": True,
    "retryWrites": True,
    "retryReads": True,
    "readPreference": "primary",
}
_GOODBYE_SECONDS: Final = 1
_PREFERRED: Final[dict[str, Any]] = {
    "appname": "threads-auto-post",
    "heartbeatFrequencyMS": 60_000,
    "serverSelectionTimeoutMS": 20_000,
    "connectTimeoutMS": 5_000,
    "socketTimeoutMS": 20_000,
}
"""Unless the URI says otherwise."""


def open_database(uri: Secret, default_name: str) -> Database:
    """The database that ``uri`` names, else ``default_name``. Connects with the first operation.

    Writes are acknowledged by a majority and its journals, times come back aware in UTC.

    Raises:
        SettingsError: the URI cannot be used; does not repeat it, as it may hold a password.
    """
    given = {name.lower() for name, _ in parse_qsl(uri.reveal().partition("?")[2])}
    preferred = {name: value for name, value in _PREFERRED.items() if name.lower() not in given}
    try:
        client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(uri.reveal(), **_PROMISED, **preferred)
        named = client.get_default_database(default_name)
    except (ConfigurationError, InvalidURI, ValueError):
        raise SettingsError(
            "MONGODB_URI cannot be used: write mongodb://user:password@host:27017/database, with special "
            "characters of the password percent-encoded, or a mongodb+srv:// address that DNS knows."
        ) from None
    options: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
    return client.get_database(named.name, codec_options=options)


@tells_outages
async def ping(database: Database) -> None:
    """Return once MongoDB has answered. Raises UnavailableError after 20 s without an answer."""
    await database.command("ping")


def close(database: Database) -> None:
    """Say goodbye to the server; it is waited for no longer than a second if it is gone."""
    with pymongo.timeout(_GOODBYE_SECONDS):
        database.client.close()

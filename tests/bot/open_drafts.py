"""The drafts that a person has open, as MongoDB holds them."""

from __future__ import annotations

from core.adapters.mongo.client import close, open_database
from core.adapters.mongo.documents import value_of
from core.bootstrap import Core
from core.domain.composition import Composition


async def open_drafts(core: Core, person_id: str) -> list[Composition]:
    """Those that have not become a post, the newest first."""
    database = open_database(core.addresses.mongodb, core.settings.mongodb_database)
    try:
        open_ones = database["compositions"].find({"person_id": person_id, "post_id": None})
        return [value_of(Composition, found) async for found in open_ones.sort("created_at", -1)]
    finally:
        close(database)

"""The indexes: one for every query the stores make, and the rules that MongoDB itself keeps."""

from __future__ import annotations

from typing import Any, Final

from pymongo import ASCENDING, DESCENDING, IndexModel

from core.adapters.mongo.client import Database
from core.adapters.mongo.conversations import CONVERSATION_INDEXES
from core.adapters.mongo.notices import NOTICE_INDEXES
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.uploads import UPLOAD_INDEXES


def _index(name: str, *fields: str, **options: Any) -> IndexModel:
    """An index over ``fields``; a leading minus means descending."""
    keys = [(field.lstrip("-"), DESCENDING if field.startswith("-") else ASCENDING) for field in fields]
    return IndexModel(keys, name=name, **options)


def _only_with(field: str) -> dict[str, Any]:
    """Documents that have the field; the documents leave out what is None."""
    return {"partialFilterExpression": {field: {"$exists": True}}}


def _only_true(field: str) -> dict[str, Any]:
    return {"partialFilterExpression": {field: True}}


_REMEMBERED: Final = 30 * 24 * 3600
"""Seconds after its end for which it is known who used an invitation."""
_DUE: Final = _index("due", "due_at", **_only_with("due_at"))
_MEDIA: Final = _index("media", "content.media.url", **_only_with("content.media.url"))

INDEXES: Final[dict[str, list[IndexModel]]] = {
    "posts": [
        _DUE,
        _index("one_publish_call_per_account", "account_id", unique=True, **_only_true("in_flight")),
        _index("claimed", "claim.by", **_only_with("claim.by")),
        _index("waiting", "waits", "account_id", **_only_true("waits")),
        _index("in_order", "sort_at", "_id"),
        _index("by_status", "status", "sort_at", "_id"),
        _index("by_account", "account_id", "sort_at", "_id"),
        _index("by_account_and_status", "account_id", "status", "sort_at", "_id"),
        _index("by_batch", "batch_id", "sort_at", "_id", **_only_with("batch_id")),
        _index("by_series", "series_id", "sort_at", "_id", **_only_with("series_id")),
        _index("by_sheet_id", "sheet_id", **_only_with("sheet_id")),
        _index("held_in_order", "sort_at", "_id", **_only_with("hold")),
        _index("by_content", "content_hash", "account_id"),
        _index("by_media_id", "account_id", "media_id", **_only_with("media_id")),
        _index("news", "news.at", **_only_with("news.at")),
        _MEDIA,
    ],
    "accounts": [
        _DUE,
        _index("one_per_name", "name_key", unique=True),
        _index("one_per_user", "user_id", unique=True),
        _index("one_default", "is_default", unique=True, **_only_true("is_default")),
    ],
    "series": [
        _DUE,
        _index("in_order", "created_at", "_id"),
        _index("by_account", "account_id", "created_at", "_id"),
        _MEDIA,
        _index("by_batch", "batch_id", "created_at", "_id", **_only_with("batch_id")),
        _index("by_sheet_id", "sheet_id", **_only_with("sheet_id")),
    ],
    "batches": [_index("latest", "-created_at", "_id")],
    "people": [_DUE],
    "invitations": [_index("forgotten", "expires_at", expireAfterSeconds=_REMEMBERED)],
    **CONVERSATION_INDEXES,
    **NOTICE_INDEXES,
    **UPLOAD_INDEXES,
    "publications": [
        _index("by_post", "post_id", "sent_at", "_id"),
        _index("allowance", "account_id", "counted", "-sent_at"),
        _index("latenesses", "counted", "answer", "sent_at", "scheduled_at"),
        _index("by_media_id", "account_id", "media_id", **_only_with("media_id")),
    ],
}


@tells_outages
async def ensure_indexes(database: Database) -> None:
    """Create what is missing; may be called at every start, by several processes at once."""
    for collection, indexes in INDEXES.items():
        await database[collection].create_indexes(indexes)

"""How a :class:`core.ports.PostFilter` is asked in MongoDB."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING

from core.adapters.mongo.codec import Document
from core.adapters.mongo.documents import NEVER
from core.ports import PostFilter

_TEXT_CAP: Final = 500


def matching(which: PostFilter) -> Document:
    """The query; values of people stand in it as plain values only, never as operators.

    A search for ``text`` looks at every post that the rest of the filter leaves, in the order of the
    index, until there are enough.
    """
    wanted: dict[str, Any] = {
        "_id": _one_of(which.ids),
        "account_id": _account(which),
        "status": _one_of(which.statuses),
        "batch_id": which.batch_id,
        "series_id": which.series_id,
        "sheet_id": _one_of(which.sheet_ids),
        "content_hash": _one_of(which.content_hashes),
        "sort_at": _interval(which),
        "hold": None if which.held is None else {"$exists": which.held},
        "content.text": _containing(which.text),
    }
    return {name: condition for name, condition in wanted.items() if condition is not None}


def in_order(which: PostFilter) -> list[tuple[str, int]]:
    """The order of the posts: either way along the indexes, so that a page is one scan of them."""
    direction = DESCENDING if which.newest_first else ASCENDING
    return [("sort_at", direction), ("_id", direction)]


def tallying(which: PostFilter, bounds: Sequence[datetime]) -> list[Document]:
    """The pipeline that counts posts by the last of ``bounds`` that they do not precede, status and hold.

    Bounds instead of MongoDB's own dates: what a local day is, is known to Python's time zones alone.
    """
    *starts, end = bounds
    passed = {"$filter": {"input": starts, "cond": {"$lte": ["$$this", "$sort_at"]}}}
    kinds = {"since": {"$max": passed}, "status": "$status", "held": {"$gt": ["$hold", None]}}
    return [
        {"$match": matching(replace(which, since=starts[0], until=end))},
        {"$group": {"_id": kinds, "posts": {"$sum": 1}}},
    ]


def _account(which: PostFilter) -> str | Document | None:
    if which.account_ids is None:
        return which.account_id
    one = {} if which.account_id is None else {"$eq": str(which.account_id)}
    return {**one, "$in": [str(account_id) for account_id in which.account_ids]}


def _one_of(values: Sequence[str] | None) -> Document | None:
    return None if values is None else {"$in": [str(value) for value in values]}


def _interval(which: PostFilter) -> Document | None:
    if which.since is None and which.until is None:
        return None
    since = {"$gte": which.since} if which.since else {}
    return {**since, "$lt": which.until or NEVER}


def _containing(text: str | None) -> Document | None:
    """PCRE takes neither lone surrogates nor NUL nor patterns above 32 kB."""
    sought = (text or "").encode(errors="ignore").decode().replace("\0", "")[:_TEXT_CAP]
    return {"$regex": re.escape(sought), "$options": "i"} if sought else None

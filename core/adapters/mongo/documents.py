"""What the documents hold beyond the fields of their values: ids, and derived fields for the indexes."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any, Final

from core.adapters.mongo.codec import Document, Value, from_document, to_document
from core.domain.account import Account
from core.domain.post import Post
from core.domain.publication import Answer, Publication

NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""``sort_at`` of a post without a time, which is listed behind all others."""

_COUNTED: Final = frozenset({Answer.PENDING, Answer.PUBLISHED, Answer.UNKNOWN})


def document_of(value: Any) -> Document:
    """Map a value that has an ``id``."""
    document = to_document(value)
    return {"_id": document.pop("id"), **document}


def value_of(kind: type[Value], document: Document) -> Value:
    """The value that :func:`document_of` or one of its kin mapped."""
    return from_document(kind, {**document, "id": document["_id"]})


def post_document(post: Post) -> Document:
    """A post; ``sort_at`` is its place in lists."""
    document = document_of(post)
    return {**document, "sort_at": document.get("scheduled_at", NEVER)}


def account_document(account: Account) -> Document:
    """An account, its token still in the clear; ``name_key`` is what makes its name unique."""
    return {**document_of(account), "name_key": name_key(account.name)}


def publication_document(publication: Publication) -> Document:
    """An attempt; ``counted`` says that it may have used up some of the account's daily allowance of posts."""
    counted = publication.reply is None and publication.answer in _COUNTED
    return {**document_of(publication), "counted": counted}


def name_key(name: str) -> str:
    """The form in which names are compared: without case, and composed as Unicode prefers."""
    return unicodedata.normalize("NFKC", name).casefold()


def changes(before: Document, after: Document) -> Document:
    """The update operators that turn one document into the other; empty when nothing differs."""
    written = {name: value for name, value in after.items() if name not in before or before[name] != value}
    removed = dict.fromkeys((name for name in before if name not in after), "")
    return {operator: names for operator, names in (("$set", written), ("$unset", removed)) if names}

"""Values of the domain with sensible defaults; a test names only what it is about."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, Final

from core.domain.account import Account
from core.domain.batch import Batch
from core.domain.post import Content, Post, PostStatus
from core.domain.publication import Publication
from core.domain.recurrence import Pattern, Recurrence
from core.domain.secret import Secret
from core.domain.series import Series
from fake_clock import NOW

ACCOUNT_ID: Final = "account-1"
ZONE: Final = "Asia/Ho_Chi_Minh"
_numbers = itertools.count(1)


def a_post(**fields: Any) -> Post:
    """A draft with an id and a text of its own."""
    number = next(_numbers)
    content = fields.pop("content", None) or Content(text=fields.pop("text", f"Post {number}"))
    post = Post(
        id=f"post-{number}",
        account_id=ACCOUNT_ID,
        content=content,
        content_hash=f"hash of {content.text}",
        zone=ZONE,
        created_at=NOW,
        created_by="test",
    )
    return replace(post, **fields)


def a_scheduled_post(in_: timedelta = timedelta(hours=1), **fields: Any) -> Post:
    """A post whose time is ``in_`` after :data:`NOW`, due then."""
    at = NOW + in_
    return a_post(**{"status": PostStatus.SCHEDULED, "scheduled_at": at, "due_at": at, **fields})


def an_account(**fields: Any) -> Account:
    """An active account with an id, a name and a user of its own."""
    number = next(_numbers)
    account = Account(
        id=f"account-{number}",
        name=f"Shop {number}",
        user_id=f"1784{number:08}",
        username=f"shop_{number}",
        token=Secret(f"THAA-token-{number}"),
        token_issued_at=NOW,
        token_expires_at=NOW + timedelta(days=60),
        zone=ZONE,
    )
    return replace(account, **fields)


def a_series(**fields: Any) -> Series:
    """Mondays at nine, without an end."""
    number = next(_numbers)
    series = Series(
        id=f"series-{number}",
        account_id=ACCOUNT_ID,
        content=Content(text=f"Series {number}"),
        rule=Recurrence(
            pattern=Pattern.WEEKLY, start=date(2026, 12, 7), at=time(9), zone=ZONE, weekdays=frozenset({0})
        ),
        due_at=NOW,
        created_at=NOW,
        created_by="test",
    )
    return replace(series, **fields)


def a_batch(**fields: Any) -> Batch:
    """An import of three posts."""
    number = next(_numbers)
    batch = Batch(
        id=f"batch-{number}",
        file_name="content-calendar.xlsx",
        digest=f"{number:064x}",
        created_at=NOW,
        created_by="test",
        added=3,
        updated=0,
        unchanged=0,
        rejected=0,
    )
    return replace(batch, **fields)


def a_publication(**fields: Any) -> Publication:
    """An attempt to publish a post itself, sent on the dot and not answered yet."""
    number = next(_numbers)
    publication = Publication(
        id=f"publication-{number}",
        post_id=f"post-{number}",
        account_id=ACCOUNT_ID,
        reply=None,
        attempt=1,
        creation_id=f"1802{number:08}",
        scheduled_at=NOW,
        sent_at=NOW,
    )
    return replace(publication, **fields)

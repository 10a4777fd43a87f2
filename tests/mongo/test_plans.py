"""Every query of the stores is answered by an index."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from builders import ACCOUNT_ID, a_batch, a_post, a_publication, a_scheduled_post, a_series, an_account
from core.adapters.mongo.client import Database
from core.adapters.mongo.codec import Document
from core.adapters.mongo.indexes import INDEXES, ensure_indexes
from core.adapters.mongo.stores import Stores
from core.domain.access import Grant, Invitation, NoticeKind, Person, Role
from core.domain.composition import Composition
from core.domain.conversation import Card, Letter, Talk
from core.domain.notice import News, Notice
from core.domain.post import Content, Hold, Post, PostStatus
from core.domain.upload import Upload
from core.ports import PostFilter
from fake_clock import NOW

HOUR = timedelta(hours=1)
POSTS = 400
PAGE = 20
A_NOTICE = Notice(id="notice", kind=NoticeKind.FAILED, at=NOW, group="g", waiting=("1001",))


@pytest.fixture
async def filled(stores: Stores) -> Sequence[Post]:
    """Posts of two accounts, spread over all statuses, batches and series; the stores hold others too."""
    statuses = list(PostStatus)
    posts = [
        a_scheduled_post(
            timedelta(minutes=number),
            account_id=f"account-{number % 2 + 1}",
            status=statuses[number % 5],
            batch_id=f"batch-{number % 10}",
            series_id=f"series-{number % 10}" if number % 3 else None,
            sheet_id=f"sheet-{number}",
            hold=Hold.PAUSED if number % 8 == 0 else None,
            waits=number % 9 == 0,
            media_id=f"media-{number}" if number % 5 == 3 else None,
        )
        for number in range(POSTS)
    ]
    await stores.posts.add(posts)
    for _ in range(20):
        await stores.accounts.add(an_account(due_at=NOW))
        await stores.publications.append(a_publication(media_id="media-1"))
        await stores.batches.add(a_batch())
    await stores.series.add([a_series(batch_id="batch-1", sheet_id="sheet-1") for _ in range(20)])
    return posts


@asynccontextmanager
async def profiled(database: Database) -> AsyncGenerator[list[Document]]:
    """What MongoDB did meanwhile, as its profiler writes it down."""
    seen: list[Document] = []
    await database.command("profile", 2)
    yield seen
    await database.command("profile", 0)
    about_data = {"ns": {"$ne": f"{database.name}.system.profile"}, "planSummary": {"$exists": True}}
    seen += await database["system.profile"].find(about_data).to_list(None)
    await database["system.profile"].drop()


def calls_of_people(stores: Stores) -> dict[str, Callable[[], Awaitable[Any]]]:
    """One call of every method of the stores of people and of what they do in a chat."""
    person = Person(id="person-1", due_at=NOW)
    invitation = Invitation(id="digest", grant=Grant(Role.EDITOR), invited_by="1", expires_at=NOW)
    composition = Composition(id="new", person_id="person-1", content=Content(), created_at=NOW)
    card = Card(id="1:2", chat_id=1, message_id=2, person_id="person-1", subject="post:1", created_at=NOW)
    upload = Upload(
        id="upload", person_id="person-1", file_id="f", file_name="c.xlsx", created_at=NOW, expires_at=NOW
    )
    letter = Letter(id="7:1", number=1, sender="person-1", payload="{}", arrived_at=NOW)
    people, invitations, compositions = stores.people, stores.invitations, stores.compositions
    return {
        "people.add": lambda: people.add(person),
        "people.get": lambda: people.get(person.id),
        "people.list": people.list,
        "people.save": lambda: people.save(person, replace(person, name="Linh")),
        "people.claim_due": lambda: people.claim_due(until=NOW + HOUR, now=NOW, limit=10),
        "invitations.add": lambda: invitations.add(invitation),
        "invitations.get": lambda: invitations.get(invitation.id),
        "invitations.save": lambda: invitations.save(invitation, replace(invitation, used_by="person-1")),
        "compositions.add": lambda: compositions.add(composition),
        "compositions.get": lambda: compositions.get(composition.id),
        "compositions.save": lambda: compositions.save(composition, replace(composition, account_id="a")),
        "talks.put": lambda: stores.talks.put(Talk(id="person-1")),
        "talks.get": lambda: stores.talks.get("person-1"),
        "cards.put": lambda: stores.cards.put(card),
        "cards.get": lambda: stores.cards.get(1, 2),
        "cards.of_subjects": lambda: stores.cards.of_subjects(["post:1"]),
        "cards.recent": stores.cards.recent,
        "cards.delete": lambda: stores.cards.delete(card.id),
        "uploads.add": lambda: stores.uploads.add(upload),
        "uploads.get": lambda: stores.uploads.get(upload.id),
        "uploads.save": lambda: stores.uploads.save(upload, replace(upload, digest="digest")),
        "uploads.count": lambda: stores.uploads.count("person-1", since=NOW - HOUR),
        "letters.add": lambda: stores.letters.add([letter]),
        "letters.waiting": lambda: stores.letters.waiting("7"),
        "letters.begin": lambda: stores.letters.begin(letter.id),
        "letters.finish": lambda: stores.letters.finish(letter.id),
        "media.addresses": stores.media.addresses,
        "leases.take": lambda: stores.leases.take("updates", "one", until=NOW + HOUR, now=NOW),
        "leases.free": lambda: stores.leases.free("updates", "one"),
    }


def calls(stores: Stores, posts: Sequence[Post]) -> dict[str, Callable[[], Awaitable[Any]]]:
    """One call of every method of every store."""
    post, account, series = posts[1], an_account(), a_series()
    published = a_publication()
    soon, now = NOW + HOUR, NOW
    due: dict[str, Any] = {"until": soon, "now": now, "limit": 10}
    return {
        "posts.add": lambda: stores.posts.add([post, a_post()]),
        "posts.get": lambda: stores.posts.get(post.id),
        "posts.find": lambda: stores.posts.find(PostFilter()),
        "posts.count": lambda: stores.posts.count(PostFilter()),
        "posts.tallies": lambda: stores.posts.tallies(PostFilter(), [now, soon]),
        "posts.save": lambda: stores.posts.save(post, replace(post, attempts=9), who="lan", why="", at=NOW),
        "posts.news": stores.posts.news,
        "posts.news_taken": lambda: stores.posts.news_taken(post.id, [News(NoticeKind.FAILED, NOW, 2)]),
        "notices.add": lambda: stores.notices.add([A_NOTICE]),
        "notices.readers": stores.notices.readers,
        "notices.waiting": lambda: stores.notices.waiting("1001"),
        "notices.told": lambda: stores.notices.told(["notice"], "1001"),
        "posts.delete": lambda: stores.posts.delete(posts[2]),
        "posts.claim_due": lambda: stores.posts.claim_due(by="check", **due),
        "posts.release_claims": stores.posts.release_claims,
        "posts.release_account": lambda: stores.posts.release_account(ACCOUNT_ID, now=now),
        "posts.published_same": lambda: stores.posts.published_same(
            ACCOUNT_ID, post.content_hash, since=now, but="-"
        ),
        "accounts.add": lambda: stores.accounts.add(account),
        "accounts.get": lambda: stores.accounts.get(account.id),
        "accounts.by_name": lambda: stores.accounts.by_name(account.name),
        "accounts.list": stores.accounts.list,
        "accounts.save": lambda: stores.accounts.save(account, replace(account, paused=True)),
        "accounts.set_default": lambda: stores.accounts.set_default(account.id),
        "accounts.delete": lambda: stores.accounts.delete(account),
        "accounts.claim_due": lambda: stores.accounts.claim_due(**due),
        "series.add": lambda: stores.series.add([series, series]),
        "series.get": lambda: stores.series.get(series.id),
        "series.find": stores.series.find,
        "series.by_sheet_ids": lambda: stores.series.by_sheet_ids(["sheet-1"]),
        "series.save": lambda: stores.series.save(series, replace(series, paused=True)),
        "series.delete": lambda: stores.series.delete(series.id),
        "series.claim_due": lambda: stores.series.claim_due(**due),
        "batches.add": lambda: stores.batches.add(a_batch()),
        "batches.get": lambda: stores.batches.get("batch"),
        "batches.recent": stores.batches.recent,
        "batches.save": lambda: stores.batches.save(a_batch()),
        "publications.append": lambda: stores.publications.append(published),
        "publications.answer": lambda: stores.publications.answer(published),
        "publications.of_post": lambda: stores.publications.of_post("post-1"),
        "publications.nth_latest": lambda: stores.publications.nth_latest(ACCOUNT_ID, 2, since=now),
        "publications.latenesses": lambda: stores.publications.latenesses(since=now),
        "publications.media_ids": lambda: stores.publications.media_ids(ACCOUNT_ID, ["media-1"]),
        "agenda.next_due": stores.agenda.next_due,
    }


async def test_no_method_scans_a_collection(
    stores: Stores, database: Database, filled: Sequence[Post]
) -> None:
    """Whatever a store is asked, MongoDB goes by an index; a method that is not tried here fails the test."""
    tried = {**calls(stores, filled), **calls_of_people(stores)}
    methods = {
        f"{store.name}.{name}"
        for store in fields(stores)
        for name in dir(getattr(stores, store.name))
        if not name.startswith("_")
    }
    assert tried.keys() == methods
    for name, call in tried.items():
        async with profiled(database) as operations:
            await call()
        assert operations or name.endswith((".add", ".append")), f"{name} was not seen by the profiler"
        scans = [
            operation["planSummary"] for operation in operations if "COLLSCAN" in operation["planSummary"]
        ]
        assert not scans, f"{name} scans a collection"


FILTERS = {
    "none": PostFilter(),
    "ids": PostFilter(ids=["post-1"]),
    "account": PostFilter(account_id=ACCOUNT_ID),
    "accounts": PostFilter(account_ids=[ACCOUNT_ID, "account-2"]),
    "account of accounts": PostFilter(account_id=ACCOUNT_ID, account_ids=[ACCOUNT_ID, "account-2"]),
    "statuses": PostFilter(statuses=[PostStatus.SCHEDULED, PostStatus.FAILED]),
    "account and statuses": PostFilter(account_id=ACCOUNT_ID, statuses=[PostStatus.DRAFT, PostStatus.FAILED]),
    "batch": PostFilter(batch_id="batch-1"),
    "series": PostFilter(series_id="series-1"),
    "sheet": PostFilter(sheet_ids=["sheet-1", "sheet-2"]),
    "content": PostFilter(account_id=ACCOUNT_ID, content_hashes=["hash of Post 1"]),
    "interval": PostFilter(since=NOW + 2 * HOUR, until=NOW + 3 * HOUR),
    "account and interval": PostFilter(account_id=ACCOUNT_ID, since=NOW + 2 * HOUR),
    "held": PostFilter(held=True),
    "newest first": PostFilter(account_id=ACCOUNT_ID, statuses=[PostStatus.FAILED], newest_first=True),
    "held, newest first": PostFilter(held=True, newest_first=True),
    "text": PostFilter(text="nowhere", account_id=ACCOUNT_ID, statuses=[PostStatus.DRAFT]),
}


@pytest.mark.parametrize("name", FILTERS)
async def test_lists_read_what_they_show(
    stores: Stores, database: Database, filled: Sequence[Post], name: str
) -> None:
    """A page of a list is read by an index and, but for a search in the text, little more than the page."""
    async with profiled(database) as operations:
        found = await stores.posts.find(FILTERS[name], limit=PAGE)
        await stores.posts.count(FILTERS[name])
    listing, counting = operations
    assert "IXSCAN" in listing["planSummary"]
    assert "IXSCAN" in counting["planSummary"] or "COUNT" in counting["planSummary"]
    searched = len(
        [post for post in filled if post.account_id == ACCOUNT_ID and post.status is PostStatus.DRAFT]
    )
    assert listing["docsExamined"] <= (searched if name == "text" else len(found) + 2)
    assert found or name in {"text", "ids", "content"}


async def test_the_agenda_reads_index_keys_only(
    stores: Stores, database: Database, filled: Sequence[Post]
) -> None:
    """What is due next is known from three index keys, and no document is read."""
    assert filled
    async with profiled(database) as operations:
        assert await stores.agenda.next_due() == NOW
    assert sum(operation["docsExamined"] for operation in operations) == 0
    assert sum(operation["keysExamined"] for operation in operations) <= 6


async def test_the_allowance_reads_index_keys_only(stores: Stores, database: Database) -> None:
    """When the n-th latest post was sent is known from n index keys."""
    for _ in range(30):
        await stores.publications.append(a_publication())
    async with profiled(database) as operations:
        assert await stores.publications.nth_latest(ACCOUNT_ID, 25, since=NOW - HOUR) == NOW
    assert [(operation["docsExamined"], operation["keysExamined"]) for operation in operations] == [(0, 25)]


async def test_indexes_may_be_ensured_again(database: Database) -> None:
    """Every start ensures the indexes, also several at once; they exist once, each under its name."""
    await database.command("dropDatabase")
    await asyncio.gather(*(ensure_indexes(database) for _ in range(5)))
    await ensure_indexes(database)
    for collection, indexes in INDEXES.items():
        existing = await database[collection].index_information()
        assert existing.keys() == {"_id_", *(index.document["name"] for index in indexes)}

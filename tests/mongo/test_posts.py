"""Posts in a real MongoDB: one writer wins, and only along the table of moves."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from builders import a_post, a_scheduled_post
from core.adapters.mongo.stores import Stores
from core.domain.lifecycle import may_move
from core.domain.post import Container, Content, HistoryEntry, Post, PostStatus
from core.ports import AccountBusyError, PostFilter
from fake_clock import NOW


async def save(stores: Stores, before: Post, after: Post, why: str = "") -> Post | None:
    return await stores.posts.save(before, after, who="lan", why=why, at=NOW)


async def stored(stores: Stores, post: Post) -> Post:
    """The post as it was added."""
    await stores.posts.add([post])
    return post


async def read(stores: Stores, post: Post) -> Post:
    found = await stores.posts.get(post.id)
    assert found is not None
    return found


async def test_a_saved_post_reads_back_as_it_was_returned(stores: Stores) -> None:
    """What save returns equals what is read afterwards, its history included when it was loaded."""
    creation = HistoryEntry(NOW, "lan", None, PostStatus.SCHEDULED, "imported")
    post = await stored(stores, a_scheduled_post(history=(creation,)))
    after = replace(
        post,
        status=PostStatus.PUBLISHING,
        container=Container("1802"),
        due_at=NOW + timedelta(microseconds=1999),
    )

    saved = await save(stores, post, after)

    assert saved == await read(stores, post)
    assert saved is not None
    assert saved.version == 2
    start = HistoryEntry(NOW, "lan", PostStatus.SCHEDULED, PostStatus.PUBLISHING, "")
    assert saved.history == (creation, start)


async def test_adding_leaves_what_exists_alone(stores: Stores) -> None:
    """An id is stored once, by the first; the ids of the new ones are returned in order."""
    first = await stored(stores, a_post(text="first"))
    others = [a_post(), a_post()]

    added = await stores.posts.add([others[0], replace(first, content=Content(text="second")), others[1]])

    assert added == [other.id for other in others]
    assert (await read(stores, first)).content.text == "first"
    assert await stores.posts.add([]) == []


async def test_of_many_writers_one_wins(stores: Stores) -> None:
    """Whoever saves from the same version second gets None and changes nothing."""
    post = await stored(stores, a_scheduled_post())
    attempts = [replace(post, status=PostStatus.PUBLISHING, attempts=number) for number in range(20)]

    results = await asyncio.gather(*(save(stores, post, attempt) for attempt in attempts))

    (winner,) = [result for result in results if result is not None]
    assert await read(stores, post) == replace(winner, history=(await read(stores, post)).history)
    assert len((await read(stores, post)).history) == 1


async def test_illegal_moves_are_not_written(stores: Stores) -> None:
    """A move that the table does not have raises, and the post stays as it was."""
    illegal = [pair for pair in itertools.product(PostStatus, PostStatus) if not may_move(*pair)]
    assert illegal
    for was, now in illegal:
        post = await stored(stores, a_post(status=was))
        with pytest.raises(ValueError, match="may not move"):
            await save(stores, post, replace(post, status=now))
        assert await read(stores, post) == post


async def test_history_grows_by_what_is_worth_telling(stores: Stores) -> None:
    """A change of status or a reason is told in the history, a silent change is not, and nothing is lost."""
    post: Post | None = await stored(stores, a_scheduled_post())
    for number, why in enumerate(["edited", "", "edited again"]):
        assert post is not None
        post = await save(stores, post, replace(post, attempts=number), why)
    assert post is not None
    assert [entry.why for entry in (await read(stores, post)).history] == ["edited", "edited again"]


async def test_what_was_taken_away_is_gone(stores: Stores) -> None:
    """Fields that become nothing are removed, so that no index keeps the post."""
    post = await stored(stores, a_scheduled_post(container=Container("1802"), waits=True))
    saved = await save(stores, post, replace(post, container=None, waits=False, due_at=None))
    assert saved == await read(stores, post)
    assert await stores.agenda.next_due() is None


async def test_one_publish_call_per_account(stores: Stores) -> None:
    """While a post of the account is in flight no other may be; that of another account may."""
    first, second, elsewhere = (
        a_scheduled_post(),
        a_scheduled_post(),
        a_scheduled_post(account_id="account-2"),
    )
    await stores.posts.add([first, second, elsewhere])

    flying = await save(stores, first, replace(first, in_flight=True))

    assert flying is not None
    with pytest.raises(AccountBusyError):
        await save(stores, second, replace(second, in_flight=True))
    assert await save(stores, elsewhere, replace(elsewhere, in_flight=True))
    assert await save(stores, flying, replace(flying, in_flight=False))
    assert await save(stores, second, replace(second, in_flight=True))


@pytest.mark.parametrize("text", ["$set", "$$NOW", "a.b", "{$where: '1'}", "\0", "đẹp 🎉", "$version"])
async def test_text_is_never_an_operator(stores: Stores, text: str) -> None:
    """Whatever people write, also as ids and reasons, is stored and found as the text that it is."""
    post = await stored(stores, a_scheduled_post(text=text, sheet_id=text, batch_id=text))
    saved = await save(stores, post, replace(post, content=Content(text=text * 2)), why=text)
    assert saved is not None
    (claimed,) = await stores.posts.claim_due(until=NOW + timedelta(hours=1), by=text, now=NOW, limit=1)
    assert claimed.claim is not None
    assert claimed.claim.by == text
    assert [found.id for found in await stores.posts.find(PostFilter(batch_id=text, sheet_ids=[text]))] == [
        post.id
    ]
    assert (await read(stores, post)).content.text == text * 2


async def test_only_the_version_that_was_seen_is_deleted(stores: Stores) -> None:
    """A post that somebody has changed meanwhile is not deleted."""
    post = await stored(stores, a_scheduled_post())
    changed = await save(stores, post, replace(post, attempts=1))
    assert changed is not None
    assert not await stores.posts.delete(post)
    assert await stores.posts.delete(changed)
    assert await stores.posts.get(post.id) is None


async def test_same_content_is_found_if_it_went_out_or_may_have(stores: Stores) -> None:
    """Published since then, or still being published: on this account, and another post than the one asked for."""
    day_ago = NOW - timedelta(days=1)
    same: dict[str, Any] = {"text": "same"}
    old = a_post(**same, status=PostStatus.PUBLISHED, published_at=day_ago - timedelta(milliseconds=1))
    elsewhere = a_post(**same, status=PostStatus.PUBLISHED, published_at=NOW, account_id="account-2")
    planned, asking = a_scheduled_post(**same), a_scheduled_post(**same, status=PostStatus.PUBLISHING)
    await stores.posts.add([old, elsewhere, planned, asking])

    async def found(since_day: Post) -> Post | None:
        return await stores.posts.published_same(
            since_day.account_id, since_day.content_hash, since=day_ago, but=since_day.id
        )

    assert await found(asking) is None
    assert await found(planned) == asking
    recent = await stored(stores, a_post(**same, status=PostStatus.PUBLISHED, published_at=day_ago))
    assert await found(asking) == recent

"""What happens when MongoDB cannot be reached, or does what it was told and cannot say so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cutting_proxy import CuttingProxy, cutting_proxy
from pymongo.errors import BulkWriteError, OperationFailure

from builders import a_publication, a_scheduled_post, an_account
from core.adapters.cipher import Cipher
from core.adapters.mongo.client import Database, close, open_database, ping
from core.adapters.mongo.outages import tells_outages
from core.adapters.mongo.stores import Stores, stores_in
from core.domain.errors import SettingsError, UnavailableError
from core.domain.post import PostStatus
from core.domain.secret import Secret
from core.local.mongod import Mongod
from core.local.stack import StackState
from fake_clock import NOW

_QUICK = "directConnection=true&serverMonitoringMode=poll&serverSelectionTimeoutMS=3000&connectTimeoutMS=500"


@dataclass(frozen=True)
class Fragile:
    """Stores whose connection to MongoDB can be cut; the driver sends a write twice by itself."""

    stores: Stores
    proxy: CuttingProxy


@pytest.fixture
async def fragile(stack: StackState, database: Database, cipher: Cipher) -> AsyncIterator[Fragile]:
    port = urlsplit(stack.mongodb_uri).port
    assert port
    async with cutting_proxy(port) as proxy:
        through_proxy = open_database(
            Secret(f"mongodb://127.0.0.1:{proxy.port}/{database.name}?{_QUICK}"), "test"
        )
        await ping(through_proxy)
        yield Fragile(stores_in(through_proxy, cipher), proxy)
        await asyncio.to_thread(close, through_proxy)  # its goodbye goes through the proxy, which runs here


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_a_save_whose_acknowledgement_is_lost_is_known_to_have_happened(
    fragile: Fragile, times: int
) -> None:
    """However often the answer is lost on the way, the post is saved once and its writer knows it."""
    post = a_scheduled_post()
    await fragile.stores.posts.add([post])
    fragile.proxy.cut("update", times)

    saved = await fragile.stores.posts.save(
        post, replace(post, status=PostStatus.PUBLISHING), who="w", why="", at=NOW
    )

    assert fragile.proxy.cuts == times
    assert saved is not None
    stored = await fragile.stores.posts.get(post.id)
    assert stored is not None
    assert stored.version == 2
    assert len(stored.history) == 1


async def test_a_save_that_nobody_could_vouch_for_is_settled_by_the_next(
    fragile: Fragile, stores: Stores
) -> None:
    """An outage in the middle of a save is told; the same save afterwards finds that it has happened."""
    post = a_scheduled_post()
    await stores.posts.add([post])
    after = replace(post, status=PostStatus.PUBLISHING)
    fragile.proxy.cut("update", 100)
    with pytest.raises(UnavailableError, match="does not answer"):
        await fragile.stores.posts.save(post, after, who="w", why="", at=NOW)
    fragile.proxy.cut("update", 0)

    other_writers = (stores.posts, fragile.stores.posts)
    for other in other_writers:
        assert await other.save(post, replace(after), who="another", why="", at=NOW) is None
    saved = await fragile.stores.posts.save(post, after, who="w", why="", at=NOW)
    stored = await stores.posts.get(post.id)
    assert stored is not None
    assert saved == replace(stored, history=())


async def test_a_lost_race_is_lost_even_if_its_answer_is(fragile: Fragile, stores: Stores) -> None:
    """Who was second is told so, also when the first answer to that was cut off."""
    post = a_scheduled_post()
    await stores.posts.add([post])
    assert await stores.posts.save(post, replace(post, attempts=1), who="first", why="", at=NOW)
    fragile.proxy.cut("update", 3)
    assert (
        await fragile.stores.posts.save(post, replace(post, attempts=1), who="second", why="", at=NOW) is None
    )
    assert fragile.proxy.cuts == 3


@pytest.mark.parametrize("times", [1, 3])
async def test_other_writes_survive_a_lost_acknowledgement(fragile: Fragile, times: int) -> None:
    """Posts, accounts and attempts are stored once, and what was new is known, however often answers are lost."""
    posts = [a_scheduled_post(timedelta(0)) for _ in range(5)]
    account, publication = an_account(), a_publication()
    await fragile.stores.posts.add(posts[:2])
    fragile.proxy.cut("insert", times)
    assert await fragile.stores.posts.add(posts) == [post.id for post in posts[2:]]
    fragile.proxy.cut("insert", times)
    assert await fragile.stores.accounts.add(account)
    fragile.proxy.cut("update", times)
    await fragile.stores.publications.append(publication)
    assert fragile.proxy.cuts == 3 * times
    assert await fragile.stores.publications.of_post(publication.post_id) == [publication]


async def test_claims_survive_a_lost_acknowledgement(fragile: Fragile) -> None:
    """What was claimed without our knowing is handed out all the same."""
    posts = [a_scheduled_post(timedelta(0)) for _ in range(5)]
    await fragile.stores.posts.add(posts)
    fragile.proxy.cut("update", 1)
    claimed = await fragile.stores.posts.claim_due(until=NOW, by="check", now=NOW, limit=10)
    assert fragile.proxy.cuts == 1
    assert [post.id for post in claimed] == [post.id for post in posts]
    assert {post.version for post in claimed} == {2}


async def test_a_server_that_is_not_there_is_told_in_a_sentence(cipher: Cipher) -> None:
    """The sentence says where nobody answers and what to check, without the password."""
    database = open_database(
        Secret("mongodb://lan:s3cret-word@127.0.0.1:1/?serverSelectionTimeoutMS=100"), "test"
    )
    for operation in (ping(database), stores_in(database, cipher).posts.get("1")):
        with pytest.raises(UnavailableError) as told:
            await operation
        assert str(told.value) == (
            "MongoDB does not answer (127.0.0.1:1: [Errno 111] Connection refused): "
            "check that it runs and that MONGODB_URI is right."
        )
    close(database)


async def test_closing_does_not_wait_for_a_server_that_is_gone(tmp_path: Path) -> None:
    """Ending a program takes no longer than a second or two when MongoDB died before it."""
    server = Mongod(tmp_path)
    await asyncio.to_thread(server.start)
    database = open_database(Secret(server.uri), "test")
    await ping(database)
    server.kill()
    began = time.monotonic()
    close(database)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "uri",
    ["postgres://s3cret@host", "mongodb://", "mongodb://lan:s3cret/word@host", "mongodb://lan:s3cret@host:x"],
)
async def test_a_wrong_address_is_told_without_its_password(uri: str) -> None:
    """A URI that cannot be used is a wrong setting; its text is not repeated."""
    with pytest.raises(SettingsError, match="MONGODB_URI") as told:
        open_database(Secret(uri), "test")
    assert "s3cret" not in str(told.value)


async def test_writes_wait_for_a_majority_and_its_journal(stack: StackState) -> None:
    """The guarantees do not depend on the URI, and times come back aware in UTC."""
    database = open_database(Secret(f"{stack.mongodb_uri}&w=1&journal=false"), "test")
    assert database.write_concern.document == {"w": "majority", "j": True}
    assert database.codec_options.tz_aware
    close(database)


@pytest.mark.parametrize(("path", "name"), [("", "ours"), ("theirs", "theirs")])
async def test_the_uri_may_name_the_database(path: str, name: str) -> None:
    """The database of the URI is used, else that of the settings."""
    database = open_database(Secret(f"mongodb://127.0.0.1:1/{path}"), "ours")
    assert database.name == name
    close(database)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OperationFailure("you are over your space quota, using 513 MB", 8000), r"\(you are over your space quota\)"),
        (OperationFailure("not primary", 10107), "cannot do it now"),
        (OperationFailure("Out of disk space", 14031), "no disk space"),
        (BulkWriteError({"writeErrors": [{"code": 8000, "errmsg": "quota"}]}), "cannot do it now"),
    ],
)  # fmt: skip
async def test_what_mongodb_cannot_do_now_is_an_outage(error: OperationFailure, sentence: str) -> None:
    """A quota, another primary, a full disk: told in a sentence, so that whoever asked tries again."""

    @tells_outages
    async def refused() -> None:
        raise error

    with pytest.raises(UnavailableError, match=sentence):
        await refused()


async def test_a_wrong_query_is_no_outage(database: Database) -> None:
    """A mistake of the program is not hidden behind the server."""

    @tells_outages
    async def wrong() -> None:
        await database["posts"].find_one({"$nonsense": 1})

    with pytest.raises(OperationFailure, match="nonsense"):
        await wrong()

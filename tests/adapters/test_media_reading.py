"""A file that was stored is read by its address, from a folder and from a bucket; other addresses are not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from adapters.s3_standin import BUCKET, KEY_ID, REGION, SECRET, Standin
from core.adapters.media.bucket import Bucket, BucketStorage
from core.adapters.media.folder import FolderStorage
from core.adapters.media.storage import NoStorage
from core.domain.errors import UnavailableError
from core.domain.secret import Secret
from core.ports import MediaStorage
from loopback import serving_app

NAME = "0123456789abcdef.jpg"
URL = "https://media.a.vn/threads"
ENOUGH = 10_000


@dataclass(slots=True)
class Store:
    """The stand-in for S3, which gives out what it has too."""

    kept: Standin
    asked: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        key = request.path.removeprefix(f"/{BUCKET}/")
        if request.method != "GET" or self.kept.failure:
            return await self.kept.answer(request)
        if key not in self.kept.objects:
            return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
        headers = {"Last-Modified": "Tue, 24 Nov 2026 07:00:00 GMT", "ETag": '"x"'}
        return web.Response(body=self.kept.objects[key][1], headers=headers)


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    store = Store(Standin())
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", store.answer)
    async with serving_app(app) as store.kept.endpoint:
        yield store


def in_bucket(store: Store) -> BucketStorage:
    key, endpoint = Secret(SECRET), store.kept.endpoint
    bucket = Bucket(
        name=BUCKET, access_key_id=KEY_ID, secret_access_key=key, endpoint=endpoint, region=REGION
    )
    return BucketStorage(bucket, URL)


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, store: Store) -> MediaStorage:
    makers: dict[str, Callable[[], MediaStorage]] = {
        "folder": lambda: FolderStorage(tmp_path / "media", f"{URL}/"),
        "bucket": lambda: in_bucket(store),
    }
    return makers[request.param]()


async def test_what_was_stored_is_read(storage: MediaStorage) -> None:
    """By the address that storing it gave, byte for byte, as often as one likes."""
    data = bytes(range(256)) * 20
    url = await storage.store(NAME, data, "image/jpeg")
    assert [await storage.read(url, at_most=ENOUGH) for _ in range(2)] == [data, data]


async def test_what_is_not_there_is_none(storage: MediaStorage) -> None:
    """Never stored, or gone since."""
    assert await storage.read(f"{URL}/{NAME}", at_most=ENOUGH) is None


async def test_a_large_file_is_left_where_it_is(storage: MediaStorage) -> None:
    """A byte more than is asked for is too many."""
    url = await storage.store(NAME, b"x" * 100, "image/jpeg")
    assert await storage.read(url, at_most=100) == b"x" * 100
    assert await storage.read(url, at_most=99) is None


@pytest.mark.parametrize(
    "url",
    [
        f"https://elsewhere.vn/threads/{NAME}",
        f"http://media.a.vn/threads/{NAME}",
        f"https://media.a.vn/threads/more/{NAME}",
        f"https://media.a.vn/{NAME}",
        f"{URL}/../threads/{NAME}",
        f"{URL}/..",
        f"{URL}/",
        f"{URL}//etc/passwd",
        f"{URL}/{NAME}?x=1",
        f"{URL}/%2e%2e%2f{NAME}",
        "file:///etc/passwd",
        "",
    ],
)
async def test_no_other_address_is_asked_for(storage: MediaStorage, store: Store, url: str) -> None:
    """Foreign ones and those that lead out of the library are none, and nobody hears of them."""
    await storage.store(NAME, b"data", "image/jpeg")
    asked = store.asked
    assert await storage.read(url, at_most=ENOUGH) is None
    assert store.asked == asked


async def test_without_a_storage_there_is_nothing() -> None:
    """Where no public address is set."""
    assert await NoStorage().read(f"{URL}/{NAME}", at_most=ENOUGH) is None


async def test_a_bucket_that_refuses_to_be_read(store: Store) -> None:
    """It is one sentence without the key."""
    store.kept.failure = 403
    with pytest.raises(UnavailableError, match=f"The bucket {BUCKET} ") as failed:
        await in_bucket(store).read(f"{URL}/{NAME}", at_most=ENOUGH)
    assert SECRET not in str(failed.value)

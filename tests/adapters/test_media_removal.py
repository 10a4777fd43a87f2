"""Files that are old are found and removed, in a folder and in a bucket; what is stored again meanwhile stays."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.s3_standin import BUCKET, KEY_ID, REGION, SECRET, Standin, running_standin
from core.adapters.media.bucket import Bucket, BucketStorage
from core.adapters.media.folder import FolderStorage
from core.adapters.media.storage import NoStorage
from core.domain.errors import UnavailableError
from core.domain.secret import Secret
from core.ports import MediaStorage

OLD, NEW = "0123456789abcdef.jpg", "fedcba9876543210.mp4"
URL = "https://media.a.vn/threads"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A storage, a way to make a file in it older, and the names of those that are there."""

    storage: MediaStorage
    age: Callable[[str, timedelta], None]
    names: Callable[[], set[str]]


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with running_standin() as standin:
        yield standin


def in_folder(folder: Path) -> Kept:
    def age(name: str, by: timedelta) -> None:
        then = (datetime.now(UTC) - by).timestamp()
        os.utime(folder / name, (then, then))

    return Kept(FolderStorage(folder, URL), age, lambda: {path.name for path in folder.iterdir()})


def in_bucket(standin: Standin) -> Kept:
    def age(name: str, by: timedelta) -> None:
        standin.times[name] = datetime.now(UTC) - by

    key = Secret(SECRET)
    bucket = Bucket(
        name=BUCKET, access_key_id=KEY_ID, secret_access_key=key, endpoint=standin.endpoint, region=REGION
    )
    return Kept(BucketStorage(bucket, URL), age, lambda: set(standin.objects))


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, standin: Standin) -> Kept:
    return in_folder(tmp_path) if request.param == "folder" else in_bucket(standin)


async def test_old_files_are_found_and_removed(kept: Kept) -> None:
    """Only those that were last stored before the moment; what is gone already is gone."""
    for name in (OLD, NEW):
        await kept.storage.store(name, b"data", "image/jpeg")
    kept.age(OLD, 2 * DAY)
    moment = datetime.now(UTC) - DAY

    assert await kept.storage.stored_before(moment) == [OLD]
    assert await kept.storage.remove(OLD, stored_before=moment)
    assert kept.names() == {NEW}
    assert await kept.storage.stored_before(moment) == []
    assert await kept.storage.remove(OLD, stored_before=moment)


async def test_what_is_stored_again_meanwhile_stays(kept: Kept) -> None:
    """Between the look and the removal somebody sends the same picture once more."""
    await kept.storage.store(OLD, b"data", "image/jpeg")
    kept.age(OLD, 2 * DAY)
    moment = datetime.now(UTC) - DAY
    assert await kept.storage.stored_before(moment) == [OLD]
    await kept.storage.store(OLD, b"data", "image/jpeg")

    assert not await kept.storage.remove(OLD, stored_before=moment)
    assert kept.names() == {OLD}


async def test_storing_and_removing_at_once(tmp_path: Path) -> None:
    """However they meet, a file that was just stored is there."""
    kept = in_folder(tmp_path)
    for _ in range(50):
        await kept.storage.store(OLD, b"data", "image/jpeg")
        kept.age(OLD, 2 * DAY)
        moment = datetime.now(UTC) - DAY
        await asyncio.gather(
            kept.storage.remove(OLD, stored_before=moment), kept.storage.store(OLD, b"data", "image/jpeg")
        )
        assert kept.names() == {OLD}


async def test_nothing_else_is_touched(tmp_path: Path) -> None:
    """Folders and half-written files are not listed; names that lead elsewhere are refused."""
    (tmp_path / "sub").mkdir()
    (tmp_path / ".x.part").write_text("half")
    storage = FolderStorage(tmp_path, URL)
    moment = datetime.now(UTC) + DAY
    assert await storage.stored_before(moment) == []
    assert await FolderStorage(tmp_path / "none", URL).stored_before(moment) == []
    with pytest.raises(ValueError, match="names no file"):
        await storage.remove("../up.jpg", stored_before=moment)
    assert await NoStorage().stored_before(moment) == []
    assert not await NoStorage().remove(OLD, stored_before=moment)


async def test_a_bucket_that_refuses(standin: Standin) -> None:
    """It is one sentence without the key."""
    standin.failure = 403
    kept = in_bucket(standin)
    moment = datetime.now(UTC)
    with pytest.raises(UnavailableError, match=f"The bucket {BUCKET} ") as listing:
        await kept.storage.stored_before(moment)
    with pytest.raises(UnavailableError, match=f"The bucket {BUCKET} ") as removing:
        await kept.storage.remove(OLD, stored_before=moment)
    for failed in (listing, removing):
        assert SECRET not in str(failed.value)
        assert KEY_ID not in str(failed.value)

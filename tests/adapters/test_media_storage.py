"""Files in a folder and in a bucket, over real files and real HTTP."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.s3_standin import BUCKET, KEY_ID, REGION, SECRET, Standin, running_standin
from core.adapters.media.bucket import Bucket, BucketStorage
from core.adapters.media.folder import FolderStorage
from core.adapters.media.storage import NoStorage, storage_of
from core.domain.errors import SettingsError, UnavailableError
from core.domain.secret import Secret

NAME = "0123456789abcdef.jpg"
URL = "https://media.a.vn/threads/"


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with running_standin() as standin:
        yield standin


@pytest.fixture
def bucket(standin: Standin) -> Bucket:
    return Bucket(
        name=BUCKET,
        access_key_id=KEY_ID,
        secret_access_key=Secret(SECRET),
        endpoint=standin.endpoint,
        region=REGION,
    )


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_file_in_the_folder(tmp_path: Path) -> None:
    """It is there under its name for the web server to read, its address is told, and nothing else lies there."""
    folder = tmp_path / "new" / "media"
    storage = FolderStorage(folder, URL)

    url = await storage.store(NAME, b"first", "image/jpeg")
    await storage.store(NAME, b"second", "image/jpeg")

    assert url == "https://media.a.vn/threads/0123456789abcdef.jpg"
    assert files_in(folder) == [NAME]
    assert (folder / NAME).read_bytes() == b"second"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o666 & ~mask


async def test_a_file_is_never_seen_half(tmp_path: Path) -> None:
    """Whoever reads while it is replaced again and again sees one whole file or another."""
    storage, seen = FolderStorage(tmp_path, URL), set[bytes]()
    contents = {bytes([number]) * 2_000_000 for number in range(4)}
    await storage.store(NAME, min(contents), "image/jpeg")

    async def write() -> None:
        for content in contents:
            await storage.store(NAME, content, "image/jpeg")

    writing = asyncio.create_task(write())
    while not writing.done():
        seen.add(await asyncio.to_thread((tmp_path / NAME).read_bytes))
    await writing

    assert seen <= contents


@pytest.mark.parametrize(
    "name",
    [
        "../up.jpg",
        "/etc/passwd",
        "a/b.jpg",
        "a\\b.jpg",
        ".hidden.jpg",
        "",
        "noend",
        "a.jpg\n",
        "a..jpg",
        "a.JPG\0",
    ],
)
async def test_names_that_lead_elsewhere(tmp_path: Path, bucket: Bucket, standin: Standin, name: str) -> None:
    """No storage takes a name that is more than one."""
    for storage in (FolderStorage(tmp_path / "media", URL), BucketStorage(bucket, URL)):
        with pytest.raises(ValueError, match="names no file"):
            await storage.store(name, b"data", "image/jpeg")
    assert files_in(tmp_path) == []
    assert standin.requests == 0


async def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """It is one sentence with the setting in it."""
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(UnavailableError, match=r"MEDIA_FOLDER .*/file cannot be written \("):
        await FolderStorage(tmp_path / "file", URL).store(NAME, b"data", "image/jpeg")


async def test_an_object_in_the_bucket(bucket: Bucket, standin: Standin) -> None:
    """It is put with a right signature, whole, with its type, to be kept by whoever downloads it."""
    data = os.urandom(7_000_000)

    url = await BucketStorage(bucket, URL).store(NAME, data, "image/png")

    assert url == f"https://media.a.vn/threads/{NAME}"
    assert standin.objects == {NAME: ("image/png", data)}
    assert standin.requests == 1
    assert "immutable" in standin.headers[NAME]["Cache-Control"]


async def test_the_environment_is_not_asked(
    bucket: Bucket, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys of somebody else's AWS account in the environment change nothing."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "other",
        "AWS_SECRET_ACCESS_KEY": "other",
        "AWS_SESSION_TOKEN": "other",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_REGION": "eu-west-1",
    }.items():
        monkeypatch.setenv(name, value)

    await BucketStorage(bucket, URL).store(NAME, b"data", "image/png")

    assert standin.objects == {NAME: ("image/png", b"data")}
    assert "x-amz-security-token" not in {name.lower() for name in standin.headers[NAME]}


async def test_a_wrong_key(bucket: Bucket, standin: Standin) -> None:
    """A bucket that refuses the key says which settings to look at."""
    wrong = replace(bucket, secret_access_key=Secret("wrong"))

    with pytest.raises(UnavailableError, match="MEDIA_S3_ACCESS_KEY_ID"):
        await BucketStorage(wrong, URL).store(NAME, b"data", "image/png")
    assert standin.objects == {}


async def test_a_bucket_that_is_not_there(bucket: Bucket) -> None:
    """So does one that does not exist."""
    with pytest.raises(
        UnavailableError, match="The bucket other does not exist there: check MEDIA_S3_BUCKET"
    ):
        await BucketStorage(replace(bucket, name="other"), URL).store(NAME, b"data", "image/png")


@pytest.mark.parametrize("status", [400, 401, 403, 500, 503])
async def test_a_bucket_that_fails(
    bucket: Bucket, standin: Standin, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """It is one sentence; neither it, nor what it stems from, nor the log tells the key."""
    standin.failure = status
    caplog.set_level(logging.DEBUG)

    with pytest.raises(UnavailableError) as failed:
        await BucketStorage(bucket, URL).store(NAME, b"data", "image/png")

    sentence = str(failed.value)
    assert sentence.startswith(f"The bucket {BUCKET} ")
    assert "\n" not in sentence
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
    for secret in (SECRET, KEY_ID):
        assert secret not in sentence
        assert secret not in caplog.text


async def test_a_bucket_that_is_away(bucket: Bucket, unused_tcp_port: int) -> None:
    """A connection that is refused is one sentence too, within seconds."""
    away = replace(bucket, endpoint=f"http://127.0.0.1:{unused_tcp_port}")

    async with asyncio.timeout(10):
        with pytest.raises(UnavailableError, match="check MEDIA_S3_ENDPOINT_URL"):
            await BucketStorage(away, URL).store(NAME, b"data", "image/png")


async def test_which_storage_is_meant(tmp_path: Path, bucket: Bucket) -> None:
    """A bucket goes before the folder; without a public address there is none, and what to set is said."""
    assert isinstance(storage_of(URL, folder=tmp_path, bucket=bucket), BucketStorage)
    assert isinstance(storage_of(URL, folder=tmp_path), FolderStorage)
    nowhere = storage_of(None, folder=tmp_path, bucket=bucket)
    assert isinstance(nowhere, NoStorage)
    with pytest.raises(SettingsError, match="set MEDIA_PUBLIC_URL to"):
        await nowhere.store(NAME, b"data", "image/png")


def test_a_bucket_does_not_print_its_key(bucket: Bucket) -> None:
    """Whoever prints it sees no secret."""
    assert SECRET not in repr(bucket)

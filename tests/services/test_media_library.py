"""From the bytes that somebody sent to an address that Threads downloads from: real files, real pictures."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from core.adapters.media.folder import FolderStorage
from core.adapters.media.pictures import prepare
from core.adapters.media.storage import NoStorage
from core.domain.content_rules import review
from core.domain.errors import RefusedError, SettingsError
from core.domain.post import Content, MediaKind
from core.local.sandbox.samples import sample
from core.services.media_library import MediaLibrary

URL = "https://media.a.vn/threads"


@pytest.fixture
def library(tmp_path: Path) -> MediaLibrary:
    return MediaLibrary(FolderStorage(tmp_path, URL), prepare)


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("photo.jpg", MediaKind.IMAGE),
        ("photo.png", MediaKind.IMAGE),
        ("clip.mp4", MediaKind.VIDEO),
    ],
)
async def test_a_file_that_fits(library: MediaLibrary, tmp_path: Path, name: str, kind: MediaKind) -> None:
    """It is stored as it is, under a name that tells nothing, with an address that a post may have."""
    data, _ = sample(name)

    kept = await library.keep(data, kind_hint=MediaKind.IMAGE, file_name=name)

    (stored,) = files_in(tmp_path)
    assert stored.read_bytes() == data
    assert stored.suffix == Path(name).suffix
    assert len(stored.stem) == 40
    assert (kept.media.kind, kept.media.url, kept.notes) == (kind, f"{URL}/{stored.name}", ())
    assert review(Content(media=(kept.media,))) == ()


async def test_the_same_file_has_one_address(library: MediaLibrary, tmp_path: Path) -> None:
    """So a picture that is sent twice is known to be the same; another one has another address."""
    first = await library.keep(sample("a.jpg")[0], file_name="a.jpg")
    again = await library.keep(sample("a.jpg")[0], file_name="b.jpg")
    other = await library.keep(sample("c.jpg")[0], file_name="a.jpg")

    assert first == again
    assert other.media.url != first.media.url
    assert len(files_in(tmp_path)) == 2


async def test_a_picture_is_converted(library: MediaLibrary, tmp_path: Path) -> None:
    """What is stored is what was prepared, and the notes say what has happened."""
    file = BytesIO()
    Image.new("RGB", (2000, 1000), "red").save(file, "WEBP")

    kept = await library.keep(file.getvalue())

    (stored,) = files_in(tmp_path)
    with Image.open(stored) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1440, 720))
    assert len(kept.notes) == 2


async def test_a_mov(library: MediaLibrary) -> None:
    """QuickTime keeps its name, and a doubtful one is kept with a note."""
    data, _ = sample("clip.mov")
    quicktime = data.replace(b"ftypisom", b"ftypqt  ", 1)
    head, rest = quicktime[: quicktime.index(b"moov") - 4], quicktime[quicktime.index(b"moov") - 4 :]
    size = int.from_bytes(rest[:4], "big")

    kept = await library.keep(head + rest[size:] + rest[:size])

    assert kept.media.url.endswith(".mov")
    assert [note[:22] for note in kept.notes] == ["The index of the video"]


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (b"", MediaKind.IMAGE, "The picture menu.pdf is empty"),
        (b"%PDF-1.7", None, "The file menu.pdf is of a kind that Threads does not take"),
        (b"\x1aE\xdf\xa3webm", MediaKind.VIDEO, "The video menu.pdf is of a kind"),
        (sample("clip.mp4")[0][:-9], None, "its end is missing"),
        (sample("photo.jpg")[0][:900], None, "its end is missing"),
    ],
)
async def test_what_is_refused(
    library: MediaLibrary, tmp_path: Path, data: bytes, kind: MediaKind | None, sentence: str
) -> None:
    """One sentence, and nothing is stored."""
    with pytest.raises(RefusedError, match=sentence):
        await library.keep(data, kind_hint=kind, file_name="menu.pdf")
    assert files_in(tmp_path) == []


async def test_without_an_address() -> None:
    """It is said what to set."""
    with pytest.raises(SettingsError, match="set MEDIA_PUBLIC_URL"):
        await MediaLibrary(NoStorage(), prepare).keep(sample("photo.jpg")[0])


async def test_the_log_tells_no_content(library: MediaLibrary, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the name that a person gave nor the address, which is the only lock of the file."""
    caplog.set_level(logging.DEBUG)

    kept = await library.keep(sample("photo.jpg")[0], file_name="canary.jpg")

    written = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert "media.kept" in written
    assert "canary" not in written
    assert kept.media.url not in written

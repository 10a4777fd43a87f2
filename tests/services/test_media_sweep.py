"""Files that nobody needs any more are removed: on MongoDB, with real files."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import a_series
from core.adapters.mongo.client import Database
from core.domain.post import Content, Media, MediaKind
from core.local.sandbox.samples import sample
from core.services.media_library import MEDIA_LIFE
from stories.engine import Engine
from stories.fixtures import Shop

DAY = timedelta(days=1)


@pytest.fixture
async def database(prepared_database: Database) -> AsyncIterator[Database]:
    """An empty one after each test; the lease, which has no index, goes too."""
    yield prepared_database
    for collection in await prepared_database.list_collection_names():
        await prepared_database[collection].delete_many({})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture
def environment(folder: Path) -> dict[str, Any]:
    return {"media_public_url": "https://media.a.vn/threads", "media_folder": folder}


@dataclass(frozen=True, slots=True)
class Library:
    """The library of a product whose files can be made older."""

    engine: Engine
    folder: Path

    async def keep(self, name: str, *, days: float) -> Media:
        """A picture that was stored so many days ago."""
        kept = await self.engine.core.media.keep(sample(name)[0])
        path = self.folder / kept.media.url.rpartition("/")[2]
        then = (self.engine.clock.now() - days * DAY).timestamp()
        os.utime(path, (then, then))
        return kept.media

    def has(self, media: Media) -> bool:
        return (self.folder / media.url.rpartition("/")[2]).exists()

    async def sweep(self) -> int | None:
        return await self.engine.core.media_sweep.sweep_if_due()


@pytest.fixture
def library(engine: Engine, folder: Path) -> Library:
    return Library(engine, folder)


async def test_what_nobody_names_goes_after_sixty_days(
    library: Library, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Younger files stay, whoever has them in hand; files that are not the library's stay however old they are."""
    caplog.set_level(logging.INFO)
    old = await library.keep("a.jpg", days=61)
    young = await library.keep("b.jpg", days=59)
    own = folder / "index.html"
    own.write_text("mine")
    os.utime(own, (0, 0))

    assert await library.sweep() == 1

    assert (library.has(old), library.has(young), own.exists()) == (False, True, True)
    (swept,) = [record for record in caplog.records if record.message == "media.swept"]
    assert vars(swept)["removed"] == 1


async def test_what_is_named_stays(library: Library, shop: Shop) -> None:
    """By a draft, a published post, a series, or a draft in a chat; also under an address of earlier settings."""
    core = library.engine.core
    names = ("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg")
    drafted, published, repeated, composed, moved = [await library.keep(name, days=99) for name in names]
    await shop.draft(Content(text="Draft", media=(drafted,)))
    await shop.schedule(Content(text="Out", media=(published,)), timedelta(hours=1))
    await library.engine.run_for(timedelta(hours=2))
    await core.stores.series.add([a_series(content=Content(text="Again", media=(repeated,)))])
    await core.composing.begin("c1", "1001", account_id=None, content=Content())
    await core.composing.add_media("c1", "1001", composed, 1)
    elsewhere = Media(MediaKind.IMAGE, f"http://old.a.vn/{moved.url.rpartition('/')[2]}?v=1")
    await shop.draft(Content(text="Moved", media=(elsewhere,)))

    assert await library.sweep() == 0

    assert all(map(library.has, (drafted, published, repeated, composed, moved)))


async def test_once_a_day_whoever_asks(library: Library) -> None:
    """Of many workers one sweeps; the next day it is due again."""
    await library.keep("a.jpg", days=61)
    assert [await library.sweep() for _ in range(3)] == [1, None, None]
    await library.keep("a.jpg", days=61)
    await library.engine.clock.advance(DAY)
    assert await library.sweep() == 1


async def test_a_picture_that_is_sent_again_is_young(library: Library) -> None:
    """What had lain about for long is kept when somebody sends it for a new post."""
    media = await library.keep("a.jpg", days=99)
    await library.engine.core.media.keep(sample("a.jpg")[0])
    assert await library.sweep() == 0
    assert library.has(media)


def test_the_life_of_a_file_is_longer_than_that_of_a_composition() -> None:
    """MongoDB forgets a composition after 30 days; until then somebody may go on with it."""
    assert timedelta(days=30) < MEDIA_LIFE

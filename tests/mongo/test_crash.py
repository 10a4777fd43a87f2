"""MongoDB killed in the middle of work."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path

from builders import a_scheduled_post
from core.adapters.cipher import Cipher
from core.adapters.mongo.client import close, open_database
from core.adapters.mongo.indexes import ensure_indexes
from core.adapters.mongo.stores import Stores, stores_in
from core.domain.post import Post
from core.domain.secret import Secret
from core.local.mongod import Mongod
from fake_clock import NOW

_SAVES = 60
_WRITERS = 4


@dataclass
class Writer:
    """Saves one post again and again, and knows the last version that was acknowledged."""

    stores: Stores
    post: Post
    done: int = 0
    some: asyncio.Event = field(default_factory=asyncio.Event)

    async def work(self) -> None:
        while self.done < _SAVES:
            after = replace(self.post, attempts=self.post.attempts + 1)
            saved = await self.stores.posts.save(
                self.post, after, who="worker", why=f"{after.attempts}", at=NOW
            )
            assert saved is not None, "a save was reported as lost though nobody else writes"
            self.post, self.done = saved, self.done + 1
            if self.done == _SAVES // 4:
                self.some.set()


async def test_no_acknowledged_save_is_lost_when_mongodb_is_killed(tmp_path: Path, cipher: Cipher) -> None:
    """Writers live through kill -9 and a restart without an error; every save happened, and happened once."""
    server = Mongod(tmp_path)
    await asyncio.to_thread(server.start)
    database = open_database(Secret(server.uri), "crash")
    try:
        await ensure_indexes(database)
        stores = stores_in(database, cipher)
        writers = [Writer(stores, a_scheduled_post()) for _ in range(_WRITERS)]
        await stores.posts.add([writer.post for writer in writers])
        async with asyncio.TaskGroup() as working:
            for writer in writers:
                working.create_task(writer.work())
            await writers[0].some.wait()
            await asyncio.to_thread(server.kill)
            assert all(writer.done < _SAVES for writer in writers)
            await asyncio.to_thread(server.start)
        for writer in writers:
            found = await stores.posts.get(writer.post.id)
            assert found is not None
            assert found.version == _SAVES + 1
            assert [entry.why for entry in found.history] == [f"{number}" for number in range(1, _SAVES + 1)]
    finally:
        close(database)
        await asyncio.to_thread(server.kill)

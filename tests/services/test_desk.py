"""MongoDB and the alarm stay in step, and an alarm that cannot be reached stops nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from builders import a_post, a_scheduled_post
from core.adapters.mongo.client import Database
from core.adapters.mongo.posts import MongoPostStore
from core.domain.errors import UnavailableError
from core.domain.post import Post, PostStatus
from core.services.desk import Desk
from fake_clock import FakeClock


class Journal:
    """Stands for the alarm, and notes in which order it and the store were used."""

    def __init__(self, *, down: bool = False) -> None:
        self.events: list[tuple[str, datetime | None]] = []
        self._down = down

    async def arm(self, at: datetime) -> None:
        if self._down:
            raise UnavailableError("Redis does not answer.")
        self.events.append(("armed", at))

    async def rearm(self, at: datetime) -> None:
        await self.arm(at)


class Told:
    """Stands for the events, and keeps what was announced."""

    def __init__(self) -> None:
        self.changed: list[str] = []

    def announce(self, post_id: str | None = None) -> None:
        self.changed.append(post_id or "")

    def follow(self) -> AbstractAsyncContextManager[AsyncIterator[Sequence[str]]]:
        raise NotImplementedError


class Noted(MongoPostStore):
    """The store of posts, with its writes noted; the first ones may fail."""

    def __init__(self, database: Database, journal: Journal, failures: int = 0) -> None:
        super().__init__(database)
        self._journal = journal
        self._failures = failures

    async def add(self, posts: Sequence[Post]) -> list[str]:
        self._journal.events.append(("written", None))
        return await super().add(posts)

    async def save(self, before: Post, after: Post, *, who: str, why: str, at: datetime) -> Post | None:
        self._journal.events.append(("written", None))
        if self._failures:
            self._failures -= 1
            raise UnavailableError("MongoDB does not answer.")
        return await super().save(before, after, who=who, why=why, at=at)


async def test_armed_before_and_after(database: Database) -> None:
    """A crash between the two costs at most an empty check, never a late post."""
    journal = Journal()
    desk = Desk(Noted(database, journal), journal, FakeClock(), Told())
    post = a_scheduled_post()

    await desk.add([post])
    assert journal.events == [("armed", post.due_at), ("written", None), ("armed", post.due_at)]

    journal.events.clear()
    assert post.due_at is not None
    earlier = post.due_at - timedelta(minutes=5)
    saved = await desk.save(post, replace(post, due_at=earlier), who="cli:linh", why="moved")
    assert saved is not None
    assert journal.events == [("armed", earlier), ("written", None), ("armed", earlier)]


async def test_what_is_never_due_arms_nothing(database: Database) -> None:
    """A draft does not disturb the worker."""
    journal = Journal()
    await Desk(Noted(database, journal), journal, FakeClock(), Told()).add([a_post()])
    assert journal.events == [("written", None)]


async def test_redis_is_away(database: Database) -> None:
    """Posts are stored all the same: the worker looks at MongoDB as soon as Redis is back."""
    journal = Journal(down=True)
    desk = Desk(Noted(database, journal), journal, FakeClock(), Told())
    post = a_scheduled_post()

    assert await desk.add([post]) == [post.id]
    saved = await desk.save(
        post, replace(post, status=PostStatus.DRAFT, due_at=None), who="cli:linh", why="no"
    )

    assert saved is not None
    assert saved.status is PostStatus.DRAFT


async def test_a_fact_is_insisted_on(database: Database) -> None:
    """What is known of Threads is written as soon as MongoDB is back, however often it has to be tried."""
    journal = Journal()
    desk = Desk(Noted(database, journal, failures=2), journal, FakeClock(), Told())
    post = a_scheduled_post()
    await desk.add([post])

    saved = await desk.insist(post, replace(post, step=post.step, attempts=3), why="")

    assert saved is not None
    assert [what for what, _ in journal.events].count("written") == 4
    assert (found := await MongoPostStore(database).get(post.id)) is not None
    assert found.attempts == 3


async def test_an_ordinary_write_is_not_insisted_on(database: Database) -> None:
    """Everything else raises, so that the message comes again."""
    journal = Journal()
    desk = Desk(Noted(database, journal, failures=1), journal, FakeClock(), Told())
    post = a_scheduled_post()
    await desk.add([post])

    with pytest.raises(UnavailableError):
        await desk.save(post, replace(post, attempts=3))


async def test_withdrawn_whatever_the_worker_does(database: Database) -> None:
    """A post that changes all the time is removed in the end; one that is live is not."""
    journal = Journal()
    desk = Desk(Noted(database, journal), journal, FakeClock(), Told())
    post, live = a_scheduled_post(), a_post(status=PostStatus.PUBLISHED)
    await desk.add([post, live])
    assert await desk.save(post, replace(post, attempts=1)) is not None

    assert await desk.withdraw(post.id)
    assert not await desk.withdraw(post.id)
    assert not await desk.withdraw(live.id)
    assert await MongoPostStore(database).get(live.id) is not None


async def test_whoever_listens_hears_of_changes(database: Database) -> None:
    """What was added, changed or deleted is announced; a write that lost its race is not."""
    journal, told = Journal(), Told()
    desk = Desk(Noted(database, journal), journal, FakeClock(), told)
    post = a_scheduled_post()

    await desk.add([post])
    await desk.add([post])
    saved = await desk.save(post, replace(post, sheet_id="7"), who="cli:linh")
    assert await desk.save(post, replace(post, sheet_id="8"), who="cli:linh") is None
    assert saved is not None
    await desk.delete(saved)
    assert told.changed == [post.id] * 3

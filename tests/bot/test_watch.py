"""The dead-man's switch, on servers of its own that are killed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from bot_scene import BotScene
from notices_scene import comes, eventually, prefers, those_with
from pydantic import SecretStr

from bot.outgoing import Outgoing
from bot.watch import Watch
from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.bootstrap import Core
from core.domain.access import Noise, NoticeKind
from core.domain.account import AccountState
from core.domain.watching import GRACE
from core.local.mongod import Mongod
from core.local.redis_server import RedisServer
from core.local.temporary import temporary_data_dir
from core.settings import Settings
from stories.engine import open_engine
from stories.fixtures import open_shop
from stories.movable_clock import MovableClock
from stories.threads_side import ThreadsSide

LONGER = GRACE + timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Servers:
    """A MongoDB and a Redis that a test may kill."""

    mongod: Mongod
    redis: RedisServer


@pytest.fixture
def servers() -> Iterator[Servers]:
    with temporary_data_dir() as folder:
        found = Servers(Mongod(folder), RedisServer(folder))
        found.mongod.start()
        found.redis.start()
        yield found


@pytest.fixture
async def product(
    settings: Settings, clock: MovableClock, telegram: Telegram, servers: Servers
) -> AsyncIterator[BotScene]:
    """The product on these servers, with a worker that has just been heard of."""
    where = {"mongodb_uri": SecretStr(servers.mongod.uri), "redis_url": SecretStr(servers.redis.url)}
    async with open_engine(settings.model_copy(update=where), clock) as engine:
        await engine.core.presence.beat("worker", clock.now())
        yield BotScene(engine, telegram)


@pytest.fixture
async def out(product: BotScene, linh: Person, minh: Person, an: Person) -> AsyncIterator[Outgoing]:
    """An owner, an editor and a viewer have come; the way to them."""
    async with product.answering(duties=()) as process:
        for person in (linh, minh, an):
            await comes(person)
        yield process.out.patient()


async def pass_time(product: BotScene) -> None:
    """So much that an outage is told, while the worker is heard of as far as Redis can say."""
    await product.engine.clock.advance(LONGER)


async def test_redis_is_killed(
    product: BotScene, servers: Servers, out: Outgoing, linh: Person, minh: Person, an: Person
) -> None:
    """Told once to those who write posts, each in their language, and its return once; without a word of the worker."""
    await prefers(product, minh, language="vi")
    watch = Watch(product.core, out)
    await watch.look()
    servers.redis.kill()
    await watch.look()
    assert those_with(linh, "Redis") == []
    for _ in range(3):
        await pass_time(product)
        await watch.look()
    (down,) = those_with(linh, "Redis is down")
    assert "none is lost" in down.text
    assert not down.silent
    assert len(those_with(minh, "Redis ngừng chạy")) == 1
    servers.redis.start()
    await product.core.presence.beat("worker", product.core.clock.now())
    for _ in range(2):
        await watch.look()
        await pass_time(product)
    (back,) = those_with(linh, "Redis is back after 1 min")
    assert back.silent
    assert len(those_with(minh, "Redis đã chạy lại")) == 1
    assert those_with(linh, "worker") == []
    assert those_with(an, "Redis") == []


async def test_mongodb_is_killed(
    product: BotScene, servers: Servers, out: Outgoing, linh: Person, minh: Person
) -> None:
    """The people are remembered, and what they want to hear; nobody can be looked up."""
    await prefers(product, minh, noise={NoticeKind.SYSTEM: Noise.OFF})
    watch = Watch(product.core, out)
    await watch.look()
    servers.mongod.kill()
    for _ in range(2):
        await watch.look()
        await pass_time(product)
    await watch.look()
    (down,) = those_with(linh, "MongoDB is down")
    assert "kept on its disk" in down.text
    servers.mongod.start()
    for _ in range(2):
        await product.core.presence.beat("worker", product.core.clock.now())
        await watch.look()
    assert len(those_with(linh, "MongoDB is back")) == 1
    assert those_with(minh, "MongoDB") == []


async def test_the_worker_is_gone(product: BotScene, out: Outgoing, linh: Person) -> None:
    """It has not been heard of for long: told once with what to do, and once that it is back."""
    watch = Watch(product.core, out)
    await watch.look()
    await product.engine.clock.advance(timedelta(minutes=3))
    await watch.look()
    assert those_with(linh, "worker") == []
    for _ in range(2):
        await pass_time(product)
        await watch.look()
    (down,) = those_with(linh, "The worker is down")
    assert "autopost up -d" in down.text
    await product.core.presence.beat("worker", product.core.clock.now())
    for _ in range(2):
        await watch.look()
    assert len(those_with(linh, "The worker is back")) == 1


async def test_a_worker_that_hangs(
    product: BotScene, out: Outgoing, threads: ThreadsSide, linh: Person, minh: Person, an: Person
) -> None:
    """Overdue posts are told within two minutes of their time though a worker is said to be there, and once."""
    shop = await open_shop(product.engine, threads, "shop-hanoi")
    for seconds in (600, 620):
        await shop.schedule(f"Phở {seconds}", timedelta(seconds=seconds))
    await prefers(product, minh, language="vi")
    watch = Watch(product.core, out)

    async def looks(*, times: int) -> None:
        for _ in range(times):
            await product.engine.clock.advance(timedelta(seconds=10))
            await product.core.presence.beat("worker", product.core.clock.now())
            await watch.look()

    await product.engine.clock.advance(timedelta(minutes=10))
    await looks(times=6)
    assert those_with(linh, "overdue") == []
    await looks(times=5)
    (told,) = those_with(linh, "Nothing is being published. 2 posts are overdue, the oldest since ")
    assert "10:10 (Asia/Ho_Chi_Minh)" in told.text
    assert "autopost down" in told.text
    assert len(those_with(minh, "Không đăng được bài nào. 2 bài đã quá giờ đăng, sớm nhất từ")) == 1
    await product.engine.clock.advance(timedelta(minutes=10))  # by now the worker is missed
    await watch.look()
    await watch.look()
    await product.run_for(timedelta(minutes=5))
    await looks(times=3)
    (over,) = those_with(linh, "No post is overdue any more, after ")
    assert over.silent
    assert those_with(linh, "worker is") == []
    assert those_with(an, "overdue") == []


async def test_posts_that_only_wait_are_no_trouble(
    product: BotScene, out: Outgoing, threads: ThreadsSide, linh: Person
) -> None:
    """Those of a paused account and of one that has to be linked again lie about with good reason."""
    paused, dead = [await open_shop(product.engine, threads, name) for name in ("shop-hanoi", "shop-hue")]
    for shop in (paused, dead):
        await shop.schedule("Phở", timedelta(minutes=10))
    await product.core.accounts.pause("shop-hanoi")
    account = await product.core.accounts.named("shop-hue")
    await product.core.stores.accounts.save(account, replace(account, state=AccountState.NEEDS_REAUTH))
    watch = Watch(product.core, out)
    await product.engine.clock.advance(timedelta(minutes=15))
    for _ in range(3):
        await product.core.presence.beat("worker", product.core.clock.now())
        await watch.look()
        await pass_time(product)
    assert those_with(linh, "overdue") == []


async def test_a_bot_started_anew_tells_no_outage_twice(
    product: BotScene, servers: Servers, out: Outgoing, linh: Person
) -> None:
    """What another process has told is known, and so is what it has not told yet, with its beginning."""
    servers.redis.kill()
    await Watch(product.core, out).look()
    await pass_time(product)
    await Watch(product.core, out).look()
    await pass_time(product)
    watch = Watch(product.core, out)
    await watch.look()
    assert len(those_with(linh, "Redis is down")) == 1
    servers.redis.start()
    await watch.look()
    await product.core.presence.beat("worker", product.core.clock.now())
    await Watch(product.core, out).look()
    assert len(those_with(linh, "Redis is back")) == 1


async def test_whoever_cannot_be_told_keeps_nobody_waiting(
    product: BotScene, servers: Servers, telegram: Telegram, out: Outgoing, linh: Person, minh: Person
) -> None:
    """One chat refuses and another hangs; the rest is told, and the looks go on."""
    watch = Watch(product.core, out)
    await watch.look()
    servers.redis.kill()
    await watch.look()
    await pass_time(product)
    telegram.misbehaves("sendMessage", faults.refused(403, "Forbidden: bot was blocked by the user"))
    await watch.look()
    told = [person for person in (linh, minh) if those_with(person, "Redis")]
    assert len(told) == 1


async def test_it_looks_by_itself(product: BotScene, servers: Servers, linh: Person) -> None:
    """As a duty of the bot it notices, tells, and goes on when everything fails for a while."""

    async def duty(core: Core, out: Outgoing) -> None:
        await Watch(core, out, every=0.05).run()

    async def told(text: str) -> bool:
        await pass_time(product)
        return bool(those_with(linh, text))

    async with product.answering(duties=(), vigils=[duty]):
        await comes(linh)
        await eventually(lambda: told("The worker is down"), within=60)
        servers.redis.kill()
        servers.mongod.kill()
        await eventually(lambda: told("MongoDB is down"), within=60)
        await eventually(lambda: told("Redis is down"), within=60)
        servers.mongod.start()
        servers.redis.start()
        await eventually(lambda: told("MongoDB is back"), within=60)
        await eventually(lambda: told("Redis is back"), within=60)
    assert len(those_with(linh, "Redis is down")) == 1

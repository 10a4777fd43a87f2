"""The bot as people meet it: a Telegram that refuses what Telegram refuses, and the whole product behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot import table
from bot.routes import Routes
from bot.runner import BotProcess
from bot.table import Duty
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.adapters.mongo.client import Database
from core.bootstrap import Core
from stories.engine import Engine

LINH, MINH, AN = 1001, 1002, 1003
"""An owner, an editor and a viewer."""


@dataclass(frozen=True, slots=True)
class BotScene:
    """The product and its Telegram, with nobody answering yet."""

    engine: Engine
    telegram: Telegram

    @property
    def core(self) -> Core:
        return self.engine.core

    @asynccontextmanager
    async def answering(
        self,
        routes: Routes = table.ROUTES,
        duties: Sequence[Duty] = table.DUTIES,
        vigils: Sequence[Duty] = (),
    ) -> AsyncGenerator[BotProcess]:
        """A bot runs until the end of the block, with these flows.

        Without a dead-man's switch, which would tell that there is no worker in a scene.
        """
        process = BotProcess(self.core, routes=routes, duties=duties, vigils=vigils)
        finish = asyncio.Event()
        running = asyncio.create_task(process.run(finish))
        try:
            await self._until_it_leads(process, running)
            yield process
        finally:
            finish.set()
            await running

    @asynccontextmanager
    async def killed_at_the_end(
        self, routes: Routes = table.ROUTES, duties: Sequence[Duty] = table.DUTIES
    ) -> AsyncGenerator[BotProcess]:
        """The same, but it ends without finishing anything, as by SIGKILL."""
        process = BotProcess(self.core, routes=routes, duties=duties, vigils=())
        running = asyncio.create_task(process.run(asyncio.Event()))
        try:
            await self._until_it_leads(process, running)
            yield process
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def run_for(self, length: timedelta) -> None:
        """Let time pass: what falls due until then is published."""
        await self.engine.run_for(length)

    @staticmethod
    async def _until_it_leads(process: BotProcess, running: asyncio.Task[None]) -> None:
        led = asyncio.create_task(process.leads.wait())
        await asyncio.wait([led, running], timeout=10, return_when=asyncio.FIRST_COMPLETED)
        led.cancel()
        if running.done():
            running.result()
        assert process.leads.is_set(), "the bot did not start"


async def until(condition: Callable[[], object], *, within: float = 10) -> None:
    """Return once it is so; for what the Bot API server does not see."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  # any condition at all
            await asyncio.sleep(0.005)


@pytest.fixture
async def database(prepared_database: Database) -> AsyncIterator[Database]:
    """An empty one; leases and whatever else has no index are emptied too."""
    yield prepared_database
    for collection in await prepared_database.list_collection_names():
        await prepared_database[collection].delete_many({})


@pytest.fixture
def environment(telegram: Telegram) -> dict[str, Any]:
    """Settings of the bot; a test module may add its own."""
    return {
        "telegram_bot_token": telegram.token,
        "telegram_api_base_url": telegram.url,
        "telegram_allowed_users": f"{LINH}:owner, {MINH}:editor, {AN}:viewer",
    }


@pytest.fixture
def product(engine: Engine, telegram: Telegram) -> BotScene:
    """Everything but the bot, for tests that start and end it."""
    return BotScene(engine, telegram)


@pytest.fixture
async def scene(product: BotScene) -> AsyncIterator[BotScene]:
    """The bot answers."""
    async with product.answering():
        yield product


@pytest.fixture
def linh(telegram: Telegram) -> Person:
    """An owner, who reads English."""
    return telegram.person(LINH, name="Linh", language="en", started=True)


@pytest.fixture
def minh(telegram: Telegram) -> Person:
    """An editor, who reads Vietnamese."""
    return telegram.person(MINH, name="Minh", language="vi", started=True)


@pytest.fixture
def an(telegram: Telegram) -> Person:
    """A viewer, who reads English."""
    return telegram.person(AN, name="An", language="en", started=True)


@pytest.fixture
def stranger(telegram: Telegram) -> Person:
    """Somebody whom nobody has let in."""
    return telegram.person(6666, name="Mallory", language="en", started=True)

"""The product as it runs in earnest: bot and worker are processes, Telegram and Threads are servers they call."""

from __future__ import annotations

import asyncio
import io
import itertools
import os
import signal
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from aiohttp import web
from PIL import Image

from botapi import faults
from botapi.faults import Fault
from botapi.messages import Message
from botapi.person import Person
from botapi.telegram_side import Telegram, running_telegram
from core.adapters.mongo.client import Database
from core.bootstrap import Core, open_core
from core.domain.account import Account
from core.domain.post import Post
from core.local.processes import python_environment, python_module
from core.local.sandbox.server import running_sandbox
from core.local.stack import StackState
from core.local.temporary import temporary_data_dir
from core.ports import PostFilter
from core.settings import Settings
from loopback import serving_app
from stories.threads_side import Shown, ThreadsSide

_PATIENCE = 30.0
_SETTINGS = ("TELEGRAM_", "MONGODB_", "REDIS_", "AUTOPOST_", "THREADS_", "MEDIA_", "TZ", "WORKER_")
FIRST_PERSON = 2001
_PEOPLE = 40


@dataclass(slots=True)
class Running:
    """A process and what it wrote."""

    process: asyncio.subprocess.Process
    log_path: Path

    @property
    def log(self) -> str:
        return self.log_path.read_text()

    async def says(self, event: str) -> None:
        """Wait until this stands in its log."""
        async with asyncio.timeout(_PATIENCE):
            while event not in self.log:
                assert self.process.returncode is None, self.log
                await asyncio.sleep(0.02)

    async def end(self, number: signal.Signals) -> tuple[int, float]:
        """Its exit code, and the seconds that it took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        async with asyncio.timeout(_PATIENCE):
            return await self.process.wait(), time.monotonic() - began

    async def killed(self) -> None:
        """End it at once, by SIGKILL."""
        assert (await self.end(signal.SIGKILL))[0] == -signal.SIGKILL


@asynccontextmanager
async def running(
    module: str, folder: Path, environment: Mapping[str, str], *interpreter: str
) -> AsyncGenerator[Running]:
    """``python -m module`` with nothing of the tester's settings; it ends with the block at the latest."""
    ours = {name: value for name, value in python_environment().items() if not name.startswith(_SETTINGS)}
    log_path = folder / f"{module}-{time.monotonic_ns()}.log"
    python, *arguments = python_module(module)
    with log_path.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            python,
            *interpreter,
            *arguments,
            cwd=folder,
            env={**ours, **environment},
            stdout=log,
            stderr=log,
        )
    try:
        yield Running(process, log_path)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@dataclass(frozen=True, slots=True)
class Premises:
    """Everything but the bot: servers, an account, a worker process, and people who may use the bot."""

    folder: Path
    environment: Mapping[str, str]
    telegram: Telegram
    threads: ThreadsSide
    core: Core
    database: Database
    account: Account
    _held: list[Fault] = field(default_factory=list[Fault])
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(FIRST_PERSON))

    @asynccontextmanager
    async def bot(self, **settings: str) -> AsyncGenerator[Running]:
        """A bot process, which leads as soon as it can."""
        async with running("bot", self.folder, {**self.environment, **settings}) as bot:
            yield bot

    @asynccontextmanager
    async def leading_bot(self, **settings: str) -> AsyncGenerator[Running]:
        """A bot process that leads."""
        async with self.bot(**settings) as bot:
            await bot.says("bot.leads")
            yield bot

    def holds(self, method: str) -> Fault:
        """The next such call hangs until it is released, at the latest when the premises are closed."""
        fault = self.telegram.misbehaves(method, faults.held())
        self._held.append(fault)
        return fault

    def let_go(self) -> None:
        """Let every call that hangs go on."""
        for fault in self._held:
            fault.released.set()

    def newcomer(self) -> Person:
        """An owner who reads English and has said nothing yet."""
        number = next(self._ids)
        assert number < FIRST_PERSON + _PEOPLE
        return self.telegram.person(number, name=f"Linh {number}", language="en", started=True)

    async def posts(self, text: str) -> list[Post]:
        """The posts with this text, wherever they stand."""
        return await self.core.posts.find(PostFilter(text=text))

    async def at_rest(self) -> None:
        """Wait until everything that was said has been dealt with."""
        bot_id = str(self.telegram.world.bot["id"])
        await self.telegram.has_delivered(_PATIENCE)
        async with asyncio.timeout(_PATIENCE):
            while await self.core.stores.letters.waiting(bot_id):  # noqa: ASYNC110  # another process deals with them
                await asyncio.sleep(0.01)

    async def feed(self, text: str) -> list[Shown]:
        """What the public sees with this text."""
        return [shown for shown in await self.threads.feed() if text in shown.text]


@asynccontextmanager
async def _served(folder: Path) -> AsyncGenerator[str]:
    """The files of the folder over HTTP, as the person's own web server would; the address."""
    app = web.Application()
    app.router.add_static("/", folder)
    async with serving_app(app) as address:
        yield address


def _environment(
    folder: Path, stack: StackState, database: str, telegram: Telegram, threads: str, media: str
) -> dict[str, str]:
    people = range(FIRST_PERSON, FIRST_PERSON + _PEOPLE)
    return {
        "MONGODB_URI": stack.mongodb_uri.replace("/?", f"/{database}?"),
        "REDIS_URL": stack.redis_url,
        "AUTOPOST_REDIS_NAMESPACE": f"{database}:",
        "AUTOPOST_DATA_DIR": str(folder / "data"),
        "THREADS_API_BASE_URL": threads,
        "THREADS_RATE_PER_MINUTE": "100",
        "TELEGRAM_API_BASE_URL": telegram.url,
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_ALLOWED_USERS": ", ".join(f"{number}:owner" for number in people),
        "MEDIA_PUBLIC_URL": media,
        "MEDIA_FOLDER": str(folder / "media"),
    }


def settings_of(environment: Mapping[str, str]) -> Settings:
    """What a process with this environment reads."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_SETTINGS)]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        return Settings(_env_file=None)  # pyright: ignore[reportCallIssue]  # pydantic-settings' own argument


@asynccontextmanager
async def open_premises(stack: StackState, mongo: Database) -> AsyncGenerator[Premises]:
    """They, with a database and a Redis namespace of their own; nothing is left afterwards."""
    database = mongo.client.get_database(f"test-{uuid4().hex}", codec_options=mongo.codec_options)
    async with AsyncExitStack() as exits:
        exits.push_async_callback(mongo.client.drop_database, database.name)
        folder = exits.enter_context(temporary_data_dir())
        telegram = await exits.enter_async_context(running_telegram())
        sandbox = await exits.enter_async_context(running_sandbox(folder / "sandbox"))
        (folder / "media").mkdir()
        media = await exits.enter_async_context(_served(folder / "media"))
        http = await exits.enter_async_context(httpx.AsyncClient(base_url=sandbox.url, trust_env=False))
        threads = ThreadsSide(http)
        await threads.settings(processing_seconds=0, second_publish="again")
        environment = _environment(folder, stack, database.name, telegram, sandbox.url, media)
        core = await exits.enter_async_context(open_core(settings_of(environment)))
        account = await core.accounts.add("shop-hanoi", await threads.sign_up("shop.hanoi"), core.settings.tz)
        worker = await exits.enter_async_context(running("worker", folder, environment))
        await worker.says("worker.ready")
        opened = Premises(folder, environment, telegram, threads, core, database, account)
        exits.callback(opened.let_go)
        yield opened


@pytest.fixture(scope="module")
async def premises(stack: StackState, mongo: Database) -> AsyncIterator[Premises]:
    """They, for all tests of a module: each has a person and texts of its own."""
    async with open_premises(stack, mongo) as opened:
        yield opened


def cards(person: Person) -> list[Message]:
    """What the bot shows to the person, oldest first."""
    return [message for message in person.messages if message.from_bot]


def picture(color: str) -> bytes:
    """A PNG of one colour."""
    data = io.BytesIO()
    Image.new("RGB", (640, 400), color).save(data, "PNG")
    return data.getvalue()

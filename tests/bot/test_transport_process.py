"""The bot as a process of its own: `python -m bot`."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
from cable import Cable
from running_bot import running

from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.adapters.mongo.client import Database
from core.local.stack import StackState
from core.settings import Settings


@pytest.fixture
def surroundings(settings: Settings, stack: StackState, telegram: Telegram) -> dict[str, str]:
    """The environment of a bot on the servers of the test."""
    return {
        "MONGODB_URI": f"{stack.mongodb_uri}".replace("/?", f"/{settings.mongodb_database}?"),
        "REDIS_URL": stack.redis_url,
        "AUTOPOST_REDIS_NAMESPACE": settings.redis_namespace,
        "AUTOPOST_DATA_DIR": str(settings.data_dir),
        "THREADS_API_BASE_URL": settings.threads_api_base_url,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_ALLOWED_USERS": settings.telegram_allowed_users,
    }


async def test_killed_with_sigkill_it_goes_on_where_it_was(
    telegram: Telegram, linh: Person, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """What Telegram has forgotten and nobody has answered yet is answered by the next process, at once."""
    telegram.misbehaves("sendMessage", faults.held())
    async with running("bot", tmp_path, surroundings) as first:
        await first.says("bot.leads")
        await linh.says("/nothing_such")
        await linh.waits_for(lambda: telegram.calls("sendMessage"))
        await telegram.is_polled()
        code, _ = await first.end(signal.SIGKILL)
        assert code == -signal.SIGKILL
    began = time.monotonic()
    async with running("bot", tmp_path, surroundings):
        await linh.sees("/nothing_such")
        assert time.monotonic() - began < 8, "it waited for the lease of the dead one"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_within_a_second_and_shows_no_token(
    telegram: Telegram,
    linh: Person,
    surroundings: dict[str, str],
    database: Database,
    tmp_path: Path,
    number: signal.Signals,
) -> None:
    """Told to stop it has ended in a second with 0; its token stands in no line and no document."""
    async with running("bot", tmp_path, {**surroundings, "TELEGRAM_ALLOWED_USERS": "1001"}) as bot:
        await bot.says("bot.leads")
        await linh.says("/nothing_such")
        await linh.sees("no command")
        code, seconds = await bot.end(number)
        assert (code, seconds < 1) == (0, True), (seconds, bot.log)
    assert "bot.stopped" in bot.log
    await _nowhere(telegram.token, bot.log, database)


async def test_it_stops_within_a_second_while_mongodb_hangs(
    telegram: Telegram, linh: Person, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """A server that answers nothing does not keep the bot from ending."""
    cable = Cable(surroundings["MONGODB_URI"])
    async with cable.laid() as uri, running("bot", tmp_path, {**surroundings, "MONGODB_URI": uri}) as bot:
        await bot.says("bot.leads")
        await telegram.is_polled()
        cable.pull()
        await linh.says("/nothing_such")
        await linh.waits_for(lambda: not linh.world.updates.polled)
        code, seconds = await bot.end(signal.SIGTERM)
        assert (code, seconds < 1) == (0, True), (seconds, bot.log)


async def test_a_refused_token_is_one_sentence(
    telegram: Telegram, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """A token that Telegram does not know, and none at all: exit 1 and what to set."""
    token = "7000000009:AAH-another_token_of_nobody_0123456789"
    async with running("bot", tmp_path, {**surroundings, "TELEGRAM_BOT_TOKEN": token}) as bot:
        assert await bot.process.wait() == 1
        assert "TELEGRAM_BOT_TOKEN is not accepted by Telegram" in bot.log.splitlines()[-1]
        assert token not in bot.log
    async with running("bot", tmp_path, {**surroundings, "TELEGRAM_BOT_TOKEN": ""}) as bot:
        assert await bot.process.wait() == 1
        assert bot.log.splitlines() == [
            "TELEGRAM_BOT_TOKEN is not set: make a bot with @BotFather in Telegram and set the token it gives you."
        ]
    assert telegram.token not in bot.log


async def test_without_people_it_says_how_to_find_an_id(
    telegram: Telegram, stranger: Person, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """An empty list lets nobody in; the log and the bot say what to write into it."""
    async with running("bot", tmp_path, {**surroundings, "TELEGRAM_ALLOWED_USERS": ""}) as bot:
        await bot.says("bot.leads")
        assert "set TELEGRAM_ALLOWED_USERS to your numeric id" in bot.log
        await stranger.says("/start")
        await stranger.says("/whoami")
        await stranger.sees("6666")
    assert [message.from_bot for message in stranger.messages].count(True) == 1
    assert telegram.refusals == []


async def test_telegram_may_come_later(surroundings: dict[str, str], tmp_path: Path) -> None:
    """A bot that cannot reach Telegram waits, and still stops within a second."""
    nowhere = {"TELEGRAM_API_BASE_URL": "http://127.0.0.1:9"}
    async with running("bot", tmp_path, {**surroundings, **nowhere}) as bot:
        await bot.says("bot.telegram_away")
        code, seconds = await bot.end(signal.SIGTERM)
        assert (code, seconds < 1) == (0, True), (seconds, bot.log)
        assert surroundings["TELEGRAM_BOT_TOKEN"] not in bot.log


async def _nowhere(secret: str, log: str, database: Database) -> None:
    assert secret not in log
    for collection in await database.list_collection_names():
        async for document in database[collection].find({}):
            assert secret not in repr(document), collection

"""`autopost up` starts the bot and keeps it up when there is a token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from installed import Installation, eventually

from botapi.telegram_side import Telegram, running_telegram
from core.local.processes import Daemon


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with running_telegram() as server:
        yield server


async def test_up_starts_the_bot_and_down_stops_it(fresh: Installation, telegram: Telegram) -> None:
    """With a token a person is answered after `up`, also when the bot was killed; `status` shows it."""
    fresh.settings.update(
        TELEGRAM_BOT_TOKEN=telegram.token,
        TELEGRAM_API_BASE_URL=telegram.url,
        TELEGRAM_ALLOWED_USERS="1001:owner",
    )
    linh = telegram.person(1001, language="en", started=True)
    said = await asyncio.to_thread(fresh.run, "up", "-d")
    assert (said.code, "Telegram   the bot runs" in said.out) == (0, True), said.err
    await linh.says("/nothing_such")
    await linh.sees("no command /nothing_such", within=30)
    assert (await asyncio.to_thread(fresh.json, "status"))["bot"] == {"state": "running"}

    bot = Daemon("bot", fresh.data_dir)
    before = bot.pid()
    assert bot.kill()
    await linh.says("/nothing_else")
    await asyncio.to_thread(eventually, bot.pid, lambda pid: pid not in (None, before))
    await linh.sees("no command /nothing_else", within=30)

    assert "bot" in (await asyncio.to_thread(fresh.json, "down"))["stopped"]
    assert bot.pid() is None
    assert telegram.token not in bot.log_path.read_text()


def test_without_a_token_there_is_no_bot(fresh: Installation) -> None:
    """Nothing is started, and `status` says what to set."""
    said = fresh.run("up", "-d")
    assert (said.code, "no bot: set TELEGRAM_BOT_TOKEN" in said.out) == (0, True), said.err
    assert fresh.json("status")["bot"] == {"state": "off"}
    assert fresh.run("bot").err.startswith("TELEGRAM_BOT_TOKEN is not set")

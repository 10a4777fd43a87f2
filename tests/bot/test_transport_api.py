"""Calls of the Bot API that do not get through."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from telegram.error import TimedOut

from bot.api import Connection, NotSentError
from botapi import faults
from botapi.telegram_side import Telegram
from loopback import serving_app


async def test_a_call_that_found_no_free_connection_was_not_sent(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be tried again without harm, unlike one that Telegram does not answer."""
    monkeypatch.setattr("bot.api._MOST_CONNECTIONS", 1)
    monkeypatch.setattr("bot.api._CONNECT", 0.1)
    held = faults.held()
    telegram.misbehaves("getMe", held)
    connection = Connection(answer=5)
    await connection.initialize()
    url = f"{telegram.url}/bot{telegram.token}/getMe"
    first = asyncio.create_task(connection.do_request(url, "POST"))
    try:
        async with asyncio.timeout(10):
            while not held.met:  # noqa: ASYNC110  # nothing tells of it
                await asyncio.sleep(0.005)
        with pytest.raises(NotSentError):
            await connection.do_request(url, "POST")
        held.released.set()
        assert (await first)[0] == 200
    finally:
        held.released.set()
        await connection.shutdown()


async def test_a_file_may_take_longer_than_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A download goes on as long as something comes, and ends when it stands still."""
    monkeypatch.setattr("bot.api._CONNECT", 0.2)
    stands_still = asyncio.Event()

    async def file(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        left = 20
        while left:
            await answer.write(b"x")
            await asyncio.sleep(0.05)
            left -= 1
        if request.path == "/endless":
            await stands_still.wait()
        return answer

    app = web.Application()
    app.router.add_get("/{name}", file)
    connection = Connection(answer=0.5)
    await connection.initialize()
    async with serving_app(app) as address:
        assert await connection.retrieve(f"{address}/whole") == b"x" * 20
        with pytest.raises(TimedOut):
            await connection.retrieve(f"{address}/endless")
        stands_still.set()
    await connection.shutdown()

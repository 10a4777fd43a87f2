"""Files that people send: fetched without their address getting anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from bot_scene import BotScene

from bot.downloads import download
from bot.routes import Routes
from bot.runner import BotProcess
from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.errors import AutopostError, RefusedError, UnavailableError


@pytest.fixture
async def process(product: BotScene) -> AsyncIterator[BotProcess]:
    async with product.answering(Routes()) as process:
        yield process


async def test_a_file_arrives_as_it_was_sent(process: BotProcess, linh: Person) -> None:
    """Byte for byte, up to the limit that the caller sets."""
    data = bytes(range(256)) * 40
    message = await linh.uploads("calendar.xlsx", data)
    file_id = message.as_json()["document"]["file_id"]
    assert await download(process.api, file_id, limit=len(data)) == data
    with pytest.raises(RefusedError, match="larger than 0"):
        await download(process.api, file_id, limit=len(data) - 1)


async def test_what_cannot_be_fetched_is_one_sentence_without_an_address(
    process: BotProcess, telegram: Telegram, linh: Person
) -> None:
    """Too large for bots, gone, or Telegram away: each says what to do, and none holds the token."""
    message = await linh.uploads("calendar.xlsx", b"PK")
    file_id = message.as_json()["document"]["file_id"]
    troubles: list[tuple[faults.Fault, type[AutopostError], str]] = [
        (faults.refused(400, "Bad Request: file is too big"), RefusedError, "larger than 20 MB"),
        (faults.refused(400, "Bad Request: wrong file_id"), RefusedError, "send it again"),
        (faults.dropped(), UnavailableError, "send it again"),
        (faults.bad_gateway(), UnavailableError, "send it again"),
    ]
    for fault, kind, says in troubles:
        telegram.misbehaves("getFile", fault)
        with pytest.raises(kind, match=says) as caught:
            await download(process.api, file_id)
        assert telegram.token not in repr(caught.value) + repr(caught.value.__cause__)

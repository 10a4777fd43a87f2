"""MongoDB refuses to write letters: nobody is lost, nobody is answered twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from bot_scene import BotScene, until
from echo_flow import EchoFlow

from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.adapters.mongo.client import Database
from core.domain.conversation import Letter

Rule = Callable[[dict[str, Any]], Awaitable[object]]


@pytest.fixture
async def only(database: Database) -> AsyncIterator[Rule]:
    """Letters that are not like this are refused by MongoDB from now on (error 121)."""

    async def rule(validator: dict[str, Any]) -> object:
        return await database.command("collMod", "letters", validator=validator)

    yield rule
    await rule({})


async def test_what_cannot_be_called_done_is_called_so_later(
    product: BotScene, telegram: Telegram, linh: Person, only: Rule
) -> None:
    """What the same person said next is answered, and no letter stays open."""
    flow = EchoFlow(held={"one": asyncio.Event()})
    async with product.answering(flow.routes):
        await only({"done": {"$ne": True}})
        for text in ("one", "two"):
            await linh.says(text)
        await telegram.is_polled()
        flow.held["one"].set()
        await linh.sees("Said two")
        await only({})
        await _none_waits(product, telegram)
    assert flow.said == ["one", "two"]


async def test_what_cannot_be_stored_is_asked_for_again(
    product: BotScene, telegram: Telegram, linh: Person, only: Rule, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot does not end over it, and Telegram is not told that it was taken."""
    async with product.answering((flow := EchoFlow()).routes):
        await only({"nothing": True})
        await linh.says("one")
        asked = len(telegram.calls("getUpdates"))
        await linh.waits_for(lambda: len(telegram.calls("getUpdates")) > asked + 1)
        assert flow.said == []
        await only({})
        await linh.sees("Said one")
    assert flow.said == ["one"]
    assert "bot.updates_wait" in caplog.text
    assert "Linh" not in caplog.text, "MongoDB's error repeats what the person said"


async def test_what_cannot_be_begun_again_is_begun_later(
    product: BotScene, telegram: Telegram, linh: Person, only: Rule
) -> None:
    """A stored message waits until its attempt can be counted, and goes before what the person says next."""
    stuck = EchoFlow(held={"one": asyncio.Event()})
    async with product.killed_at_the_end(stuck.routes):
        await linh.says("one")
        await telegram.is_polled()
        await until(lambda: stuck.said)
    await only({"attempts": 0})
    async with product.answering((flow := EchoFlow()).routes):
        await linh.says("two")
        await telegram.is_polled()
        assert flow.said == []
        await only({})
        await linh.sees("Said two")
    assert flow.said == ["one", "two"]


async def test_what_was_stored_and_never_begun_is_taken_up_when_it_comes_again(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """MongoDB may have stored a letter whose acknowledgement was lost."""
    async with product.answering((flow := EchoFlow()).routes):
        await linh.says("one")
        await linh.sees("Said one")
        number = telegram.world.updates.taken[-1]["update_id"] + 1
        letter = Letter(
            id=f"{telegram.world.bot['id']}:{number}",
            number=number,
            sender=str(linh.id),
            payload="{}",
            arrived_at=product.core.clock.now(),
        )
        assert await product.core.stores.letters.add([letter])
        await linh.says("two")
        await linh.sees("Said two")
    assert flow.said == ["one", "two"]


async def test_a_slow_answer_to_a_tap_keeps_nobody_else_waiting(
    product: BotScene, telegram: Telegram, linh: Person, minh: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what the same person asked for waits until the button has stopped turning."""
    monkeypatch.setattr("bot.inbox._ANSWERS_FIRST", 60.0)
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        card = await linh.sees("Hello")
        held = faults.held()
        telegram.misbehaves("answerCallbackQuery", held)
        await linh.taps_raw("echo:it:7:", card)
        await linh.waits_for(lambda: held.met)
        await minh.says("one")
        await minh.sees("Said one")
        assert card.edits == 0
        held.released.set()
        assert await linh.sees("Tapped it 7") is card


async def _none_waits(product: BotScene, telegram: Telegram) -> None:
    async with asyncio.timeout(10):
        while await product.core.stores.letters.waiting(str(telegram.world.bot["id"])):  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.01)

"""Nothing that people say is lost or done twice, wherever the bot ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import pytest
from bot_scene import LINH, BotScene, until
from echo_flow import EchoFlow

from bot.dispatch import Dispatcher
from bot.gate import Gate
from bot.inbox import Inbox
from bot.routes import Routes
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.adapters.mongo.client import Database
from core.adapters.mongo.letters import MongoLetterBox
from core.domain.conversation import Letter


async def test_an_update_that_comes_twice_is_answered_once(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """Telegram may deliver again what it has been told was taken; it is known by its number."""
    flow = EchoFlow()
    async with product.answering(flow.routes):
        await linh.says("one")
        await linh.sees("Said one")
        await linh.says("two")
        await linh.sees("Said two")
        await telegram.has_delivered()
        telegram.delivers_again(2)
        await linh.says("three")
        await linh.sees("Said three")
    assert flow.said == ["one", "two", "three"]


async def test_what_was_stored_when_the_bot_was_killed_is_answered_at_its_next_start(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """A bot that ends between storing and answering leaves all to the next one, in its order."""
    stuck = EchoFlow(held={"one": asyncio.Event()})
    async with product.killed_at_the_end(stuck.routes):
        for text in ("one", "two", "three"):
            await linh.says(text)
        await telegram.is_polled()
        await until(lambda: stuck.said == ["one"])
    flow = EchoFlow()
    async with product.answering(flow.routes):
        await linh.sees("Said three")
    assert flow.said == ["one", "two", "three"]
    assert await product.core.stores.letters.waiting(telegram.token.partition(":")[0]) == []


async def test_what_was_answered_is_not_answered_again_after_a_restart(
    product: BotScene, linh: Person
) -> None:
    """A stop in order leaves nothing open, although Telegram was not told of the last update."""
    flow = EchoFlow()
    async with product.answering(flow.routes):
        await linh.says("one")
        await linh.sees("Said one")
    async with product.answering(flow.routes):
        await linh.says("two")
        await linh.sees("Said two")
    assert flow.said == ["one", "two"]


async def test_a_message_over_which_the_bot_ends_again_and_again_is_put_aside(
    product: BotScene, linh: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """After three processes have ended over it the person is told, and what follows is answered."""
    await linh.says("poison")
    for _ in range(3):
        flow = EchoFlow(held={"poison": asyncio.Event()})
        async with product.killed_at_the_end(flow.routes):
            await until(lambda flow=flow: flow.said or linh.messages[-1].from_bot)
    await linh.says("bread")
    with caplog.at_level(logging.ERROR):
        async with product.answering((flow := EchoFlow()).routes):
            await linh.sees("Said bread")
    assert flow.said == ["bread"]
    assert any("put aside" in message.text for message in linh.messages)
    assert [record.message for record in caplog.records] == ["bot.letter_given_up"]


async def test_the_parts_of_an_album_know_that_more_of_it_waits(product: BotScene, linh: Person) -> None:
    """Only the last part of an album that has arrived is told that none is behind it."""
    flow = EchoFlow(held={"first": asyncio.Event()})
    async with product.answering(flow.routes):
        await linh.says("first")
        await until(lambda: flow.said)
        await linh.sends_album([_png(), _png(), _png()], "three pictures")
        await linh.says("last")
        flow.held["first"].set()
        await linh.sees("Said last")
    assert flow.albums == [False, True, True, False, False]


async def test_people_who_were_removed_meanwhile_get_no_answer(
    product: BotScene, linh: Person, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights are asked for again when a stored update is taken up."""
    stuck = EchoFlow(held={"one": asyncio.Event()})
    async with product.killed_at_the_end(stuck.routes):
        await linh.says("one")
        await until(lambda: stuck.said)
    monkeypatch.setattr(product.core.people, "_granted", {})
    flow = EchoFlow()
    async with product.answering(flow.routes):
        await linh.says("two")
        await linh.waits_for(lambda: not linh.world.updates.waiting)
    assert flow.said == []
    assert [document["done"] for document in await _letters(database)] == [True]
    assert not any(message.from_bot for message in linh.messages)


async def test_an_inbox_that_was_closed_takes_nothing_in(
    product: BotScene, linh: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had stored only as it was closed is handled by the next, to which Telegram brings it again."""
    core, flow = product.core, EchoFlow()
    store = MongoLetterBox.add
    async with product.answering(Routes()) as process:
        closed, following = (
            Inbox(core, process.api, Gate(core, process.out), Dispatcher(core, flow.routes, process.out), {})
            for _ in range(2)
        )

        async def stored_too_late(self: MongoLetterBox, new: Sequence[Letter]) -> list[Letter]:
            added = await store(self, new)
            await closed.close(0)
            return added

        monkeypatch.setattr(MongoLetterBox, "add", stored_too_late)
        assert not await closed.receive([_said(linh, 1, "one")])
        monkeypatch.setattr(MongoLetterBox, "add", store)
        assert not await closed.receive([_said(linh, 2, "two")])
        assert [letter.number for letter in await core.stores.letters.waiting(_bot(linh))] == [1]
        assert flow.said == []
        assert await following.receive([_said(linh, 1, "one"), _said(linh, 2, "two")])
        await linh.sees("Said two")
        await following.close(1)
    assert flow.said == ["one", "two"]


async def test_a_person_is_named_as_in_telegram(product: BotScene, linh: Person) -> None:
    """Whoever writes is known by the name that their profile shows."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        await linh.sees("Hello Linh")
    person = await product.core.stores.people.get(str(LINH))
    assert person is not None
    assert person.name == "Linh"


def _bot(person: Person) -> str:
    return str(person.world.bot["id"])


def _said(person: Person, number: int, text: str) -> dict[str, Any]:
    message = {"message_id": number, "date": 1, "chat": person.chat.as_json(), "from": person.user}
    return {"update_id": number, "message": {**message, "text": text}}


async def _letters(database: Database) -> list[dict[str, Any]]:
    return [document async for document in database["letters"].find({})]


def _png() -> bytes:
    from io import BytesIO  # noqa: PLC0415  # used here only

    from PIL import Image  # noqa: PLC0415  # as above

    file = BytesIO()
    Image.new("RGB", (320, 320), "teal").save(file, "PNG")
    return file.getvalue()

"""What people read when something goes wrong, and what they never read."""

from __future__ import annotations

import asyncio
import logging

import pytest
from bot_scene import BotScene, until
from echo_flow import EchoFlow

from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.log import LineFormatter


async def test_a_refusal_is_its_sentence(product: BotScene, linh: Person, minh: Person) -> None:
    """What the rules do not allow is said in the words of the rules."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/fail refused")
        await linh.sees("⚠️ The post is too long: shorten it.")
        await linh.says("/fail away")
        await linh.sees("MongoDB cannot be reached", "may be done already", "/queue")
        await minh.says("/fail away")
        await minh.sees("bị ngắt giữa chừng", "/queue")


async def test_a_fault_of_ours_is_a_sentence_with_a_number_that_the_log_has(
    product: BotScene, telegram: Telegram, linh: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """No trace and no token reach the chat; the log has both under the number, the token starred."""
    async with product.answering(EchoFlow().routes):
        with caplog.at_level(logging.ERROR):
            await linh.says("/fail")
            message = await linh.sees("fault of this bot", "error ")
        await linh.says("and on")
        await linh.sees("Said and on")
    record = next(record for record in caplog.records if record.message == "bot.handler_failed")
    line = LineFormatter().format(record)
    assert vars(record)["error_id"] in message.text
    assert "ZeroDivisionError" in line
    assert telegram.token not in line
    assert "ZeroDivision" not in str(linh.transcript)


@pytest.mark.parametrize(
    "data", ["nothing:known::", "echo", "a:b", "echo:it:x:", "echo:😀:1:", "{}", "echo:it:1:a:b", "⁠"]
)
async def test_a_forged_button_does_nothing(
    product: BotScene, telegram: Telegram, linh: Person, data: str
) -> None:
    """Data that no button of ours has is answered, told in a sentence, and reaches no handler."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        card = await linh.sees("Hello")
        query = await linh.taps_raw(data, card)
        await linh.gets_answer(query)
        await linh.sees("not known any more")
        assert card.edits == 0
    assert telegram.refusals == []


async def test_a_tap_is_answered_while_the_one_before_is_at_work(product: BotScene, linh: Person) -> None:
    """The button stops turning at once, whatever the person has to wait for."""
    flow = EchoFlow(held={"slow": asyncio.Event()})
    async with product.answering(flow.routes):
        await linh.says("/start")
        card = await linh.sees("Hello")
        await linh.says("slow")
        await until(lambda: flow.said)
        await linh.taps("Tap me", on=card, within=2)
        assert card.edits == 0
        flow.held["slow"].set()
        assert await linh.sees("Tapped it") is card


async def test_a_query_that_is_too_old_does_no_harm(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """What the person wanted is done although Telegram takes no answer any more."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        card = await linh.sees("Hello")
        telegram.misbehaves("answerCallbackQuery", faults.refused(400, "Bad Request: query is too old"))
        await linh.taps_raw("echo:it:7:", card)
        assert await linh.sees("Tapped it 7") is card


async def test_a_message_whose_fate_is_unknown_is_not_called_a_fault(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """The connection broke after the message went out: it comes again, and the bot goes on."""
    async with product.answering(EchoFlow().routes):
        telegram.misbehaves("sendMessage", faults.unanswered())
        await linh.says("one")
        await linh.says("two")
        await linh.sees("Said two")
    told = [message.text for message in linh.messages if message.from_bot]
    assert told == ["Said one", "Said one", "Said two"]


async def test_an_answer_outlives_a_bad_gateway(product: BotScene, telegram: Telegram, linh: Person) -> None:
    """A 502 of Telegram costs the person half a second, not the answer."""
    async with product.answering(EchoFlow().routes):
        telegram.misbehaves("sendMessage", faults.bad_gateway())
        await linh.says("one")
        await linh.sees("Said one")


async def test_an_update_that_nobody_can_read_is_passed_over(product: BotScene, linh: Person) -> None:
    """Fields of the wrong kind and letters that are none end nothing: what comes after is answered."""
    message = {"message_id": 1, "chat": linh.chat.as_json(), "from": linh.user}
    flow = EchoFlow()
    async with product.answering(flow.routes):
        for broken in (
            {"date": "yesterday"},
            {"date": 10**30},
            {"date": 1, "text": 7},
            {"date": 1, "entities": "none", "text": "x"},
            {"date": 1, "from": {"id": "x"}},
        ):
            await linh.gets_update("message", {**message, **broken})
        await linh.gets_update("message", {**message, "date": 1, "text": "half \ud83d"})
        await linh.says("whole")
        await linh.sees("Said whole")
    assert flow.said[-1] == "whole"


async def test_an_unknown_command_gets_a_hint(product: BotScene, linh: Person) -> None:
    """With or without the bot's name, in any case of letters."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/START@threads_autopost_bot")
        await linh.sees("Hello Linh")
        await linh.says("/nothing <b>")
        await linh.sees("no command /nothing", "/help")


async def test_somebody_who_blocks_the_bot_is_left_alone_until_they_write(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """A 403 is remembered, and so is what Telegram says by itself."""
    store = product.core.stores.people
    async with product.answering((flow := EchoFlow()).routes):
        await linh.says("/start")
        await linh.sees("Hello")
        telegram.misbehaves("sendMessage", faults.refused(403, "Forbidden: bot was blocked by the user"))
        await linh.says("one")
        await until(lambda: flow.said == ["one"])
        await _until_blocked(product, linh, blocked=True)
        await linh.says("two")
        await linh.sees("Said two")
        await _until_blocked(product, linh, blocked=False)
        await linh.blocks_bot()
        await _until_blocked(product, linh, blocked=True)
    person = await store.get(str(linh.id))
    assert person is not None


async def _until_blocked(product: BotScene, person: Person, *, blocked: bool) -> None:
    async with asyncio.timeout(10):
        while True:
            found = await product.core.stores.people.get(str(person.id))
            if found is not None and found.blocked is blocked:
                return
            await asyncio.sleep(0.005)

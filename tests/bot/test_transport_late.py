"""A tap that lay somewhere for long is not carried out as if it came now."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from bot_scene import BotScene, until
from composing_scene import all_posts
from echo_flow import EchoFlow

from bot import table
from botapi import faults
from botapi.messages import Message
from botapi.person import Person
from botapi.telegram_side import Telegram
from stories.fixtures import Shop

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def card(product: BotScene, linh: Person, shop: Shop) -> Message:
    """The bot asks whether to publish at once, and ends."""
    assert shop.account.is_default
    async with product.answering():
        await linh.says("Flash sale until noon!")
        await linh.sees("Draft")
        await linh.taps("Post now")
        return await linh.sees_button("Yes, post now")


async def test_a_tap_that_telegram_kept_for_long_is_asked_again(
    product: BotScene, telegram: Telegram, linh: Person, card: Message
) -> None:
    """Nothing is published for a tap that is too old to be answered; a fresh one is obeyed."""
    (data,) = (b["callback_data"] for row in card.keyboard for b in row if "Yes" in b["text"])
    await linh.taps_raw(data, card)
    telegram.misbehaves("answerCallbackQuery", faults.refused(400, TOO_OLD))
    async with product.answering():
        await linh.sees("reached me late")
        assert await all_posts(product) == []
        await linh.taps("Yes, post now", on=await linh.sees_button("Yes, post now"))
        await linh.sees("Scheduled", "Flash sale")
    assert len(await all_posts(product)) == 1


async def test_a_tap_that_was_stored_for_long_is_asked_again(
    product: BotScene, linh: Person, card: Message
) -> None:
    """The bot was killed with the tap in hand of somebody who was told nothing, and started hours later."""
    busy = EchoFlow(held={"wait": asyncio.Event()})
    async with product.killed_at_the_end(busy.routes, ()):
        await linh.says("wait")
        await until(lambda: busy.said)
        await linh.taps("Yes, post now", on=card)
        await _stored(product, 2)
    await product.run_for(timedelta(minutes=6))
    async with product.answering():
        await linh.sees("reached me late")
        assert await all_posts(product) == []


async def test_a_tap_that_can_do_no_harm_is_never_late(product: BotScene, linh: Person) -> None:
    """What only shows something is carried out whenever it comes."""
    busy = EchoFlow(held={"wait": asyncio.Event()})
    async with product.killed_at_the_end(busy.routes):
        await linh.says("/start")
        shown = await linh.sees("Hello")
        await linh.says("wait")
        await until(lambda: busy.said)
        await linh.taps("Tap me", on=shown)
        await _stored(product, 2)
    await product.run_for(timedelta(hours=12))
    async with product.answering(EchoFlow().routes):
        await linh.sees("Tapped it 7")


def test_what_is_shown_instead_can_be_shown() -> None:
    """Every verb that may come late is routed, and so is what is shown for it, which does nothing at once."""
    late, taps = table.ROUTES.when_late, table.ROUTES.taps.keys()
    assert late.keys() | set(late.values()) <= taps
    assert not late.keys() & set(late.values())


async def _stored(product: BotScene, number: int) -> None:
    bot_id = str(product.telegram.world.bot["id"])
    async with asyncio.timeout(10):
        while len(await product.core.stores.letters.waiting(bot_id)) < number:  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.005)

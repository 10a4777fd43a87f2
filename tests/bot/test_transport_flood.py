"""What one person has too much of waits in MongoDB, and keeps nobody else waiting."""

from __future__ import annotations

import asyncio

import pytest
from bot_scene import BotScene, until
from echo_flow import EchoFlow

from bot import lanes
from bot.pacing import Bucket
from botapi.person import Person
from botapi.telegram_side import Telegram


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few arrivals are too many, and chats may be written to as fast as can be."""
    monkeypatch.setattr(lanes, "_FULL", 3)

    def at_once(_bucket: Bucket, _now: float) -> float:
        return 0.0

    monkeypatch.setattr(Bucket, "reserve", at_once)


async def test_a_flood_of_one_is_no_trouble_to_another(
    product: BotScene, telegram: Telegram, linh: Person, minh: Person
) -> None:
    """Others are answered meanwhile; all of the flood is answered in its order, and so is what comes behind it."""
    flow = EchoFlow(held={"0": asyncio.Event()})
    async with product.answering(flow.routes):
        for number in range(12):
            await linh.says(str(number))
        await telegram.has_delivered()
        await minh.says("/start")
        await minh.sees("Hello Minh")
        assert flow.said == ["0"]
        flow.held["0"].set()
        await until(lambda: len(flow.said) > 4)
        await linh.says("12")
        await linh.sees("Said 12")
        await until(lambda: len(flow.said) >= 13)
    assert flow.said == [str(number) for number in range(13)]


async def test_what_was_left_over_a_kill_is_answered_in_its_order(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """More waits at the start than is taken up at once."""
    stuck = EchoFlow(held={"0": asyncio.Event()})
    async with product.killed_at_the_end(stuck.routes):
        for number in range(9):
            await linh.says(str(number))
        await telegram.has_delivered()
        await until(lambda: stuck.said)
    flow = EchoFlow()
    async with product.answering(flow.routes):
        await linh.sees("Said 8")
    assert flow.said == [str(number) for number in range(9)]

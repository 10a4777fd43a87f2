"""How fast messages go out, told by a clock of the test."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from bot_scene import LINH, BotScene
from echo_flow import EchoFlow

from bot.html import escape
from bot.outgoing import Outgoing
from bot.pacing import Bucket, Pace
from bot.screens import Screen
from bot.table import Duty
from botapi import faults, limits
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.bootstrap import Core


def test_a_bucket_gives_a_burst_and_then_one_at_a_time() -> None:
    """Three at once, then one each half second; after a rest the burst is there again."""
    bucket = Bucket(rate=2, burst=3)
    assert [bucket.reserve(100) for _ in range(5)] == pytest.approx([0, 0, 0, 0.5, 1.0])
    assert [bucket.reserve(110) for _ in range(4)] == pytest.approx([0, 0, 0, 0.5])


def test_a_bucket_that_is_held_lets_nobody_through() -> None:
    """Who comes during a pause waits for its end, in order."""
    bucket = Bucket(rate=1, burst=5)
    bucket.hold(107)
    assert [bucket.reserve(100) for _ in range(2)] == pytest.approx([7, 8])


@dataclass
class Sleeps:
    """Time that passes only while somebody sleeps."""

    now: float = 1000.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> Sleeps:
    sleeps = Sleeps()
    monkeypatch.setattr("bot.pacing.asyncio.sleep", sleeps.sleep)
    return sleeps


async def test_a_hundred_messages_to_one_chat_take_a_second_each(sleeps: Sleeps) -> None:
    """After a burst of five Telegram's pace for one chat is kept."""
    pace = Pace(lambda: sleeps.now)
    for _ in range(100):
        await pace.turn(LINH, urgent=True)
    assert sleeps.now - 1000 == pytest.approx(95)


async def test_a_storm_leaves_room_for_answers(sleeps: Sleeps) -> None:
    """While a thousand notices wait for their turn, an answer to a person waits for none of them."""
    pace = Pace(lambda: sleeps.now)
    for chat in range(1000):
        await pace.turn(chat, urgent=False)
    assert sleeps.now - 1000 == pytest.approx((1000 - 10) / 20)
    before = sleeps.now
    for chat in range(2000, 2010):
        await pace.turn(chat, urgent=True)
    assert sleeps.now == before


async def test_the_limits_of_telegram_are_kept_without_a_loss(
    product: BotScene, telegram: Telegram, linh: Person, minh: Person
) -> None:
    """With the strictest reading of Telegram's limits everything arrives, in order."""
    telegram.set_limits(limits.strict())
    async with product.answering(EchoFlow().routes):
        for number in range(4):
            await linh.says(f"message {number}")
        await minh.says("hello")
        await minh.sees("Said hello", within=1)
        await linh.sees("Said message 3", within=20)
    said = [message.text for message in linh.messages if message.from_bot]
    assert said == [f"Said message {number}" for number in range(4)]


async def test_a_pause_that_telegram_wants_holds_that_chat_only(
    product: BotScene, telegram: Telegram, linh: Person, minh: Person
) -> None:
    """The message comes after the pause, once; another person is answered meanwhile."""
    async with product.answering(EchoFlow().routes):
        telegram.misbehaves("sendMessage", faults.too_many_requests(1))
        loop = asyncio.get_running_loop()
        began = loop.time()
        await linh.says("one")
        await linh.waits_for(lambda: telegram.calls("sendMessage"))
        await minh.says("hello")
        await minh.sees("Said hello", within=0.9)
        await linh.sees("Said one")
        assert loop.time() - began >= 1
    assert [message.text for message in linh.messages if message.from_bot] == ["Said one"]


async def test_a_duty_sends_without_being_asked(product: BotScene, linh: Person) -> None:
    """What the bot does by itself runs while it leads, and ends with it."""
    ended: list[bool] = []

    async def duty(_core: Core, out: Outgoing) -> None:
        await out.send(LINH, Screen(text=escape("Good morning"), silent=True))
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    duties: tuple[Duty, ...] = (duty,)
    async with product.answering(EchoFlow().routes, duties):
        message = await linh.sees("Good morning")
        assert message.silent
        assert ended == []
    assert ended == [True]


def test_chats_that_are_quiet_are_forgotten() -> None:
    """The memory of a bot does not grow with the people it ever wrote to."""
    now = 0.0
    pace = Pace(lambda: now)
    for chat in range(5000):
        pace.hold(0, chat)
        now += 1
    assert len(pace._chats) <= 1024  # pyright: ignore[reportPrivateUsage]  # its memory is the subject

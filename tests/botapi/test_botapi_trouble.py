"""Faults on demand and limits on messages."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter

from botapi import faults, limits
from botapi.errors import ApiError
from botapi.person import Person
from botapi.telegram_side import Telegram


async def test_the_next_calls_meet_the_fault(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """A fault is of one method, in the order set, as often as said; then all is well."""
    telegram.misbehaves("sendMessage", faults.too_many_requests(7))
    telegram.misbehaves("sendMessage", faults.server_error(), times=2)
    telegram.misbehaves("sendMessage", faults.bad_gateway())
    telegram.misbehaves("sendMessage", faults.refused(400, "Bad Request: TOPIC_CLOSED"))
    await bot.get_me()
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(linh.id, "a")
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(linh.id, "a")
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(linh.id, "a")
    assert linh.messages == []
    await bot.send_message(linh.id, "b")
    assert [call.status for call in telegram.calls("sendMessage")] == [429, 500, 500, 502, 400, 200]
    assert telegram.refusals == []
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "c")
    assert [call.chat_id for call in telegram.refusals] == [404]


async def test_a_connection_breaks_before_or_after_the_work(
    telegram: Telegram, bot: Bot, linh: Person
) -> None:
    """Both look alike to the bot; only one of them has left a message."""
    for fault, left in ((faults.dropped(), 0), (faults.unanswered(), 1)):
        telegram.misbehaves("sendMessage", fault)
        with pytest.raises(NetworkError):
            await bot.send_message(linh.id, "a")
        assert fault.met == 1
        assert len(linh.messages) == left


async def test_a_call_can_be_held_and_slowed(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """A held call goes on when the test says so; faults that were not met can be forgotten."""
    fault = telegram.misbehaves("sendMessage", faults.held())
    sending = asyncio.create_task(bot.send_message(linh.id, "a"))
    await linh.waits_for(lambda: fault.met)
    assert linh.messages == []
    fault.released.set()
    await sending
    telegram.misbehaves("*", faults.slow(0.05))
    await bot.get_me()
    (call,) = telegram.calls("getMe")[-1:]
    assert call.ended - call.begun >= 0.05
    telegram.misbehaves("*", faults.server_error(), times=9)
    telegram.behaves()
    await bot.get_me()


async def test_a_tap_tells_how_long_it_took(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """Answers are timed from the tap, as a person feels it."""
    query = await linh.taps_raw("x", None)
    telegram.misbehaves("answerCallbackQuery", faults.slow(0.03))
    await bot.answer_callback_query(query.id)
    assert 0.03 <= (await linh.gets_answer(query)).seconds < 5


async def test_limits_are_off_unless_set(bot: Bot, linh: Person) -> None:
    """Without strictness a chat takes any number of messages."""
    for number in range(40):
        await bot.send_message(linh.id, str(number))


def test_strict_limits_refuse_with_the_time_to_wait() -> None:
    """One message a second in a chat, edits too; thirty a second in all; actions and deletions are free."""
    counted = limits.strict()
    counted.count("sendMessage", 1, 1, now=10)
    with pytest.raises(ApiError, match="Too Many Requests: retry after 1") as caught:
        counted.count("editMessageText", 1, 1, now=10.5)
    assert caught.value.parameters == {"retry_after": 1}
    for method in ("sendChatAction", "deleteMessage", "answerCallbackQuery"):
        counted.count(method, 1, 1, now=10.5)
    counted.count("sendPhoto", 1, 1, now=11)
    for number in range(2, 31):
        counted.count("sendMessage", number, 1, now=11)
    with pytest.raises(ApiError, match="retry after 1"):
        counted.count("sendMessage", 31, 1, now=11.9)
    counted.count("sendMessage", 31, 1, now=12)


async def test_a_group_takes_twenty_messages_a_minute(telegram: Telegram, bot: Bot) -> None:
    """In groups the minute counts."""
    telegram.set_limits(limits.Limits(chat_per_second=100, group_per_minute=20))
    group = telegram.group()
    for number in range(20):
        await bot.send_message(group.id, str(number))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(group.id, "one more")
    assert isinstance(caught.value.retry_after, timedelta)
    assert timedelta(seconds=30) < caught.value.retry_after <= timedelta(seconds=60)

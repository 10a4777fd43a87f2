"""A person and a bot made with python-telegram-bot talk through the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from botapi.person import Person
from botapi.telegram_side import Telegram

Handler = Callable[[Update], Awaitable[Any]]


@asynccontextmanager
async def listening(bot: Bot, handler: Handler) -> AsyncGenerator[None]:
    """A bot of ten lines: polls, and handles one update after the other."""

    async def poll() -> None:
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=10):
                offset = update.update_id + 1
                await handler(update)

    task = asyncio.create_task(poll())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_card_is_sent_tapped_and_edited(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """A person says something, taps a button of the card that comes, and sees it change in place."""

    async def handle(update: Update) -> None:
        if update.message is not None:
            button = InlineKeyboardButton("Tomorrow 09:00", callback_data="when:1")
            await update.message.reply_html("<b>Draft</b>", reply_markup=InlineKeyboardMarkup([[button]]))
        elif update.callback_query is not None:
            await update.callback_query.answer("Noted")
            await update.callback_query.edit_message_text("Wed 25 Nov 09:00")

    async with listening(bot, handle):
        await linh.says("Chào buổi sáng")
        card = await linh.sees("Draft")
        assert card.html == "<b>Draft</b>"
        assert card.buttons == [["Tomorrow 09:00"]]
        answer = await linh.taps("Tomorrow")
        assert await linh.sees("Wed 25 Nov") is card
    assert (answer.text, answer.alert) == ("Noted", False)
    assert (card.edits, card.buttons) == (1, [])
    assert telegram.refusals == []


async def test_what_does_not_come_is_said_with_the_transcript(linh: Person) -> None:
    """Waiting in vain fails with the screen in the message."""
    await linh.says("hello?")
    with pytest.raises(AssertionError, match="hello"):
        await linh.sees("an answer", within=0.01)

"""A Telegram, and a real client of python-telegram-bot for it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from botapi.fixtures import telegram
from botapi.person import Person
from botapi.telegram_side import Telegram

__all__ = ["bot", "durations", "linh", "telegram"]


@pytest.fixture(autouse=True)
def durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library give ``retry_after`` as a timedelta, as it will in future; it warns otherwise."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:  # pytest's way to name a fixture
    async with Bot(telegram.token, telegram.base_url, telegram.base_file_url) as client:
        yield client


@pytest.fixture
def linh(telegram: Telegram) -> Person:  # as above
    """Somebody who has started the bot."""
    return telegram.person(1001, name="Linh", started=True)

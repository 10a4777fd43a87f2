"""The fixture of tests that talk with the bot; import it in the conftest of a folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from botapi.telegram_side import Telegram, running_telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A Telegram of its own for every test, served from the loop of the test."""
    async with running_telegram() as server:
        yield server

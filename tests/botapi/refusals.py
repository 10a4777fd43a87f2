"""What a bot made with python-telegram-bot gets when Telegram refuses."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from telegram.error import BadRequest, TelegramError


@contextmanager
def refused(problem: str, error: type[TelegramError] = BadRequest) -> Generator[None]:
    """Expect this error, whose message contains the words; the library has changed their case."""
    with pytest.raises(error, match=f"(?i){re.escape(problem)}"):
        yield

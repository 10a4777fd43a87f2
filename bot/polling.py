"""Asks Telegram for updates, one question at a time."""

from __future__ import annotations

import asyncio
import logging
from typing import Final, NoReturn

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.api import Api
from bot.delivery import pause_after, pause_for
from bot.inbox import Inbox
from core.domain.errors import SettingsError

log = logging.getLogger(__name__)

_LONGEST: Final = 5.0
"""Seconds until what could not be taken in is asked for again."""
REJECTED: Final = (
    "TELEGRAM_BOT_TOKEN is not accepted by Telegram: set the token that @BotFather shows for this bot."
)


async def poll(api: Api, inbox: Inbox) -> NoReturn:
    """Take in updates for ever. Raises SettingsError when Telegram refuses the token."""
    offset: int | None = None
    failures = refused = 0
    while True:
        try:
            updates = await api.updates(offset)
        except InvalidToken:
            raise SettingsError(REJECTED) from None
        except TelegramError as error:
            failures += 1
            pause = pause_for(error, failures)
            _tell(error, failures, pause)
            await asyncio.sleep(pause)
            continue
        if failures:
            log.info("bot.telegram_back", extra={"failures": failures})
        failures = 0
        if not await inbox.receive(updates):
            refused += 1
            await asyncio.sleep(min(_LONGEST, pause_after(refused)))
            continue
        refused = 0
        if updates:
            offset = max(int(update["update_id"]) for update in updates) + 1


def _tell(error: TelegramError, failures: int, pause: float) -> None:
    """Once for each spell of failures."""
    if failures > 1:
        return
    if isinstance(error, Conflict):
        log.warning(
            "bot.polled_elsewhere",
            extra={
                "reason": error.message,
                "remedy": "stop the other program that uses TELEGRAM_BOT_TOKEN, or use a bot of its own for each",
            },
        )
    else:
        log.warning("bot.telegram_away", extra={"reason": error.message, "pause_s": round(pause, 1)})

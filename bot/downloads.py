"""Files that people send. Telegram's address of a file holds the bot's token, so it never leaves this module."""

from __future__ import annotations

from typing import Final

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from core.domain.errors import RefusedError, UnavailableError

LARGEST: Final = 20 * 1024 * 1024
"""Bytes that a bot can download (Bot API: getFile)."""
_MEGABYTE: Final = 1024 * 1024


async def download(bot: Bot, file_id: str, *, limit: int = LARGEST) -> bytes:
    """The file.

    Raises RefusedError, in one sentence, for one of more than ``limit`` bytes or that Telegram no longer
    has; UnavailableError when Telegram cannot be reached.
    """
    limit = min(limit, LARGEST)
    try:
        file = await bot.get_file(file_id)
        if file.file_size is not None and file.file_size > limit:
            raise _too_large(limit)
        data = bytes(await file.download_as_bytearray())
    except BadRequest as error:
        if "too big" in error.message:
            raise _too_large(limit) from None
        raise RefusedError("Telegram does not have this file any more: send it again.") from None
    except TelegramError:
        raise UnavailableError("The file cannot be fetched from Telegram just now: send it again.") from None
    if len(data) > limit:
        raise _too_large(limit)
    return data


def _too_large(limit: int) -> RefusedError:
    return RefusedError(
        f"This file is larger than {limit / _MEGABYTE:g} MB, the most that the bot can take: send a smaller one."
    )

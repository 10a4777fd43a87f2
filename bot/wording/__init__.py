"""Every sentence of the bot, once, in English and Vietnamese; a module for each part of the bot."""

from __future__ import annotations

from bot.wording.words import Text, Words

__all__ = ["Text", "Words"]

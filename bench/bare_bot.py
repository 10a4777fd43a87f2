"""The least that a bot does with a tap: answer it and edit the card. ``bare_bot.py TOKEN BASE_URL``.

Written as the examples of python-telegram-bot are, with concurrent updates.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler


def _buttons(label: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label)]])


async def _text(update: Update, _: Any) -> None:
    if update.message is not None:
        await update.message.reply_text("card", reply_markup=_buttons("More"))


async def _tap(update: Update, _: Any) -> None:
    query = update.callback_query
    if query is not None:
        await query.answer()
        await query.edit_message_text(
            "card", reply_markup=_buttons("Back" if query.data == "More" else "More")
        )


def main() -> None:
    """Poll until told to stop."""
    token, base_url = sys.argv[1:]
    app = ApplicationBuilder().token(token).base_url(f"{base_url}/bot").concurrent_updates(True).build()
    app.add_handler(CallbackQueryHandler(_tap))
    app.add_handler(MessageHandler(None, _text))
    app.run_polling()


main()

"""Buttons as Telegram takes them."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.html import escape
from bot.screens import Button, Row


def keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    """None without buttons, which takes away those that were there."""
    filled = [[_button(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def _button(button: Button) -> InlineKeyboardButton:
    actions = (button.tap, button.url, button.copy)
    if sum(action is not None for action in actions) != 1:
        raise ValueError(f"the button {button.label!r} must do one thing")
    return InlineKeyboardButton(
        escape(button.label).plain,
        callback_data=button.tap.encode() if button.tap else None,
        url=button.url,
        copy_text=CopyTextButton(button.copy) if button.copy is not None else None,
        style=button.style,
    )

"""Commands as people type them."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, MessageEntity


@dataclass(frozen=True, slots=True)
class Command:
    """``/NAME@bot ARGS``, the name in small letters."""

    name: str
    args: str


def command_of(message: Message | None) -> Command | None:
    """The command that a message begins with."""
    if message is None or message.text is None:
        return None
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    # A command is ASCII, so that its length in UTF-16 units is that in characters.
    name = message.text[1 : first.length].partition("@")[0]
    return Command(name.lower(), message.text[first.length :].strip())

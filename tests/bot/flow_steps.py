"""Steps that the stories of several flows share."""

from __future__ import annotations

import json

from botapi.messages import Message
from botapi.person import PATIENCE, Person
from botapi.telegram_side import Telegram


def labels(message: Message) -> list[str]:
    """All buttons of a message."""
    return [label for row in message.buttons for label in row]


async def settled(who: Person, *, within: float = PATIENCE) -> None:
    """Return when all that the person did before is dealt with: one is answered in order."""
    said = await who.says("/whoami")
    await who.waits_for(lambda: _is_told_who(who, said), within=within)


def _is_told_who(who: Person, said: Message) -> bool:
    return any(
        each.from_bot and each.id > said.id and "Telegram" in each.text and str(who.id) in each.text
        for each in who.messages
    )


async def forges(who: Person, *data: str, card: Message | None = None) -> str:
    """Send taps that no button may have made for them; all that the bot answers below the card."""
    shown = card or who.last
    before = len(who.messages)
    for each in data:
        await who.taps_raw(each, shown)
    await settled(who)
    answers = [message.text for message in who.messages[before:] if message.from_bot]
    return "\n".join(answers[:-1])


def menu(telegram: Telegram, who: Person, language: str) -> dict[str, str] | None:
    """The commands that Telegram offers in a person's chat; None when they have no menu of their own."""
    scope = json.dumps({"chat_id": who.id, "type": "chat"}, sort_keys=True)
    commands = telegram.world.profile.commands.get((scope, language))
    return None if not commands else {each["command"]: each["description"] for each in commands}


def unmended(telegram: Telegram) -> list[str]:
    """The methods that Telegram refused, but for edits: of what is unchanged or gone."""
    return [
        call.method
        for call in telegram.refusals
        if call.method not in {"editMessageText", "deleteMessage", "editMessageReplyMarkup"}
    ]

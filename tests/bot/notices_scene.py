"""What the tests of notices have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Unpack

from bot_scene import BotScene

from botapi.messages import Message
from botapi.person import Person
from core.services.people import Preferences


async def comes(person: Person) -> None:
    """The bot knows the person from now on."""
    await person.says("/whoami")
    await person.sees(str(person.id), fresh=True)


async def prefers(scene: BotScene, person: Person, **changes: Unpack[Preferences]) -> None:
    """The person has said so in their settings."""
    known = await scene.core.people.known(str(person.id))
    assert known is not None
    await scene.core.people.set_preferences(known, **changes)


async def eventually(condition: Callable[[], Awaitable[object]], *, within: float = 10) -> None:
    """Return once it is so."""
    async with asyncio.timeout(within):
        while not await condition():  # noqa: ASYNC110  # any condition at all
            await asyncio.sleep(0.01)


async def all_told(scene: BotScene) -> None:
    """Return once nothing waits for anybody any more."""
    stores = scene.core.stores

    async def nothing_waits() -> bool:
        return not await stores.posts.news() and not await stores.notices.readers()

    await eventually(nothing_waits)


def those_with(person: Person, text: str) -> list[Message]:
    """The messages of the bot that show it."""
    return [message for message in person.messages if message.from_bot and text in message.text]

"""Telegram in a test: the server's address, the people, and the trouble it makes on demand."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from botapi.calls import Call
from botapi.faults import Fault
from botapi.limits import Limits
from botapi.messages import Chat, Message
from botapi.person import PATIENCE, Person
from botapi.rich_text import typed
from botapi.server import serving
from botapi.wire import Json
from botapi.world import World

TOKEN = "7000000001:AAHtest-Canary_0123456789abcdefghij"  # of a bot that exists nowhere


@dataclass(eq=False, slots=True, repr=False)
class Telegram:
    """The running server; ``base_url`` and ``base_file_url`` are what python-telegram-bot takes."""

    url: str
    world: World
    people: dict[int, Person] = field(default_factory=dict[int, Person])

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    def person(
        self, user_id: int, *, name: str = "Linh", language: str = "vi", started: bool = False
    ) -> Person:
        """Somebody with this id; the bot cannot write to them before they wrote, or ``started`` it earlier."""
        if user_id not in self.people:
            username = f"{''.join(filter(str.isalnum, name)).lower()}_{user_id}"
            chat = Chat(user_id, "private", first_name=name, username=username, reachable=started)
            self.world.chats[user_id] = chat
            user: Json = {
                "id": user_id,
                "is_bot": False,
                "first_name": name,
                "username": username,
                "language_code": language,
            }
            self.people[user_id] = Person(self.world, user, chat)
        return self.people[user_id]

    def group(self, title: str = "Team", *, chat_id: int = -1001000000001) -> Chat:
        """A supergroup that the bot is in."""
        return self.world.chats.setdefault(chat_id, Chat(chat_id, "supergroup", title))

    def channel(self, title: str = "News", *, chat_id: int = -1002000000001) -> Chat:
        """A channel that the bot is in."""
        return self.world.chats.setdefault(chat_id, Chat(chat_id, "channel", title))

    async def posts_in(self, channel: Chat, text: str) -> Message:
        """A channel post: a message without a sender."""
        message = self.world.post(channel, None, typed(text))
        self.world.updates.push("channel_post", message.as_json(), always=True)
        return message

    def misbehaves(self, method: str, fault: Fault, *, times: int = 1) -> Fault:
        """The next calls of this method (``*``: of any but getUpdates) meet this fault, in the order in which they were set."""
        self.world.faults += [(method, fault)] * times
        return fault

    def behaves(self) -> None:
        """Forget the faults that have not happened yet."""
        self.world.faults.clear()

    def set_limits(self, limits: Limits) -> None:
        self.world.limits = limits

    def pass_time(self, by: timedelta) -> None:
        """Move Telegram's clock ahead: queries and file links age, messages become undeletable."""
        self.world.clock.advance(by)
        self.world.changes.happened()

    def calls(self, method: str = "") -> list[Call]:
        """The calls so far, of one method or of all but getUpdates, oldest first."""
        wanted = method.lower()
        return [
            call
            for call in self.world.calls
            if call.method.lower() == wanted or (not wanted and not _idle(call))
        ]

    @property
    def refusals(self) -> list[Call]:
        """The calls that Telegram refused on their merits: no faults of the test, no getUpdates."""
        return [call for call in self.calls() if call.status >= 400 and not call.spoilt]

    async def is_polled(self, within: float = PATIENCE) -> None:
        """Wait until the bot waits for updates and there are none: everything said has been taken."""
        updates = self.world.updates

        def idle() -> bool | None:
            return (updates.polled and not updates.waiting) or None

        if not await self.world.changes.until(idle, within):
            raise AssertionError(f"{len(updates.pending)} updates were not taken in {within:g} s")

    async def has_delivered(self, within: float = PATIENCE) -> None:
        """Wait until every update has been confirmed, by polling or by a webhook."""
        if not await self.world.changes.until(lambda: not self.world.updates.waiting or None, within):
            raise AssertionError(f"{len(self.world.updates.pending)} updates were not taken in {within:g} s")

    def delivers_again(self, count: int = 1) -> None:
        """Send the last confirmed updates a second time."""
        self.world.updates.deliver_again(count)

    def out_of_order(self, seed: int | None = None) -> AbstractContextManager[None]:
        """What people do inside arrives in reverse order (or shuffled by the seed) when the block ends."""
        return self.world.updates.out_of_order(seed)


def _idle(call: Call) -> bool:
    return call.method == "getUpdates"


@asynccontextmanager
async def running_telegram(token: str = TOKEN, port: int = 0) -> AsyncGenerator[Telegram]:
    """A Telegram where nobody has said anything yet, on a free port of loopback."""
    number, _, _ = token.partition(":")
    bot: Json = {
        "id": int(number),
        "is_bot": True,
        "first_name": "Threads Auto-Post",
        "username": "threads_autopost_bot",
    }
    world = World(token, bot)
    async with contextlib.AsyncExitStack() as stack:
        yield Telegram(await stack.enter_async_context(serving(world, port)), world)

"""The side of Telegram in a benchmark: hands out taps, and notes when each is answered and its card edited.

Nothing is checked here, so that next to none of the time is the server's.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

_MOST_UPDATES: Final = 100
"""That Telegram gives at once (Bot API: getUpdates)."""
_LONGEST_POLL: Final = 50.0

Json = Mapping[str, Any]


@dataclass(slots=True)
class Card:
    """A message of the bot with its buttons, ``label`` to callback data."""

    id: int
    person: int
    buttons: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True)
class Tap:
    """Times on the clock of :func:`time.perf_counter`."""

    began: float
    answered: float = 0.0
    edited: float = 0.0


@dataclass(slots=True)
class TelegramSide:
    """One bot, of which nothing is known but its token."""

    token: str
    cards: dict[int, Card] = field(default_factory=dict[int, Card])
    _updates: list[Json] = field(default_factory=list[Json])
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _by_query: dict[str, Tap] = field(default_factory=dict[str, Tap])
    _by_card: dict[int, Tap] = field(default_factory=dict[int, Tap])
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    polled: bool = False

    def says(self, person: int, text: str) -> None:
        """Somebody sends a text."""
        message = {**_message(next(self._ids), person), "text": text, "from": _user(person)}
        self._push("message", message)

    def taps(self, cards: Sequence[Card], label: str) -> list[Tap]:
        """All of them at the same moment."""
        found: list[Tap] = []
        for card in cards:
            query, tap = f"q{next(self._ids)}", Tap(time.perf_counter())
            self._by_query[query] = self._by_card[card.id] = tap
            data = next(data for name, data in card.buttons.items() if label in name)
            message = {**_message(card.id, card.person), "text": "card", "from": _bot(self.token)}
            asked = {"id": query, "from": _user(card.person), "chat_instance": "1", "data": data}
            self._push("callback_query", {**asked, "message": message})
            found.append(tap)
        return found

    async def until(self, condition: Any, seconds: float) -> None:
        """Return once it is so; it is looked at after every call. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    def _push(self, kind: str, what: Json) -> None:
        self._updates.append({"update_id": next(self._ids), kind: what})
        self._arrived.set()

    async def called(self, method: str, values: Json, now: float) -> object:
        """What is answered to a call that arrived at ``now``."""
        answer: object = True
        match method.lower():
            case "getme":
                answer = _bot(self.token)
            case "getupdates":
                answer = await self._poll(int(values.get("offset") or 0))
            case "answercallbackquery":
                self._by_query[values["callback_query_id"]].answered = now
            case "sendmessage":
                answer = self._sent(values)
            case "editmessagetext":
                answer = self._edited(values, now)
            case _:
                pass
        await self._tell()
        return answer

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _poll(self, offset: int) -> list[Json]:
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._updates:
            self.polled = True
            await self._tell()
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), _LONGEST_POLL)
            except TimeoutError:
                return []
        return self._updates[:_MOST_UPDATES]

    def _sent(self, values: Json) -> Json:
        person = int(values["chat_id"])
        card = self.cards[person] = Card(next(self._ids), person)
        return self._shown(card, values)

    def _edited(self, values: Json, now: float) -> Json:
        card = self.cards[int(values["chat_id"])]
        if tap := self._by_card.get(card.id):
            tap.edited = now
        return self._shown(card, values)

    def _shown(self, card: Card, values: Json) -> Json:
        keyboard = json.loads(values.get("reply_markup") or "{}").get("inline_keyboard", [])
        card.buttons = {
            button["text"]: button["callback_data"]
            for row in keyboard
            for button in row
            if "callback_data" in button
        }
        return {**_message(card.id, card.person), "text": values["text"], "from": _bot(self.token)}


@asynccontextmanager
async def serving(sides: Sequence[TelegramSide]) -> AsyncGenerator[str]:
    """Serve these bots on loopback; the address."""
    by_token = {side.token: side for side in sides}

    async def call(request: web.Request) -> web.Response:
        now = time.perf_counter()
        side = by_token[request.match_info["token"]]
        values = {name: str(value) for name, value in (await request.post()).items()}
        result = await side.called(request.match_info["method"], values, now)
        return web.json_response({"ok": True, "result": result})

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", call)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _user(person: int) -> Json:
    return {"id": person, "is_bot": False, "first_name": f"Person {person}", "language_code": "en"}


def _bot(token: str) -> Json:
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Bench",
        "username": "bench_bot",
    }


def _message(message_id: int, person: int) -> dict[str, Any]:
    chat = {"id": person, "type": "private", "first_name": f"Person {person}"}
    return {"message_id": message_id, "date": int(time.time()), "chat": chat}

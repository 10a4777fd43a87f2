"""A flow for tests of the transport: it shows what was understood."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.html import bold, escape
from bot.routes import Routes
from bot.screens import Button, Screen
from bot.taps import Tap
from bot.visit import Visit
from core.domain.errors import RefusedError, UnavailableError


@dataclass(slots=True)
class EchoFlow:
    """``said`` is what came, in order; a text in ``held`` is answered once its event is set."""

    said: list[str] = field(default_factory=list[str])
    held: dict[str, asyncio.Event] = field(default_factory=dict[str, asyncio.Event])
    albums: list[bool] = field(default_factory=list[bool])

    @property
    def routes(self) -> Routes:
        return Routes(
            commands={"start": self._start, "ask": self._ask, "fail": self._fail},
            taps={"echo": self._tapped},
            answers={"echo": self._answered},
            content=self._content,
            files=self._file,
            replies=self._reply,
        )

    async def _start(self, visit: Visit) -> None:
        await visit.say(self._card(f"Hello {visit.person.name} {visit.args}".strip()))

    async def _ask(self, visit: Visit) -> None:
        card = await visit.say(Screen(text=escape("What?")))
        await visit.expect("echo", "it", card)

    async def _answered(self, visit: Visit) -> None:
        text = (visit.message and visit.message.text) or ""
        await visit.expect_nothing()
        await visit.say(Screen(text=escape(f"The answer is {text}")))

    async def _fail(self, visit: Visit) -> None:
        if visit.args == "refused":
            raise RefusedError("The post is too long: shorten it.")
        if visit.args == "away":
            raise UnavailableError("MongoDB cannot be reached: check that it runs.")
        raise ZeroDivisionError(f"a fault with {visit.out.api.token}")

    async def _tapped(self, visit: Visit) -> None:
        assert visit.tap is not None
        await visit.show(self._card(f"Tapped {visit.tap.subject} {visit.tap.version}"))

    async def _content(self, visit: Visit) -> None:
        assert visit.message is not None
        text = visit.message.text or visit.message.caption or ""
        self.said.append(text)
        self.albums.append(visit.more_of_album)
        if text in self.held:
            await self.held[text].wait()
        await visit.say(self._card(f"Said {text}"))

    async def _reply(self, visit: Visit) -> None:
        assert visit.card is not None
        await visit.say(Screen(text=escape(f"About {visit.card.subject}")))

    async def _file(self, visit: Visit) -> None:
        assert visit.message is not None
        assert visit.message.document is not None
        await visit.say(Screen(text=escape(f"File {visit.message.document.file_name}")))

    @staticmethod
    def _card(text: str) -> Screen:
        return Screen(text=bold(escape(text)), buttons=[[Button("Tap me", tap=Tap("echo", "it", 7))]])

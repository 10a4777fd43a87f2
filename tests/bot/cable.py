"""A cable between the bot and one of its servers that can be pulled out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from bot_scene import BotScene
from pydantic import SecretStr

from botapi.telegram_side import Telegram
from core.settings import Settings
from loopback import serving_connections
from stories.engine import open_engine
from stories.movable_clock import MovableClock


class Cable:
    """The way to a server; pulled out, connections hang, as they do when a machine has gone."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._in = asyncio.Event()
        self._in.set()

    def pull(self) -> None:
        self._in.clear()

    def plug_in(self) -> None:
        self._in.set()

    @asynccontextmanager
    async def laid(self) -> AsyncGenerator[str]:
        """The server's URL at this end."""
        async with serving_connections(self._connect) as port:
            yield _at(port, self._url)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server = urlsplit(self._url)
        there, back = await asyncio.open_connection(server.hostname, server.port)
        try:
            await asyncio.gather(self._pass_on(reader, back), self._pass_on(there, writer))
        finally:
            back.close()
            writer.close()

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                await self._in.wait()
                target.write(data)
                await target.drain()
        except ConnectionError:
            pass  # one end has gone, and so has the cable
        finally:
            target.close()


def _at(port: int, url: str) -> str:
    """The same server by this port; of a replica set no other member is asked."""
    server = urlsplit(url)
    query = "directConnection=true" if "replicaSet" in server.query else server.query
    return server._replace(netloc=f"127.0.0.1:{port}", query=query).geturl()


@asynccontextmanager
async def wired_scene(
    settings: Settings, clock: MovableClock, telegram: Telegram, cable: Cable, setting: str
) -> AsyncGenerator[BotScene]:
    """The product, which reaches the server of this setting by the cable."""
    async with cable.laid() as url:
        rerouted = settings.model_copy(update={setting: SecretStr(url)})
        async with open_engine(rerouted, clock) as engine:
            yield BotScene(engine, telegram)
            cable.plug_in()

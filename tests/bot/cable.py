"""A cable between the bot and MongoDB that can be pulled out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Cable:
    """The way to MongoDB; pulled out, connections hang, as they do when a machine has gone."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._in = asyncio.Event()
        self._in.set()

    def pull(self) -> None:
        self._in.clear()

    def plug_in(self) -> None:
        self._in.set()

    @asynccontextmanager
    async def laid(self) -> AsyncGenerator[int]:
        """The port at this end."""
        tasks: set[asyncio.Task[None]] = set()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connect(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
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

"""A TCP proxy before MongoDB that can take an answer away: the work is done, and nobody is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from loopback import serving_connections


class CuttingProxy:
    """Passes everything on, but ends the connection instead of passing on the answers to ``cut`` commands."""

    def __init__(self, target_port: int) -> None:
        self.port = 0
        self.cuts = 0
        self._target_port = target_port
        self._to_cut: tuple[bytes, int] = (b"", 0)

    def cut(self, command: str, times: int) -> None:
        """Take away the answers to the next ``times`` commands of this name."""
        self._to_cut = (f"\2{command}\0".encode(), times)  # a BSON element of type text

    async def serve(self, client_reader: asyncio.StreamReader, client_writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        try:
            while message := await _message(client_reader):
                server_writer.write(message)
                answer = await _message(server_reader)
                if self._takes_away(message):
                    break
                client_writer.write(answer)
        finally:
            server_writer.close()
            client_writer.close()

    def _takes_away(self, message: bytes) -> bool:
        command, times = self._to_cut
        if not times or command not in message:
            return False
        self._to_cut = (command, times - 1)
        self.cuts += 1
        return True


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One message of MongoDB's wire protocol, its length first; empty at the end of the connection."""
    try:
        length = await reader.readexactly(4)
        return length + await reader.readexactly(int.from_bytes(length, "little") - 4)
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


@asynccontextmanager
async def cutting_proxy(target_port: int) -> AsyncGenerator[CuttingProxy]:
    proxy = CuttingProxy(target_port)
    async with serving_connections(proxy.serve) as proxy.port:
        yield proxy

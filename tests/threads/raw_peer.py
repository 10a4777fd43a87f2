"""A server that plays raw answers: what really leaves the client, and what it makes of every byte."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from loopback import serving_connections

TLS_HANDSHAKE = b"\x16"


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came; form and query are refused if a name comes twice."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    at: float
    """On the clock of :func:`time.perf_counter`, when the head was complete."""


Play = Callable[[asyncio.StreamWriter], Awaitable[bool]]
"""Writes an answer; whether the connection stays open."""


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Play:
    """A complete answer; ``body`` is sent as it is if it is bytes, as JSON otherwise."""

    async def play(writer: asyncio.StreamWriter) -> bool:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines = {"Content-Type": "application/json", "Content-Length": str(len(content)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + content)
        await writer.drain()
        return True

    return play


def then_close(play: Play) -> Play:
    """The answer, and then the server closes the connection without having said so."""

    async def close(writer: asyncio.StreamWriter) -> bool:
        await play(writer)
        return False

    return close


def raw(content: bytes) -> Play:
    """Just these bytes, then the end of the connection."""

    async def play(writer: asyncio.StreamWriter) -> bool:
        writer.write(content)
        await writer.drain()
        return False

    return play


async def reset(writer: asyncio.StreamWriter) -> bool:
    """Abort the connection instead of an answer."""
    writer.transport.abort()
    return False


async def silence(writer: asyncio.StreamWriter) -> bool:
    """No answer, ever."""
    del writer
    await asyncio.Event().wait()
    return False


async def dribble(writer: asyncio.StreamWriter) -> bool:
    """A byte every now and then, and never the end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.01)


@dataclass
class RawPeer:
    """Plays ``answers`` one by one, the last one for ever, and keeps what it received."""

    url: str = ""
    answers: deque[Play] = field(default_factory=deque[Play])
    received: list[Received] = field(default_factory=list[Received])
    connections: int = 0
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the peer has closed a connection."""

    @property
    def last(self) -> Received:
        return self.received[-1]

    def plays(self, *answers: Play) -> None:
        self.answers = deque(answers)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):  # the client may hang up
                while await self._one(reader, writer):
                    pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
            self.hung_up.set()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        begun = await reader.readexactly(1)
        if begun == TLS_HANDSHAKE:
            return False
        head = begun + await reader.readuntil(b"\r\n\r\n")
        at = time.perf_counter()
        first, *lines = head.decode().rstrip().split("\r\n")
        method, target, version = first.split(" ")
        assert version == "HTTP/1.1"
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if body:
            assert headers["content-type"] == "application/x-www-form-urlencoded"
        path, query = urlsplit(target).path, urlsplit(target).query
        self.received.append(Received(method, path, _unique(query), headers, _unique(body.decode()), at))
        play = self.answers.popleft() if len(self.answers) > 1 else self.answers[0]
        return await play(writer)


def _unique(encoded: str) -> dict[str, str]:
    pairs = parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(encoded))
    values = dict(pairs)
    assert len(values) == len(pairs), f"a name comes twice in {encoded}"
    return values


@asynccontextmanager
async def running_peer() -> AsyncGenerator[RawPeer]:
    """A peer on loopback; all its connections end with it."""
    peer = RawPeer(answers=deque([answer({"id": "1"})]))
    async with serving_connections(peer.serve) as port:
        peer.url = f"http://127.0.0.1:{port}"
        yield peer

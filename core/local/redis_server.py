"""A redis-server that keeps what it was told (append-only file) and evicts nothing."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.local.binaries import REDIS_SERVER, find_program, server_environment
from core.local.errors import LocalStackError
from core.local.processes import last_words
from core.local.server import ANSWER_TIMEOUT, LOOPBACK, LocalServer


@dataclass(frozen=True, slots=True)
class RedisServer(LocalServer):
    """The redis-server of a data folder."""

    name: ClassVar[str] = "redis"

    @property
    def url(self) -> str:
        return f"redis://{LOOPBACK}:{self.port}/0"

    def command(self, port: int) -> list[str]:
        return [
            str(find_program(REDIS_SERVER)),
            *("--bind", LOOPBACK),
            *("--port", str(port)),
            *("--protected-mode", "yes"),
            *("--dir", str(self.folder)),
            *("--appendonly", "yes"),
            *("--appendfsync", "everysec"),
            *("--save", ""),
            *("--maxmemory-policy", "noeviction"),
            *("--loglevel", "warning"),
        ]

    def environment(self) -> Mapping[str, str]:
        return server_environment()

    def answers(self, port: int, pid: int) -> bool:
        """Whether our redis-server has loaded its data and serves."""
        try:
            with (
                socket.create_connection((LOOPBACK, port), ANSWER_TIMEOUT) as connection,
                connection.makefile("rb") as replies,
            ):
                connection.sendall(b"PING\r\nINFO server\r\n")
                if replies.readline() != b"+PONG\r\n":
                    return False
                info = replies.read(int(replies.readline().removeprefix(b"$")))
        except (OSError, ValueError):
            return False
        return f"process_id:{pid}\r\n".encode() in info

    def explain(self, log: list[str]) -> str:
        """Its last line, with the remedy if its data is broken."""
        reason = last_words(
            [line for line in log if "# WARNING" not in line]
        )  # advice on the system's settings
        if "append only file" not in reason.lower():
            return reason
        return f"{reason}; delete {self.folder} and start again: all that matters is in MongoDB"

    def wipe(self) -> None:
        """Forget all data, so that the next start is an empty Redis.

        Raises:
            LocalStackError: it runs.
        """
        if self.daemon.pid() is not None:
            raise LocalStackError("redis runs: stop it before its data is deleted.")
        shutil.rmtree(self.folder, ignore_errors=True)

"""What the servers of the local stack have in common: a process, an address that stays, a ready state."""

from __future__ import annotations

import random
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from core.local.errors import LocalStackError
from core.local.processes import Daemon, last_words, private_folder

LOOPBACK: Final = "127.0.0.1"
ANSWER_TIMEOUT: Final = 2.0
_READY_TIMEOUT: Final = 60.0
_LAUNCHES: Final = 3
# Below the ephemeral range of every system: a client that reconnects while its server is down could
# otherwise be given the server's own port, connect to itself, and keep the server from coming back.
_PORTS: Final = range(20_000, 30_000)


@dataclass(frozen=True, slots=True)
class LocalServer(ABC):
    """One server of a data folder. It listens on loopback only, on a port chosen at its first start.

    Loopback needs no password: who can connect there runs programs on this machine already, as on the
    default installation of MongoDB and Redis. On a machine shared with people you do not trust, set
    MONGODB_URI and REDIS_URL to servers with authentication.
    """

    data_dir: Path
    name: ClassVar[str]

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """The command line that serves on this port; may make folders."""

    @abstractmethod
    def answers(self, port: int, pid: int) -> bool:
        """Whether our own server, not another one, answers on this port and is ready for use."""

    @abstractmethod
    def environment(self) -> Mapping[str, str]:
        """The environment that it runs in."""

    def explain(self, log: list[str]) -> str:
        """Why it does not start, from the end of its log."""
        return last_words(log)

    @property
    def daemon(self) -> Daemon:
        return Daemon(self.name, self.data_dir)

    @property
    def port(self) -> int:
        """The port that it has, or had when it last ran.

        Raises:
            LocalStackError: it has never been started.
        """
        port = self._remembered_port()
        if port is None:
            raise LocalStackError(f"{self.name} was never started in {self.data_dir}: run autopost up.")
        return port

    @property
    def folder(self) -> Path:
        """Where it keeps its data."""
        return self.data_dir.resolve() / self.name

    def launch(self) -> bool:
        """Start the process and do not wait until it answers; False if it runs already."""
        if self.daemon.pid() is not None:
            return False
        private_folder(self.folder)
        port = self._choose_port()
        self.daemon.start(self.command(port), self.environment())
        return True

    def start(self, timeout: float = _READY_TIMEOUT) -> int:
        """Start it unless it runs, wait until it is ready, return its process id.

        Raises:
            LocalStackError: it is not ready within `timeout` seconds, or ended; with its last words.
        """
        deadline = time.monotonic() + timeout
        for launches_left in reversed(range(_LAUNCHES)):
            launched = self.launch()
            try:
                self.daemon.wait_ready(self.is_ready, deadline - time.monotonic(), self.explain)
            except LocalStackError:
                ended = self.daemon.pid() is None
                # It was ending already when it was joined, or somebody else was faster to take its port.
                worth_another = not launched or not port_is_free(self.port)
                if not (ended and worth_another and launches_left):
                    raise
            else:
                break
        pid = self.daemon.pid()
        if pid is None:
            raise LocalStackError(f"{self.name} stopped right after its start (log: {self.daemon.log_path})")
        return pid

    def is_ready(self) -> bool:
        """Whether it runs and answers."""
        pid, port = self.daemon.pid(), self._remembered_port()
        return pid is not None and port is not None and self.answers(port, pid)

    def stop(self, timeout: float = 10.0) -> bool:
        """Let it write what it holds and end; False if it was not running."""
        return self.daemon.stop(timeout)

    def kill(self) -> bool:
        """End it at once, as a crash would; False if it was not running."""
        return self.daemon.kill()

    @property
    def _port_file(self) -> Path:
        return self.data_dir / "run" / f"{self.name}.port"

    def _remembered_port(self) -> int | None:
        try:
            return int(self._port_file.read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _choose_port(self) -> int:
        """The port of last time if it is free, else another one, which is remembered."""
        port = self._remembered_port()
        if port is None or not port_is_free(port):
            port = next(
                candidate for candidate in random.sample(_PORTS, len(_PORTS)) if port_is_free(candidate)
            )
            private_folder(self._port_file.parent)
            self._port_file.write_text(str(port))
        return port


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: a connection of the last run that is still fading does not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True

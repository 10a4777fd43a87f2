"""Processes of this machine."""

from __future__ import annotations

import os
import secrets
import socket


class LocalProcesses:
    """Implements core.ports.Processes: names are ``host:pid:token``, the token differs in every process."""

    def __init__(self) -> None:
        self._host, self._pid = socket.gethostname(), os.getpid()
        self.name = f"{self._host}:{self._pid}:{secrets.token_hex(4)}"

    def is_dead(self, name: str) -> bool:
        """Known only of this machine: an earlier process with our own pid, or a pid that is not there."""
        host, _, rest = name.rpartition(":")[0].rpartition(":")
        if host != self._host or name == self.name or not rest.isdigit():
            return False
        return int(rest) == self._pid or not _runs(int(rest))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True

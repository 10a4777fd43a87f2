"""One process at a time asks Telegram for updates and delivers notices."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import secrets
import socket
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.patience import PATIENCE, at_last, soon
from core.domain.errors import UnavailableError
from core.local.processes import private_folder
from core.ports import Clock
from core.ports.people import LeaseStore

log = logging.getLogger(__name__)

LENGTH: Final = timedelta(seconds=15)
_RENEWED_EVERY: Final = 3.0
_ASKED_EVERY: Final = 1.0
_GOODBYE: Final = 0.2
"""Seconds for which a bot that stops waits for MongoDB."""


class Lease:
    """``holder`` names this process to the others."""

    def __init__(self, store: LeaseStore, clock: Clock, name: str, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._name = name
        self._holder = holder
        self._ends = clock.now()

    async def take(self) -> None:
        """Return once this process has it."""
        waiting = False
        while not await self.regain():
            if not waiting:
                log.info("bot.standby", extra={"lease": self._name})
            waiting = True
            await asyncio.sleep(_ASKED_EVERY)
        log.info("bot.leads", extra={"lease": self._name})

    async def regain(self) -> bool:
        """Ask for it until MongoDB answers; whether this process has it and no other."""
        return await at_last(self._renewed)

    async def keep(self) -> None:
        """Renew it; return when another process has it, or may have it before MongoDB can be asked again."""
        held = True
        while held:
            await asyncio.sleep(_RENEWED_EVERY)
            try:
                held = await self._renewed()
            except UnavailableError:
                next_answer = self._clock.now() + timedelta(seconds=_RENEWED_EVERY + PATIENCE)
                held = next_answer < self._ends
        log.warning("bot.lease_lost", extra={"lease": self._name})

    async def free(self) -> None:
        """Let another process have it at once."""
        try:
            async with asyncio.timeout(_GOODBYE):
                await self._store.free(self._name, self._holder)
        except (TimeoutError, UnavailableError):
            log.warning("bot.lease_not_freed", extra={"lease": self._name, "ends_within_s": LENGTH.seconds})

    async def _renewed(self) -> bool:
        now = self._clock.now()
        ends = now + LENGTH
        taken = await soon(self._store.take(self._name, self._holder, until=ends, now=now))
        self._ends = ends
        return taken


@contextlib.contextmanager
def holder_name(data_dir: Path) -> Generator[str]:
    """The name under which this process holds leases.

    The first bot of a data folder has the folder's name, guarded by a kernel lock: one that is started
    after a SIGKILL is the holder still, and need not wait until the lease of the dead one is over.
    """
    folder = data_dir.resolve() / "run"
    private_folder(folder)
    with (folder / "bot.holder").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield _name(f"{os.getpid()}-{secrets.token_hex(4)}")
            return
        file.seek(0)
        identity = file.read().strip()
        if not identity:
            identity = secrets.token_hex(8)
            file.write(identity)
            file.flush()
        yield _name(identity)


def _name(identity: str) -> str:
    return f"{socket.gethostname()}:{identity}"

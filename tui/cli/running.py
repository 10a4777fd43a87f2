"""The parts that run for a data folder: servers, worker, bot, and the supervisor that keeps them up."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import Final

from core.bootstrap import Core, open_core
from core.domain.account import Account
from core.domain.errors import UnavailableError
from core.local.processes import Daemon, last_words, python_environment, python_module
from core.local.stack import StackState, start_stack, stop_stack
from core.settings import Settings

_READY_TIMEOUT: Final = 60.0
_DRAIN: Final = 20.0
"""Seconds for which a worker may finish what it is publishing; what is cut short is settled at its next start."""
_SANDBOX_ACCOUNT: Final = "sandbox"


def supervisor_of(settings: Settings) -> Daemon:
    return Daemon("supervisor", settings.data_dir.resolve())


def worker_of(settings: Settings) -> Daemon:
    return Daemon("worker", settings.data_dir.resolve())


def bot_of(settings: Settings) -> Daemon:
    return Daemon("bot", settings.data_dir.resolve())


def needs_stack(settings: Settings) -> bool:
    """Whether a server of the local stack serves: MongoDB or Redis is not named."""
    return settings.mongodb_uri is None or settings.redis_address is None


def start_servers(settings: Settings) -> StackState | None:
    """Start the local servers that are needed and do not run; None when all run elsewhere."""
    if not needs_stack(settings):
        return None
    return start_stack(settings.data_dir, sandbox=settings.uses_sandbox)


def start_worker(settings: Settings) -> int:
    """Start the worker unless it runs; its process id."""
    return worker_of(settings).start(python_module("worker"), part_environment(settings))


def start_bot(settings: Settings) -> int | None:
    """Start the bot unless it runs; its process id, or None when it has no token."""
    if settings.telegram_bot_token is None:
        return None
    return bot_of(settings).start(python_module("bot"), part_environment(settings))


def part_environment(settings: Settings) -> dict[str, str]:
    """Ours, with the data folder named so that it is found from any working folder."""
    return {**python_environment(), "AUTOPOST_DATA_DIR": str(settings.data_dir.resolve())}


def start_supervisor(settings: Settings) -> int:
    command = python_module("tui.cli.supervisor")
    return supervisor_of(settings).start(command, part_environment(settings))


async def bring_up(settings: Settings) -> tuple[StackState | None, list[Account]]:
    """Start all that does not run and return once posts would be published; safe to repeat.

    Raises AutopostError: what does not start, why, and how to mend it.
    """
    stack = await asyncio.to_thread(start_servers, settings)
    async with open_core(settings) as core:
        accounts = await _ensure_account(core)
        pid = start_worker(settings)
        await wait_for_worker(core, worker_of(settings), pid)
    start_bot(settings)
    start_supervisor(settings)
    return stack, accounts


def bring_down(settings: Settings) -> list[str]:
    """Stop all that runs here; the names of what ran."""
    stopped = [each.name for each in (supervisor_of(settings), bot_of(settings)) if each.stop()]
    stopped += [each.name for each in (worker_of(settings),) if each.stop(_DRAIN)]
    return stopped + stop_stack(settings.data_dir)


async def wait_for_worker(core: Core, worker: Daemon, pid: int) -> None:
    """Return once the worker with this process id has said that it is there."""
    name = f"{socket.gethostname()}:{pid}:"
    deadline = time.monotonic() + _READY_TIMEOUT
    while not any(live.startswith(name) for live in await core.presence.live(core.clock.now())):
        ended = worker.pid() is None
        if ended or time.monotonic() > deadline:
            trouble = "stopped while it was starting" if ended else "runs, but does not get ready"
            raise UnavailableError(
                f"The worker {trouble}: {last_words(worker.log_lines())} (log: {worker.log_path})"
            )
        await asyncio.sleep(0.05)


async def _ensure_account(core: Core) -> list[Account]:
    """The accounts; with the sandbox and none yet, its first user is linked."""
    accounts = await core.accounts.list()
    token = core.addresses.sandbox_token
    if not accounts and token is not None and core.settings.uses_sandbox:
        accounts = [await core.accounts.add(_SANDBOX_ACCOUNT, token, core.settings.tz)]
    return accounts

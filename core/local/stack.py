"""The local stack: MongoDB, Redis and the Threads sandbox with nothing installed.

`start_stack` starts what is not running and joins what is, `stop_stack` ends it, `read_stack` looks. The
servers survive the command that started them. All state is under the data folder, so two folders are two
stacks, and any number of commands with the same folder share one.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from core.local.errors import LocalStackError
from core.local.mongod import Mongod
from core.local.processes import private_folder
from core.local.redis_server import RedisServer
from core.local.sandbox_server import SandboxServer
from core.local.server import LocalServer
from core.local.temporary import temporary_data_dir

_LOCK_TIMEOUT: Final = 90.0


@dataclass(frozen=True, slots=True)
class StackState:
    """How to reach a running stack; `started_at` is ISO 8601 in UTC, `pids` is by server name."""

    mongodb_uri: str
    redis_url: str
    sandbox_url: str | None
    sandbox_access_token: str | None
    pids: dict[str, int]
    started_at: str


def start_stack(data_dir: Path, *, sandbox: bool = True) -> StackState:
    """Start what is not running, join what is, and return once all of it is ready for use.

    Raises:
        LocalStackError: a server cannot be started; those that this call had started are stopped again.
    """
    data_dir = data_dir.resolve()
    running = read_stack(data_dir)
    if running is not None and (running.sandbox_url is not None or not sandbox):
        return running
    private_folder(data_dir)
    with _exclusive(data_dir):
        launched: list[LocalServer] = []
        try:
            servers = _servers(data_dir, sandbox=sandbox or _sandbox_runs(data_dir))
            launched += [server for server in servers if server.launch()]
            pids = {server.name: server.start() for server in servers}
            state = _state(data_dir, pids)
        except BaseException:
            for server in launched:
                server.stop()
            raise
        _write(data_dir, state)
    return state


def stop_stack(data_dir: Path, timeout: float = 10.0) -> list[str]:
    """Stop the sandbox, Redis and MongoDB, each within `timeout` seconds; returns the names of those that ran."""
    data_dir = data_dir.resolve()
    if not data_dir.is_dir():
        return []
    with _exclusive(data_dir):
        servers = reversed(_servers(data_dir, sandbox=True))
        stopped = [server.name for server in servers if server.stop(timeout)]
        _state_path(data_dir).unlink(missing_ok=True)
    return stopped


def read_stack(data_dir: Path) -> StackState | None:
    """The stack of this folder if every server of it runs and answers, else None; changes nothing."""
    data_dir = data_dir.resolve()
    state = _recorded(data_dir)
    if state is None:
        return None
    servers = _servers(data_dir, sandbox=state.sandbox_url is not None)
    pids = {server.name: server.daemon.pid() for server in servers}
    return state if pids == state.pids and all(server.is_ready() for server in servers) else None


@contextmanager
def temporary_stack(sandbox: bool = True) -> Generator[StackState]:  # noqa: FBT001, FBT002 - the agreed signature
    """A stack of its own in a new folder; processes and folder are gone after, whatever ends this process."""
    with temporary_data_dir() as folder:
        yield start_stack(folder, sandbox=sandbox)


def _servers(data_dir: Path, *, sandbox: bool) -> list[LocalServer]:
    """The servers in the order in which they start."""
    return [Mongod(data_dir), RedisServer(data_dir), *([SandboxServer(data_dir)] if sandbox else [])]


def _sandbox_runs(data_dir: Path) -> bool:
    return SandboxServer(data_dir).daemon.pid() is not None


def _state(data_dir: Path, pids: dict[str, int]) -> StackState:
    sandbox = SandboxServer(data_dir) if SandboxServer.name in pids else None
    before = _recorded(data_dir)
    still_runs = before is not None and before.pids.items() & pids.items()
    return StackState(
        mongodb_uri=Mongod(data_dir).uri,
        redis_url=RedisServer(data_dir).url,
        sandbox_url=sandbox and sandbox.url,
        sandbox_access_token=sandbox and sandbox.access_token(),
        pids=pids,
        started_at=before.started_at if before and still_runs else datetime.now(UTC).isoformat(),
    )


def _state_path(data_dir: Path) -> Path:
    return data_dir / "stack.json"


def _recorded(data_dir: Path) -> StackState | None:
    """What the state file says; None if there is none or it is none of ours."""
    try:
        return StackState(**json.loads(_state_path(data_dir).read_text()))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
        return None
    except PermissionError as error:
        raise LocalStackError(
            f"The local stack in {data_dir} belongs to another user: run as that user, "
            "or set AUTOPOST_DATA_DIR to a folder of yours."
        ) from error


def _write(data_dir: Path, state: StackState) -> None:
    """Replace the state file in one step: it holds a token, so only the owner may read it."""
    descriptor, draft = tempfile.mkstemp(dir=data_dir, prefix=".stack-")
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(state), file, indent=2)
    Path(draft).replace(_state_path(data_dir))


@contextmanager
def _exclusive(data_dir: Path) -> Generator[None]:
    """Only one command at a time starts or stops the stack of a folder."""
    with (data_dir / "stack.lock").open("a") as lock:
        deadline = time.monotonic() + _LOCK_TIMEOUT
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LocalStackError(
                        f"Another command has been starting or stopping the local stack in {data_dir} "
                        f"for {_LOCK_TIMEOUT:.0f} s: end it, then try again."
                    ) from None
                time.sleep(0.02)
        yield

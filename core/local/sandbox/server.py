"""Runs the sandbox: a Threads that lives on this machine, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from core.local.sandbox.accounts import DEFAULT_ACCOUNT, ensure_account
from core.local.sandbox.creation import resume_downloads
from core.local.sandbox.outbound import OUTBOUND, Outbound
from core.local.sandbox.requestlog import prune_log
from core.local.sandbox.routes import add_routes
from core.local.sandbox.state import STATE, State

_KEEP_ALIVE = 300.0
_SHUTDOWN = 0.2
_CHECKPOINT_EVERY = 10.0


@dataclass(frozen=True, slots=True)
class SandboxServer:
    """A running sandbox; ``url`` has no final slash."""

    url: str
    port: int


async def serve_sandbox(
    *, host: str, port: int, state_dir: Path, ready: Callable[[int], None] | None = None
) -> None:
    """Serve until cancelled; open calls then get a moment to end.

    ``port`` 0 takes any free one. ``ready`` is called with the port once connections are accepted. State
    in ``state_dir`` (made if it is not there) belongs to one sandbox at a time.

    Raises:
        OSError: the address cannot be listened on.
    """
    async with running_sandbox(state_dir, host=host, port=port) as sandbox:
        if ready is not None:
            ready(sandbox.port)
        await asyncio.Event().wait()


@asynccontextmanager
async def running_sandbox(
    state_dir: Path, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncGenerator[SandboxServer]:
    """Run a sandbox inside the ``async with``."""
    state = State(state_dir)
    try:
        runner = web.AppRunner(
            _application(state), keepalive_timeout=_KEEP_ALIVE, shutdown_timeout=_SHUTDOWN, access_log=None
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            listening = runner.addresses[0][1]
            state.base_url = f"http://{_browsable(host)}:{listening}"
            yield SandboxServer(state.base_url, listening)
        finally:
            await runner.cleanup()
    finally:
        state.close()


def _application(state: State) -> web.Application:
    app = web.Application()
    app[STATE] = state
    ensure_account(state, DEFAULT_ACCOUNT)
    prune_log(state)
    add_routes(app)
    app.cleanup_ctx.append(_outbound)
    return app


async def _outbound(app: web.Application) -> AsyncGenerator[None]:
    app[OUTBOUND] = Outbound(app[STATE])
    await resume_downloads(app)
    app[OUTBOUND].spawn(_keep_log_short(app[STATE]))
    yield
    await app[OUTBOUND].close()


async def _keep_log_short(state: State) -> None:
    while True:
        await asyncio.sleep(_CHECKPOINT_EVERY)
        await asyncio.to_thread(state.checkpoint)


def _browsable(host: str) -> str:
    """Return the host that a browser on this machine can open."""
    if host in {"", "0.0.0.0", "::"}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host

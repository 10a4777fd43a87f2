"""``up`` and ``down``."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

from core.domain.account import Account
from core.local.stack import StackState
from core.settings import Settings
from tui.cli.group import Command
from tui.cli.output import Output
from tui.cli.running import bot_of, bring_down, bring_up, supervisor_of, worker_of
from tui.cli.session import end_like_ctrl_c, settings_of

_PERIOD: Final = 0.3


@click.command(cls=Command)
@click.option("-d", "--detach", is_flag=True, help="Return when all is ready; it goes on in the background.")
@click.pass_obj
def up(output: Output, *, detach: bool) -> None:
    """Start MongoDB, Redis, the sandbox, the worker and the bot as far as they do not run, and keep them up.

    Without -d everything is stopped by Ctrl-C, unless another `autopost up` had started it.
    """
    settings = settings_of(output)
    joined = supervisor_of(settings).pid() is not None
    end_like_ctrl_c()
    if not joined:
        output.aside("Starting …")
    try:
        stack, accounts = asyncio.run(bring_up(settings))
        _summarize(output, settings, stack, accounts, joined=joined)
        if not detach:
            _follow(output, settings, joined=joined)
    except BaseException:
        if not joined:
            bring_down(settings)
        raise


@click.command(cls=Command)
@click.pass_obj
def down(output: Output) -> None:
    """Stop everything that runs for this data folder. Posts wait until the next `autopost up`."""
    stopped = bring_down(settings_of(output))
    if output.json:
        output.data({"stopped": stopped})
    else:
        output.line(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")


def address(url: str) -> str:
    """Host and port of an address, without user and password."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] or parts.path


def _summarize(
    output: Output, settings: Settings, stack: StackState | None, accounts: list[Account], *, joined: bool
) -> None:
    sandbox = stack.sandbox_url if stack and settings.uses_sandbox else None
    if output.json:
        output.data(
            {
                "joined": joined,
                "data_dir": str(settings.data_dir.resolve()),
                "mongodb": stack.mongodb_uri if stack else None,
                "redis": stack.redis_url if stack else None,
                "sandbox": {"url": sandbox, "access_token": stack.sandbox_access_token}
                if stack and sandbox
                else None,
                "worker": {"pid": worker_of(settings).pid()},
                "bot": {"pid": bot_of(settings).pid()},
                "accounts": [account.name for account in accounts],
            }
        )
        return
    output.line("Everything runs already." if joined else "Everything runs.")
    if sandbox:
        output.line(f"  Threads    the sandbox: see what is published at {sandbox}/feed")
    else:
        output.line(f"  Threads    {settings.threads_api_base_url}")
    if stack:
        output.line(f"  MongoDB    {address(stack.mongodb_uri)}")
        output.line(f"  Redis      {address(stack.redis_url)}")
    if settings.telegram_bot_token is None:
        output.line("  Telegram   no bot: set TELEGRAM_BOT_TOKEN")
    else:
        output.line(f"  Telegram   the bot runs (log: {_near(bot_of(settings).log_path)})")
    output.line(
        f"  Accounts   {', '.join(account.name for account in accounts) or 'none: autopost accounts add NAME'}"
    )
    output.line(f"  Data, logs {_near(settings.data_dir.resolve())}")


def _near(path: Path) -> str:
    here = Path.cwd()
    return f"./{path.relative_to(here)}" if path.is_relative_to(here) else str(path)


def _follow(output: Output, settings: Settings, *, joined: bool) -> None:
    """Show what the supervisor does until it ends or the person has enough."""
    supervisor = supervisor_of(settings)
    output.line(
        "Ctrl-C ends this view; `autopost down` stops everything." if joined else "Ctrl-C stops everything."
    )
    shown = supervisor.log_path.stat().st_size
    try:
        asyncio.run(_tail(output, settings, shown))
    except KeyboardInterrupt:
        if joined:
            output.line("It goes on in the background; `autopost down` stops it.")
            return
        output.line("Stopping …")
        output.line(f"Stopped: {', '.join(bring_down(settings))}.")
        return
    output.line("Stopped by another command.")


async def _tail(output: Output, settings: Settings, shown: int) -> None:
    supervisor = supervisor_of(settings)
    while supervisor.pid() is not None:
        if supervisor.log_path.stat().st_size > shown:
            with supervisor.log_path.open(encoding="utf-8", errors="replace") as log:
                log.seek(shown)
                output.line(log.read().rstrip("\n"))
                shown = log.tell()
        await asyncio.sleep(_PERIOD)

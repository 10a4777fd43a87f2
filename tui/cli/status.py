"""``status``: what runs, what is next, what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from core.domain.errors import UnavailableError
from core.domain.post import PostStatus
from core.local.stack import StackState, read_stack
from core.services.monitoring import Overview
from tui.cli.group import Command
from tui.cli.output import Output, count_of, snippet
from tui.cli.running import bot_of
from tui.cli.session import asynchronous, settings_of
from tui.cli.stack import address
from tui.cli.times import iso, local, span
from tui.cli.views import counts_view, lateness_view, post_view

if TYPE_CHECKING:
    from core.settings import Settings


@click.command(cls=Command)
@click.pass_obj
@asynchronous
async def status(output: Output) -> None:
    """Show what runs, what is next and what is late."""
    from core.bootstrap import open_core  # noqa: PLC0415  # loads every adapter

    settings = settings_of(output)
    stack = read_stack(settings.data_dir)
    view, reason = None, ""
    try:
        async with open_core(settings) as core:
            view = await core.monitoring.overview()
    except UnavailableError as error:
        reason = str(error)
    if output.json:
        output.data(status_view(settings, stack, view, reason))
    else:
        for name, value in status_lines(settings, stack, view, reason):
            output.line(f"{name:<11}{value}")


def status_view(
    settings: Settings, stack: StackState | None, view: Overview | None, reason: str
) -> dict[str, Any]:
    """The whole as JSON; ``problem`` is why MongoDB could not be asked, empty if it was."""
    names = {account.id: account.name for account in view.accounts} if view else {}
    following = view.upcoming[0] if view and view.upcoming else None
    serves = stack is not None and stack.sandbox_url is not None
    return {
        "running": view is not None and view.healthy,
        "data_dir": str(settings.data_dir.resolve()),
        "threads": "sandbox" if settings.uses_sandbox else settings.threads_api_base_url,
        "sandbox": {"url": stack.sandbox_url, "access_token": stack.sandbox_access_token}
        if stack and serves
        else None,
        "mongodb": {"state": "running" if view else "stopped", "local": settings.mongodb_uri is None},
        "redis": {"state": _redis_state(view), "local": settings.redis_address is None},
        "worker": {
            "state": "running" if view and view.workers else "stopped",
            "workers": [
                {"name": each.name, "seen_at": iso(each.seen_at, settings.tz)}
                for each in (view.workers if view else [])
            ],
        },
        "bot": {"state": _bot_state(settings)},
        "problem": reason or (view.redis if view else ""),
        "accounts": sorted(names.values()),
        "counts": counts_view(view.counts if view else {}),
        "next_due": iso(view.next_due, settings.tz) if view else None,
        "next_post": post_view(following, names.get(following.account_id, "")) if following else None,
        "overdue": len(view.overdue) if view else 0,
        "held": len(view.held) if view else 0,
        "published_24h": view.published_24h if view else 0,
        "lateness_ms": lateness_view(view.lateness_ms) if view else {"p50": None, "p99": None, "max": None},
    }


def status_lines(
    settings: Settings, stack: StackState | None, view: Overview | None, reason: str
) -> list[tuple[str, str]]:
    """The same for people: a name and what is so."""
    sandbox = stack.sandbox_url if stack and settings.uses_sandbox else None
    threads = f"the sandbox, {sandbox}/feed" if sandbox else settings.threads_api_base_url
    servers = f"{address(stack.mongodb_uri)}, Redis {address(stack.redis_url)}" if stack else "as set"
    if view is None:
        return [("Stopped", reason)]
    names = {account.id: account.name for account in view.accounts}
    return [
        ("Threads", threads),
        ("MongoDB", servers),
        ("Redis", view.redis or "running"),
        (
            "Worker",
            f"running ({count_of(len(view.workers), 'worker')})"
            if view.workers
            else "stopped: `autopost up -d`",
        ),
        ("Bot", _bot_words(settings)),
        ("Accounts", ", ".join(sorted(names.values())) or "none: `autopost accounts add NAME`"),
        ("Posts", ", ".join(f"{view.counts.get(each, 0)} {each.value}" for each in PostStatus)),
        ("Next", _next(view, names)),
        ("Overdue", str(len(view.overdue))),
        ("Held", f"{len(view.held)}{' (autopost posts list --held)' if view.held else ''}"),
        ("Lateness", lateness_words(view)),
    ]


def lateness_words(view: Overview) -> str:
    late = lateness_view(view.lateness_ms)
    if late["p50"] is None:
        return "nothing was published in the last 24 hours"
    return (
        f"p50 {late['p50']} ms, p99 {late['p99']} ms, max {late['max']} ms"
        f" over {count_of(view.published_24h, 'post')} in 24 hours"
    )


def _next(view: Overview, names: dict[str, str]) -> str:
    if not view.upcoming or view.upcoming[0].scheduled_at is None:
        return "nothing is scheduled"
    post = view.upcoming[0]
    left = span(view.upcoming[0].scheduled_at - view.at)
    account = names.get(post.account_id, post.account_id)
    return f"in {left}, {local(post.scheduled_at, post.zone)}, {account}: {snippet(post.content.text, 40)}"


def _bot_state(settings: Settings) -> str:
    """Of the bot of this data folder; one on another machine is not seen."""
    if bot_of(settings).pid() is not None:
        return "running"
    return "stopped" if settings.telegram_bot_token else "off"


def _bot_words(settings: Settings) -> str:
    states = {"off": "off: set TELEGRAM_BOT_TOKEN", "stopped": "stopped: `autopost up -d`"}
    state = _bot_state(settings)
    return states.get(state, state)


def _redis_state(view: Overview | None) -> str:
    if view is None:
        return "unknown"
    return "stopped" if view.redis else "running"

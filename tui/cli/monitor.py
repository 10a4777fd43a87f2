"""``monitor``: the queue as it moves."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from core.services.monitoring import Overview, needs_a_person
from tui.cli.group import Command
from tui.cli.output import Output, is_terminal, paragraphs, snippet
from tui.cli.session import asynchronous, opened
from tui.cli.status import lateness_words
from tui.cli.times import brief, iso, local, span
from tui.cli.views import counts_view, lateness_view, post_view

if TYPE_CHECKING:
    from core.bootstrap import Core

_PERIOD: Final = 2.0
_HEADERS: Final = ("when", "in", "account", "status", "step", "text")


@click.command(cls=Command)
@click.option("--once", is_flag=True, help="Show it once and end.")
@click.option("--limit", type=click.IntRange(1, 500), default=15, show_default=True, help="Posts to show.")
@click.pass_obj
@asynchronous
async def monitor(output: Output, *, once: bool, limit: int) -> None:
    """Watch the queue; Ctrl-C ends it. With --json, or without a terminal, it is shown once."""
    async with opened(output) as core:
        if output.json or once or not is_terminal(sys.stdout):
            view = await core.monitoring.overview(upcoming=limit)
            _show_once(output, view, core.settings.tz)
        else:
            await _watch(core, limit)


def _show_once(output: Output, view: Overview, zone_name: str) -> None:
    names = _names(view)
    if output.json:
        output.data(_view(view, names))
        return
    for line in _summary(view, zone_name):
        output.line(line)
    output.line()
    output.table(_HEADERS, _rows(view, names))


async def _watch(core: Core, limit: int) -> None:
    from rich.console import Group  # noqa: PLC0415  # only a terminal needs it
    from rich.live import Live  # noqa: PLC0415  # as above
    from rich.text import Text  # noqa: PLC0415  # as above

    from tui.cli.output import rich_table  # noqa: PLC0415  # as above

    with Live(screen=True, auto_refresh=False) as live:
        while True:
            view = await core.monitoring.overview(upcoming=limit)
            head = Text(paragraphs("\n".join([*_summary(view, core.settings.tz), ""])))
            live.update(Group(head, rich_table(_HEADERS, _rows(view, _names(view)))), refresh=True)
            await asyncio.sleep(_PERIOD)


def _summary(view: Overview, zone_name: str) -> list[str]:
    counts = "  ".join(f"{status} {count}" for status, count in counts_view(view.counts).items())
    workers = f"{len(view.workers)} alive" if view.workers else "none: `autopost up -d`"
    return [
        f"{local(view.at, zone_name)}   workers: {workers}   overdue: {len(view.overdue)}   held: {len(view.held)}",
        counts,
        f"lateness: {lateness_words(view)}",
        *([view.redis] if view.redis else []),
    ]


def _rows(view: Overview, names: dict[str, str]) -> list[tuple[str, ...]]:
    """What needs a person first, then what is late, then what comes."""
    rows: list[tuple[str, ...]] = []
    for post in (*view.held, *view.overdue, *view.upcoming):
        left = post.scheduled_at - view.at if post.scheduled_at else None
        sign = "-" if left and left.total_seconds() < 0 else ""
        rows.append(
            (
                brief(post.scheduled_at, post.zone),
                "" if left is None else f"{sign}{span(left)}",
                names.get(post.account_id, post.account_id),
                "HELD" if post.hold else post.status.value,
                post.step.value,
                snippet(needs_a_person(post) or post.content.text, 60),
            )
        )
    return rows


def _view(view: Overview, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": iso(view.at),
        "counts": counts_view(view.counts),
        "workers": [{"name": each.name, "seen_at": iso(each.seen_at)} for each in view.workers],
        "next_due": iso(view.next_due),
        "alarm": {"next_at": iso(view.alarm.next_at), "last_check": iso(view.alarm.last_check)}
        if view.alarm
        else None,
        "redis": view.redis,
        "lateness_ms": lateness_view(view.lateness_ms),
        "published_24h": view.published_24h,
        **{
            name: [post_view(post, names.get(post.account_id, post.account_id)) for post in posts]
            for name, posts in (("held", view.held), ("overdue", view.overdue), ("upcoming", view.upcoming))
        },
    }


def _names(view: Overview) -> dict[str, str]:
    return {account.id: account.name for account in view.accounts}

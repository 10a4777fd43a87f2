"""``posts series``: list, stop, and leave out one date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from core.domain.errors import NotFoundError, RefusedError
from core.domain.recurrence_wording import describe_rule
from core.domain.series import Series
from core.domain.zones import zone
from tui.cli.group import Group
from tui.cli.output import Output, count_of, snippet
from tui.cli.selection import names_of
from tui.cli.session import actor, asynchronous, opened
from tui.cli.times import parse_bound
from tui.cli.views import series_view

if TYPE_CHECKING:
    from core.bootstrap import Core


@click.group("series", cls=Group)
def series() -> None:
    """Posts that repeat."""


@series.command("list")
@click.option("--account", metavar="NAME", help="Of this account.")
@click.pass_obj
@asynchronous
async def list_series(output: Output, account: str | None) -> None:
    """List the series with their rules."""
    async with opened(output) as core:
        owner = (await core.accounts.named(account)).id if account else None
        found = await core.stores.series.find(account_id=owner)
        names = await names_of(core)
    rows = [(one, names.get(one.account_id, one.account_id), describe_rule(one.rule)) for one in found]
    if output.json:
        output.data([series_view(*row) for row in rows])
    elif not rows:
        output.line("No series. `autopost posts create TEXT --at TIME --repeat weekly` makes one.")
    else:
        output.table(
            ("id", "account", "rule", "text"),
            [(one.id, name, rule, snippet(one.content.text)) for one, name, rule in rows],
        )


@series.command()
@click.argument("series_id", metavar="ID")
@click.pass_obj
@asynchronous
async def stop(output: Output, series_id: str) -> None:
    """End a series; its posts that are not on their way are removed."""
    async with opened(output) as core:
        removed = await core.recurring.stop(await _named(core, series_id), who=actor())
    if output.json:
        output.data({"id": series_id, "removed": removed})
    else:
        output.line(f"The series has ended; {count_of(removed, 'post')} removed.")


@series.command()
@click.argument("series_id", metavar="ID")
@click.argument("date")
@click.pass_obj
@asynchronous
async def skip(output: Output, series_id: str, date: str) -> None:
    """Leave out one date of a series."""
    async with opened(output) as core:
        one = await _named(core, series_id)
        where = zone(one.rule.zone)
        day = parse_bound(date, where, core.clock.now()).astimezone(where).date()
        if not await core.recurring.skip(one, day, who=actor()):
            raise RefusedError(
                f"The post of {day.isoformat()} is on its way or published: it cannot be left out."
            )
    if output.json:
        output.data({"id": series_id, "skipped": day.isoformat()})
    else:
        output.line(f"{day.isoformat()} is left out.")


async def _named(core: Core, series_id: str) -> Series:
    found = await core.stores.series.get(series_id)
    if found is None:
        raise NotFoundError(f"There is no series {series_id}: see `autopost posts series list`.")
    return found

"""Which posts a command is about: ids, or a filter that is counted and confirmed first."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from core.domain.account import Account
from core.domain.post import PostStatus
from core.domain.zones import zone
from core.ports import PostFilter
from tui.cli.output import Output, count_of
from tui.cli.times import parse_bound

if TYPE_CHECKING:
    from core.bootstrap import Core

F = TypeVar("F", bound=Callable[..., Any])

_MOST: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The options of one command line; empty means any."""

    account: str | None = None
    status: tuple[str, ...] = ()
    batch: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    held: bool = False
    every: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Selection()

    async def which(self, core: Core, allowed: Sequence[PostStatus] = ()) -> PostFilter:
        """The filter; without --status only ``allowed``. Raises NotFoundError for an unknown account."""
        account = await core.accounts.named(self.account) if self.account else None
        where, now = zone(account.zone if account else core.settings.tz), core.clock.now()
        return PostFilter(
            account_id=account.id if account else None,
            statuses=[PostStatus(each) for each in self.status] or list(allowed) or None,
            batch_id=self.batch,
            since=parse_bound(self.since, where, now) if self.since else None,
            until=parse_bound(self.until, where, now, end=True) if self.until else None,
            text=self.text,
            held=True if self.held else None,
        )


def filters(command: F) -> F:
    """The options of a filter; they arrive together as ``selection``."""

    @functools.wraps(command)
    def gather(*args: Any, **options: Any) -> Any:
        names = ("account", "status", "batch", "since", "until", "text", "held", "every")
        return command(*args, selection=Selection(**{name: options.pop(name) for name in names}), **options)

    wrapped: Any = gather
    for option in reversed(_FILTERS):
        wrapped = option(wrapped)
    return wrapped


_FILTERS: Final = (
    click.option("--account", metavar="NAME", help="Of this account."),
    click.option(
        "--status",
        multiple=True,
        type=click.Choice(list(PostStatus), case_sensitive=False),
        help="In this status; may be repeated.",
    ),
    click.option("--batch", metavar="ID", help="Of this import."),
    click.option(
        "--from", "since", metavar="TIME", help="With a time from here on (a day counts as a whole)."
    ),
    click.option("--to", "until", metavar="TIME", help="With a time before this (a day counts as a whole)."),
    click.option("--text", metavar="WORDS", help="With these words in the text."),
    click.option("--held", is_flag=True, help="Held: waiting for a person or an account."),
    click.option("--all", "every", is_flag=True, help="All of them."),
)


async def chosen_ids(  # what was typed, and what is to be done
    core: Core,
    output: Output,
    ids: Sequence[str],
    selection: Selection,
    *,
    verb: str,
    allowed: Sequence[PostStatus],
    yes: bool,
) -> list[str]:
    """The ids that a bulk command is about, confirmed if they come from a filter.

    Raises:
        click.UsageError: nothing was named, both ids and a filter were, or nobody can confirm.
        click.Abort: the person says no.
    """
    if ids and not selection.is_empty:
        raise click.UsageError("Name posts by id or by a filter, not both.")
    if ids:
        return list(dict.fromkeys(ids))
    if selection.is_empty:
        raise click.UsageError(
            f"Which posts? Name their ids, a filter such as --status or --account, or --all to {verb} all."
        )
    found = [post.id for post in await core.posts.find(await selection.which(core, allowed), limit=_MOST)]
    if found and not yes:
        _confirm(output, found, verb)
    return found


def _confirm(output: Output, found: list[str], verb: str) -> None:
    question = f"{count_of(len(found), 'post')} match: {verb} them?"
    if output.json or not sys.stdin.isatty():
        raise click.UsageError(f"{question} Add --yes to do it without being asked.")
    if not click.confirm(question, err=True):
        raise click.Abort


async def names_of(core: Core) -> dict[str, str]:
    """Account names by id."""
    accounts: list[Account] = await core.accounts.list()
    return {account.id: account.name for account in accounts}

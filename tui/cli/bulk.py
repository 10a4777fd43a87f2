"""Commands over many posts at once, by ids or by a filter: one failure stops none of the others."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from core.domain.errors import AutopostError
from core.domain.post import EDITABLE, Hold, Post, PostStatus
from core.services.posts import Posts, for_each
from tui.cli.group import Command
from tui.cli.output import Output, count_of
from tui.cli.selection import Selection, chosen_ids, filters
from tui.cli.session import actor, asynchronous, opened
from tui.cli.times import local

if TYPE_CHECKING:
    from core.bootstrap import Core

_NOT_DRAFT: Final = (PostStatus.SCHEDULED, PostStatus.FAILED)
_WAITING: Final = (PostStatus.SCHEDULED, PostStatus.PUBLISHING)


class SomeFailedError(AutopostError):
    """Some posts were left as they are; each was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What was typed."""

    ids: tuple[str, ...]
    selection: Selection
    yes: bool

    async def chosen(
        self, core: Core, output: Output, verb: str, allowed: Collection[PostStatus]
    ) -> list[str]:
        return await chosen_ids(
            core, output, self.ids, self.selection, verb=verb, allowed=sorted(allowed), yes=self.yes
        )


def bulk_of(command: Callable[..., Any]) -> Callable[..., Any]:
    """Ids, the filter and ``--yes``; they arrive together as ``bulk``."""

    @filters
    @functools.wraps(command)
    def gather(*args: Any, ids: tuple[str, ...], selection: Selection, yes: bool, **options: Any) -> Any:
        return command(*args, bulk=Bulk(ids=ids, selection=selection, yes=yes), **options)

    confirmed = click.option("-y", "--yes", is_flag=True, help="Do not ask.")(gather)
    return click.argument("ids", nargs=-1, metavar="[ID]...")(confirmed)


@click.command(cls=Command)
@bulk_of
@click.pass_obj
@asynchronous
async def cancel(output: Output, *, bulk: Bulk) -> None:
    """Take scheduled posts back to drafts."""
    await _to_chosen(output, bulk, Posts.cancel, "cancel", allowed=_NOT_DRAFT, done="cancelled")


@click.command(cls=Command)
@bulk_of
@click.pass_obj
@asynchronous
async def publish(output: Output, *, bulk: Bulk) -> None:
    """Publish posts now, whatever their time was."""
    await _to_chosen(
        output, bulk, Posts.publish_now, "publish", allowed=EDITABLE, done="sent to be published"
    )


@click.command(cls=Command)
@bulk_of
@click.pass_obj
@asynchronous
async def retry(output: Output, *, bulk: Bulk) -> None:
    """Try failed posts again, at their time if that is to come, else now."""
    await _to_chosen(output, bulk, Posts.retry, "retry", allowed=(PostStatus.FAILED,), done="tried again")


@click.command(cls=Command)
@bulk_of
@click.pass_obj
@asynchronous
async def delete(output: Output, *, bulk: Bulk) -> None:
    """Remove posts from here; what is live on Threads stays there."""
    await _to_chosen(output, bulk, Posts.delete, "delete", allowed=EDITABLE, done="deleted")


@click.command("fix-stuck", cls=Command)
@click.option("--live", "outcome", flag_value="live", help="You saw it on Threads: it counts as published.")
@click.option(
    "--not-there", "outcome", flag_value="not_there", help="It is not on Threads: it is sent again."
)
@bulk_of
@click.pass_obj
@asynchronous
async def fix_stuck(output: Output, *, bulk: Bulk, outcome: str | None) -> None:
    """Have stuck posts looked at now: Threads is asked before anything is sent.

    Without ids or a filter: every post that is overdue or whose outcome is unknown.
    """

    def fix(post_id: str) -> Awaitable[Post]:
        if outcome is None:
            return core.posts.look_again(post_id, who=actor())
        return core.posts.settle_by_hand(post_id, live=outcome == "live", who=actor())

    async with opened(output) as core:
        if bulk.ids or not bulk.selection.is_empty:
            ids = await bulk.chosen(core, output, "look at", _WAITING)
        elif outcome is not None:
            raise click.UsageError("Name the post: what you saw is true of that one only.")
        else:
            ids = await _stuck(core)
        await carry_out(output, ids, fix, "looked at again" if outcome is None else "settled")


async def _to_chosen(
    output: Output,
    bulk: Bulk,
    method: Callable[..., Awaitable[object]],
    verb: str,
    *,
    allowed: Collection[PostStatus],
    done: str,
) -> None:
    """Do a method of Posts to each that was chosen; ``verb`` and ``done`` are its words."""
    async with opened(output) as core:
        ids = await bulk.chosen(core, output, verb, allowed)
        await carry_out(output, ids, lambda post_id: method(core.posts, post_id, who=actor()), done)


async def _stuck(core: Core) -> list[str]:
    view = await core.monitoring.overview(upcoming=1)
    unknown = [post for post in view.held if post.hold is Hold.OUTCOME_UNKNOWN]
    return [post.id for post in (*view.overdue, *unknown)]


async def carry_out(
    output: Output, ids: list[str], action: Callable[[str], Awaitable[object]], done: str
) -> None:
    """Do it to each, tell each failure; raises SomeFailedError when there was one."""
    moments: dict[str, str] = {}

    async def one(post_id: str) -> None:
        after = await action(post_id)
        if isinstance(after, Post) and after.status is PostStatus.SCHEDULED:
            moments[post_id] = local(after.scheduled_at, after.zone)

    outcome = await for_each(ids, one)
    failed = [post_id for post_id, error in outcome.items() if error]
    if output.json:
        results = [{"id": post_id, "ok": error is None, "error": error} for post_id, error in outcome.items()]
        output.data({"done": len(ids) - len(failed), "failed": len(failed), "results": results})
    if len(ids) == 1 and failed:
        raise SomeFailedError(outcome[failed[0]] or "")
    for post_id, moment in moments.items():
        output.line(f"{post_id}  {moment}")
    output.line(f"{count_of(len(ids) - len(failed), 'post')} {done}.")
    for post_id in failed:
        output.aside(f"{post_id}: {outcome[post_id]}")
    if failed:
        raise SomeFailedError(
            f"{count_of(len(failed), 'post')} of {len(ids)} could not be {done}: see above."
        )


BULK_COMMANDS: Final = (cancel, publish, retry, delete, fix_stuck)

"""``demo``: a calendar of a fortnight goes out in two minutes, on real servers and by a real worker."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from core.domain.errors import AutopostError
from core.domain.lifecycle import open_reply
from core.domain.post import Post, PostStatus
from core.domain.zones import zone
from core.ports import PostFilter
from tui.cli.group import Command
from tui.cli.judging import Verdict, judge, late_ms
from tui.cli.output import Output, count_of, snippet
from tui.cli.sandbox_admin import SandboxAdmin, username_for
from tui.cli.session import end_like_ctrl_c
from tui.cli.times import parse_length, span

if TYPE_CHECKING:
    from core.bootstrap import Core
    from tui.cli.stage import Stage

_CALENDAR: Final = Path(__file__).parents[2] / "examples" / "content-calendar.xlsx"
_HEAD_START: Final = timedelta(seconds=6)
"""From the start to the first post: its container is made and Threads is asked about it a few times."""
_PATIENCE: Final = timedelta(seconds=60)
_PERIOD: Final = 0.2
_MARKS: Final = {PostStatus.PUBLISHED: "✓", PostStatus.FAILED: "✗"}


class NotAllPublishedError(AutopostError):
    """The rehearsal failed; the message says by how much."""


@click.command(cls=Command)
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=_CALENDAR,
    help="Another calendar than the example.",
)
@click.option(
    "--processing",
    type=click.FloatRange(0, 600),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="How long Threads takes over a picture or video.",
)
@click.option(
    "--within",
    default="2m",
    show_default=True,
    metavar="LENGTH",
    help="The time into which the calendar is brought.",
)
@click.option("--keep-open", is_flag=True, help="Leave the page of the feed up until Enter.")
@click.pass_obj
def demo(output: Output, *, file: Path, processing: float, within: str, keep_open: bool) -> None:
    """Publish a sample calendar to a sandbox in two minutes, without a question.

    Servers, accounts and posts are temporary: nothing of yours is touched, nothing is kept.
    """
    from tui.cli.stage import open_stage  # noqa: PLC0415  # loads every adapter

    end_like_ctrl_c()
    data, began = file.read_bytes(), time.monotonic()
    play = _Play(
        output=output, data=data, file_name=file.name, processing=processing, length=parse_length(within)
    )
    play.say("Starting MongoDB, Redis, the sandbox and a worker: temporary ones, yours are not touched.")
    with open_stage(debug=output.debug) as stage:
        verdict = asyncio.run(play.perform(stage, began))
        if keep_open and sys.stdin.isatty():
            output.aside(f"The feed stays at {stage.sandbox_url}/feed. Press Enter to end.")
            sys.stdin.readline()
    if output.json:
        output.data(verdict.view())
    if not verdict.once_each:
        raise NotAllPublishedError(verdict.shortfall())


@dataclass(slots=True, kw_only=True)
class _Play:
    """One performance, from the empty stage to the verdict."""

    output: Output
    data: bytes
    file_name: str
    processing: float
    length: timedelta

    def say(self, line: str) -> None:
        """A line for people: on stderr when stdout is for programs."""
        if self.output.json:
            self.output.aside(line)
        else:
            self.output.line(line)

    async def perform(self, stage: Stage, began: float) -> Verdict:
        from core.bootstrap import open_core  # noqa: PLC0415  # loads every adapter

        async with open_core(stage.settings) as core, SandboxAdmin(stage.sandbox_url) as sandbox:
            await sandbox.set_processing(dict.fromkeys(("image", "video", "carousel"), self.processing))
            names = await self._link_accounts(core, sandbox)
            await stage.start_worker(core)
            self.say(f"They run after {time.monotonic() - began:.1f} s. The feed: {stage.sandbox_url}/feed")
            posts = await self._raise_curtain(core)
            posts = await self._watch(core, sandbox, posts, names)
            accounts = {account.id: account.username for account in await core.accounts.list()}
            verdict = judge(posts, accounts, await sandbox.publish_calls(), await sandbox.feed())
        self._conclude(posts, names, verdict)
        return verdict

    async def _link_accounts(self, core: Core, sandbox: SandboxAdmin) -> dict[str, str]:
        """A user of the sandbox for every account that the calendar names; names by id."""
        wanted = await core.rehearsal.account_names(self.data, self.file_name) or ["sandbox"]
        for name, username in zip(wanted, _usernames(wanted), strict=True):
            await core.accounts.add(name, await sandbox.add_user(username), core.settings.tz)
        return {account.id: account.name for account in await core.accounts.list()}

    async def _raise_curtain(self, core: Core) -> list[Post]:
        head_start = _HEAD_START + timedelta(seconds=self.processing * 2.5)
        start = core.clock.now() + head_start
        whole = max(self.length - head_start, self.length / 2)
        posts = await core.rehearsal.stage(self.data, self.file_name, start=start, span=whole)
        accounts = len({post.account_id for post in posts})
        self.say(
            f"{self.file_name}: {count_of(len(posts), 'post')} of {count_of(accounts, 'account')};"
            f" their times are brought into the next {span(self.length)}, starting in {head_start.total_seconds():.0f} s."
        )
        return posts

    async def _watch(
        self, core: Core, sandbox: SandboxAdmin, posts: Sequence[Post], names: dict[str, str]
    ) -> list[Post]:
        """Tell of each post as it ends; returns them as they are stored at last."""
        which = PostFilter(ids=[post.id for post in posts])
        last = max(post.scheduled_at for post in posts if post.scheduled_at)
        told: set[str] = set()
        while True:
            now = core.clock.now()
            stored = await core.posts.find(which, limit=len(posts))
            news = [post for post in stored if post.id not in told and _has_ended(post)]
            calls = await sandbox.publish_calls() if news else []
            for post in news:
                self.say(_told(post, names, late_ms(post, calls)))
                told.add(post.id)
            if all(map(_is_done, stored)) or now > last + _PATIENCE + timedelta(seconds=self.processing):
                return stored
            await asyncio.sleep(_PERIOD)

    def _conclude(self, posts: Sequence[Post], names: dict[str, str], verdict: Verdict) -> None:
        if not self.output.json:
            self.output.line()
            self.output.table(("account", "posts", "published"), _by_account(posts, names))
            self.output.line()
        self.say(verdict.sentence())


def _usernames(names: Sequence[str]) -> list[str]:
    """A user name of its own for each account."""
    found: list[str] = []
    for name in names:
        username = username_for(name)
        found.append(f"{username[:27]}.{len(found)}" if username in found else username)
    return found


def _has_ended(post: Post) -> bool:
    live = post.status is PostStatus.PUBLISHED and post.permalink is not None
    return live or post.status is PostStatus.FAILED or post.hold is not None


def _is_done(post: Post) -> bool:
    return _has_ended(post) and (post.status is not PostStatus.PUBLISHED or open_reply(post) is None)


def _told(post: Post, names: dict[str, str], late: float | None) -> str:
    """One line: local time, account, mark, first words, permalink or reason, lateness."""
    where = names[post.account_id]
    reason = post.error.cause if post.error else f"held: {post.hold}" if post.hold else ""
    result = post.permalink or reason
    lateness = f"{late:6.1f} ms" if late is not None else ""
    mark = _MARKS.get(post.status, "?")
    words = snippet(post.content.text, 36) or f"({post.type.value.lower()})"
    return f"{_clock(post.scheduled_at, post.zone)}  {where:<14} {mark} {words:<36}  {lateness:>9}  {result}"


def _clock(at: datetime | None, zone_name: str) -> str:
    return f"{at.astimezone(zone(zone_name)):%H:%M:%S %Z}" if at else "-"


def _by_account(posts: Sequence[Post], names: dict[str, str]) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for account_id, name in names.items():
        mine = [post for post in posts if post.account_id == account_id]
        live = sum(post.status is PostStatus.PUBLISHED for post in mine)
        rows.append((name, str(len(mine)), str(live)))
    return rows

"""``posts schedule``: one moment for all, or random ones in a range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from core.domain.post import Post, PostStatus
from core.domain.spread import DEFAULT_GAP, spread
from core.domain.zones import zone
from core.ports import PostFilter
from tui.cli.bulk import Bulk, bulk_of, carry_out
from tui.cli.group import Command
from tui.cli.output import Output
from tui.cli.session import actor, asynchronous, opened
from tui.cli.times import Moment, parse_length, parse_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What was typed about times."""

    at: str | None
    start: str | None
    end: str | None
    gap: str | None
    seed: int | None
    shuffle: bool

    def __post_init__(self) -> None:
        ranged = any((self.start, self.end, self.gap, self.seed is not None, self.shuffle))
        if bool(self.at) == ranged or (ranged and not (self.start and self.end)):
            raise click.UsageError("Say when: either --at TIME, or --start TIME and --end TIME.")

    def check(self, where: ZoneInfo, now: datetime) -> None:
        """Raises click.UsageError for what is no time, whatever posts there are."""
        for text in (self.at, self.start, self.end):
            if text:
                parse_moment(text, where, now)

    def moments(
        self, posts: Sequence[Post], zones: Mapping[str, ZoneInfo], now: datetime
    ) -> dict[str, Moment]:
        """The moment of each post, by id; those of a range are drawn together, in the order of ``posts``."""
        if self.at:
            return {post.id: parse_moment(self.at, zones[post.id], now) for post in posts}
        if not posts or not self.start or not self.end:
            return {}
        where = zones[posts[0].id]
        drawn = spread(
            len(posts),
            parse_moment(self.start, where, now).at,
            parse_moment(self.end, where, now).at,
            gap=parse_length(self.gap) if self.gap else DEFAULT_GAP,
            seed=self.seed,
            shuffle=self.shuffle,
        )
        return {post.id: Moment(at) for post, at in zip(posts, drawn, strict=True)}


@click.command(cls=Command)
@click.option("--at", metavar="TIME", help="When: 2026-12-01 09:00, +2h, now.")
@click.option("--start", metavar="TIME", help="Random times from here ...")
@click.option("--end", metavar="TIME", help="... to here ...")
@click.option("--gap", metavar="LENGTH", help="... at least so far apart (default 5m).")
@click.option("--seed", type=int, help="The same seed draws the same times.")
@click.option("--shuffle", is_flag=True, help="In random order.")
@click.option("--zone", "zone_name", metavar="ZONE", help="Zone of these times; else the account's.")
@click.option("--allow-duplicate", is_flag=True, help="Even if the same content goes out within 24 hours.")
@bulk_of
@click.pass_obj
@asynchronous
async def schedule(
    output: Output, *, bulk: Bulk, allow_duplicate: bool, zone_name: str | None, **times: Any
) -> None:
    """Give posts a time: one for all (--at), or random ones (--start, --end, --gap)."""
    when = When(**times)
    async with opened(output) as core:
        now, fallback = core.clock.now(), zone(zone_name or core.settings.tz)
        when.check(fallback, now)
        ids = await bulk.chosen(core, output, "schedule", (PostStatus.DRAFT,))
        found = {post.id: post for post in await core.posts.find(PostFilter(ids=ids), limit=len(ids) or 1)}
        posts = [found[post_id] for post_id in ids if post_id in found]
        of_account = {account.id: zone(account.zone) for account in await core.accounts.list()}
        zones = {post.id: of_account.get(post.account_id, fallback) for post in posts}
        moments = when.moments(posts, dict.fromkeys(found, fallback) if zone_name else zones, now)
        for note in dict.fromkeys(moment.note for moment in moments.values() if moment.note):
            output.aside(f"{note}.")

        async def give_time(post_id: str) -> Post:
            before = await core.posts.get(post_id)  # refuses what is not there
            at = moments[before.id].at
            return await core.posts.schedule(post_id, at, who=actor(), allow_duplicate=allow_duplicate)

        await carry_out(output, ids, give_time, "scheduled")

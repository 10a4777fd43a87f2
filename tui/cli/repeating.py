"""``--repeat`` and what belongs to it: from options to a series."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import click

from core.domain.account import Account
from core.domain.content_rules import review
from core.domain.errors import RefusedError
from core.domain.post import Content
from core.domain.recurrence import Pattern, Recurrence, problems
from core.domain.recurrence_wording import describe_rule
from core.domain.series import Series
from core.domain.weekdays import parse_weekdays
from core.domain.zones import zone
from core.ports import PostFilter
from tui.cli.output import Output, count_of
from tui.cli.session import actor
from tui.cli.times import local, parse_bound
from tui.cli.views import post_view, series_view

if TYPE_CHECKING:
    from core.bootstrap import Core

_PATTERNS: Final = {"weekly": Pattern.WEEKLY, "monthly": Pattern.MONTHLY, "daily": Pattern.DATE_RANGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """What was typed about a recurrence."""

    pattern: Pattern
    days: str | None
    day_of_month: int | None
    last: str | None
    count: int | None


def repeat_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options; they arrive together as ``repeat``, None without ``--repeat``."""

    @click.option("--repeat", type=click.Choice(list(_PATTERNS)), help="Again and again, from --at on.")
    @click.option("--days", metavar="DAYS", help="Weekly on: Mon,Thu (else the day of --at).")
    @click.option("--day", type=click.IntRange(1, 31), help="Monthly on this day (else that of --at).")
    @click.option("--last", metavar="DATE", help="Last date of the series.")
    @click.option("--count", type=click.IntRange(1), help="So many times.")
    @functools.wraps(command)
    def gather(
        *args: Any,
        repeat: str | None,
        days: str | None,
        day: int | None,
        last: str | None,
        count: int | None,
        **options: Any,
    ) -> Any:
        if repeat is None and any((days, day, last, count)):
            raise click.UsageError("--days, --day, --last and --count belong to --repeat.")
        rule = (
            Repeat(pattern=_PATTERNS[repeat], days=days, day_of_month=day, last=last, count=count)
            if repeat
            else None
        )
        return command(*args, repeat=rule, **options)

    return gather


def rule_of(repeat: Repeat, at: datetime, zone_name: str, now: datetime) -> Recurrence:
    """The rule whose first happening is ``at``.

    Raises:
        click.UsageError: the rule cannot be.
    """
    where = zone(zone_name)
    first = at.astimezone(where)
    rule = Recurrence(
        pattern=repeat.pattern,
        start=first.date(),
        at=first.time().replace(second=0, microsecond=0),
        zone=where.key,
        weekdays=parse_weekdays(repeat.days) if repeat.days else frozenset({first.weekday()}),
        day_of_month=repeat.day_of_month or first.day,
        until=_last_day(repeat.last, zone_name, now) if repeat.last else None,
        count=repeat.count,
    )
    if found := problems(rule):
        raise click.UsageError(" ".join(found))
    return rule


async def start_series(  # a series has all of these
    core: Core, output: Output, owner: Account, content: Content, repeat: Repeat, at: datetime, zone_name: str
) -> None:
    """Store the series and say when it happens."""
    now = core.clock.now()
    rule = rule_of(repeat, at, zone_name, now)
    for finding in review(content):
        if finding.error:
            raise RefusedError(f"{finding.cause} {finding.remedy}")
        output.aside(f"Warning: {finding.cause} {finding.remedy}")
    series = Series(
        id=uuid4().hex[:12],
        account_id=owner.id,
        content=content,
        rule=rule,
        due_at=now,
        created_at=now,
        created_by=actor(),
    )
    await core.recurring.start([series])
    made = await core.posts.find(PostFilter(series_id=series.id))
    words = describe_rule(rule)
    if output.json:
        posts = [post_view(post, owner.name) for post in made]
        output.data({**series_view(series, owner.name, words), "posts": posts})
        return
    output.line(f"{series.id}  {words}, for {owner.name}.")
    for post in made:
        output.line(f"  {post.id}  {local(post.scheduled_at, post.zone)}")
    output.line(f"{count_of(len(made), 'post')} made; the later ones follow as their time comes near.")


def _last_day(text: str, zone_name: str, now: datetime) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            raise click.UsageError(f'"{text}" is no date: write 2026-12-31.') from None
    return parse_bound(text, zone(zone_name), now).astimezone(zone(zone_name)).date()

"""The daily digest: how yesterday went, what today brings, where a day is empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot import agenda
from bot.cards.digest import Day, digest_screen
from bot.flows.attention import needing
from bot.screens import Screen
from bot.wording import Words
from core.bootstrap import Core
from core.domain.post import Post, PostStatus
from core.ports import PostFilter

_AHEAD: Final = 14
"""Days that are looked at for one without a post."""
_LISTED: Final = 8


async def digest(core: Core, words: Words) -> Screen:
    """The day of whoever has the rights of ``core``, in the language and zone of ``words``."""
    today = agenda.today_of(words)
    days = [today + timedelta(days=ahead) for ahead in range(_AHEAD)]
    tallies = await agenda.tallies_of(core, words, days)
    overview = await core.monitoring.overview(upcoming=1)
    day_ago = words.now - timedelta(days=1)
    failed = PostFilter(statuses=[PostStatus.FAILED], since=day_ago, until=words.now)
    accounts = await core.accounts.list()
    shown = Day(
        day=today,
        published=overview.published_24h,
        failed=sum((await core.posts.count(failed)).values()),
        posts=await _posts_of(core, words, today),
        planned=sum(tallies[today].values()),
        gap=agenda.first_without(days[1:], tallies),
        attention=len(await needing(core)),
        names={one.id: one.username for one in accounts} if len(accounts) > 1 else {},
        picture=await agenda.week_picture(await agenda.week_of(core, words, today), words),
    )
    return digest_screen(shown, words)


async def _posts_of(core: Core, words: Words, day: date) -> list[Post]:
    """The first of the day's: those still to come, then those whose time has passed."""
    which = agenda.planned(words, day, day + timedelta(days=1))
    to_come = await core.posts.find(replace(which, since=words.now), limit=_LISTED)
    passed = await core.posts.find(replace(which, until=words.now), limit=_LISTED)
    return [*to_come, *passed][:_LISTED]

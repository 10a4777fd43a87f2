"""The times that are offered as one button each: the next free slot of an account, and those chosen most."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.cards.choosing import Quick
from bot.visit import Visit
from core.domain.distance import time_label
from core.domain.lifecycle import GOING_OUT
from core.domain.slots import next_free_slot, quick_times
from core.ports import PostFilter

_MOST: Final = 1000
_SLOTS_AHEAD: Final = timedelta(days=60)


async def offered_times(visit: Visit, account_id: str | None, *, but: str | None = None) -> list[Quick]:
    """The next slot that no post of the account but ``but`` is near to, then the others, soonest first."""
    words = visit.words
    found: list[Quick] = []
    if slots := visit.core.settings.slots:
        since, until = words.now - timedelta(days=1), words.now + _SLOTS_AHEAD
        planned = await taken_times(visit, account_id, since, until, but=but)
        at = next_free_slot(planned, words.now, words.zone, slots=slots)
        label = words.label("when.b_slot", time=time_label(at, words.zone, words.language))
        found.append(Quick(label, at))
    for one in quick_times(words.now, words.zone):
        clock = f"{one.at.astimezone(words.zone):%H:%M}"
        found.append(Quick(words.label(f"when.b_{one.key}", clock=clock), one.at))
    return found


async def taken_times(
    visit: Visit, account_id: str | None, since: datetime, until: datetime, *, but: str | None = None
) -> list[datetime]:
    """When posts of the account, other than ``but``, go out or have gone out."""
    if account_id is None:
        return []
    which = PostFilter(account_id=account_id, statuses=GOING_OUT, since=since, until=until)
    posts = await visit.core.posts.find(which, limit=_MOST)
    return [post.scheduled_at for post in posts if post.scheduled_at is not None and post.id != but]

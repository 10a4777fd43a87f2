"""Compositions of Linh, who writes for the shop."""

from __future__ import annotations

from datetime import time, timedelta

from core.domain.composition import Composition
from core.domain.post import Content, Media, MediaKind, Post
from core.domain.recurrence import Pattern, Recurrence
from core.ports import PostFilter
from core.services.foresight import Look
from stories.fixtures import Shop

LINH, AN = "111", "222"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DRAFT = "update-7"


async def begun(shop: Shop, text: str = "Phở", draft: str = DRAFT) -> Composition:
    """A composition of Linh's for the shop's account."""
    return await shop.engine.core.composing.begin(
        draft, LINH, account_id=shop.account.id, content=Content(text=text)
    )


async def timed(shop: Shop, in_: timedelta = HOUR, text: str = "Phở", draft: str = DRAFT) -> Composition:
    """The same, to go out ``in_`` from now."""
    await begun(shop, text, draft)
    at = shop.engine.clock.now() + in_
    return await shop.engine.core.composing.choose_time(draft, LINH, at)


async def shown(shop: Shop) -> Look:
    composing = shop.engine.core.composing
    return await composing.look(await composing.get(DRAFT, LINH))


async def all_posts(shop: Shop) -> list[Post]:
    return await shop.engine.core.posts.find(PostFilter())


def weekly(shop: Shop) -> Recurrence:
    start = shop.engine.clock.now().date()
    return Recurrence(Pattern.WEEKLY, start, time(9), "Asia/Ho_Chi_Minh", weekdays=frozenset({0, 3}))


def photo_at(number: int) -> Media:
    return Media(MediaKind.IMAGE, f"https://a.vn/{number}.jpg")

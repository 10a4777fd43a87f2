"""One post in an unusual state: its outcome unknown, its time missed, one of a series."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bot_scene import BotScene
from browsing_scene import opens, scene

from botapi.person import Person
from core.domain.account import MissedPolicy
from core.domain.post import Hold, Post
from core.domain.recurrence import Pattern, Recurrence
from core.ports import PostFilter
from stories.fixtures import Shop

__all__ = ["scene"]

HOUR = timedelta(hours=1)


async def all_posts(scene: BotScene) -> list[Post]:
    return await scene.core.posts.find(PostFilter())


async def test_an_unknown_outcome_is_settled_by_two_buttons(
    scene: BotScene, shop: Shop, linh: Person
) -> None:
    """The card says from when on it can be said that a post is not there; then it is sent again."""
    await shop.threads.misbehave("drop_before")
    post = await shop.schedule("Schroedinger", HOUR)
    await scene.run_for(HOUR + timedelta(minutes=2))
    assert (await shop.get(post)).hold is Hold.OUTCOME_UNKNOWN
    await opens(linh, post)
    await linh.sees("Outcome unknown", "not there can be said from")
    await linh.taps("Not there: send again")
    await linh.sees("Too early", "Outcome unknown")
    await scene.run_for(timedelta(minutes=10))
    await linh.taps("Not there: send again")
    await linh.sees("Scheduled", fresh=True)
    await scene.run_for(timedelta(minutes=2))
    await linh.sees("Published", "Schroedinger")
    assert [shown.text for shown in await shop.feed()] == ["Schroedinger"]


async def test_a_missed_post_can_be_published_or_skipped(scene: BotScene, shop: Shop, linh: Person) -> None:
    """A post whose time passed while nothing ran offers both."""
    await scene.core.accounts.set_missed_policy("shop-hanoi", MissedPolicy.ASK)
    late, never = await shop.schedule("Late", HOUR), await shop.schedule("Never", HOUR)
    await scene.engine.clock.advance(6 * HOUR)
    await scene.run_for(timedelta(minutes=5))
    await opens(linh, late)
    await linh.taps("Publish now")
    await linh.sees("Scheduled", "Late", fresh=True)
    await scene.run_for(timedelta(minutes=2))
    await linh.sees("Published", "Late")
    await opens(linh, never)
    await linh.taps("Skip")
    await linh.taps("Yes, skip it")
    await linh.sees("Draft", "Never")
    assert [shown.text for shown in await shop.feed()] == ["Late"]


def every_day(scene: BotScene) -> Recurrence:
    """From today on, nine hours after the clock of the scene."""
    now = scene.engine.clock.now()
    return Recurrence(
        pattern=Pattern.WEEKLY,
        start=now.date(),
        at=(now + 9 * HOUR).time().replace(second=0, microsecond=0),
        zone="Asia/Ho_Chi_Minh",
        weekdays=frozenset(range(7)),
    )


@pytest.mark.parametrize("change", ["held", "moved"])
async def test_one_of_a_series_that_is_apart(
    scene: BotScene, shop: Shop, linh: Person, minh: Person, change: str
) -> None:
    """However it came to be, its card says so in words that are true of it."""
    await shop.repeat("Every day", every_day(scene))
    first, *_ = await all_posts(scene)
    card = await opens(linh, first)
    assert "by itself" not in card.text
    if change == "held":
        await linh.taps("Hold", on=card)
        await linh.sees("Draft")
    else:
        assert first.scheduled_at is not None
        await scene.core.posts.schedule(first.id, first.scheduled_at + HOUR, who="cli:linh")
    await opens(linh, first)
    await linh.sees("edited, moved or held by itself: changes of the series leave it alone", fresh=True)
    await opens(minh, first)
    await minh.sees("đã được sửa, dời giờ hoặc giữ lại riêng")


async def test_one_of_a_series_is_left_out(scene: BotScene, shop: Shop, linh: Person) -> None:
    """Skip this one leaves one date out, and the series goes on; Stop ends it."""
    await shop.repeat("Every day", every_day(scene))
    first, second, *_ = await all_posts(scene)
    card = await opens(linh, first)
    assert "every day" in card.text
    assert card.button("Delete") is None
    await linh.taps("Skip this one")
    await linh.sees("Leave out this one?", "Every day")
    await linh.taps("Yes, skip this one")
    await linh.sees("Left out", "goes on")
    assert first.id not in {post.id for post in await all_posts(scene)}
    await linh.taps("The series")
    await linh.sees("Series", "except", fresh=True)
    await opens(linh, second)
    await linh.taps("Stop the series")
    await linh.taps("Yes, stop it")
    await linh.sees("has been stopped")
    await linh.says("/queue all")
    await linh.sees("All posts: 0")

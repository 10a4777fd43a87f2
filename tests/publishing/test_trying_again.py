"""Calls that fail with a clear answer: what is tried again, when, and when it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.domain.account import AccountState
from core.domain.failures import FailureClass
from core.domain.post import Content, Hold, Media, Post, PostStatus, Step
from core.settings import Settings
from stories.crash import Meanwhile
from stories.engine import open_engine
from stories.fixtures import WHO, Shop
from stories.movable_clock import MovableClock
from stories.scene import becomes

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def _creation_ids(shop: Shop) -> list[str]:
    """Of the publish calls, in order."""
    return [call["creation_id"] for call in await shop.threads.calls("publish")]


async def test_a_container_that_lags_is_published_as_it_is(shop: Shop) -> None:
    """24/4279009 right after the container was made: the same container a few seconds later, one post."""
    await shop.threads.misbehave("lag", seconds=61)
    post = await shop.schedule("Lag", HOUR)

    await shop.engine.run_for(2 * HOUR)

    first, second = await _creation_ids(shop)
    assert first == second
    assert len(await shop.feed()) == 1
    assert (await shop.get(post)).status is PostStatus.PUBLISHED


async def test_a_container_that_never_comes_is_made_anew(shop: Shop) -> None:
    """Refused as not found three times, the container is replaced by a new one, and that goes out."""
    await shop.threads.misbehave("lag", seconds=3600)
    await shop.schedule("Lag", HOUR)

    await shop.engine.run_for(HOUR + MINUTE)

    tried = await _creation_ids(shop)
    assert tried[0] == tried[1] == tried[2] != tried[3]
    assert len(tried) == 4
    (shown,) = await shop.feed()
    assert shown.creation_id == tried[3]


async def test_a_container_that_never_comes_twice(shop: Shop) -> None:
    """It does not go on for ever: when the new container is not found either the post fails with the cause."""
    await shop.threads.misbehave("media_not_found", count=1000)
    post = await shop.schedule("Lag", HOUR)

    await shop.engine.run_for(DAY)

    post = await shop.get(post)
    assert post.status is PostStatus.FAILED
    assert post.error is not None
    assert "does not find the prepared post" in post.error.cause
    assert len(await _creation_ids(shop)) == 4


async def test_a_spoilt_container_is_replaced(shop: Shop, photo: Media) -> None:
    """A container in ERROR for no good reason is made again before the time, and the post is punctual."""
    await shop.threads.misbehave("container_error", error_message="UNKNOWN")
    post = await shop.schedule(Content(text="Again", media=(photo,)), HOUR)

    await shop.engine.run_for(HOUR + MINUTE)

    (shown,) = await shop.feed()
    assert post.scheduled_at is not None
    assert timedelta() <= shown.published_at - post.scheduled_at < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("message", "kind", "cause"),
    [
        ("INVALID_ASPEC_RATIO", FailureClass.FATAL, "proportions"),
        ("INVALID_DURATION", FailureClass.FATAL, "too long"),
        ("UNKNOWN", FailureClass.RETRYABLE, "could not process"),
    ],
)
async def test_a_container_that_stays_in_error(
    shop: Shop, clip: Media, message: str, kind: FailureClass, cause: str
) -> None:
    """Media that Threads cannot use ends FAILED before the time, with a plain cause and nothing published."""
    await shop.threads.misbehave("container_error", error_message=message, count=100)
    post = await shop.schedule(Content(text="Broken", media=(clip,)), HOUR)

    await shop.engine.run_for(HOUR - MINUTE)

    post = await shop.get(post)
    assert (post.status, post.due_at) == (PostStatus.FAILED, None)
    assert post.error is not None
    assert post.error.kind is kind
    assert cause in post.error.cause
    assert post.error.remedy
    assert await _creation_ids(shop) == []


async def test_one_item_of_a_carousel_is_refused(shop: Shop, photo: Media, clip: Media) -> None:
    """The item that cannot be used is what the post fails by; the carousel itself is never made."""
    await shop.threads.misbehave("container_error", error_message="INVALID_FRAME_RATE", path="", count=1)
    post = await shop.schedule(Content(text="Album", media=(clip, photo, photo)), HOUR)

    await shop.engine.run_for(HOUR)

    post = await shop.get(post)
    assert post.status is PostStatus.FAILED
    assert post.error is not None
    assert "pictures per second" in post.error.cause


async def test_media_that_is_processed_for_ever(shop: Shop, clip: Media) -> None:
    """A container that is in progress for more than an hour ends FAILED, and is asked about ever less often."""
    await shop.threads.misbehave("container_stuck", count=100)
    post = await shop.schedule(Content(text="Stuck", media=(clip,)), HOUR)

    await shop.engine.run_for(HOUR)
    assert len(await shop.threads.calls("status")) < 80
    await shop.engine.clock.advance(HOUR)
    await shop.engine.run_for(10 * MINUTE)

    post = await shop.get(post)
    assert post.status is PostStatus.FAILED
    assert post.error is not None
    assert "still processing" in post.error.cause


async def test_media_that_is_ready_too_late(shop: Shop, clip: Media) -> None:
    """A video that takes longer than its lead goes out as soon as it is ready, and that is no missed post."""
    await shop.threads.settings(processing_seconds=20 * 60)
    post = await shop.schedule(Content(text="Long", media=(clip,)), HOUR)

    await shop.engine.run_for(HOUR + MINUTE)
    assert (await shop.get(post)).step is Step.PROCESSING_MEDIA
    await shop.engine.run_for(6 * MINUTE)

    (shown,) = await shop.feed()
    assert post.scheduled_at is not None
    assert 5 * MINUTE <= shown.published_at - post.scheduled_at <= 6 * MINUTE


async def test_it_is_tried_four_times(shop: Shop) -> None:
    """A call that keeps failing in passing is made again after 2, 4 and 8 seconds, and then the post fails."""
    await shop.threads.misbehave("server_error", on="create", count=100)
    post = await shop.schedule("Down", HOUR)

    await shop.engine.run_for(2 * HOUR)

    times = [call["received_at_ms"] for call in await shop.threads.calls("create")]
    assert len(times) == 4
    post = await shop.get(post)
    assert post.status is PostStatus.FAILED
    assert post.error is not None
    assert post.error.remedy

    await shop.threads.behave()
    await shop.engine.core.posts.retry(post.id, who=WHO)
    await shop.engine.run_for(MINUTE)
    assert len(await shop.feed()) == 1


async def test_a_limit_defers_and_does_not_fail(shop: Shop) -> None:
    """613: minutes later it is tried again, as often as it takes; the post goes out once."""
    await shop.threads.misbehave("rate_limit", count=6)
    post = await shop.schedule("Limited", HOUR)

    await shop.engine.run_for(HOUR + 5 * MINUTE)
    post = await shop.get(post)
    assert (post.status, post.hold) == (PostStatus.SCHEDULED, None)
    assert post.due_at is not None
    assert post.due_at > shop.engine.clock.now()
    await shop.engine.run_for(2 * HOUR)

    assert len(await shop.feed()) == 1
    assert len(await _creation_ids(shop)) == 7


async def test_a_limit_uses_up_no_tries_of_other_failures(shop: Shop) -> None:
    """After five waits for a limit a call that fails in passing is tried again as if it were the first."""
    await shop.threads.misbehave("rate_limit", count=5)
    await shop.threads.misbehave("media_not_found", count=2)
    await shop.schedule("Limited", HOUR)

    await shop.engine.run_for(5 * HOUR)

    assert len(await shop.feed()) == 1


async def test_the_days_quota_is_used_up(shop: Shop) -> None:
    """What does not fit into 24 hours waits until the first post of the day is a day old."""
    await shop.threads.settings(post_quota=2)
    for number in range(3):
        await shop.schedule(f"Number {number}", HOUR + number * 10 * MINUTE)

    await shop.engine.run_for(20 * HOUR)
    assert len(await shop.feed()) == 2
    (waiting,) = [post for post in await _scheduled(shop) if post.hold is None]
    assert waiting.due_at is not None
    assert waiting.error is None
    assert len(await shop.threads.calls("limit")) < 10

    await shop.engine.run_for(6 * HOUR)
    times = [shown.published_at for shown in await shop.feed()]
    assert len(times) == 3
    assert times[2] - times[0] >= DAY


@pytest.mark.parametrize("environment", [{"threads_rate_per_minute": 3}])
async def test_the_pace_of_an_account(shop: Shop, other_shop: Shop) -> None:
    """No more posts per minute than THREADS_RATE_PER_MINUTE; the rest follows, another account is not held up."""
    for number in range(7):
        await shop.schedule(f"Number {number}", HOUR)
    await other_shop.schedule("Alone", HOUR)

    await shop.engine.run_for(HOUR + 5 * MINUTE)

    times = [shown.published_at for shown in await shop.feed()]
    assert len(times) == 7
    assert all(_within(times, start) <= 3 for start in times)
    (alone,) = await other_shop.feed()
    assert alone.published_at < times[3]


async def test_a_dead_token_in_the_middle_of_a_series_of_posts(shop: Shop) -> None:
    """190 while publishing holds the post with its account; linked again it goes out, late by policy."""
    post = await shop.schedule("Held", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)
    await shop.threads.misbehave("token_expired")

    await shop.engine.run_for(MINUTE)
    post = await shop.get(post)
    assert (post.status, post.hold, post.in_flight) == (PostStatus.SCHEDULED, Hold.ACCOUNT, False)
    account = await shop.engine.core.accounts.named("shop-hanoi")
    assert account.state is AccountState.NEEDS_REAUTH

    await _link_again(shop)
    await shop.engine.run_for(MINUTE)
    assert len(await shop.feed()) == 1


async def test_the_account_is_linked_again_while_the_old_token_fails(
    shop: Shop, settings: Settings, clock: MovableClock
) -> None:
    """The refusal of an old token does not hold an account that was linked anew meanwhile."""
    post = await shop.schedule("Crossing", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)

    async def link_again() -> None:
        await shop.threads.end_access(shop.account.username)
        await _link_again(shop)

    crossing = Meanwhile("posts.save", link_again, becomes(PostStatus.PUBLISHING))
    async with open_engine(settings, clock, crossing) as engine:
        await engine.run_for(2 * MINUTE)

    account = await shop.engine.core.accounts.named("shop-hanoi")
    assert account.state is AccountState.ACTIVE
    assert (await shop.get(post)).status is PostStatus.PUBLISHED


async def test_an_unlinked_account(shop: Shop) -> None:
    """A post whose account has gone fails and says so; nothing falls back to another account."""
    post = await shop.schedule("Orphan", HOUR)
    account = await shop.engine.core.accounts.named("shop-hanoi")
    assert await shop.engine.core.stores.accounts.delete(account)

    await shop.engine.run_for(2 * HOUR)

    post = await shop.get(post)
    assert post.status is PostStatus.FAILED
    assert post.error is not None
    assert "not linked" in post.error.cause
    assert await shop.threads.feed() == []


async def _link_again(shop: Shop) -> None:
    token = await shop.threads.sign_up(shop.account.username)
    await shop.engine.core.accounts.replace_token("shop-hanoi", token, who=WHO)


async def _scheduled(shop: Shop) -> list[Post]:
    found = await shop.engine.core.monitoring.overview()
    return [post for post in [*found.overdue, *found.upcoming] if post.status is PostStatus.SCHEDULED]


def _within(times: list[datetime], start: datetime) -> int:
    return sum(start <= time < start + MINUTE for time in times)

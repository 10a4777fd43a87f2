"""After a publish call without a clear answer nothing is sent again; what is true is found out."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.domain.account import AccountState
from core.domain.errors import RefusedError
from core.domain.post import Content, Hold, Media, Post, PostStatus
from core.domain.publication import Answer
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def _publish_calls(shop: Shop) -> int:
    return len(await shop.threads.calls("publish"))


async def _is_bound_to(shop: Shop, post: Post, shown_id: str) -> bool:
    post = await shop.get(post)
    return (post.status, post.hold, post.media_id) == (PostStatus.PUBLISHED, None, shown_id)


@pytest.mark.parametrize("fault", ["drop_after", "error_after"])
async def test_done_without_an_answer(shop: Shop, photo: Media, fault: str) -> None:
    """A cut line or an HTTP 500 with code 2 after the work: the post is found and bound, and sent once."""
    await shop.threads.misbehave(fault)
    post = await shop.schedule(Content(text="Done", media=(photo,)), HOUR)

    await shop.engine.run_for(HOUR + MINUTE)

    (shown,) = await shop.feed()
    assert await _is_bound_to(shop, post, shown.id)
    assert (await shop.get(post)).permalink == shown.permalink
    assert await _publish_calls(shop) == 1
    (attempt,) = await shop.engine.core.stores.publications.of_post(post.id)
    assert (attempt.answer, attempt.media_id) == (Answer.PUBLISHED, shown.id)


@pytest.mark.parametrize("fault", ["drop_before", "server_error", "html_502"])
async def test_not_done_and_no_answer(shop: Shop, fault: str) -> None:
    """Lost before the work: held, asked about for a day, then FAILED with the proof; never sent a second time."""
    await shop.threads.misbehave(fault)
    post = await shop.schedule("Not done", HOUR)

    await shop.engine.run_for(HOUR + MINUTE)
    held = await shop.get(post)
    assert (held.status, held.hold, held.in_flight) == (PostStatus.PUBLISHING, Hold.OUTCOME_UNKNOWN, False)
    assert held.due_at is not None

    await shop.threads.move_clock(DAY + HOUR)
    await shop.engine.run_for(HOUR)
    failed = await shop.get(post)
    assert (failed.status, failed.hold, failed.due_at) == (PostStatus.FAILED, None, None)
    assert failed.error is not None
    assert "expired" in failed.error.cause
    assert (await shop.feed(), await _publish_calls(shop)) == ([], 1)
    (attempt,) = await shop.engine.core.stores.publications.of_post(post.id)
    assert attempt.answer is Answer.REFUSED


async def test_a_held_post_turns_out_to_be_live(shop: Shop) -> None:
    """Threads says FINISHED at first although it has published: the post is settled as soon as it knows better."""
    await shop.threads.settings(feed_lag_seconds=120)
    await shop.threads.misbehave("drop_after")
    await shop.threads.misbehave("stale_status", count=5)
    post = await shop.schedule("Slow truth", HOUR)

    await shop.engine.run_for(HOUR + MINUTE)
    assert (await shop.get(post)).hold is Hold.OUTCOME_UNKNOWN
    await shop.engine.run_for(20 * MINUTE)

    (shown,) = await shop.feed()
    assert await _is_bound_to(shop, post, shown.id)


async def test_live_but_not_listed_yet(shop: Shop) -> None:
    """A new post is found by listing some seconds later than it is live: it is asked for again."""
    await shop.threads.settings(feed_lag_seconds=20)
    await shop.threads.misbehave("drop_after")
    post = await shop.schedule("Not listed yet", HOUR)

    await shop.engine.run_for(HOUR + 2 * MINUTE)

    (shown,) = await shop.feed()
    assert await _is_bound_to(shop, post, shown.id)


async def test_live_but_its_text_is_not_recognised(shop: Shop) -> None:
    """A post that is live for sure but cannot be told in the list is brought before a person, who says so."""
    await shop.threads.settings(feed_lag_seconds=10**6)
    await shop.threads.misbehave("drop_after")
    post = await shop.schedule("Invisible", HOUR)

    await shop.engine.run_for(2 * HOUR)

    assert (await shop.get(post)).hold is Hold.OUTCOME_UNKNOWN
    settled = await shop.engine.core.posts.settle_by_hand(post.id, live=True, who=WHO)
    assert (settled.status, settled.hold) == (PostStatus.PUBLISHED, None)
    await shop.engine.run_for(2 * DAY)
    assert len(await shop.feed()) == 1


@pytest.mark.parametrize(("code", "subcode"), [(100, 33), (24, 4279009)])
async def test_threads_knows_the_container_no_more(shop: Shop, code: int, subcode: int) -> None:
    """Whether a published container can still be asked about is not documented: the list decides then."""
    live = await shop.schedule("Live", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)
    await shop.threads.misbehave("drop_after", text="Live")
    await shop.threads.misbehave("error", on="status", code=code, subcode=subcode, count=1000)

    await shop.engine.run_for(MINUTE)

    (shown,) = await shop.feed()
    assert await _is_bound_to(shop, live, shown.id)


async def test_a_container_that_threads_has_forgotten_proves_absence_after_a_day(shop: Shop) -> None:
    """Neither listed nor known: after the life of a container the post can be declared FAILED."""
    post = await shop.schedule("Gone", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)
    await shop.threads.misbehave("drop_before", text="Gone")
    await shop.threads.misbehave("error", on="status", code=100, subcode=33, count=10_000)

    await shop.engine.run_for(2 * HOUR)
    assert (await shop.get(post)).hold is Hold.OUTCOME_UNKNOWN
    await shop.engine.clock.advance(DAY)
    await shop.engine.run_for(HOUR)

    assert (await shop.get(post)).status is PostStatus.FAILED
    assert await shop.feed() == []


async def test_the_same_text_on_purpose_the_second_answer_is_lost(shop: Shop) -> None:
    """The media id of a lost answer is not that of the earlier post with the same text."""
    first = await shop.schedule("Ding dong", HOUR)
    second = await shop.schedule("Ding dong", HOUR + MINUTE / 2, allow_duplicate=True)
    await shop.engine.run_for(HOUR + MINUTE / 4)
    await shop.threads.misbehave("drop_after")

    await shop.engine.run_for(HOUR)

    one, two = await shop.feed()
    assert await _is_bound_to(shop, first, one.id)
    assert await _is_bound_to(shop, second, two.id)


async def test_the_same_text_on_purpose_both_answers_are_lost(shop: Shop) -> None:
    """Two lost answers with one text are bound to two media ids, in the order in which they were sent."""
    await shop.threads.settings(feed_lag_seconds=60)
    await shop.threads.misbehave("drop_after", count=2)
    first = await shop.schedule("Ding dong", HOUR)
    second = await shop.schedule("Ding dong", HOUR + MINUTE / 2, allow_duplicate=True)

    await shop.engine.run_for(2 * HOUR)

    one, two = await shop.feed()
    assert await _is_bound_to(shop, first, one.id)
    assert await _is_bound_to(shop, second, two.id)


async def test_the_same_text_on_purpose_one_is_live_and_one_is_not(shop: Shop) -> None:
    """Of two lost answers with one text the live one is bound; the other is not taken for it."""
    await shop.threads.settings(feed_lag_seconds=60)
    absent = await shop.schedule("Ding dong", HOUR)
    live = await shop.schedule("Ding dong", HOUR + MINUTE / 2, allow_duplicate=True)
    await shop.threads.misbehave("drop_before")
    await shop.engine.run_for(HOUR + MINUTE / 4)
    await shop.threads.misbehave("drop_after")

    await shop.engine.run_for(2 * HOUR)

    (shown,) = await shop.feed()
    assert await _is_bound_to(shop, live, shown.id)
    assert (await shop.get(absent)).hold is Hold.OUTCOME_UNKNOWN
    await shop.engine.clock.advance(DAY)
    await shop.engine.run_for(HOUR)
    assert (await shop.get(absent)).status is PostStatus.FAILED


async def test_an_account_that_is_blocked_in_the_middle(shop: Shop) -> None:
    """Threads blocks the account without saying whether the post is out: the other posts wait, this one is settled."""
    await shop.threads.misbehave("blocked")
    doubtful = await shop.schedule("One", HOUR)
    waiting = await shop.schedule("Two", HOUR + 10 * MINUTE)

    await shop.engine.run_for(2 * HOUR)

    account = await shop.engine.core.accounts.named("shop-hanoi")
    assert account.state is AccountState.HELD
    assert (await shop.get(doubtful)).hold is Hold.OUTCOME_UNKNOWN
    assert (await shop.get(waiting)).hold is Hold.ACCOUNT
    await shop.engine.core.accounts.resume("shop-hanoi", who=WHO)
    await shop.engine.run_for(HOUR)
    assert [shown.text for shown in await shop.feed()] == ["Two"]


@pytest.mark.parametrize("fault", ["slow", "slow_after"])
async def test_the_answer_comes_after_the_lease(shop: Shop, fault: str) -> None:
    """Another worker has begun to ask what became of a call when its answer comes at last: that is kept."""
    await shop.threads.misbehave(fault, seconds=0.4)
    post = await shop.schedule("Late answer", HOUR)
    await shop.engine.run_for(HOUR - timedelta(seconds=1))
    engine = shop.engine

    publishing = asyncio.create_task(engine.run_for(timedelta(seconds=2)))
    async with asyncio.timeout(5):
        while not await _publish_calls(shop):
            pass
    with pytest.raises(RefusedError, match="may still be published"):
        await engine.core.posts.look_again(post.id, who=WHO)
    await engine.clock.advance(timedelta(minutes=6))
    (claimed,) = await engine.core.stores.posts.claim_due(
        until=engine.clock.now(), by="another worker", now=engine.clock.now(), limit=10
    )
    await engine.core.publishing.advance(claimed.id, claimed.version)
    await publishing
    await engine.run_for(HOUR)

    (shown,) = await shop.feed()
    assert await _is_bound_to(shop, post, shown.id)
    assert await _publish_calls(shop) == 1

"""Several workers, repeated messages and impatient people at once: still one post."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from datetime import timedelta

import pytest

from core.domain.errors import ConflictError, RefusedError, UnavailableError
from core.domain.post import Content, Post, PostStatus, Step
from core.settings import Settings
from stories.crash import Meanwhile
from stories.engine import Engine, open_engine
from stories.fixtures import WHO, Shop
from stories.movable_clock import MovableClock
from stories.scene import becomes

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


async def _claimed(engine: Engine) -> list[Post]:
    now = engine.clock.now()
    return await engine.core.stores.posts.claim_due(until=now, by="check", now=now, limit=100)


async def test_every_message_comes_twice(shop: Shop) -> None:
    """A queue that delivers each message twice at the same time changes nothing."""
    shop.engine.queues.copies = 2
    await shop.schedule(Content(text="One", replies=("Two",), first_comment="Three"), HOUR)

    await shop.engine.run_for(2 * HOUR)

    assert [shown.text for shown in await shop.feed()] == ["One", "Two", "Three"]
    assert len(await shop.threads.calls("publish")) == 3


async def test_two_workers_publish_the_same_claimed_post(
    shop: Shop, settings: Settings, clock: MovableClock
) -> None:
    """Of two processes that take the same claimed post at once, one sends it and the other does nothing."""
    post = await shop.schedule("One", HOUR)
    await shop.engine.run_for(HOUR - SECOND)
    await clock.advance(SECOND)
    async with open_engine(settings, clock) as other:
        (claimed,) = await _claimed(shop.engine)
        await asyncio.gather(
            *(
                engine.core.publishing.advance(claimed.id, claimed.version)
                for engine in (shop.engine, other)
                for _ in range(5)
            )
        )

    assert len(await shop.feed()) == 1
    assert len(await shop.threads.calls("publish")) == 1
    assert (await shop.get(post)).status is PostStatus.PUBLISHED


async def test_two_workers_check_at_once(shop: Shop, settings: Settings, clock: MovableClock) -> None:
    """Two checks at the same moment hand out each due post once."""
    for number in range(10):
        await shop.schedule(f"Number {number}", HOUR)
    await clock.advance(HOUR)
    async with open_engine(settings, clock) as other:
        await asyncio.gather(shop.engine.check(clock.now()), other.check(clock.now()))
        handed_out = [*shop.engine.queues.take(clock.now()), *other.queues.take(clock.now())]

    assert Counter(post.id for post in handed_out).most_common(1)[0][1] == 1
    assert len(handed_out) == 10


async def test_an_old_message(shop: Shop) -> None:
    """A message about an older version of a post does nothing, whatever has become of the post."""
    post = await shop.schedule("One", HOUR)
    await shop.engine.run_for(2 * HOUR)
    now = await shop.get(post)

    for version in range(1, now.version):
        await shop.engine.core.publishing.advance(post.id, version)
    await shop.engine.core.publishing.advance("no-such-post", 1)

    assert await shop.get(post) == now
    assert len(await shop.feed()) == 1


async def test_twenty_times_publish_now(shop: Shop) -> None:
    """Whoever presses the button twenty times, while the worker is at it, gets one post."""
    post = await shop.draft("Now!")

    async def press() -> bool:
        try:
            await shop.engine.core.posts.publish_now(post.id, who=WHO)
        except (RefusedError, ConflictError):
            return False
        return True

    async def work() -> None:
        for _ in range(20):
            await shop.engine.run_for(SECOND / 10)

    *pressed, _ = await asyncio.gather(*(press() for _ in range(20)), work())
    await shop.engine.run_for(HOUR)

    assert any(pressed)
    assert len(await shop.feed()) == 1


async def test_a_change_at_the_last_moment(shop: Shop) -> None:
    """A person edits while the worker takes the post up: the new text appears, or the edit is refused; never both."""
    for number in range(8):
        post = await shop.schedule(f"Old {number}", MINUTE)
        await shop.engine.run_for(MINUTE - SECOND)

        async def edit(post: Post = post, number: int = number) -> bool:
            try:
                await shop.engine.core.posts.edit(post.id, Content(text=f"New {number}"), who=WHO)
            except RefusedError:
                return False
            return True

        edited, _ = await asyncio.gather(
            edit(), shop.engine.run_for(SECOND + number * timedelta(milliseconds=2))
        )
        await shop.engine.run_for(MINUTE)
        expected = f"New {number}" if edited else f"Old {number}"
        assert [shown.text for shown in await shop.feed()][number:] == [expected]


async def test_a_cancel_at_the_last_moment(shop: Shop) -> None:
    """A cancel that is accepted is kept: the post is not out, now or later."""
    outcomes: list[tuple[bool, int]] = []
    for number in range(6):
        post = await shop.schedule(f"Number {number}", MINUTE)
        await shop.engine.run_for(MINUTE - SECOND)

        async def cancel(post: Post = post) -> bool:
            try:
                await shop.engine.core.posts.cancel(post.id, who=WHO)
            except RefusedError:
                return False
            return True

        cancelled, _ = await asyncio.gather(cancel(), shop.engine.run_for(SECOND))
        await shop.engine.run_for(MINUTE)
        shown = [shown for shown in await shop.feed() if shown.text == f"Number {number}"]
        outcomes.append((cancelled, len(shown)))

    assert set(outcomes) <= {(True, 0), (False, 1)}


async def test_one_call_in_flight_per_account(shop: Shop, other_shop: Shop) -> None:
    """Posts of one account at the same instant go out one after the other, each once; other accounts beside them."""
    await shop.threads.misbehave("slow", count=3, seconds=0.05)
    for number in range(3):
        await shop.schedule(f"Number {number}", HOUR)
    await other_shop.schedule("Beside", HOUR)

    await shop.engine.run_for(HOUR + MINUTE)

    assert {shown.text for shown in await shop.feed()} == {"Number 0", "Number 1", "Number 2"}
    assert len(await shop.feed()) == 3
    assert len(await other_shop.feed()) == 1
    calls = [
        (call["received_at_ms"], call["answered_at_ms"])
        for call in await shop.threads.calls("publish")
        if call["username"] == shop.account.username
    ]
    assert all(answered <= received for (_, answered), (received, _) in itertools.pairwise(calls))


async def test_waiting_posts_are_woken_by_a_call_that_gets_no_answer(shop: Shop) -> None:
    """A lost answer does not hold up the account: the posts that waited for it go on at once."""
    await shop.threads.misbehave("drop_before")
    for number in range(3):
        await shop.schedule(f"Number {number}", HOUR)

    await shop.engine.run_for(HOUR + 10 * SECOND)

    assert len(await shop.feed()) == 2


async def test_a_held_post_is_not_forgotten_when_its_account_comes_back(shop: Shop) -> None:
    """A post that is being held at the very moment at which its account is resumed goes out all the same."""
    accounts = shop.engine.core.accounts
    for number in range(5):
        post = await shop.schedule(f"Number {number}", MINUTE)
        await shop.engine.run_for(MINUTE - SECOND)
        await accounts.pause("shop-hanoi")
        await asyncio.gather(shop.engine.run_for(2 * SECOND), accounts.resume("shop-hanoi", who=WHO))
        await shop.engine.run_for(MINUTE)
        assert (await shop.get(post)).status is PostStatus.PUBLISHED


async def test_a_worker_that_stood_still(shop: Shop, settings: Settings, clock: MovableClock) -> None:
    """A process that was stopped between its intent and its call sends nothing any more; another try does."""
    post = await shop.schedule("Frozen", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)
    assert (await shop.get(post)).step is Step.READY
    await clock.advance(MINUTE / 2)

    async def stand_still() -> None:
        await clock.advance(2 * MINUTE)

    stalled = Meanwhile("posts.save", stand_still, becomes(PostStatus.PUBLISHING))
    async with open_engine(settings, clock, stalled) as frozen:
        (claimed,) = await _claimed(frozen)
        await frozen.core.publishing.advance(claimed.id, claimed.version)
    assert await shop.threads.calls("publish") == []
    assert (await shop.get(post)).status is PostStatus.SCHEDULED

    await shop.engine.run_for(MINUTE)
    assert len(await shop.feed()) == 1


async def test_mongodb_stumbles_between_the_intent_and_the_call(
    shop: Shop, settings: Settings, clock: MovableClock
) -> None:
    """What was seen before the intent was stored counts: the post goes out on time all the same."""
    await shop.schedule("Hiccup", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)
    asked: list[object] = []

    def once_more(*_: object) -> bool:
        asked.append(1)
        return len(asked) == 2

    async def stumble() -> None:
        raise UnavailableError("MongoDB does not answer.")

    stumbling = Meanwhile("posts.published_same", stumble, once_more)
    async with open_engine(settings, clock, stumbling) as engine:
        await engine.run_for(MINUTE)

    assert len(await shop.feed()) == 1
    assert len(asked) == 2


async def test_a_message_is_lost(shop: Shop) -> None:
    """Redis loses the queues right after a check: the posts are due again by themselves and go out once."""
    await shop.schedule("Lost message", HOUR)
    await shop.engine.clock.advance(HOUR - MINUTE)
    await shop.engine.check(shop.engine.clock.now())
    shop.engine.queues.lose()

    await shop.engine.run_for(2 * MINUTE)

    assert len(await shop.feed()) == 1


@pytest.mark.parametrize("lost", ["alarm", "everything"])
async def test_redis_is_emptied(shop: Shop, lost: str) -> None:
    """Without its keys in Redis the product goes on after a repair: MongoDB knows what is due."""
    await shop.schedule("Still due", HOUR)
    redis = shop.engine.core.redis
    await redis.commands.delete(*await redis.commands.keys(redis.key("*")))
    if lost == "everything":
        shop.engine.queues.lose()

    await shop.engine.run_for(2 * HOUR)
    assert await shop.feed() == []
    await shop.engine.scheduling.repair()
    await shop.engine.run_for(MINUTE)

    assert len(await shop.feed()) == 1

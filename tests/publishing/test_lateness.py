"""Late posts: missed, waited for something, or released; what each account wants, and never a burst."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest

from core.domain.account import MissedPolicy
from core.domain.post import Content, Hold, Media, PostStatus, Step
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def wants(shop: Shop, policy: MissedPolicy) -> None:
    await shop.engine.core.accounts.set_missed_policy(shop.account.name, policy)


async def _out_at(shop: Shop) -> list[datetime]:
    return [shown.published_at for shown in await shop.feed()]


@pytest.mark.parametrize("prepared", [False, True], ids=["unprepared", "prepared"])
@pytest.mark.parametrize("policy", [MissedPolicy.SKIP, MissedPolicy.ASK])
async def test_media_that_was_missed(shop: Shop, clip: Media, policy: MissedPolicy, prepared: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """A video is missed like any post, had it been waited for before the outage or not."""
    await wants(shop, policy)
    await shop.threads.settings(processing_seconds=60)
    post = await shop.schedule(Content(text="Clip", media=(clip,)), HOUR)
    await shop.engine.run_for(HOUR - 5 * MINUTE if prepared else 10 * MINUTE)
    assert ((await shop.get(post)).step is Step.READY) is prepared

    await shop.engine.clock.advance(5 * HOUR)
    await shop.engine.run_for(HOUR)

    post = await shop.get(post)
    assert await shop.feed() == []
    if policy is MissedPolicy.SKIP:
        assert post.status is PostStatus.FAILED
    else:
        assert post.hold is Hold.MISSED


async def test_an_outage_after_a_first_try(shop: Shop) -> None:
    """A post that was about to be tried again when the machine went off is missed as well."""
    await wants(shop, MissedPolicy.SKIP)
    await shop.threads.misbehave("media_not_found")
    post = await shop.schedule("Tried once", HOUR)
    await shop.engine.run_for(HOUR + timedelta(seconds=1))
    assert (await shop.get(post)).attempts == 1

    await shop.engine.clock.advance(5 * HOUR)
    await shop.engine.run_for(HOUR)

    assert (await shop.get(post)).status is PostStatus.FAILED
    assert await shop.feed() == []


async def test_who_waits_is_not_missed(shop: Shop) -> None:
    """Posts that a limit held up for hours are late, not missed, whatever the account wants of missed ones."""
    await wants(shop, MissedPolicy.SKIP)
    await shop.threads.settings(post_quota=1)
    await shop.schedule("One", HOUR)
    post = await shop.schedule("Two", 2 * HOUR)

    await shop.engine.run_for(2 * DAY)

    assert (await shop.get(post)).status is PostStatus.PUBLISHED
    assert len(await shop.feed()) == 2


async def test_a_slow_call_of_the_account_is_no_outage(shop: Shop) -> None:
    """A post that waited minutes for another call of its account to end is not missed."""
    await wants(shop, MissedPolicy.SKIP)
    await shop.threads.misbehave("rate_limit", count=4)
    first = await shop.schedule("One", HOUR)
    second = await shop.schedule("Two", HOUR)

    await shop.engine.run_for(3 * HOUR)

    assert (await shop.get(first)).status is PostStatus.PUBLISHED
    assert (await shop.get(second)).status is PostStatus.PUBLISHED


@pytest.mark.parametrize("policy", MissedPolicy)
async def test_released_too_late(shop: Shop, policy: MissedPolicy) -> None:
    """What was held with its account and is past its time when the account comes back follows the policy."""
    await wants(shop, policy)
    post = await shop.schedule("Held", HOUR)
    soon = await shop.schedule("In time", 5 * HOUR)
    await shop.engine.core.accounts.pause("shop-hanoi")
    await shop.engine.run_for(4 * HOUR)

    await shop.engine.core.accounts.resume("shop-hanoi", who=WHO)
    await shop.engine.run_for(2 * HOUR)

    became = await shop.get(post)
    expected = {
        MissedPolicy.PUBLISH: (PostStatus.PUBLISHED, None),
        MissedPolicy.SKIP: (PostStatus.FAILED, None),
        MissedPolicy.ASK: (PostStatus.SCHEDULED, Hold.MISSED),
    }
    assert (became.status, became.hold) == expected[policy]
    assert (await shop.get(soon)).status is PostStatus.PUBLISHED


async def test_linking_again_decides_nothing_about_missed_posts(shop: Shop) -> None:
    """A post about which a person is asked stays so when its account is resumed."""
    await wants(shop, MissedPolicy.ASK)
    post = await shop.schedule("Ask me", HOUR)
    await shop.engine.clock.advance(5 * HOUR)
    await shop.engine.run_for(MINUTE)
    assert (await shop.get(post)).hold is Hold.MISSED

    await shop.engine.core.accounts.pause("shop-hanoi")
    assert await shop.engine.core.accounts.resume("shop-hanoi", who=WHO) == 0
    await shop.engine.run_for(HOUR)

    assert (await shop.get(post)).hold is Hold.MISSED
    later = await shop.engine.core.posts.schedule(post.id, shop.engine.clock.now() + HOUR, who=WHO)
    await shop.engine.run_for(2 * HOUR)
    assert (await shop.get(later)).status is PostStatus.PUBLISHED


async def test_what_a_person_wants_now_is_never_missed(shop: Shop) -> None:
    """Publish now, pressed while no worker runs, holds although the account skips what is late."""
    await wants(shop, MissedPolicy.SKIP)
    post = await shop.draft("Now means now")
    await shop.engine.core.posts.publish_now(post.id, who=WHO)
    await shop.engine.clock.advance(HOUR)

    await shop.engine.run_for(MINUTE)

    assert len(await shop.feed()) == 1


async def test_a_post_is_on_time_beside_a_backlog(shop: Shop) -> None:
    """Posts whose time has come keep to it while a backlog drips; the drip keeps its distance from them."""
    for number in range(5):
        await shop.schedule(f"Missed {number}", HOUR + number * MINUTE)
    await shop.engine.clock.advance(5 * HOUR)
    fresh = await shop.schedule("Fresh", 2 * MINUTE + timedelta(seconds=30))

    await shop.engine.run_for(15 * MINUTE)

    feed = await shop.feed()
    (on_time,) = [shown for shown in feed if shown.text == "Fresh"]
    assert fresh.scheduled_at is not None
    assert on_time.published_at - fresh.scheduled_at < timedelta(seconds=1)
    missed = [shown for shown in feed if shown.text != "Fresh"]
    assert [shown.text for shown in missed] == [f"Missed {number}" for number in range(5)]
    times = [shown.published_at for shown in missed]
    assert all(after - before >= timedelta(seconds=59) for before, after in itertools.pairwise(times))
    assert len(await _out_at(shop)) == 6


async def test_a_backlog_of_two_accounts(shop: Shop, other_shop: Shop) -> None:
    """The distance is kept per account: two backlogs do not wait for each other."""
    for number in range(3):
        await shop.schedule(f"Hanoi {number}", HOUR)
        await other_shop.schedule(f"Saigon {number}", HOUR)
    await shop.engine.clock.advance(5 * HOUR)

    await shop.engine.run_for(4 * MINUTE)

    assert len(await shop.feed()) == len(await other_shop.feed()) == 3


async def test_a_container_that_grew_old(shop: Shop) -> None:
    """A post that was ready and then moved by more than a day gets a new container, and is punctual."""
    post = await shop.schedule("Old", HOUR)
    await shop.engine.run_for(HOUR - timedelta(seconds=10))
    prepared = (await shop.get(post)).container
    assert prepared is not None

    at = shop.engine.clock.now() + timedelta(days=3)
    await shop.engine.core.posts.schedule(post.id, at, who=WHO)
    await shop.engine.run_for(4 * DAY)

    (shown,) = await shop.feed()
    assert shown.creation_id != prepared.creation_id
    assert timedelta() <= shown.published_at - at < timedelta(seconds=1)


async def test_looking_again_does_not_send_early(shop: Shop) -> None:
    """Having a post looked at long before its time changes nothing about it."""
    post = await shop.schedule("Patience", HOUR)
    await shop.engine.run_for(HOUR - MINUTE / 2)

    await shop.engine.core.posts.look_again(post.id, who=WHO)
    await shop.engine.run_for(MINUTE / 4)
    waiting = await shop.get(post)
    assert (waiting.status, waiting.due_at) == (PostStatus.SCHEDULED, post.scheduled_at)

    await shop.engine.run_for(MINUTE)
    assert timedelta() <= (await _out_at(shop))[0] - (post.scheduled_at or waiting.created_at) < MINUTE / 60

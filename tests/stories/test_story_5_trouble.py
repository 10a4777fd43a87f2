"""When things go wrong: what the product does by itself, and when it asks a person."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from core.domain.account import MissedPolicy
from core.domain.errors import RefusedError
from core.domain.failures import FailureClass
from core.domain.post import Content, Hold, Media, PostStatus
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_threads_stumbles_for_a_moment(shop: Shop) -> None:
    """Errors that pass are tried again after seconds; the post is out once, a little late."""
    await shop.threads.misbehave("rate_limit", on="create")
    await shop.threads.misbehave("media_not_found", count=2)
    post = await shop.schedule("Be patient", HOUR)

    await shop.engine.run_for(2 * HOUR)

    assert [shown.text for shown in await shop.feed()] == ["Be patient"]
    assert (await shop.get(post)).error is None


async def test_a_picture_that_threads_refuses(shop: Shop, photo: Media) -> None:
    """A post that cannot work fails before its time, with a cause and a remedy that a person understands."""
    await shop.threads.misbehave("container_error", error_message="INVALID_ASPEC_RATIO")
    post = await shop.schedule(Content(text="Panorama", media=(photo,)), HOUR)

    await shop.engine.run_for(HOUR - timedelta(minutes=1))

    post = await shop.get(post)
    assert post.status is PostStatus.FAILED
    assert post.error is not None
    assert post.error.kind is FailureClass.FATAL
    assert "proportions" in post.error.cause
    assert "Crop it" in post.error.remedy

    await shop.engine.core.posts.edit(post.id, Content(text="Panorama in words"), who=WHO)
    await shop.engine.core.posts.retry(post.id, who=WHO)
    await shop.engine.run_for(HOUR)
    assert [shown.text for shown in await shop.feed()] == ["Panorama in words"]


async def test_the_answer_is_lost_but_the_post_is_live(shop: Shop) -> None:
    """The line breaks right after Threads has published: the post is found there and not sent again."""
    await shop.threads.misbehave("drop_after")
    post = await shop.schedule(Content(text="Lost and found", first_comment="Hello"), HOUR)

    await shop.engine.run_for(2 * HOUR)

    shown, comment = await shop.feed()
    post = await shop.get(post)
    assert (post.status, post.media_id, post.hold) == (PostStatus.PUBLISHED, shown.id, None)
    assert (comment.text, comment.reply_to) == ("Hello", shown.id)


async def test_the_request_is_lost(shop: Shop) -> None:
    """The line breaks before Threads has published: nobody can know, so the post is held and others go on."""
    await shop.threads.misbehave("drop_before", text="Schroedinger")
    unknown = await shop.schedule("Schroedinger", HOUR)
    await shop.schedule("Next", HOUR + timedelta(minutes=5))

    await shop.engine.run_for(3 * HOUR)
    assert [shown.text for shown in await shop.feed()] == ["Next"]
    unknown = await shop.get(unknown)
    assert (unknown.status, unknown.hold) == (PostStatus.PUBLISHING, Hold.OUTCOME_UNKNOWN)

    await shop.engine.clock.advance(DAY)
    await shop.engine.run_for(HOUR)
    unknown = await shop.get(unknown)
    assert (unknown.status, unknown.hold) == (PostStatus.FAILED, None)
    assert unknown.error is not None
    assert "expired" in unknown.error.cause
    assert len(await shop.threads.calls("publish")) == 2

    await shop.engine.core.posts.retry(unknown.id, who=WHO)
    await shop.engine.run_for(HOUR)
    assert [shown.text for shown in await shop.feed()] == ["Next", "Schroedinger"]


async def test_a_person_says_what_became_of_it(shop: Shop) -> None:
    """Two buttons settle a post whose outcome is unknown: it is there, or it is not and is sent again."""
    await shop.threads.misbehave("drop_before", count=2)
    there = await shop.schedule("It is there", HOUR)
    not_there = await shop.schedule("It is not", HOUR + timedelta(minutes=1))
    await shop.engine.run_for(HOUR + timedelta(minutes=2))
    posts = shop.engine.core.posts

    with pytest.raises(RefusedError, match="may still be published"):
        await posts.settle_by_hand(not_there.id, live=False, who=WHO)
    await shop.engine.run_for(timedelta(minutes=10))
    await posts.settle_by_hand(there.id, live=True, who=WHO)
    await posts.settle_by_hand(not_there.id, live=False, who=WHO)
    await shop.engine.run_for(HOUR)

    assert [shown.text for shown in await shop.feed()] == ["It is not"]
    there, not_there = await shop.get(there), await shop.get(not_there)
    assert (there.status, there.hold) == (PostStatus.PUBLISHED, None)
    assert (not_there.status, not_there.media_id) == (PostStatus.PUBLISHED, (await shop.feed())[0].id)


@pytest.mark.parametrize("policy", MissedPolicy)
async def test_the_machine_was_off(shop: Shop, policy: MissedPolicy) -> None:
    """A post whose time passed while nothing ran goes out late, is left out, or a person is asked."""
    await shop.engine.core.accounts.set_missed_policy("shop-hanoi", policy)
    post = await shop.schedule("Breakfast", HOUR)
    await shop.engine.clock.advance(6 * HOUR)

    await shop.engine.run_for(timedelta(minutes=5))

    post = await shop.get(post)
    shown = [shown.text for shown in await shop.feed()]
    if policy is MissedPolicy.PUBLISH:
        assert (post.status, shown) == (PostStatus.PUBLISHED, ["Breakfast"])
    elif policy is MissedPolicy.SKIP:
        assert (post.status, shown) == (PostStatus.FAILED, [])
        assert post.error is not None
        assert "time passed" in post.error.cause
    else:
        assert (post.status, post.hold, shown) == (PostStatus.SCHEDULED, Hold.MISSED, [])
        await shop.engine.core.posts.publish_now(post.id, who=WHO)
        await shop.engine.run_for(timedelta(minutes=5))
        assert [shown.text for shown in await shop.feed()] == ["Breakfast"]


async def test_a_backlog_goes_out_in_order_and_not_in_a_burst(shop: Shop) -> None:
    """After an outage the posts of an account follow one another with a minute between them."""
    for number in range(4):
        await shop.schedule(f"Missed {number}", HOUR + number * timedelta(minutes=1))
    await shop.engine.clock.advance(DAY)

    await shop.engine.run_for(timedelta(minutes=10))

    feed = await shop.feed()
    assert [shown.text for shown in feed] == [f"Missed {number}" for number in range(4)]
    times = [shown.published_at for shown in feed]
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) >= timedelta(seconds=59)


async def test_the_same_text_twice_in_a_day(shop: Shop, other_shop: Shop) -> None:
    """It is refused when it is scheduled, unless the person insists; another account may say it too."""
    await shop.schedule("Happy birthday", HOUR)

    with pytest.raises(RefusedError, match="same content"):
        await shop.schedule("Happy  birthday", 3 * HOUR)
    await shop.schedule("Happy birthday", 4 * HOUR, allow_duplicate=True)
    await shop.schedule("Happy birthday", HOUR + DAY + timedelta(hours=5))
    await other_shop.schedule("Happy birthday", HOUR)
    await shop.engine.run_for(3 * DAY)

    assert len(await shop.feed()) == 3
    assert len(await other_shop.feed()) == 1

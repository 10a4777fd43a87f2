"""What people do with posts: every door, what it refuses, and the sentence it gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import NotFoundError, RefusedError
from core.domain.post import Content, Hold, Media, MediaKind, Post, PostStatus
from core.ports import PostFilter
from core.services.monitoring import needs_a_person
from core.services.posts import for_each
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def _failed(shop: Shop, text: str = "Failed") -> Post:
    await shop.threads.misbehave("error", on="create", code=100, text=text)
    post = await shop.schedule(text, MINUTE)
    await shop.engine.run_for(2 * MINUTE)
    return await shop.get(post)


async def _unknown(shop: Shop, text: str = "Unknown") -> Post:
    await shop.threads.misbehave("drop_before", text=text)
    post = await shop.schedule(text, MINUTE)
    await shop.engine.run_for(2 * MINUTE)
    return await shop.get(post)


@pytest.mark.parametrize(
    "content",
    [
        Content(),
        Content(text=" \n "),
        Content(text="x" * 501),
        Content(text="👨‍👩‍👧‍👦" * 21),
        Content(text=" ".join(f"https://example.com/{number}" for number in range(6))),
        Content(
            text="Album", media=tuple(Media(MediaKind.IMAGE, f"https://a.vn/{n}.jpg") for n in range(21))
        ),
        Content(text="Picture", media=(Media(MediaKind.IMAGE, "file:///etc/passwd"),)),
        Content(text="Fine", first_comment="x" * 501),
        Content(text="Fine", replies=("fine", "x" * 501)),
    ],
    ids=["empty", "blank", "long", "emoji", "links", "items", "address", "comment", "part"],
)
async def test_content_that_threads_would_refuse(shop: Shop, content: Content) -> None:
    """It is refused when it is written, in a sentence that says how to mend it, and nothing is stored."""
    with pytest.raises(RefusedError) as refused:
        await shop.draft(content)
    assert len(str(refused.value)) > len("Nothing.")
    assert await shop.engine.core.posts.find(PostFilter()) == []


async def test_content_that_threads_takes(shop: Shop) -> None:
    """Exactly 500 characters, 20 emoji families and five links are fine."""
    await shop.draft("x" * 500)
    await shop.draft("👨‍👩‍👧‍👦" * 20)
    await shop.draft(" ".join(f"https://example.com/{number}" for number in range(5)))


async def test_a_time_that_has_passed(shop: Shop) -> None:
    """Nothing is scheduled into the past; half a minute of hesitation is forgiven."""
    draft = await shop.draft("Yesterday")
    posts, now = shop.engine.core.posts, shop.engine.clock.now()

    with pytest.raises(RefusedError, match="has passed"):
        await posts.schedule(draft.id, now - MINUTE, who=WHO)
    await posts.schedule(draft.id, now - timedelta(seconds=20), who=WHO)
    await shop.engine.run_for(MINUTE)

    assert len(await shop.feed()) == 1


async def test_sooner_than_the_lead(shop: Shop, photo: Media) -> None:
    """A post for the next seconds is prepared at once, and is punctual if that is possible."""
    post = await shop.schedule(Content(text="Hurry", media=(photo,)), timedelta(seconds=5))

    await shop.engine.run_for(timedelta(seconds=6))

    (shown,) = await shop.feed()
    assert post.scheduled_at is not None
    assert timedelta() <= shown.published_at - post.scheduled_at < timedelta(seconds=1)


async def test_a_post_that_does_not_exist(shop: Shop) -> None:
    """Every door says so by the id."""
    posts = shop.engine.core.posts
    for action in (
        posts.get("nope"),
        posts.edit("nope", Content(text="x"), who=WHO),
        posts.schedule("nope", shop.engine.clock.now() + HOUR, who=WHO),
        posts.publish_now("nope", who=WHO),
        posts.cancel("nope", who=WHO),
        posts.retry("nope", who=WHO),
        posts.delete("nope", who=WHO),
        posts.look_again("nope", who=WHO),
        posts.settle_by_hand("nope", live=True, who=WHO),
    ):
        with pytest.raises(NotFoundError, match="no post nope"):
            await action


async def test_cancel_and_retry_of_the_wrong_posts(shop: Shop) -> None:
    """A draft cannot be cancelled; only a failed post can be retried."""
    posts = shop.engine.core.posts
    draft = await shop.draft("Draft")
    with pytest.raises(RefusedError, match="nothing to cancel"):
        await posts.cancel(draft.id, who=WHO)
    with pytest.raises(RefusedError, match="only a FAILED post"):
        await posts.retry(draft.id, who=WHO)


async def test_a_failed_post_is_retried(shop: Shop) -> None:
    """A failed post really goes out when it is retried: at once, or at its time if that is still to come."""
    now = await _failed(shop, "Now")
    await shop.threads.misbehave("error", on="create", code=100, text="Later")
    later = await shop.schedule("Later", HOUR)
    await shop.engine.core.posts.look_again(later.id, who=WHO)
    await shop.engine.run_for(MINUTE)
    assert (await shop.get(later)).status is PostStatus.FAILED

    for post in (now, later):
        retried = await shop.engine.core.posts.retry(post.id, who=WHO)
        assert (retried.status, retried.error, retried.attempts) == (PostStatus.SCHEDULED, None, 0)
    await shop.engine.run_for(MINUTE)
    assert [shown.text for shown in await shop.feed()] == ["Now"]
    await shop.engine.run_for(HOUR)
    assert [shown.text for shown in await shop.feed()] == ["Now", "Later"]


async def test_a_failed_post_is_scheduled_anew(shop: Shop, photo: Media) -> None:
    """Another time is as good as a retry; the container with which it failed is not used again."""
    await shop.threads.misbehave("container_error", error_message="INVALID_ASPEC_RATIO")
    post = await shop.schedule(Content(text="Again", media=(photo,)), HOUR)
    await shop.engine.run_for(HOUR)
    assert (await shop.get(post)).status is PostStatus.FAILED

    await shop.engine.core.posts.schedule(post.id, shop.engine.clock.now() + HOUR, who=WHO)
    await shop.engine.run_for(2 * HOUR)

    assert len(await shop.feed()) == 1


async def test_delete(shop: Shop) -> None:
    """A deleted post never goes out; one that is live stays on Threads."""
    posts = shop.engine.core.posts
    waiting = await shop.schedule("Waiting", HOUR)
    live = await shop.schedule("Live", MINUTE)
    await shop.engine.run_for(2 * MINUTE)

    await posts.delete(waiting.id, who=WHO)
    await posts.delete(live.id, who=WHO)
    await shop.engine.run_for(2 * HOUR)

    assert [shown.text for shown in await shop.feed()] == ["Live"]
    assert await posts.find(PostFilter()) == []


async def test_a_post_in_doubt_is_protected(shop: Shop) -> None:
    """While it may be live nobody can edit, delete, cancel or send it; a person may only say what is true."""
    post = await _unknown(shop)
    posts = shop.engine.core.posts

    with pytest.raises(RefusedError, match="being published"):
        await posts.delete(post.id, who=WHO)
    with pytest.raises(RefusedError, match="being published"):
        await posts.edit(post.id, Content(text="Other"), who=WHO)
    with pytest.raises(RefusedError, match="being published"):
        await posts.cancel(post.id, who=WHO)
    with pytest.raises(RefusedError, match="being published"):
        await posts.publish_now(post.id, who=WHO)
    with pytest.raises(RefusedError, match="only a FAILED"):
        await posts.retry(post.id, who=WHO)
    assert "--live" in needs_a_person(post)
    assert "--not-there" in needs_a_person(post)


async def test_only_a_doubt_is_settled_by_hand(shop: Shop) -> None:
    """A person can say nothing about a post whose state is known."""
    post = await shop.schedule("Known", HOUR)
    for live in (True, False):
        with pytest.raises(RefusedError, match="not in doubt"):
            await shop.engine.core.posts.settle_by_hand(post.id, live=live, who=WHO)


async def test_settled_by_hand_twice(shop: Shop) -> None:
    """The second person who says that it is not there comes too late: it is sent again once."""
    post = await _unknown(shop)
    await shop.engine.run_for(10 * MINUTE)
    posts = shop.engine.core.posts

    await posts.settle_by_hand(post.id, live=False, who=WHO)
    with pytest.raises(RefusedError, match="not in doubt"):
        await posts.settle_by_hand(post.id, live=False, who="test:minh")
    await shop.engine.run_for(HOUR)

    assert len(await shop.feed()) == 1


async def test_sent_again_by_hand_although_the_text_is_out(shop: Shop) -> None:
    """Who says that it is not there is believed, even if the same text went out some other way."""
    post = await _unknown(shop, "Twice")
    await shop.engine.run_for(10 * MINUTE)

    settled = await shop.engine.core.posts.settle_by_hand(post.id, live=False, who=WHO)
    assert settled.allow_duplicate
    await shop.engine.run_for(HOUR)

    assert (await shop.get(post)).status is PostStatus.PUBLISHED


async def test_looking_again_at_posts_that_wait_for_nothing(shop: Shop) -> None:
    """A draft and a failed post cannot be stuck."""
    posts = shop.engine.core.posts
    for post in (await shop.draft("Draft"), await _failed(shop)):
        with pytest.raises(RefusedError, match="waits for nothing"):
            await posts.look_again(post.id, who=WHO)


async def test_looking_again_settles_sooner(shop: Shop) -> None:
    """A person who cannot wait for the next look at a lost answer has Threads asked now."""
    await shop.threads.settings(feed_lag_seconds=600)
    await shop.threads.misbehave("drop_after")
    post = await shop.schedule("Lost", MINUTE)
    await shop.engine.run_for(10 * MINUTE)
    await shop.threads.settings(feed_lag_seconds=0)
    assert (await shop.get(post)).hold is Hold.OUTCOME_UNKNOWN

    await shop.engine.core.posts.look_again(post.id, who=WHO)
    await shop.engine.run_for(timedelta(seconds=1))

    assert (await shop.get(post)).status is PostStatus.PUBLISHED


async def test_many_at_once(shop: Shop) -> None:
    """What cannot be done to one of many posts is said for that one and does not stop the others."""
    posts = shop.engine.core.posts
    good, draft = await shop.schedule("Good", HOUR), await shop.draft("Draft")

    outcome = await for_each([good.id, "nope", draft.id], lambda post_id: posts.cancel(post_id, who=WHO))

    assert outcome[good.id] is None
    assert "no post nope" in (outcome["nope"] or "")
    assert "nothing to cancel" in (outcome[draft.id] or "")


async def test_a_person_and_the_worker_change_a_post_at_the_same_time(shop: Shop) -> None:
    """A change is made to the newest version; what the worker wrote meanwhile is not undone."""
    post = await shop.schedule("First", HOUR)
    store, now = shop.engine.core.stores.posts, shop.engine.clock.now()
    stale = await shop.get(post)
    assert await store.save(stale, replace(stale, due_at=now + HOUR), who="worker", why="", at=now)

    edited = await shop.engine.core.posts.edit(post.id, Content(text="Second"), who=WHO)

    assert edited.post.version == stale.version + 2
    assert await store.save(stale, stale, who="worker", why="", at=now) is None


async def test_what_is_going_on(shop: Shop) -> None:
    """The overview counts, and names what is held, what is late and what is next."""
    await shop.draft("Draft")
    await shop.schedule("Published", MINUTE)
    held = await _unknown(shop, "Held")
    failed = await _failed(shop, "Failed")
    upcoming = await shop.schedule("Upcoming", HOUR)

    seen = await shop.engine.core.monitoring.overview()

    assert {status: count for status, count in seen.counts.items() if count} == dict.fromkeys(PostStatus, 1)
    assert [post.id for post in seen.held] == [held.id]
    assert [post.id for post in seen.upcoming] == [upcoming.id]
    assert (seen.overdue, seen.published_24h) == ([], 1)
    assert seen.lateness_ms.max is not None
    assert 0 <= seen.lateness_ms.max < 1000
    assert seen.next_due is not None
    assert seen.alarm is not None
    assert not seen.redis
    assert failed.error is not None

    await shop.engine.clock.advance(2 * HOUR)
    assert [post.id for post in (await shop.engine.core.monitoring.overview()).overdue] == [upcoming.id]

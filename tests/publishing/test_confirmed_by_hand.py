"""A person says that a post of unknown outcome is on Threads: it is looked for there, and never sent again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.post import Content, Hold, Post, PostStatus, Step
from core.domain.publication import Publication
from core.settings import Settings
from stories.crash import Fuse, When, always
from stories.engine import open_engine
from stories.fixtures import WHO, Shop
from stories.movable_clock import MovableClock

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NEVER = 10**6
"""Seconds after which a post is listed."""


async def _unknown(shop: Shop, content: Content | str, *, live: bool = True, after: timedelta = HOUR) -> Post:
    """A post whose publish call got no answer and which Threads does not list."""
    await shop.threads.settings(feed_lag_seconds=NEVER)
    await shop.threads.misbehave("drop_after" if live else "drop_before")
    post = await shop.schedule(content, after, allow_duplicate=True)
    await shop.engine.run_for(after + 2 * MINUTE)
    held = await shop.get(post)
    assert held.hold is Hold.OUTCOME_UNKNOWN
    return held


async def _is_there(shop: Shop, post: Post) -> None:
    await shop.engine.core.posts.settle_by_hand(post.id, live=True, who=WHO)


async def _lookups(shop: Shop) -> int:
    return len(await shop.threads.calls("list"))


async def test_what_is_listed_is_bound_with_all_that_follows(shop: Shop) -> None:
    """Media id and permalink are found at once, and the parts and the first comment go out after it."""
    post = await _unknown(shop, Content(text="Seen", replies=("More",), first_comment="Order here"))
    await shop.threads.settings(feed_lag_seconds=0)
    await _is_there(shop, post)

    await shop.engine.run_for(HOUR)

    seen, feed = await shop.get(post), await shop.feed()
    assert [shown.text for shown in feed] == ["Seen", "More", "Order here"]
    assert (seen.status, seen.step, seen.due_at) == (PostStatus.PUBLISHED, Step.DONE, None)
    assert (seen.media_id, seen.permalink) == (feed[0].id, feed[0].permalink)
    assert [reply.media_id for reply in seen.replies] == [shown.id for shown in feed[1:]]


async def test_it_is_looked_for_again(shop: Shop) -> None:
    """What is listed some minutes later, or asked for while Threads fails, is found then."""
    post = await _unknown(shop, "Seen late")
    await _is_there(shop, post)
    await shop.engine.run_for(timedelta(seconds=20))
    assert (await shop.get(post)).media_id is None
    await shop.threads.settings(feed_lag_seconds=0)
    await shop.threads.misbehave("error", on="list", code=190)
    await shop.engine.run_for(HOUR)

    (shown,) = await shop.feed()
    seen = await shop.get(post)
    assert (seen.status, seen.media_id, seen.permalink) == (PostStatus.PUBLISHED, shown.id, shown.permalink)


async def test_what_is_never_found_is_left_in_peace(shop: Shop) -> None:
    """After a few looks the word of the person stands, and Threads is asked no more."""
    post = await _unknown(shop, "Nowhere", live=False)
    await _is_there(shop, post)
    await shop.engine.run_for(10 * MINUTE)
    seen, asked = await shop.get(post), await _lookups(shop)
    assert (seen.status, seen.media_id, seen.due_at) == (PostStatus.PUBLISHED, None, None)

    await shop.engine.run_for(24 * HOUR)

    assert await _lookups(shop) == asked
    assert (await shop.feed(), len(await shop.threads.calls("publish"))) == ([], 1)


async def _twins(shop: Shop) -> tuple[Post, Post]:
    """Two of one text within a minute, both without an answer: the first is live, the second is not."""
    await shop.threads.settings(feed_lag_seconds=NEVER)
    first = await shop.schedule("Ding dong", HOUR)
    second = await shop.schedule("Ding dong", HOUR + MINUTE / 2, allow_duplicate=True)
    await shop.threads.misbehave("drop_after")
    await shop.engine.run_for(HOUR + MINUTE / 4)
    await shop.threads.misbehave("drop_before")
    await shop.engine.run_for(5 * MINUTE)
    first, second = await shop.get(first), await shop.get(second)
    assert first.hold is second.hold is Hold.OUTCOME_UNKNOWN
    return first, second


async def test_of_two_with_one_text_the_live_one_is_bound(shop: Shop) -> None:
    """The other is not taken for it, and waits for a person."""
    live, absent = await _twins(shop)
    await _is_there(shop, live)
    await shop.threads.settings(feed_lag_seconds=0)

    await shop.engine.run_for(2 * HOUR)

    (shown,) = await shop.feed()
    assert (await shop.get(live)).media_id == shown.id
    other = await shop.get(absent)
    assert (other.hold, other.media_id) == (Hold.OUTCOME_UNKNOWN, None)


async def test_what_is_still_looked_for_is_not_taken_for_another(shop: Shop) -> None:
    """The one listed may be that of the post which a person has confirmed, so the other does not get it."""
    live, absent = await _twins(shop)
    await shop.threads.settings(feed_lag_seconds=0)
    await _is_there(shop, live)

    await shop.engine.core.publishing.advance(absent.id, absent.version)

    assert (await shop.get(absent)).media_id is None


def _found(_: Post, after: Post) -> bool:
    return after.media_id is not None


def _answered(publication: Publication) -> bool:
    return publication.media_id is not None


@pytest.mark.parametrize("when", ["before", "during", "after"])
@pytest.mark.parametrize(
    ("point", "fits"),
    [("threads.recent_posts", always), ("posts.save", _found), ("publications.answer", _answered)],
)
async def test_killed_while_it_is_looked_for(
    shop: Shop, settings: Settings, clock: MovableClock, point: str, fits: object, when: When
) -> None:
    """Wherever the process dies, the next one binds it; nothing is sent twice."""
    post = await _unknown(shop, Content(text="Seen", first_comment="Order here"))
    await shop.threads.settings(feed_lag_seconds=0)
    await _is_there(shop, post)
    fuse = Fuse(point, when, fits)  # type: ignore[arg-type]  # each of the points has a predicate of its own
    async with open_engine(settings, clock, fuse) as dying:
        with fuse.burns():
            await dying.run_for(5 * MINUTE)
    await fuse.settle()

    await shop.engine.run_for(HOUR)

    first, second = await shop.feed()
    seen = await shop.get(post)
    assert (first.text, second.text) == ("Seen", "Order here")
    assert (seen.media_id, seen.permalink, seen.due_at) == (first.id, first.permalink, None)

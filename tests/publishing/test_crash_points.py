"""The process is killed at every point of a post's way (reliability §2.4, W1 to W12): one post, or the truth.

Afterwards a new process with new objects goes on, knowing nothing but what MongoDB and Threads know.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.domain.post import Content, Hold, Media, MediaKind, Post, PostStatus, Step
from core.domain.publication import Publication
from core.local.sandbox.server import SandboxServer
from stories.crash import Fuse, When, always
from stories.engine import open_engine
from stories.fixtures import open_shop
from stories.scene import Scene, becomes

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

Fits = Callable[..., bool]


def stores_container(before: Post, after: Post) -> bool:
    return _creation_id(after) is not None and _creation_id(before) is None


def stores_finished(_: Post, after: Post) -> bool:
    return after.step is Step.READY


def _creation_id(post: Post) -> str | None:
    return post.container.creation_id if post.container else None


def of_the_post(*args: Any) -> bool:
    """A call for the post itself, not for one of its replies."""
    return not any(getattr(arg, "reply_to_id", None) for arg in args)


def attempt_of_the_post(publication: Publication) -> bool:
    return publication.reply is None


ONCE = [
    pytest.param("posts.claim_due", "after", always, id="S1-claimed-not-sent"),
    pytest.param("posts.get", "before", always, id="W1-message-taken"),
    pytest.param("posts.save", "before", always, id="W2-before-lease"),
    pytest.param("posts.save", "after", always, id="W2-leased"),
    pytest.param("threads.publishing_limit", "after", always, id="W2-quota-asked"),
    pytest.param("threads.create_container", "before", always, id="W2-before-create"),
    pytest.param("threads.create_container", "during", always, id="W3-create-sent"),
    pytest.param("threads.create_container", "after", always, id="W4-created-not-stored"),
    pytest.param("posts.save", "before", stores_container, id="W4-before-storing-id"),
    pytest.param("posts.save", "after", stores_container, id="W5-id-stored"),
    pytest.param("threads.container_status", "before", always, id="W6-before-poll"),
    pytest.param("threads.container_status", "after", always, id="W6-polled"),
    pytest.param("posts.save", "after", stores_finished, id="W6-ready"),
    pytest.param("posts.save", "before", becomes(PostStatus.PUBLISHING), id="W7-before-intent"),
    pytest.param("threads.publish", "during", always, id="W9-request-sent"),
    pytest.param("threads.publish", "after", always, id="W10-done-no-answer"),
    pytest.param("posts.save", "before", becomes(PostStatus.PUBLISHED), id="W11-answer-not-stored"),
    pytest.param("posts.save", "after", becomes(PostStatus.PUBLISHED), id="W12-stored"),
    pytest.param("posts.release_account", "before", always, id="W12-before-release"),
    pytest.param("publications.answer", "before", attempt_of_the_post, id="W12-before-ledger"),
    pytest.param("publications.answer", "after", attempt_of_the_post, id="W12-after-ledger"),
    pytest.param("threads.media", "before", always, id="W12-before-permalink"),
    pytest.param("threads.media", "after", always, id="W12-permalink-not-stored"),
]


@pytest.mark.parametrize(("at", "when", "fits"), ONCE)
async def test_killed_and_published_once(scene: Scene, at: str, when: When, fits: Fits) -> None:
    """Wherever it is known or can be found out what was done, the post and its replies are out once each."""
    content = Content(text="One", replies=("Two",), first_comment="Three")
    post_id = await scene.killed(Fuse(at, when, fits), content)

    post = await scene.afterwards(post_id, 3 * HOUR)

    feed = await scene.threads.feed()
    assert [shown.text for shown in feed] == ["One", "Two", "Three"]
    assert (post.status, post.hold, post.step) == (PostStatus.PUBLISHED, None, Step.DONE)
    assert (post.media_id, post.permalink) == (feed[0].id, feed[0].permalink)
    assert [reply.media_id for reply in post.replies] == [shown.id for shown in feed[1:]]
    assert [shown.reply_to for shown in feed] == [None, feed[0].id, feed[0].id]
    assert post.due_at is None


UNKNOWABLE = [
    pytest.param("posts.save", "after", becomes(PostStatus.PUBLISHING), id="W8-intent-stored"),
    pytest.param("publications.append", "before", attempt_of_the_post, id="W8-before-ledger"),
    pytest.param("threads.publish", "before", always, id="W8-no-byte-sent"),
]


@pytest.mark.parametrize(("at", "when", "fits"), UNKNOWABLE)
async def test_killed_and_nobody_can_know(scene: Scene, at: str, when: When, fits: Fits) -> None:
    """Killed between the intent and the call: held, then FAILED with proof; never sent on a guess."""
    post_id = await scene.killed(Fuse(at, when, fits), Content(text="One", first_comment="Two"))

    post = await scene.afterwards(post_id, HOUR)
    assert (post.status, post.hold, post.in_flight) == (PostStatus.PUBLISHING, Hold.OUTCOME_UNKNOWN, False)

    await scene.threads.move_clock(DAY)
    post = await scene.afterwards(post_id, HOUR)
    assert (post.status, post.hold, post.due_at) == (PostStatus.FAILED, None, None)
    assert post.error is not None
    assert await scene.threads.feed() == []
    assert await scene.threads.calls("publish") == []


@pytest.mark.parametrize("stored", [0, 1, 2])
async def test_a_carousel_goes_on_with_the_next_item(
    scene: Scene, sandbox: SandboxServer, stored: int
) -> None:
    """W3k, killed with some items made: those are used, and only the missing ones are made."""
    url = f"{sandbox.url}/sandbox/media"
    media = tuple(Media(MediaKind.IMAGE, f"{url}/{number}.jpg") for number in range(3))
    made: list[Any] = []

    def next_item(*args: Any) -> bool:
        made.append(args)
        return len(made) == stored + 1

    post_id = await scene.killed(
        Fuse("threads.create_container", "before", next_item), Content(text="Album", media=media)
    )
    post = await scene.afterwards(post_id, 2 * HOUR)

    (shown,) = await scene.threads.feed()
    assert shown.media == tuple(item.url for item in media)
    assert post.media_id == shown.id
    assert len(await scene.threads.calls("create")) == 4


SETTLING = [
    pytest.param("threads.container_status", "after", always, id="status-read"),
    pytest.param("threads.recent_posts", "after", always, id="Q1-list-read"),
    pytest.param("posts.save", "before", becomes(PostStatus.PUBLISHED), id="Q1-before-verdict"),
    pytest.param("posts.save", "after", becomes(PostStatus.PUBLISHED), id="verdict-stored"),
    pytest.param("publications.answer", "after", attempt_of_the_post, id="ledger-settled"),
]


@pytest.mark.parametrize(("at", "when", "fits"), SETTLING)
async def test_killed_while_it_is_found_out(scene: Scene, at: str, when: When, fits: Fits) -> None:
    """The answer was lost and the process is killed while asking: it is asked again, the verdict is the same."""
    fuse = Fuse(at, when, fits)
    async with open_engine(scene.settings, scene.clock, fuse) as engine:
        shop = await open_shop(engine, scene.threads, "shop-hanoi")
        post = await shop.schedule("One", HOUR)
        await engine.run_for(HOUR - timedelta(seconds=30))
        await scene.threads.misbehave("drop_after")
        await engine.run_for(timedelta(seconds=30.5))
        with fuse.burns():
            await engine.run_for(HOUR)

    settled = await scene.afterwards(post.id, HOUR)

    (shown,) = await scene.threads.feed()
    assert (settled.status, settled.media_id, settled.hold) == (PostStatus.PUBLISHED, shown.id, None)


async def test_the_account_is_not_blocked_by_a_dead_call(scene: Scene) -> None:
    """A call in flight that died with its process holds up the account until its lease ends, not for ever."""
    async with open_engine(scene.settings, scene.clock, fuse := Fuse("threads.publish", "before")) as engine:
        shop = await open_shop(engine, scene.threads, "shop-hanoi")
        await shop.schedule("Dead", HOUR)
        await shop.schedule("Alive", HOUR + timedelta(seconds=30))
        with fuse.burns():
            await engine.run_for(DAY)

    async with open_engine(scene.settings, scene.clock) as engine:
        await engine.run_for(timedelta(minutes=7))

    assert [shown.text for shown in await scene.threads.feed()] == ["Alive"]

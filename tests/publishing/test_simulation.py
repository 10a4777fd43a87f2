"""Seeded misfortune: random faults of Threads and random deaths of the process, judged by what the public sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from core.domain.account import AccountState
from core.domain.post import Content, Media, MediaKind, Post, PostStatus, ReplyState
from core.local.sandbox.server import SandboxServer
from core.ports import PostFilter
from stories.crash import Crash, Fuse
from stories.engine import Engine, open_engine
from stories.fixtures import open_shop
from stories.scene import Scene

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FAULTS = (
    *(("publish", kind) for kind in ("drop_before", "drop_after", "error_after", "server_error", "html_502")),
    *(("publish", kind) for kind in ("media_not_found", "rate_limit", "drop_after", "drop_before")),
    *(
        ("create", kind)
        for kind in ("drop_before", "drop_after", "error_after", "server_error", "rate_limit")
    ),
    *(("status", kind) for kind in ("drop_before", "server_error", "stale_status", "media_not_found")),
    *(("list", "server_error"), ("replies", "drop_before"), ("read", "server_error"), ("limit", "html_502")),
)


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens(scene: Scene, sandbox: SandboxServer, seed: int) -> None:
    """Nothing is out twice; PUBLISHED is out under its media id, FAILED is not out, and in the end all is settled."""
    chance = Random(seed)  # noqa: S311  # the same misfortune in every run
    async with open_engine(scene.settings, scene.clock) as engine:
        shop = await open_shop(engine, scene.threads, "shop-hanoi")
        for content in _contents(chance, f"{sandbox.url}/sandbox/media/photo.jpg"):
            await shop.schedule(content, MINUTE * chance.uniform(1, 8))

    for _ in range(10):
        on, kind = chance.choice(FAULTS)
        await scene.threads.misbehave(kind, on=on)
    for _ in range(4):
        await _run_and_die(scene, chance)
    async with open_engine(scene.settings, scene.clock) as engine:
        await engine.run_for(30 * MINUTE)
        await scene.clock.advance(DAY)
        await engine.run_for(30 * MINUTE)
        await scene.clock.advance(DAY)
        await engine.run_for(30 * MINUTE)
        await _judge(scene, engine)


def _contents(chance: Random, photo: str) -> Iterator[Content]:
    for number in range(8):
        media = (Media(MediaKind.IMAGE, photo),) * chance.choice((0, 0, 1, 2))
        parts = tuple(f"Part {part} of {number}" for part in range(chance.choice((0, 0, 2))))
        comment = f"Comment on {number}" if chance.random() < 0.5 else ""
        yield Content(text=f"Post {number}", media=media, replies=parts, first_comment=comment)


async def _run_and_die(scene: Scene, chance: Random) -> None:
    """A process that is killed at any call of any of its ports, if it gets that far."""
    calls_left = chance.randrange(10, 250)

    def its_turn(*_: object) -> bool:
        nonlocal calls_left
        calls_left -= 1
        return calls_left == 0

    fuse = Fuse("", chance.choice(("before", "during", "after")), its_turn)
    fuse.armed = True
    with suppress(Crash):
        async with open_engine(scene.settings, scene.clock, fuse) as engine:
            await engine.run_for(4 * MINUTE)


async def _judge(scene: Scene, engine: Engine) -> None:
    feed = await scene.threads.feed()
    shown = {each.id: each.text for each in feed}
    assert not [text for text, times in Counter(shown.values()).items() if times > 1]
    (account,) = await engine.core.accounts.list()
    assert account.state is AccountState.ACTIVE
    for post in await engine.core.posts.find(PostFilter()):
        _is_true(post, shown)


def _is_true(post: Post, shown: dict[str, str]) -> None:
    out = post.content.text in shown.values()
    assert post.status in (PostStatus.PUBLISHED, PostStatus.FAILED), post
    assert out is (post.status is PostStatus.PUBLISHED), post
    assert (post.hold, post.in_flight, post.claim, post.due_at) == (None, False, None, None), post
    if post.status is PostStatus.FAILED:
        assert post.error is not None
        assert not [reply.text for reply in post.replies if reply.text in shown.values()]
        return
    assert post.media_id is not None
    assert shown[post.media_id] == post.content.text
    for reply in post.replies:
        assert (reply.text in shown.values()) is (reply.state is ReplyState.POSTED), post
        assert reply.media_id is None or shown[reply.media_id] == reply.text

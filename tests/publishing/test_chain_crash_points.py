"""The process is killed while the replies of a post are on their way: the chain goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.domain.post import Content, Post, PostStatus, ReplyState, Step
from core.domain.publication import Publication
from stories.crash import Fuse, When
from stories.scene import Scene

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

Fits = Callable[..., bool]


def replies_store(state: ReplyState) -> Fits:
    def fits(before: Post, after: Post) -> bool:
        return _states(before).count(state) < _states(after).count(state)

    return fits


def _states(post: Post) -> list[ReplyState]:
    return [reply.state for reply in post.replies]


def reply_intent(before: Post, after: Post) -> bool:
    return any(reply.intent for reply in after.replies) and not any(reply.intent for reply in before.replies)


def reply_spec(_: Any, spec: Any) -> bool:
    return spec.reply_to_id is not None


def attempt_of_a_reply(publication: Publication) -> bool:
    return publication.reply is not None


def second_publish() -> Fits:
    calls: list[str] = []

    def fits(_: Any, creation_id: str) -> bool:
        calls.append(creation_id)
        return len(calls) == 2

    return fits


CHAIN = [
    pytest.param("threads.create_container", "before", reply_spec, id="before-create"),
    pytest.param("threads.create_container", "after", reply_spec, id="created-not-stored"),
    pytest.param("posts.save", "after", replies_store(ReplyState.POSTING), id="id-stored"),
    pytest.param("publications.append", "before", attempt_of_a_reply, id="before-ledger"),
    pytest.param("publications.append", "after", attempt_of_a_reply, id="ledger-no-intent"),
    pytest.param("posts.save", "before", reply_intent, id="before-intent"),
    pytest.param("threads.publish", "during", None, id="request-sent"),
    pytest.param("threads.publish", "after", None, id="done-no-answer"),
    pytest.param("publications.answer", "before", attempt_of_a_reply, id="answer-not-in-ledger"),
    pytest.param("publications.answer", "after", attempt_of_a_reply, id="answer-in-ledger-only"),
    pytest.param("posts.save", "before", replies_store(ReplyState.POSTED), id="answer-not-stored"),
    pytest.param("posts.save", "after", replies_store(ReplyState.POSTED), id="stored"),
]


@pytest.mark.parametrize(("at", "when", "fits"), CHAIN)
async def test_a_chain_is_resumed_after_a_crash(scene: Scene, at: str, when: When, fits: Fits | None) -> None:
    """Killed while the first reply is on its way: the chain goes on where it stopped, each part once."""
    content = Content(text="One", replies=("Two", "Three"), first_comment="Four")
    post_id = await scene.killed(Fuse(at, when, fits or second_publish()), content)

    post = await scene.afterwards(post_id, HOUR)

    one, two, three, four = await scene.threads.feed()
    assert [one.text, two.text, three.text, four.text] == ["One", "Two", "Three", "Four"]
    assert [two.reply_to, three.reply_to, four.reply_to] == [one.id, two.id, one.id]
    assert [reply.media_id for reply in post.replies] == [two.id, three.id, four.id]
    assert (post.step, post.due_at) == (Step.DONE, None)


async def test_a_reply_that_may_have_been_sent_waits_for_proof(scene: Scene) -> None:
    """Killed between a reply's intent and its call: it is sent again only after its container has expired."""
    content = Content(text="One", first_comment="Two")
    post_id = await scene.killed(Fuse("posts.save", "after", reply_intent), content)

    post = await scene.afterwards(post_id, 2 * HOUR)
    assert post.status is PostStatus.PUBLISHED
    assert [shown.text for shown in await scene.threads.feed()] == ["One"]

    await scene.clock.advance(DAY)
    post = await scene.afterwards(post_id, HOUR)
    assert [shown.text for shown in await scene.threads.feed()] == ["One", "Two"]
    assert post.replies[0].state is ReplyState.POSTED

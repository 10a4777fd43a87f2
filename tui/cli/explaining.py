"""Why a post is as it is, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from core.domain.account import Account, AccountState
from core.domain.post import Post, PostStatus, ReplyState, Step
from core.services.monitoring import Overview, needs_a_person
from tui.cli.times import local, span


def explain(post: Post, account: Account | None, view: Overview) -> list[str]:
    """What is so, why, what happens next, and what a person can do; a sentence or two each."""
    return [sentence for sentence in _sentences(post, account, view) if sentence]


def _sentences(post: Post, account: Account | None, view: Overview) -> Iterator[str]:
    yield needs_a_person(post)
    match post.status:
        case PostStatus.DRAFT:
            yield f"It is a draft without a time: give it one with `autopost posts schedule {post.id} --at TIME`."
        case PostStatus.SCHEDULED:
            yield from _waiting(post, view)
        case PostStatus.PUBLISHING:
            yield from _on_its_way(post)
        case PostStatus.PUBLISHED:
            yield from _live(post)
        case PostStatus.FAILED:
            yield f"It is not on Threads. After mending the cause: `autopost posts retry {post.id}`."
    yield from _trouble(post)
    if post.status is PostStatus.SCHEDULED and post.hold is None:
        yield from _obstacles(account, view)


def _waiting(post: Post, view: Overview) -> Iterator[str]:
    if post.scheduled_at is None or post.hold is not None:
        return
    when, left = local(post.scheduled_at, post.zone), post.scheduled_at - view.at
    if left > timedelta():
        yield f"It is published on {when}, in {span(left)}."
    else:
        yield f"It was due on {when}, {span(left)} ago."
    if post.container and post.container.finished:
        yield "It is prepared: Threads has processed it."
    elif post.step is Step.PROCESSING_MEDIA:
        yield "Threads is still processing its media."
    elif post.due_at is not None and post.due_at > view.at:
        yield f"It is looked at next on {local(post.due_at, post.zone)}, in {span(post.due_at - view.at)}."
    if post.waits:
        yield "It waits until another publish call of its account has ended."


def _on_its_way(post: Post) -> Iterator[str]:
    if post.step is Step.CHECKING_OUTCOME:
        yield "It was sent and the answer was lost: Threads is being asked whether it is there."
    else:
        yield "It is being published right now."
    if post.intent is not None:
        yield f"The publish call was sent on {local(post.intent.at, post.zone)} (attempt {post.intent.attempt})."


def _live(post: Post) -> Iterator[str]:
    where = f": {post.permalink}" if post.permalink else "; its permalink is being asked for."
    yield f"It is live since {local(post.published_at, post.zone)}{where}"
    for reply in post.replies:
        if reply.state is ReplyState.FAILED and reply.error is not None:
            yield f"Its {reply.kind.value.replace('_', ' ')} failed: {reply.error.cause} {reply.error.remedy}"
        elif reply.state is not ReplyState.POSTED:
            yield f"Its {reply.kind.value.replace('_', ' ')} is {reply.state.value}."


def _trouble(post: Post) -> Iterator[str]:
    if post.error is None:
        return
    code = f" (Threads code {post.error.code})" if post.error.code else ""
    yield f"{post.error.kind.value}: {post.error.cause}{code}"
    yield post.error.remedy
    if post.attempts and post.status is PostStatus.SCHEDULED:
        yield f"{post.attempts} attempts failed so far."


def _obstacles(account: Account | None, view: Overview) -> Iterator[str]:
    if account is None:
        yield "Its account is not linked any more."
    elif account.state is not AccountState.ACTIVE:
        yield f"Its account {account.name} is {account.state.value}: it will be held."
    elif account.paused:
        yield f"Its account {account.name} is paused: `autopost accounts resume {account.name}`."
    if view.redis:
        yield view.redis
    elif not view.workers:
        yield "No worker is alive: start one with `autopost up -d`."

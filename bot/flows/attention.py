"""/failed: what needs somebody, and doing the same to many posts at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot.cards.attention import (
    Attention,
    Mended,
    Remedy,
    ask_screen,
    attention_screen,
    mended_screen,
    remedies,
)
from bot.flows.queue import put
from bot.routes import Routes
from bot.visit import Visit
from core.bootstrap import Core
from core.domain.access import Role
from core.domain.post import Hold, Post, PostStatus
from core.ports import PostFilter
from core.services.posts import for_each

_MOST: Final = 500


async def show_attention(visit: Visit) -> None:
    posts = await needing(visit.core)
    mendable = [remedy for post in await _own(visit, posts) for remedy in remedies(post)]
    seen = Attention(posts=posts, accounts=await visit.core.accounts.list(), mend=Counter(mendable))
    await put(visit, attention_screen(seen, visit.words))


async def needing(core: Core) -> list[Post]:
    """The posts that wait for a decision, by their times; those of a paused account wait for none."""
    failed = await core.posts.find(PostFilter(statuses=[PostStatus.FAILED]), limit=_MOST)
    held = await core.posts.find(PostFilter(held=True), limit=_MOST)
    waiting = {post.id: post for post in (*failed, *held) if post.hold is not Hold.PAUSED}
    return sorted(waiting.values(), key=lambda post: (post.scheduled_at or post.created_at, post.id))


async def _own(visit: Visit, posts: Sequence[Post]) -> list[Post]:
    """Those that the person may change."""
    rights = await visit.core.people.rights_of(visit.person)
    return [post for post in posts if rights.may(Role.EDITOR, post.account_id)]


async def _mendable(visit: Visit, remedy: Remedy) -> list[Post]:
    return [post for post in await _own(visit, await needing(visit.core)) if remedy in remedies(post)]


async def _ask(visit: Visit) -> None:
    remedy = _remedy(visit)
    posts = await _mendable(visit, remedy)
    if posts:
        await put(visit, ask_screen(remedy, posts, visit.words))
    else:
        await show_attention(visit)


async def _do(visit: Visit) -> None:
    """Do it to each; what one of them refuses stops no other."""
    remedy = _remedy(visit)
    posts = {post.id: post for post in await _mendable(visit, remedy)}
    if not posts:
        await show_attention(visit)
        return
    outcome = await for_each(list(posts), _action(visit, remedy))
    refused = [(posts[post_id], sentence) for post_id, sentence in outcome.items() if sentence]
    mended = Mended(remedy=remedy, done=len(outcome) - len(refused), refused=refused)
    await put(visit, mended_screen(mended, visit.words))


def _action(visit: Visit, remedy: Remedy) -> Callable[[str], Awaitable[object]]:
    posts, who = visit.core.posts, visit.who
    actions: dict[Remedy, Callable[[str], Awaitable[object]]] = {
        Remedy.RETRY: lambda post_id: posts.retry(post_id, who=who),
        Remedy.PUBLISH: lambda post_id: posts.publish_now(post_id, who=who),
        Remedy.SKIP: lambda post_id: posts.cancel(post_id, who=who),
    }
    return actions[remedy]


def _remedy(visit: Visit) -> Remedy:
    return Remedy(visit.arg()) if visit.arg() in set(Remedy) else Remedy.RETRY


ROUTES: Final = Routes(
    commands={"failed": show_attention},
    taps={"n_open": show_attention, "n_ask": _ask, "n_do": _do},
)

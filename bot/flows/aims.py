"""Whose time is chosen: a draft's or a post's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.cards.choosing import Choice
from bot.cards.post_status import chooser_subject, content_head, post_of_subject, seen
from bot.flows.drafts import on_draft, put_draft
from bot.flows.post_status import ask_about, on_post
from bot.routes import Handler
from bot.screens import Screen
from bot.taps import Tap
from bot.visit import Visit
from core.domain.composition import Composition
from core.domain.conversation import Card
from core.domain.post import Post

ANY_TIME: Final = "t_any"
"""Awaits a typed time, but takes nothing else: another text is a new post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a time is chosen for: a draft or a post."""

    choice: Choice
    account_id: str | None
    composition: Composition | None = None
    post: Post | None = None


AimHandler = Callable[[Visit, Aim], Awaitable[None]]


def choice_of(composition: Composition, visit: Visit) -> Choice:
    """A draft whose time is chosen."""
    return Choice(
        subject=composition.id,
        version=composition.version,
        head=content_head(composition.content, visit.words),
        back=Tap("d_show", composition.id, composition.version),
        at=composition.at,
        repeats=True,
    )


def on_choice(handler: AimHandler) -> Handler:
    """Give the handler the draft or post that was tapped, or that a typed text is about."""

    async def with_draft(visit: Visit, composition: Composition) -> None:
        choice = choice_of(composition, visit)
        await handler(visit, Aim(choice=choice, account_id=composition.account_id, composition=composition))

    async def with_post(visit: Visit, post: Post) -> None:
        choice = Choice(
            subject=chooser_subject(post.id),
            version=seen(post),
            head=content_head(post.content, visit.words),
            back=Tap("f_show", post.id),
            at=post.scheduled_at,
        )
        await handler(visit, Aim(choice=choice, account_id=post.account_id, post=post))

    drafted, posted = on_draft(with_draft), on_post(with_post)

    async def handle(visit: Visit) -> None:
        subject = visit.subject if visit.tap is not None else visit.talk.subject
        await (posted if post_of_subject(subject) else drafted)(visit)

    return handle


async def put_choice(visit: Visit, aim: Aim, screen: Screen) -> Card:
    """Show a question on the card of the draft or post; it may be answered by typing a time, too."""
    card = await _put(visit, aim, screen)
    await visit.expect(ANY_TIME, aim.choice.subject, card.message_id)
    return card


async def _put(visit: Visit, aim: Aim, screen: Screen) -> Card:
    if aim.composition is not None:
        return await put_draft(visit, aim.composition, screen)
    if aim.post is None:
        raise ValueError("an aim is a draft or a post")
    return await ask_about(visit, aim.post, screen)

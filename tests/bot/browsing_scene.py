"""The bot with the flows that browse posts, and posts to browse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest
from bot_scene import BotScene
from composing_scene import follow_posts

from bot.flows import accounts, attention, calendar, composing, post_actions, queue, stats
from bot.routes import merged
from bot.runner import BotProcess
from botapi.messages import Message
from botapi.person import Person
from core.domain.post import Post
from stories.fixtures import Shop

ROUTES = merged(
    part.ROUTES for part in (accounts, attention, calendar, composing, post_actions, queue, stats)
)


def answering(product: BotScene) -> AbstractAsyncContextManager[BotProcess]:
    """A bot that answers until the end of the block."""
    return product.answering(ROUTES, [follow_posts])


def killed(product: BotScene) -> AbstractAsyncContextManager[BotProcess]:
    """The same, killed at the end."""
    return product.killed_at_the_end(ROUTES, [follow_posts])


@pytest.fixture
async def scene(product: BotScene) -> AsyncIterator[BotScene]:
    """The bot answers."""
    async with answering(product):
        yield product


async def plan(shop: Shop, count: int, *, first: timedelta = timedelta(hours=2)) -> list[Post]:
    """So many posts, an hour apart, in order: Post 1, Post 2 ..."""
    return [
        await shop.schedule(f"Post {n} of {shop.account.name}", first + timedelta(hours=n - 1))
        for n in range(1, count + 1)
    ]


async def opens(person: Person, post: Post) -> Message:
    """Ask for a post by its id; its card."""
    await person.says(f"/post {post.id}")
    return await person.sees(post.id)


def data_of(message: Message, label: str) -> str:
    """What the button says when it is tapped."""
    button = message.button(label)
    assert button is not None, message
    return button["callback_data"]

"""The bot with the flow of new posts alone, and the courier that redraws the cards of posts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import pytest
from bot_scene import BotScene
from open_drafts import open_drafts

from bot.bulletins import Bulletins
from bot.courier import Courier
from bot.flows import composing
from bot.flows.post_status import redraw_post, redraw_series
from bot.followers import Followers
from bot.html import escape
from bot.outgoing import Outgoing
from bot.routes import Routes, merged
from bot.runner import BotProcess
from bot.screens import Screen
from bot.wording import Words
from botapi.person import Person
from core.bootstrap import Core
from core.domain.composition import Composition
from core.domain.post import Post
from core.ports import PostFilter

ROUTES = merged((composing.ROUTES, Routes(files=composing.compose)))


async def follow_posts(core: Core, out: Outgoing) -> None:
    """The duty that keeps the cards of posts and series true."""

    async def digest(_core: Core, _words: Words) -> Screen:
        return Screen(text=escape("today"))

    redraws = {"post": redraw_post, "series": redraw_series}
    bulletins = Bulletins(core, out, redraw_post, digest)
    await Courier(core, bulletins, Followers(core, out, redraws)).run()


def answering(product: BotScene) -> AbstractAsyncContextManager[BotProcess]:
    """A bot that answers until the end of the block."""
    return product.answering(ROUTES, [follow_posts])


def killed(product: BotScene) -> AbstractAsyncContextManager[BotProcess]:
    """The same, killed at the end."""
    return product.killed_at_the_end(ROUTES, [follow_posts])


@pytest.fixture
async def scene(product: BotScene, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[BotScene]:
    """The bot answers, and draws every change of a post at once."""
    monkeypatch.setattr("bot.followers._PACE", {"post": 0.0, "series": 0.0})
    async with answering(product):
        yield product


async def only_draft(product: BotScene, person: Person) -> Composition:
    """The one draft that a person has open."""
    (draft,) = await open_drafts(product.core, str(person.id))
    return draft


async def all_posts(product: BotScene) -> list[Post]:
    """Every post there is, in order."""
    return await product.core.posts.find(PostFilter())

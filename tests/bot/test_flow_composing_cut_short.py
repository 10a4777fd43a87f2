"""A typed answer whose handling is cut short by a kill is still the answer to its question after the restart."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import pytest
from bot_scene import BotScene
from composing_scene import all_posts, answering, killed, only_draft
from open_drafts import open_drafts

from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from stories.fixtures import Shop


@asynccontextmanager
async def cut_short(
    product: BotScene, telegram: Telegram, linh: Person, taps: Sequence[str], answer: str
) -> AsyncGenerator[None]:
    """The bot is killed while the card that follows the answer is on its way; the block sees the next one."""
    async with killed(product):
        await linh.says("First")
        for label in taps:
            await linh.taps(label)
        await wait_for_question(product, linh)
        fault = telegram.misbehaves("sendMessage", faults.held())
        await linh.says(answer)
        await linh.waits_for(lambda: fault.met)
    fault.released.set()
    async with answering(product) as bot:
        while await product.core.stores.letters.waiting(str(bot.api.id)):
            await linh.world.changes.until(lambda: None, 0.02)
        yield


async def wait_for_question(product: BotScene, linh: Person) -> None:
    """Until the bot awaits a typed answer."""
    while not (await product.core.stores.talks.get(str(linh.id))).awaiting:
        await linh.world.changes.until(lambda: None, 0.02)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("taps", "answer", "told"),
    [
        (("More ▾", "First comment"), "my comment", ("First", "my comment", ())),
        (("More ▾", "Part"), "my part", ("First", "", ("my part",))),
        (("More ▾", "Text"), "my text", ("my text", "", ())),
    ],
)
async def test_an_answer_is_taken_once(
    product: BotScene,
    telegram: Telegram,
    linh: Person,
    taps: Sequence[str],
    answer: str,
    told: tuple[str, str, tuple[str, ...]],
) -> None:
    """It changes the draft that was asked about, once, and begins no other."""
    async with cut_short(product, telegram, linh, taps, answer):
        content = (await only_draft(product, linh)).content
    assert (content.text, content.first_comment or "", tuple(content.replies)) == told


@pytest.mark.usefixtures("shop")
async def test_a_typed_time_is_no_post(product: BotScene, telegram: Telegram, linh: Person) -> None:
    """The time is asked about as if nothing had happened."""
    async with cut_short(product, telegram, linh, ("📅 When", "Type it"), "tomorrow 10:00"):
        await linh.sees("10:00", "to @shop.hanoi", fresh=True)
        assert (await only_draft(product, linh)).content.text == "First"
        await linh.taps("✅ Schedule")
        await linh.sees("Scheduled", "First")


async def test_a_new_text_of_a_post_is_no_second_post(
    product: BotScene, telegram: Telegram, shop: Shop, linh: Person
) -> None:
    """The edit is carried out, and nothing else comes of it."""
    taps = ("📅 When", "Tomorrow 09:00", "✅ Schedule", "Edit")
    async with cut_short(product, telegram, linh, taps, f"Second of {shop.account.name}"):
        await linh.sees("Scheduled", "Second of", fresh=True)
        (post,) = await all_posts(product)
        assert post.content.text == f"Second of {shop.account.name}"
        assert await open_drafts(product.core, str(linh.id)) == []

"""Each notice is told once, whatever process dies or whatever answer gets lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from bot_scene import BotScene, until
from notices_scene import all_told, comes, eventually, those_with

from bot import table
from bot.bulletins import Bulletins
from bot.courier import Courier
from bot.flows.post_status import redraw_post
from bot.followers import Followers
from bot.outgoing import Outgoing
from bot.runner import BotProcess
from bot.screens import Screen
from bot.wording import Words
from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.bootstrap import Core
from core.domain.access import NoticeKind
from stories.fixtures import Shop

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("trouble", [None, faults.unanswered()])
async def test_killed_between_the_message_and_its_mark(
    product: BotScene, telegram: Telegram, shop: Shop, linh: Person, trouble: faults.Fault | None
) -> None:
    """The next process tells it once more at most; with the mark made, nobody does."""
    async with product.answering():
        await comes(linh)
    await shop.threads.misbehave("error", on="create", code=100)
    await shop.schedule("Broken", HOUR)
    await product.run_for(2 * HOUR)
    if trouble is not None:
        telegram.misbehaves("sendMessage", trouble)
    async with product.killed_at_the_end():
        await linh.sees("Broken")
    for _ in range(2):
        async with product.answering():
            await all_told(product)
    assert 1 <= len(those_with(linh, "Broken")) <= 2
    assert await product.core.stores.notices.readers() == []


@pytest.mark.parametrize(
    "fault", [faults.server_error(), faults.bad_gateway(), faults.dropped(), faults.too_many_requests(1)]
)
async def test_a_bad_moment_of_telegram_loses_nothing(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person, fault: faults.Fault
) -> None:
    """What Telegram did not take is sent again, once."""
    await comes(linh)
    telegram.misbehaves("sendMessage", fault)
    await shop.threads.misbehave("error", on="create", code=100)
    await shop.schedule("Broken", HOUR)
    await scene.run_for(2 * HOUR)
    await linh.sees("Broken")
    await all_told(scene)
    assert len(those_with(linh, "Broken")) == 1


async def test_a_chat_that_is_slowed_down_keeps_nobody_else_waiting(
    scene: BotScene, telegram: Telegram, shop: Shop, linh: Person, minh: Person
) -> None:
    """While Telegram lets one person wait, the others hear what there is."""
    await comes(linh)
    await comes(minh)
    held = telegram.misbehaves("sendMessage", faults.held())
    await shop.threads.misbehave("error", on="create", code=100, count=2)
    await shop.schedule("Broken", HOUR)
    await scene.run_for(HOUR + timedelta(minutes=3))
    await linh.waits_for(lambda: those_with(linh, "Broken") or those_with(minh, "Broken"))
    slowed, other = (minh, linh) if those_with(linh, "Broken") else (linh, minh)
    await shop.schedule("Fragile", HOUR)
    await scene.run_for(2 * HOUR)
    await other.sees("Fragile")
    assert those_with(slowed, "Broken") == []
    held.released.set()
    await slowed.sees("Broken")
    await slowed.sees("Fragile")


async def test_two_bots_tell_once(product: BotScene, shop: Shop, linh: Person) -> None:
    """The one that stands by is silent."""
    standby = BotProcess(product.core, routes=table.ROUTES, vigils=())
    finish = asyncio.Event()
    async with product.answering():
        second = asyncio.create_task(standby.run(finish))
        await comes(linh)
        await shop.schedule("Once", HOUR)
        await product.run_for(2 * HOUR)
        await linh.sees("Published", "Once")
        await all_told(product)
        assert not standby.leads.is_set()
        finish.set()
        await second
    assert len(those_with(linh, "Once")) == 1


async def test_a_message_that_cannot_be_made_keeps_no_other_waiting(
    product: BotScene, shop: Shop, linh: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are told; it waits for a bot that can make it."""

    async def digest(_core: Core, _words: Words) -> Screen:
        raise ZeroDivisionError

    async def deliver(core: Core, out: Outgoing) -> None:
        await Courier(core, Bulletins(core, out, redraw_post, digest), Followers(core, out, {})).run()

    async with product.answering(duties=[deliver]):
        await comes(linh)
        person = await product.core.people.known(str(linh.id))
        assert person is not None
        await product.core.notices.digest(person)
        await shop.schedule("Told", HOUR)
        await product.run_for(2 * HOUR)
        await linh.sees("Published", "Told")

        async def only_the_digest_waits() -> bool:
            waiting = await product.core.stores.notices.waiting(str(linh.id))
            return [notice.kind for notice in waiting] == [NoticeKind.DIGEST]

        await eventually(only_the_digest_waits)
        await until(lambda: "errand.failed" in caplog.messages)
    async with product.answering():
        await all_told(product)

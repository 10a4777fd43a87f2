"""One process takes updates at a time, and another takes over."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from bot_scene import LINH, BotScene, until
from cable import Cable, wired_scene
from echo_flow import EchoFlow
from notices_scene import eventually

from bot import lease
from bot.lease import holder_name
from bot.runner import BotProcess
from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.local.stack import StackState
from core.settings import Settings
from stories.movable_clock import MovableClock


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in a thirtieth of the time."""
    monkeypatch.setattr(lease, "LENGTH", timedelta(seconds=0.5))
    monkeypatch.setattr(lease, "_RENEWED_EVERY", 0.15)
    monkeypatch.setattr(lease, "_ASKED_EVERY", 0.03)


async def test_a_second_bot_stands_by_and_takes_over(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """While one leads the other asks Telegram for nothing; when the first stops, the second goes on at once."""
    first, second = EchoFlow(), EchoFlow()
    standby = BotProcess(product.core, routes=second.routes, duties=(), vigils=())
    finish = asyncio.Event()
    async with product.answering(first.routes):
        running = asyncio.create_task(standby.run(finish))
        await linh.waits_for(lambda: len(telegram.calls("getMe")) == 2)
        await linh.says("one")
        await linh.sees("Said one")
        assert not standby.leads.is_set()
    async with asyncio.timeout(5):
        await standby.leads.wait()
    await linh.says("two")
    await linh.sees("Said two")
    finish.set()
    await running
    assert (first.said, second.said) == (["one"], ["two"])
    assert [call.status for call in telegram.calls("getUpdates") if call.status == 409] == []


async def test_a_bot_whose_lease_was_taken_stops_at_once(product: BotScene, linh: Person) -> None:
    """What it had in hand is cut short and left to the one that leads now."""
    flow = EchoFlow(held={"one": asyncio.Event()})
    core, bot_id = product.core, linh.world.bot["id"]
    async with product.answering(flow.routes) as process:
        await linh.says("one")
        await until(lambda: flow.said)
        name, now = f"bot:{bot_id}", core.clock.now()
        later = now + timedelta(seconds=60)
        assert await core.stores.leases.take(name, "another", until=later, now=later)
        await until(lambda: not process.leads.is_set())
        assert len(await core.stores.letters.waiting(str(bot_id))) == 1
        flow.held["one"].set()
        await core.stores.leases.free(name, "another")
        await linh.sees("Said one")
    assert flow.said == ["one", "one"]


async def test_a_bot_that_is_cut_off_from_mongodb_stops_before_another_leads(
    product: BotScene,
    settings: Settings,
    clock: MovableClock,
    telegram: Telegram,
    linh: Person,
    stack: StackState,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It asks for no updates any more, for as long as it cannot know; back again it stands by."""
    monkeypatch.setattr(lease, "LENGTH", timedelta(seconds=3))
    monkeypatch.setattr(lease, "PATIENCE", 0.5)
    monkeypatch.setattr("bot.patience.PATIENCE", 0.5)
    cable, first, second = Cable(stack.mongodb_uri), EchoFlow(), EchoFlow()
    finish = asyncio.Event()
    standby = BotProcess(product.core, routes=second.routes, duties=(), vigils=())

    async def nothing_waits() -> bool:
        return not await product.core.stores.letters.waiting(str(telegram.world.bot["id"]))

    async with (
        wired_scene(settings, clock, telegram, cable, "mongodb_uri") as wired,
        wired.answering(first.routes, ()) as process,
    ):
        running = asyncio.create_task(standby.run(finish))
        await linh.says("one")
        await linh.sees("Said one")
        await eventually(nothing_waits)
        cable.pull()
        async with asyncio.timeout(20):
            await standby.leads.wait()
        assert not process.leads.is_set()
        await linh.says("two")
        await linh.sees("Said two")
        cable.plug_in()
        finish.set()
        await running
        async with asyncio.timeout(20):
            await process.leads.wait()
        await linh.says("three")
        await linh.sees("Said three")
    assert (first.said, second.said) == (["one", "three"], ["two"])
    assert [call.status for call in telegram.calls("getUpdates") if call.status == 409] == []


async def test_a_bot_killed_and_started_again_need_not_wait(product: BotScene) -> None:
    """The first bot of a data folder has the same name each time, a second one beside it another."""
    folder = product.core.settings.data_dir
    with holder_name(folder) as first:
        with holder_name(folder) as beside:
            assert beside != first
        with holder_name(folder) as another:
            assert another not in {first, beside}
    with holder_name(folder) as again:
        assert again == first


async def test_another_program_with_the_token_is_told_once_and_waited_for(
    product: BotScene, telegram: Telegram, linh: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """A 409 is one clear line; when the other program has gone, people are answered."""
    telegram.misbehaves(
        "getUpdates", faults.refused(409, "Conflict: terminated by other getUpdates"), times=3
    )
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        await linh.sees("Hello Linh")
    told = [record for record in caplog.records if record.message == "bot.polled_elsewhere"]
    assert len(told) == 1
    assert "TELEGRAM_BOT_TOKEN" in vars(told[0])["remedy"]


async def test_a_stop_cuts_short_what_takes_too_long(product: BotScene, linh: Person) -> None:
    """A bot that is told to stop has ended within a second, and leaves the rest for the next start."""
    flow = EchoFlow(held={"one": asyncio.Event()})
    loop = asyncio.get_running_loop()
    async with product.answering(flow.routes):
        await linh.says("one")
        await until(lambda: flow.said)
        began = loop.time()
    assert loop.time() - began < 1
    async with product.answering(EchoFlow().routes):
        await linh.sees("Said one")
    assert linh.id == LINH

"""MongoDB is away: people are told at once that nothing was done, and all goes on when it is back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from bot_scene import BotScene, until
from cable import Cable, wired_scene
from echo_flow import EchoFlow
from notices_scene import eventually, those_with

from bot import lease
from bot.outgoing import Outgoing
from bot.watch import Watch
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.bootstrap import Core
from core.domain.access import Grant, Role
from core.domain.watching import GRACE
from core.local.stack import StackState
from core.settings import Settings
from stories.movable_clock import MovableClock


@pytest.fixture
def cable(stack: StackState) -> Cable:
    return Cable(stack.mongodb_uri)


@pytest.fixture
async def wired(
    settings: Settings, clock: MovableClock, telegram: Telegram, cable: Cable
) -> AsyncIterator[BotScene]:
    """The product, which reaches MongoDB by the cable."""
    async with wired_scene(settings, clock, telegram, cable, "mongodb_uri") as scene:
        yield scene


@pytest.fixture
def long_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outage is over before anybody else could lead."""
    monkeypatch.setattr(lease, "LENGTH", timedelta(minutes=5))


@pytest.mark.usefixtures("long_lease")
async def test_people_are_told_and_later_answered(
    wired: BotScene, telegram: Telegram, cable: Cable, linh: Person, stranger: Person
) -> None:
    """Who the settings name is told within seconds, nobody else hears anything, nothing is done later."""
    flow = EchoFlow()
    async with wired.answering(flow.routes):
        await linh.says("/start")
        card = await linh.sees("Hello Linh")
        cable.pull()
        await linh.says("one")
        message = await linh.sees("MongoDB", "Nothing was done")
        assert "http" not in message.text
        await linh.taps("Tap me", on=card)
        await stranger.says("/whoami")
        await _asked_in_vain(telegram, linh)
        assert not any(message.from_bot for message in stranger.messages)
        cable.plug_in()
        await linh.says("two")
        await linh.sees("Said two", within=30)
        await _none_waits(wired)
    assert flow.said == ["two"]
    async with wired.answering(flow.routes):
        await linh.says("three")
        await linh.sees("Said three", within=30)
    assert flow.said == ["two", "three"]
    assert card.edits == 0
    assert [message.text for message in linh.messages if "Nothing was done" in message.text] == [
        message.text,
        message.text,
    ]


@pytest.mark.usefixtures("long_lease")
async def test_whom_only_mongodb_knows_is_heard_when_it_is_back(
    wired: BotScene, telegram: Telegram, cable: Cable, linh: Person, stranger: Person
) -> None:
    """What an invited person says meanwhile is not confirmed to Telegram, and answered later."""
    owner = await wired.core.people.admit(str(linh.id), name="Linh")
    assert owner is not None
    _, token = await wired.core.people.invite(Grant(Role.EDITOR), by=owner)
    assert await wired.core.people.join(token, str(stranger.id), "Mallory")
    async with wired.answering((flow := EchoFlow()).routes):
        cable.pull()
        await stranger.says("one")
        await _asked_in_vain(telegram, linh)
        assert flow.said == []
        cable.plug_in()
        await stranger.sees("Said one", within=30)
    assert flow.said == ["one"]


async def test_an_outage_is_told_though_nobody_leads(
    wired: BotScene, cable: Cable, linh: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot that cannot know whether it leads takes no updates; it tells of MongoDB, and goes on when it is back."""
    monkeypatch.setattr(lease, "_RENEWED_EVERY", 0.1)

    looks: list[None] = []

    class Counted(Watch):
        async def look(self) -> None:
            try:
                await super().look()
            finally:
                looks.append(None)

    async def watch(core: Core, out: Outgoing) -> None:
        await Counted(core, out, every=0.1).run()

    async def knows_people() -> bool:
        return bool((await wired.core.stores.talks.get("watch")).facts)

    flow = EchoFlow()
    async with wired.answering(flow.routes):
        await linh.says("/start")
        await linh.sees("Hello")
    async with wired.answering(flow.routes, vigils=[watch]) as process:
        await eventually(knows_people)
        cable.pull()
        await until(lambda: not process.leads.is_set(), within=30)
        await linh.says("one")
        async with asyncio.timeout(60):
            while not those_with(linh, "MongoDB is down"):
                await wired.engine.clock.advance(GRACE)
                before = len(looks)
                await until(lambda: len(looks) > before + 1)  # noqa: B023  # it is called before the next round
        assert flow.said == []
        cable.plug_in()
        await linh.sees("Said one", within=30)
        await linh.sees("MongoDB is back", within=30)
    assert len(those_with(linh, "MongoDB is down")) == 1
    assert flow.said == ["one"]


async def _asked_in_vain(telegram: Telegram, person: Person) -> None:
    """Telegram is asked again for what it has brought."""
    asked = len(telegram.calls("getUpdates"))
    await person.waits_for(lambda: len(telegram.calls("getUpdates")) > asked + 1, within=30)
    assert telegram.world.updates.pending


async def _none_waits(wired: BotScene) -> None:
    bot_id = str(wired.telegram.world.bot["id"])
    async with asyncio.timeout(30):
        while await wired.core.stores.letters.waiting(bot_id):  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.01)

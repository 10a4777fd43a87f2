"""Nobody who was not let in gets anything."""

from __future__ import annotations

from datetime import timedelta

from bot_scene import LINH, BotScene
from echo_flow import EchoFlow

from botapi.every_update import every_message, every_update
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.adapters.mongo.client import Database
from core.domain.access import Grant, Role


async def test_a_stranger_gets_nothing_on_any_kind_of_update(
    product: BotScene, telegram: Telegram, stranger: Person, linh: Person, database: Database
) -> None:
    """Every kind of update and of message: no message, no answer, nothing stored; only groups are left."""
    flow = EchoFlow()
    async with product.answering(flow.routes):
        await linh.says("before")
        await linh.sees("Said before")
        before = len(telegram.calls())
        for kind, payload in every_update(stranger).items():
            await stranger.gets_update(kind, payload)
        for payload in every_message(stranger):
            await stranger.gets_update("message", payload)
        await telegram.is_polled()
        await linh.says("after")
        await linh.sees("Said after")
    calls = [call.method for call in telegram.calls()[before:]]
    assert sorted(calls) == ["leaveChat", "sendMessage"]
    assert flow.said == ["before", "after"]
    for collection in await database.list_collection_names():
        found = await database[collection].find_one({"$or": [{"_id": "6666"}, {"sender": "6666"}]})
        assert found is None, collection


async def test_a_member_outside_the_private_chat_is_a_stranger(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """What an owner says in a group, as a channel or inline is not heard; an edit is no new message."""
    group, flow = telegram.group(), EchoFlow()
    async with product.answering(flow.routes):
        await linh.says("/start", to=group)
        for kind, payload in every_update(linh, "outside").items():
            if kind not in {"message", "callback_query"}:
                await linh.gets_update(kind, payload)
        await linh.says("inside")
        await linh.sees("Said inside")
    assert flow.said == ["inside"]
    assert [call.chat_id for call in telegram.calls("sendMessage")] == [LINH]


async def test_a_stranger_who_asks_is_told_their_id_once_a_minute(
    product: BotScene, telegram: Telegram, stranger: Person, database: Database
) -> None:
    """`/whoami` is the one thing that is answered, and not as often as somebody likes."""
    async with product.answering(EchoFlow().routes):
        for _ in range(3):
            await stranger.says("/whoami")
        await stranger.sees("6666")
        await telegram.is_polled()
        await stranger.says("/start")
        await telegram.is_polled()
    assert [message.from_bot for message in stranger.messages].count(True) == 1
    assert await database["letters"].count_documents({}) == 0
    assert await database["people"].count_documents({}) == 0


async def test_an_invitation_lets_one_person_in(
    product: BotScene, telegram: Telegram, linh: Person, stranger: Person
) -> None:
    """Whoever brings a good token is welcomed; a second person with it, or one with a wrong token, is not."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        await linh.sees("Hello Linh")
        owner = await product.core.people.admit(str(LINH), name="Linh")
        assert owner is not None
        _, token = await product.core.people.invite(Grant(Role.EDITOR), by=owner)
        await stranger.says("/start wrong")
        await telegram.is_polled()
        assert not any(message.from_bot for message in stranger.messages)
        await stranger.says(f"/start {token}")
        await stranger.sees("Hello Mallory")
        other = telegram.person(7777, name="Trudy", started=True)
        await other.says(f"/start {token}")
        await telegram.is_polled()
        assert not any(message.from_bot for message in other.messages)


async def test_somebody_removed_is_a_stranger_with_their_next_word(
    product: BotScene, telegram: Telegram, linh: Person, stranger: Person
) -> None:
    """Nothing is kept of rights that were taken."""
    core, flow = product.core, EchoFlow()
    async with product.answering(flow.routes):
        await linh.says("/start")
        await linh.sees("Hello")
        owner = await core.people.admit(str(LINH), name="Linh")
        assert owner is not None
        _, token = await core.people.invite(Grant(Role.VIEWER), by=owner)
        await stranger.says(f"/start {token}")
        card = await stranger.sees("Hello")
        await core.people.remove("6666", owner)
        await stranger.says("still here?")
        query = await stranger.taps_raw("echo:it:7:", card)
        await telegram.is_polled()
    assert query.answer is None
    assert flow.said == []


async def test_whoami_again_after_a_minute() -> None:
    """The bell rings again when its minute is over, and for no more strangers than it can remember."""
    from bot.gate import Doorbell  # noqa: PLC0415  # the one test of it

    now = timedelta(days=1).total_seconds()
    bell = Doorbell(lambda: now)
    assert [bell.rings(1), bell.rings(1), bell.rings(2)] == [True, False, True]
    assert sum(bell.rings(each) for each in range(1000)) == 498
    now += 61
    assert bell.rings(1)

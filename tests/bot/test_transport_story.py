"""How the bot takes in what people say and tap, and answers it."""

from __future__ import annotations

import asyncio

from bot_scene import BotScene, until
from echo_flow import EchoFlow

from botapi.person import Person, together
from botapi.telegram_side import Telegram
from core.domain.conversation import Card


async def test_a_person_talks_and_taps(product: BotScene, telegram: Telegram, linh: Person) -> None:
    """A command, a text, a file and a tap each reach their handler; the tapped card is edited in place."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        card = await linh.sees("Hello Linh")
        await linh.taps("Tap me", on=card)
        assert await linh.sees("Tapped it 7") is card
        await linh.says("Good morning <b>&amp;")
        await linh.sees("Said Good morning <b>&amp;")
        await linh.uploads("calendar.xlsx", b"PK")
        await linh.sees("File calendar.xlsx")
    assert telegram.refusals == []


async def test_a_question_is_answered_by_the_next_text(product: BotScene, linh: Person) -> None:
    """What a flow has asked for goes to that flow once; a command is never taken for the answer."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/ask")
        await linh.sees("What?")
        await linh.says("Phở")
        await linh.sees("The answer is Phở")
        await linh.says("/ask")
        await linh.says("/start")
        await linh.sees("Hello Linh")
        await linh.says("a text")
        await linh.sees("Said a text")


async def test_a_reply_to_a_card_reaches_its_subject(product: BotScene, linh: Person) -> None:
    """A text that answers the card of a post is about that post; one that answers any other message is not."""
    async with product.answering(EchoFlow().routes):
        await linh.says("/start")
        shown = await linh.sees("Hello")
        await linh.replies_to(shown, "about nothing")
        await linh.sees("Said about nothing")
        card = Card(
            id=f"{linh.id}:{shown.id}",
            chat_id=linh.id,
            message_id=shown.id,
            person_id=str(linh.id),
            subject="post:abc",
            created_at=product.core.clock.now(),
        )
        await product.core.stores.cards.put(card)
        await linh.replies_to(shown, "make it shorter")
        await linh.sees("About post:abc")


async def test_one_person_is_answered_in_order_and_others_meanwhile(
    product: BotScene, linh: Person, minh: Person
) -> None:
    """What a person says waits for the answer to what they said before; nobody else does."""
    flow = EchoFlow(held={"one": asyncio.Event()})
    async with product.answering(flow.routes):
        await together(linh.says("one"), linh.says("two"), linh.says("three"))
        await minh.says("hello")
        await minh.sees("Said hello")
        await until(lambda: "one" in flow.said)
        assert sorted(flow.said) == ["hello", "one"]
        flow.held["one"].set()
        await linh.sees("Said three")
    assert [said for said in flow.said if said != "hello"] == ["one", "two", "three"]

"""Messages as they go out: what Telegram would refuse is mended, what it did not hear is said again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from bot_scene import LINH, BotScene
from PIL import Image
from telegram import Message
from telegram.error import BadRequest, NetworkError

from bot.html import Html, bold, escape, quote
from bot.outgoing import Outgoing
from bot.routes import Routes
from bot.runner import BotProcess
from bot.screens import Button, File, Screen
from bot.taps import Tap
from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram

BUTTONS = [
    [Button("Go on", tap=Tap("go")), Button("Look", url="https://example.org")],
    [Button("Copy", copy="abc")],
]


@pytest.fixture
async def process(product: BotScene) -> AsyncIterator[BotProcess]:
    async with product.answering(Routes()) as process:
        yield process


@pytest.fixture
def out(process: BotProcess) -> Outgoing:
    return process.out


def picture(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (400, 300), colour).save(file, "PNG")
    return file.getvalue()


async def card(out: Outgoing, linh: Person, screen: Screen) -> Message:
    """A card that was sent, as it comes with a tap."""
    message_id = await out.send(LINH, screen)
    shown = next(message for message in linh.messages if message.id == message_id)
    message = Message.de_json(shown.as_json(), out.api)
    assert isinstance(message, Message)
    return message


async def test_a_text_card_turns_in_place(out: Outgoing, linh: Person, telegram: Telegram) -> None:
    """Text and buttons change; the same again is not sent, and no fault where that is not known."""
    first = await card(out, linh, Screen(text=bold(escape("One <1>")), buttons=BUTTONS))
    assert linh.last.buttons == [["Go on", "Look"], ["Copy"]]
    assert await out.turn(first, Screen(text=escape("Two"))) == first.message_id
    assert await out.turn(first, Screen(text=escape("Two"))) == first.message_id
    assert (linh.last.text, linh.last.buttons) == ("Two", [])
    assert [call.status for call in telegram.calls("editMessageText")] == [200]
    out.forget()
    assert await out.turn(first, Screen(text=escape("Two"))) == first.message_id
    assert [call.status for call in telegram.calls("editMessageText")] == [200, 400]


async def test_a_picture_turns_in_place_and_is_sent_once(
    out: Outgoing, linh: Person, telegram: Telegram
) -> None:
    """Another picture replaces the old one; the same one only gets its new caption."""
    first = await card(out, linh, Screen(text=escape("May"), picture=picture("teal")))
    await out.turn(first, Screen(text=escape("June"), picture=picture("teal"), buttons=BUTTONS))
    await out.turn(first, Screen(text=escape("July"), picture=picture("navy")))
    assert (linh.last.id, linh.last.text) == (first.message_id, "July")
    assert [call.method for call in telegram.calls() if call.method.startswith("edit")] == [
        "editMessageCaption",
        "editMessageMedia",
    ]


async def test_a_picture_that_was_changed_unasked_turns_back(out: Outgoing, linh: Person) -> None:
    """What a notice put into a card is known when the person taps it."""
    teal, navy = picture("teal"), picture("navy")
    first = await card(out, linh, Screen(text=escape("May"), picture=teal))
    shown = linh.last.photo
    await out.patient().edit(LINH, first.message_id, Screen(text=escape("June"), picture=navy))
    await out.turn(first, Screen(text=escape("July"), picture=teal))
    assert shown is not None
    assert linh.last.photo == shown


async def test_text_into_picture_and_back_is_a_new_message(out: Outgoing, linh: Person) -> None:
    """Telegram cannot edit one into the other: the old card goes when the new one is there."""
    text = await card(out, linh, Screen(text=escape("Text")))
    second = await out.turn(text, Screen(text=escape("Picture"), picture=picture("teal")))
    shown = [message.id for message in linh.messages]
    assert shown == [second]
    with_picture = Message.de_json(linh.last.as_json(), out.api)
    assert isinstance(with_picture, Message)
    third = await out.turn(with_picture, Screen(text=escape("File"), file=File(name="a.xlsx", data=b"PK")))
    assert [message.id for message in linh.messages] == [third]
    assert linh.last.file_name == "a.xlsx"


async def test_a_card_that_is_gone_comes_anew(out: Outgoing, linh: Person) -> None:
    """Whoever deleted the card gets the answer all the same; editing by id says that it is gone."""
    gone = await card(out, linh, Screen(text=escape("One")))
    await out.remove(LINH, gone.message_id)
    await out.remove(LINH, gone.message_id)
    assert not await out.edit(LINH, gone.message_id, Screen(text=escape("Two")))
    assert await out.turn(gone, Screen(text=escape("Two"))) != gone.message_id
    assert linh.last.text == "Two"


async def test_too_long_a_text_is_cut_at_a_line(out: Outgoing, linh: Person) -> None:
    """What is left is whole lines with their markup closed, and an ellipsis."""
    lines = "\n".join(f"{number} Phở bò 😀 <&> " + "x" * 80 for number in range(200))
    await out.send(LINH, Screen(text=quote(bold(escape(lines)))))
    shown = linh.last.text
    assert shown.endswith("\n…")
    assert lines.startswith(shown[:-2])
    assert 4096 - 110 < len(shown.encode("utf-16-le")) / 2 <= 4096
    await out.send(LINH, Screen(text=escape(lines), picture=picture("teal")))
    assert 900 < len(linh.last.text) <= 1024


async def test_markup_that_telegram_cannot_read_is_sent_plain(out: Outgoing, linh: Person) -> None:
    """A mistake of ours costs the bold letters, not the message."""
    await out.send(LINH, Screen(text=Html("<b>bold &lt;3 <i>crossed</b></i>")))
    assert linh.last.text == "bold <3 crossed"


async def test_an_edit_and_an_answer_go_again_after_any_trouble_but_no_notice_twice(
    out: Outgoing, linh: Person, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person who waits gets an answer, rather twice than not at all; an unasked message comes once at most."""
    monkeypatch.setattr("bot.delivery._FIRST", 0.01)
    text = await card(out, linh, Screen(text=escape("One")))
    for fault in (faults.server_error(), faults.bad_gateway(), faults.dropped(), faults.unanswered()):
        telegram.misbehaves("editMessageText", fault)
    assert await out.turn(text, Screen(text=escape("Two"))) == text.message_id
    telegram.misbehaves("sendMessage", faults.unanswered())
    with pytest.raises(NetworkError):
        await out.patient().send(LINH, Screen(text=escape("Three")))
    for fault in (faults.server_error(), faults.bad_gateway(), faults.dropped(), faults.unanswered()):
        telegram.misbehaves("sendMessage", fault)
    await out.send(LINH, Screen(text=escape("Four")))
    assert [message.text for message in linh.messages] == ["Two", "Three", "Four", "Four"]


async def test_an_answer_is_given_up_when_telegram_is_broken_for_long(
    out: Outgoing, linh: Person, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried six times, and what is wrong with the message itself is not tried again."""
    monkeypatch.setattr("bot.delivery._FIRST", 0.01)
    telegram.misbehaves("sendMessage", faults.bad_gateway(), times=6)
    with pytest.raises(NetworkError):
        await out.send(LINH, Screen(text=escape("Lost")))
    telegram.misbehaves("sendMessage", faults.refused(400, "Bad Request: of some kind"))
    with pytest.raises(BadRequest):
        await out.send(LINH, Screen(text=escape("Wrong")))
    assert linh.messages == []


async def test_a_large_file_goes_out(out: Outgoing, linh: Person) -> None:
    """A workbook of some megabytes arrives byte for byte, with caption and buttons."""
    data = bytes(range(256)) * 12_000
    await out.send(
        LINH, Screen(text=bold(escape("All")), file=File(name="all.xlsx", data=data), buttons=BUTTONS)
    )
    shown = linh.last
    assert (shown.file_name, shown.text, shown.buttons[0]) == ("all.xlsx", "All", ["Go on", "Look"])
    file = await out.api.get_file(shown.as_json()["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == data


async def test_an_old_message_loses_its_buttons(out: Outgoing, linh: Person, telegram: Telegram) -> None:
    """What is too old to be deleted must not be tapped any more."""
    old = await card(out, linh, Screen(text=escape("Old"), buttons=BUTTONS))
    telegram.misbehaves("deleteMessage", faults.refused(400, "Bad Request: message can't be deleted"))
    await out.remove(LINH, old.message_id)
    assert (linh.last.text, linh.last.buttons) == ("Old", [])


@pytest.mark.parametrize("button", [Button("none"), Button("two", tap=Tap("a"), url="https://example.org")])
async def test_a_button_does_one_thing(out: Outgoing, button: Button) -> None:
    """A button that does nothing or two things is a mistake of ours, found at once."""
    with pytest.raises(ValueError, match="must do one thing"):
        await out.send(LINH, Screen(text=escape("x"), buttons=[[button]]))

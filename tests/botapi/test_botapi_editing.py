"""Editing, deleting, and chats that cannot be written in."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import Forbidden

from botapi.person import Person
from botapi.refusals import refused
from botapi.telegram_side import Telegram

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="a")]])


def picture(colour: str = "teal", size: tuple[int, int] = (320, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


async def test_an_edit_must_change_something(bot: Bot, linh: Person) -> None:
    """The same text, entities and keyboard again are refused; a change of any of them is one."""
    message = await bot.send_message(linh.id, "<b>a</b>", parse_mode="HTML", reply_markup=BUTTON)
    with refused("Message is not modified: specified new message content"):
        await message.edit_text(" <b>a</b> ", parse_mode="HTML", reply_markup=BUTTON)
    await message.edit_text("a", reply_markup=BUTTON)
    await message.edit_text("a")
    with refused("Message is not modified"):
        await message.edit_reply_markup(None)
    await message.edit_reply_markup(BUTTON)
    assert (linh.last.edits, linh.last.buttons) == (3, [["a"]])


async def test_a_message_must_be_there_to_be_edited(bot: Bot, linh: Person) -> None:
    """Unknown and deleted messages are not found; those of the person are not the bot's to edit."""
    message = await bot.send_message(linh.id, "a")
    with refused("Message to edit not found"):
        await bot.edit_message_text("b", linh.id, message.message_id + 1)
    await message.delete()
    with refused("Message to edit not found"):
        await message.edit_text("b")
    with refused("Message to delete not found"):
        await message.delete()
    own = await linh.says("mine")
    with refused("Message can't be edited"):
        await bot.edit_message_text("yours", linh.id, own.id)


async def test_text_and_caption_are_edited_each_by_its_method(bot: Bot, linh: Person) -> None:
    """A photo has no text and a text no caption; a text may become a photo."""
    text = await bot.send_message(linh.id, "a")
    photo = await bot.send_photo(linh.id, picture(), "a")
    with refused("There is no text in the message to edit"):
        await photo.edit_text("b")
    with refused("There is no caption in the message to edit"):
        await text.edit_caption("b")
    with refused("Message caption is too long"):
        await photo.edit_caption("x" * 1025)
    await photo.edit_caption("x" * 1024)
    await text.edit_media(InputMediaPhoto(picture("red"), "now <i>red</i>", parse_mode="HTML"))
    assert (await linh.sees("now red")).photo == picture("red")


async def test_the_same_photo_again_is_no_change(bot: Bot, linh: Person) -> None:
    """A photo named by its file_id with the same caption is not modified; a new upload is."""
    photo = await bot.send_photo(linh.id, picture(), "a")
    with refused("Message is not modified"):
        await photo.edit_media(InputMediaPhoto(photo.photo[-1].file_id, "a"))
    await photo.edit_media(InputMediaPhoto(picture(), "a"))
    assert linh.last.edits == 1


async def test_old_messages_cannot_be_deleted(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """After 48 hours a message stays; several may be deleted at once, unknown ones passed over."""
    old, *new = [await bot.send_message(linh.id, text) for text in "abc"]
    assert await bot.delete_messages(linh.id, [each.message_id for each in new] + [9999])
    telegram.pass_time(timedelta(hours=48, seconds=1))
    with refused("Message can't be deleted for everyone"):
        await old.delete()
    assert [each.text for each in linh.messages] == ["a"]


async def test_who_cannot_be_written_to(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """Nobody, somebody who never wrote, somebody who blocked the bot, a group that it left."""
    mai = telegram.person(1002, name="Mai")
    with refused("Chat not found"):
        await bot.send_message(4040, "a")
    with refused("bot can't initiate conversation with a user", Forbidden):
        await bot.send_message(mai.id, "a")
    await mai.says("/start")
    await bot.send_message(mai.id, "a")
    await linh.blocks_bot()
    with refused("bot was blocked by the user", Forbidden):
        await bot.send_message(linh.id, "a")
    await linh.unblocks_bot()
    await bot.send_message(linh.id, "b")
    group = telegram.group()
    await bot.leave_chat(group.id)
    with refused("bot was kicked from the supergroup chat", Forbidden):
        await bot.send_message(group.id, "a")
    updates = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [update.new_chat_member.status for update in updates] == ["kicked", "member"]


async def test_a_reply_needs_its_message(bot: Bot, linh: Person) -> None:
    """A reply to nothing is refused, unless it may go without."""
    said = await linh.says("question")
    await bot.send_message(linh.id, "answer", reply_to_message_id=said.id)
    assert linh.last.reply_to is said
    with refused("Message to be replied not found"):
        await bot.send_message(linh.id, "answer", reply_to_message_id=999)
    await bot.send_message(linh.id, "anyway", reply_to_message_id=999, allow_sending_without_reply=True)
    assert linh.last.reply_to is None

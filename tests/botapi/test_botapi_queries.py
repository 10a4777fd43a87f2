"""Taps: answered once, in time, by whoever was asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError

from botapi.errors import ApiError
from botapi.person import Person
from botapi.refusals import refused
from botapi.telegram_side import Telegram

TOO_OLD = "Query is too old and response timeout expired or query ID is invalid"


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in labels]])


async def test_a_query_is_answered_once(bot: Bot, linh: Person) -> None:
    """The second answer, and one to a query that never was, are too old."""
    query = await linh.taps_raw("forged", None)
    assert await bot.answer_callback_query(query.id, "x" * 200, show_alert=True)
    answer = await linh.gets_answer(query)
    assert (answer.text, answer.alert) == ("x" * 200, True)
    for lost in (query.id, "12345"):
        with refused(TOO_OLD):
            await bot.answer_callback_query(lost)
    with refused("MESSAGE_TOO_LONG"):
        await bot.answer_callback_query((await linh.taps_raw("y", None)).id, "x" * 201)


async def test_a_query_lives_15_seconds(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """Telegram's clock can be moved, and then it is too late."""
    first, second = await linh.taps_raw("a", None), await linh.taps_raw("b", None)
    telegram.pass_time(timedelta(seconds=14))
    assert await bot.answer_callback_query(first.id)
    telegram.pass_time(timedelta(seconds=2))
    with refused(TOO_OLD):
        await bot.answer_callback_query(second.id)


async def test_a_label_names_one_button(bot: Bot, linh: Person) -> None:
    """An exact label first, then one without emoji, then the only one that contains the words."""
    await bot.send_message(linh.id, "old", reply_markup=keyboard("Edit", "Post now"))
    await bot.send_message(
        linh.id, "new", reply_markup=keyboard("✏️ Edit", "Edit time", "Pick a day", "1", "10")
    )
    card = await linh.sees("new")
    for said, label in (("Edit", "✏️ Edit"), ("Pick", "Pick a day"), ("1", "1"), ("time", "Edit time")):
        button = card.button(said)
        assert button is not None
        assert button["text"] == label
    with pytest.raises(
        AssertionError, match=r"Several buttons contain 'i': \['✏️ Edit', 'Edit time', 'Pick a day'\]"
    ):
        card.button("i")
    assert await linh.sees_button("Edit") is card
    assert (await linh.sees_button("Post now")).text == "old"


async def test_a_tap_without_an_answer_fails(bot: Bot, linh: Person) -> None:
    """A spinner that goes on is an error of the bot, and so is a button that is not there."""
    await bot.send_message(linh.id, "card", reply_markup=keyboard("Go"))
    with pytest.raises(AssertionError, match=r"The tap on 'Go' was not answered in 0.01 s\n.*card\n  \[Go\]"):
        await linh.taps("Go", within=0.01)
    with pytest.raises(AssertionError, match="no button 'Stop'"):
        await linh.taps("Stop", within=0.01)


async def test_silence_is_noticed_and_so_is_a_word(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """Silence lasts from the person's deed until the condition; a mere answer to a tap breaks it."""
    stranger = telegram.person(666, name="Stranger")
    await stranger.says("/start")
    await stranger.sees_nothing_new(after=bot.send_message(linh.id, "not to you"))
    query = await stranger.taps_raw("x", None)
    with pytest.raises(AssertionError, match="answerCallbackQuery"):
        await stranger.sees_nothing_new(after=bot.answer_callback_query(query.id))
    await stranger.says("hello")
    with pytest.raises(AssertionError, match="sendMessage"):
        await stranger.sees_nothing_new(after=bot.send_message(stranger.id, "hi"))


async def test_fresh_is_what_came_after_the_last_deed(bot: Bot, linh: Person) -> None:
    """An old card with the same words does not count, unless it has been edited since."""
    card = await bot.send_message(linh.id, "Queue: 2 posts")
    await linh.says("/queue")
    with pytest.raises(AssertionError, match="not seen"):
        await linh.sees("Queue", fresh=True, within=0.01)
    await card.edit_text("Queue: 3 posts")
    assert (await linh.sees("Queue", fresh=True)).edits == 1


async def test_people_edit_reply_and_ask_inline(bot: Bot, linh: Person) -> None:
    """Edited messages, replies and inline queries reach the bot as such."""
    own = await linh.says("/new Hello https://x.vn #a")
    await linh.edits(own, "/new Hello!")
    await linh.replies_to(own, "this one")
    await linh.asks_inline("queue")
    new, edited, reply, inline = await bot.get_updates()
    assert new.message
    assert [entity.type for entity in new.message.entities] == ["bot_command", "url", "hashtag"]
    assert edited.edited_message
    assert (edited.edited_message.text, edited.edited_message.message_id) == ("/new Hello!", own.id)
    assert reply.message
    assert reply.message.reply_to_message
    assert reply.message.reply_to_message.message_id == own.id
    assert inline.inline_query
    assert inline.inline_query.query == "queue"


async def test_what_people_type_is_tidied_too(bot: Bot, linh: Person) -> None:
    """Control characters and outer blanks never arrive; nothing visible, or too much, is never sent."""
    await linh.says("  a\x07b\u202ec\r\n ")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.text == "a bc"
    for text, problem in ((" ", "text must be non-empty"), ("x" * 4097, "message is too long")):
        with pytest.raises(ApiError, match=problem):
            await linh.says(text)


async def test_a_card_deleted_by_the_person_is_gone(bot: Bot, linh: Person) -> None:
    """The bot is not told; it cannot edit the card, and a late tap on it names it as inaccessible."""
    card = await bot.send_message(linh.id, "card", reply_markup=keyboard("Go"))
    await linh.deletes(linh.last)
    with refused("Message to edit not found"):
        await card.edit_text("new")
    await linh.taps_raw("Go", linh.chat.messages[card.message_id])
    (update,) = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible
    await linh.sees_gone(linh.chat.messages[card.message_id])


async def test_groups_and_channels_are_places_too(telegram: Telegram, bot: Bot, linh: Person) -> None:
    """What is said in a group has its chat; a channel post has no sender."""
    group, channel = telegram.group(), telegram.channel()
    await linh.says("/start@threads_autopost_bot", to=group)
    await telegram.posts_in(channel, "news")
    said, posted = await bot.get_updates()
    assert said.effective_chat
    assert said.effective_user
    assert (said.effective_chat.id, said.effective_chat.type) == (group.id, "supergroup")
    assert said.effective_user.id == linh.id
    assert posted.channel_post
    assert posted.effective_user is None
    await bot.send_message(group.id, "hello all")
    assert (await linh.sees("hello all", in_=group)).chat is group
    await bot.send_message(group.id, "vote", reply_markup=keyboard("Yes"))
    query = await linh.taps_raw("Yes", await linh.sees_button("Yes", in_=group))
    with pytest.raises(AssertionError, match="sendMessage"):
        await linh.sees_nothing_new(after=bot.send_message(group.id, "thanks"), in_=group)
    await linh.sees_nothing_new(after=bot.send_message(group.id, "to all"))
    assert query.answer is None
    assert "vote\n  [Yes]" in str(linh.transcript_of(group))
    chat = await bot.get_chat(channel.id)
    assert (chat.title, chat.type) == ("News", "channel")
    with refused("Chat not found", TelegramError):
        await bot.get_chat(-5)

"""editMessageText, -Caption, -ReplyMarkup, -Media, deleteMessage(s), pinChatMessage."""

from __future__ import annotations

from botapi.calls import Call
from botapi.errors import bad_request
from botapi.files import Media
from botapi.keyboards import read_inline_keyboard
from botapi.messages import Message
from botapi.rich_text import RichText, read_caption, read_message
from botapi.sending import read_input_media
from botapi.wire import Json, as_array
from botapi.world import World

DELETABLE_FOR = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def edit_message_text(world: World, call: Call) -> Json:
    body = read_message(call.text("text"), call.text("parse_mode"), call.json("entities"))
    message = _editable(world, call)
    if message.media is not None:
        raise bad_request("There is no text in the message to edit")
    return _changed(world, call, message, body, None)


async def edit_message_caption(world: World, call: Call) -> Json:
    body = read_caption(call.text("caption"), call.text("parse_mode"), call.json("caption_entities"))
    message = _editable(world, call)
    if message.media is None:
        raise bad_request("There is no caption in the message to edit")
    return _changed(world, call, message, body, message.media)


async def edit_message_reply_markup(world: World, call: Call) -> Json:
    message = _editable(world, call)
    return _changed(world, call, message, message.body, message.media)


async def edit_message_media(world: World, call: Call) -> Json:
    """Media may replace text too; an item of an album stays photo or video, or document."""
    media, caption = read_input_media(world, call, call.json("media"))
    message = _editable(world, call)
    kinds = {media.kind, message.media.kind} if message.media else {media.kind}
    if message.album and "document" in kinds and len(kinds) > 1:
        raise bad_request("Can't change media type in the album")
    return _changed(world, call, message, caption, media)


async def delete_message(world: World, call: Call) -> bool:
    chat = world.open_chat(call.text("chat_id"))
    message = chat.messages.get(call.number("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if world.now() - message.sent_at > DELETABLE_FOR:
        raise bad_request("Message can't be deleted for everyone")
    _delete(world, message)
    return True


async def delete_messages(world: World, call: Call) -> bool:
    """1-100 messages; those that are not found are passed over."""
    given = as_array(call.json("message_ids"))
    if not given:
        raise bad_request("Message identifiers are not specified")
    if len(given) > 100:
        raise bad_request("Too many message identifiers specified")
    chat = world.open_chat(call.text("chat_id"))
    for number in given:
        message = chat.messages.get(int(number))
        if message is not None and not message.deleted:
            _delete(world, message)
    return True


async def pin_chat_message(world: World, call: Call) -> bool:
    return _pin(world, call, pinned=True)


async def unpin_chat_message(world: World, call: Call) -> bool:
    return _pin(world, call, pinned=False)


def _editable(world: World, call: Call) -> Message:
    if not call.text("chat_id") and not call.number("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = world.open_chat(call.text("chat_id"))
    message = chat.messages.get(call.number("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender != world.bot or message.reply_keyboard:
        raise bad_request("Message can't be edited")
    return message


def _changed(world: World, call: Call, message: Message, body: RichText, media: Media | None) -> Json:
    keyboard = read_inline_keyboard(call.json("reply_markup"))
    same_media = (media and media.file.id) == (message.media and message.media.file.id)
    if (body, keyboard) == (message.body, message.keyboard) and same_media:
        raise bad_request(_NOT_MODIFIED)
    message.change(body=body, media=media, keyboard=keyboard, at=world.now())
    message.order = world.changes.happened()
    return message.as_json()


def _delete(world: World, message: Message) -> None:
    message.deleted = True
    message.order = world.changes.happened()


def _pin(world: World, call: Call, *, pinned: bool) -> bool:
    chat = world.open_chat(call.text("chat_id"))
    message = chat.messages.get(call.number("message_id"))
    if message is None or message.deleted:
        raise bad_request(f"Message to {'pin' if pinned else 'unpin'} not found")
    message.pinned = pinned
    message.order = world.changes.happened()
    return True

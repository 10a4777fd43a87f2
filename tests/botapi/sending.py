"""sendMessage, sendPhoto, sendVideo, sendDocument, sendMediaGroup, sendChatAction."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from botapi.calls import Call, Upload
from botapi.errors import bad_request
from botapi.files import Media, check_upload, picture_size, thumbnail_of
from botapi.keyboards import read_markup
from botapi.messages import Chat, Message
from botapi.rich_text import RichText, read_caption, read_message
from botapi.wire import Json, as_array, as_object
from botapi.world import World

ALBUM_LIMIT = 10
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(world: World, call: Call) -> Json:
    body = read_message(call.text("text"), call.text("parse_mode"), call.json("entities"))
    return _send(world, call, body, None).as_json()


async def send_media(kind: str, world: World, call: Call) -> Json:
    """One photo, video, document or animation."""
    caption = read_caption(call.text("caption"), call.text("parse_mode"), call.json("caption_entities"))
    if upload := call.files.get(kind):
        media = _kept(world, kind, upload)
    else:
        source = call.text(kind)
        if not source:
            raise bad_request(f"There is no {kind} in the request")
        attached = call.files.get(source.removeprefix("attach://"))
        media = _kept(world, kind, attached) if attached else _named(world, kind, source)
    return _send(world, call, caption, media).as_json()


async def send_media_group(world: World, call: Call) -> list[Json]:
    """2-10 pictures and videos, or 2-10 documents; all or nothing."""
    given = as_array(call.json("media"))
    if given is None:
        raise bad_request("Expected an Array of InputMedia")
    if not 2 <= len(given) <= ALBUM_LIMIT:
        raise bad_request(
            "Too many messages to send as an album"
            if given[ALBUM_LIMIT:]
            else "media group must have at least 2 items"
        )
    read = [read_input_media(world, call, item) for item in given]
    kinds = {media.kind for media, _ in read}
    if not kinds <= {"photo", "video"} and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    if "animation" in kinds:
        raise bad_request("Can't use the media of the specified type in the album")
    chat = world.open_chat(call.text("chat_id"))
    reply_to = _reply_to(chat, call)
    album = f"{13_000_000_000_000_000 + call.order}"
    sent = [world.post(chat, world.bot, body, media, reply_to=reply_to, album=album) for media, body in read]
    return [message.as_json() for message in sent]


async def send_chat_action(world: World, call: Call) -> bool:
    world.open_chat(call.text("chat_id"))
    if call.text("action") not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    return True


def read_input_media(world: World, call: Call, item: Any) -> tuple[Media, RichText]:
    """An InputMedia: the file it attaches or names, and its caption."""
    fields = as_object(item)
    if fields is None:
        raise bad_request("Can't parse InputMedia: expected an Object")
    kind = fields.get("type")
    if kind not in {"photo", "video", "document", "animation"}:
        raise bad_request(f"Can't parse InputMedia: type '{kind}' is unsupported")
    source = str(fields.get("media", ""))
    if source.startswith("attach://"):
        upload = call.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad_request("Can't parse InputMedia: media not found")
        media = _kept(world, kind, upload)
    else:
        media = _named(world, kind, source)
    caption = read_caption(
        fields.get("caption") or "", fields.get("parse_mode") or "", fields.get("caption_entities")
    )
    return media, caption


def _send(world: World, call: Call, body: RichText, media: Media | None) -> Message:
    keyboard, other = read_markup(call.json("reply_markup"))
    chat = world.open_chat(call.text("chat_id"))
    message = world.post(chat, world.bot, body, media, keyboard=keyboard, reply_to=_reply_to(chat, call))
    message.reply_keyboard = other
    message.silent = call.flag("disable_notification")
    return message


def _reply_to(chat: Chat, call: Call) -> Message | None:
    given = as_object(call.json("reply_parameters")) or {}
    number = int(given.get("message_id", 0)) or call.number("reply_to_message_id")
    message = chat.messages.get(number)
    if message is not None and not message.deleted:
        return message
    anyway = given.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")
    if number and not anyway:
        raise bad_request("message to be replied not found")
    return None


def _kept(world: World, kind: str, upload: Upload) -> Media:
    check_upload(kind, upload.data)
    width = height = 0
    thumbnail = None
    if kind == "photo":
        width, height = picture_size(upload.data)
        thumbnail = world.files.keep("thumbnail", thumbnail_of(upload.data), ".jpg")
    name = re.sub(r"[\x00-\x1f/\\]", "_", PurePath(upload.name).name)
    file = world.files.keep(kind, upload.data, PurePath(name).suffix or ".bin")
    return Media(kind, file, "" if kind == "photo" else name, upload.mime, width, height, thumbnail=thumbnail)


def _named(world: World, kind: str, file_id: str) -> Media:
    """A file that Telegram has; files of one kind cannot be sent as another, documents excepted."""
    if file_id.startswith(("http://", "https://")):
        raise bad_request("wrong HTTP URL specified: this server fetches nothing")
    if file_id.startswith("attach://") or file_id not in world.files.by_id:
        raise bad_request("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    known = [
        message.media
        for chat in world.chats.values()
        for message in chat.messages.values()
        if message.media and message.media.file.id == file_id
    ]
    if not known or known[-1].kind != kind:
        raise bad_request(f"type of file mismatch: the file is no {kind}")
    return known[-1]

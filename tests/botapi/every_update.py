"""One update of every kind that Telegram has, from somebody: for the tests of who is let in."""

from __future__ import annotations

from typing import cast

from botapi.person import Person
from botapi.updates import KINDS
from botapi.wire import Json

_GROUP = -1009000000001
_CHANNEL = -1009000000002


def every_update(person: Person, text: str = "/start") -> dict[str, Json]:
    """Payloads by kind; whatever has an author has this person, whatever has a text has this one."""
    payloads = _messages(person, text) | _queries(person, text) | _memberships(person) | _others(person, text)
    assert payloads.keys() == set(KINDS)
    return payloads


def every_message(person: Person) -> list[Json]:
    """Messages with each kind of content, in the private chat."""
    contents: list[Json] = [
        {"sticker": _file() | {"type": "regular", "width": 512, "height": 512, "is_animated": False}},
        {"voice": _file() | {"duration": 3}},
        {"audio": _file() | {"duration": 3}},
        {"video_note": _file() | {"duration": 3, "length": 240}},
        {"animation": _file() | {"duration": 3, "width": 10, "height": 10}, "document": _file()},
        {"document": _file() | {"file_name": "calendar.xlsx"}},
        {"contact": {"phone_number": "+84900000000", "first_name": "An", "user_id": person.id}},
        {"location": {"latitude": 21.03, "longitude": 105.85}},
        {"dice": {"emoji": "\U0001f3b2", "value": 6}},
        {"poll": _poll()},
        {"venue": {"location": {"latitude": 21.0, "longitude": 105.0}, "title": "Phở", "address": "Hà Nội"}},
        {"pinned_message": _message(person, "pinned")},
        {"new_chat_members": [person.user]},
        {"left_chat_member": person.user},
        {"web_app_data": {"data": "x", "button_text": "y"}},
        {"forward_origin": {"type": "user", "date": 1, "sender_user": person.user}, "text": "/start"},
        {"via_bot": person.world.bot, "text": "/start"},
        {"successful_payment": _payment()},
    ]
    for content in contents:
        if "sticker" in content:
            content["sticker"] |= {"is_video": False}
    return [_message(person, "") | content for content in contents]


def _messages(person: Person, text: str) -> dict[str, Json]:
    message = _message(person, text)
    edited = {"edit_date": person.world.now()}
    group = message | {"chat": {"id": _GROUP, "type": "supergroup", "title": "Somewhere"}}
    post = {key: value for key, value in message.items() if key != "from"}
    post |= {"chat": {"id": _CHANNEL, "type": "channel", "title": "News"}}
    business = message | {"business_connection_id": "b1"}
    return {
        "message": message,
        "edited_message": group | edited,
        "channel_post": post,
        "edited_channel_post": post | edited,
        "business_message": business,
        "edited_business_message": business | edited,
        "guest_message": group | {"guest_query_id": "g1"},
    }


def _queries(person: Person, text: str) -> dict[str, Json]:
    query = person.world.ask(person.id, None, text)
    address = {"country_code": "VN", "state": "", "city": "Hà Nội", "street_line1": "1", "street_line2": ""}
    return {
        "inline_query": {"id": "1", "from": person.user, "query": text, "offset": ""},
        "chosen_inline_result": {"result_id": "1", "from": person.user, "query": text},
        "callback_query": {
            "id": query.id,
            "from": person.user,
            "chat_instance": "1",
            "data": text,
            "message": _message(person, "card") | {"from": person.world.bot},
        },
        "shipping_query": {
            "id": "2",
            "from": person.user,
            "invoice_payload": text,
            "shipping_address": address | {"post_code": "100000"},
        },
        "pre_checkout_query": {
            "id": "3",
            "from": person.user,
            "currency": "VND",
            "total_amount": 1,
            "invoice_payload": text,
        },
        "purchased_paid_media": {"from": person.user, "paid_media_payload": text},
    }


def _memberships(person: Person) -> dict[str, Json]:
    bot = person.world.bot
    group = {"id": _GROUP, "type": "supergroup", "title": "Somewhere"}
    change: Json = {"chat": group, "from": person.user, "date": person.world.now()}
    added: Json = {
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": "member"},
    }
    boost = {"source": "premium", "user": person.user}
    return {
        "my_chat_member": change | added,
        "chat_member": change
        | {
            "old_chat_member": {"user": person.user, "status": "left"},
            "new_chat_member": {"user": person.user, "status": "member"},
        },
        "chat_join_request": change | {"user_chat_id": person.id},
        "chat_boost": {
            "chat": group,
            "boost": {"boost_id": "1", "add_date": 1, "expiration_date": 2, "source": boost},
        },
        "removed_chat_boost": {"chat": group, "boost_id": "1", "remove_date": 1, "source": boost},
    }


def _others(person: Person, text: str) -> dict[str, Json]:
    chat = person.chat.as_json()
    now = person.world.now()
    heart = {"type": "emoji", "emoji": "\u2764"}
    connection: Json = {"id": "b1", "user": person.user, "user_chat_id": person.id, "date": now}
    managed = {"id": 8001, "is_bot": True, "first_name": text[:64], "username": "managed_bot"}
    return {
        "poll": _poll(),
        "poll_answer": {
            "poll_id": "1",
            "user": person.user,
            "option_ids": [0],
            "option_persistent_ids": ["0"],
        },
        "message_reaction": {
            "chat": chat,
            "message_id": 1,
            "date": now,
            "user": person.user,
            "old_reaction": [],
            "new_reaction": [heart],
        },
        "message_reaction_count": {
            "chat": {"id": _CHANNEL, "type": "channel", "title": "News"},
            "message_id": 1,
            "date": now,
            "reactions": [{"type": heart, "total_count": 3}],
        },
        "business_connection": connection | {"is_enabled": True},
        "deleted_business_messages": {"business_connection_id": "b1", "chat": chat, "message_ids": [1]},
        "managed_bot": {"user": person.user, "bot": managed},
    }


def _message(person: Person, text: str) -> Json:
    message: Json = {
        "message_id": 900_000,
        "date": person.world.now(),
        "chat": person.chat.as_json(),
        "from": person.user,
    }
    if text.startswith("/"):
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        message["entities"] = [command]
    return message | ({"text": text} if text else {})


def _file() -> Json:
    return {
        "file_id": "AAA",
        "file_unique_id": "AAA",
        "file_size": 10,
        "mime_type": "application/octet-stream",
    }


def _payment() -> Json:
    return {
        "currency": "VND",
        "total_amount": 1,
        "invoice_payload": "x",
        "telegram_payment_charge_id": "1",
        "provider_payment_charge_id": "1",
    }


def _poll() -> Json:
    options = [{"text": "yes", "voter_count": 1, "persistent_id": "0"}]
    flags = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")
    poll = {"id": "1", "question": "?", "options": options, "total_voter_count": 1, "type": "regular"}
    return cast("Json", poll) | dict.fromkeys(flags, False)

"""What a bot tells about itself: commands per scope and language, name, descriptions, menu."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from botapi.errors import bad_request
from botapi.rich_text import cleaned_text
from botapi.wire import Json, as_array, as_object

COMMANDS_LIMIT = 100
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
Key = tuple[str, str]


@dataclass(slots=True)
class Profile:
    """Commands by scope (as JSON) and language; texts by field and language; menus by chat, 0 for all."""

    commands: dict[Key, list[Json]] = field(default_factory=dict[Key, list[Json]])
    texts: dict[Key, str] = field(default_factory=dict[Key, str])
    menus: dict[int, Json] = field(default_factory=dict[int, Json])


def read_scope(scope: Any) -> str:
    """A scope as a key; raises 400. Whether its chat exists is for the caller to ask."""
    if scope is None:
        return '{"type": "default"}'
    fields = as_object(scope) or {}
    kind = fields.get("type")
    if kind not in _SCOPES | _CHAT_SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    if kind in _CHAT_SCOPES and not fields.get("chat_id"):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    if kind == "chat_member" and not int(fields.get("user_id", 0)) > 0:
        raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
    return json.dumps(fields, sort_keys=True)


def read_language(code: str) -> str:
    """A two-letter code, or nothing for everybody."""
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("Invalid language code specified")
    return code


def read_commands(commands: Any) -> list[Json]:
    """At most 100 commands, each with its description."""
    given = as_array(commands)
    if given is None:
        raise bad_request("Expected an Array of BotCommand")
    if len(given) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    read = [_read_command(each) for each in given]
    names = [each["command"] for each in read]
    if len(set(names)) < len(names):
        raise bad_request("BOT_COMMANDS_DUPLICATE")
    return read


def read_text(name: str, text: str) -> str:
    if len(text) > _TEXT_LIMITS[name]:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    return cleaned_text(text)


def _read_command(command: Any) -> Json:
    fields = as_object(command)
    if fields is None:
        raise bad_request("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(fields.get(name), str):
            raise bad_request(f'Can\'t parse BotCommand: Field "{name}" must be of type String')
    name = cleaned_text(fields["command"]).removeprefix("/")
    description = cleaned_text(fields["description"])
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > 32:
        raise bad_request("Command length must not exceed 32")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > 256:
        raise bad_request("Command description length must not exceed 256")
    if not re.fullmatch("[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}

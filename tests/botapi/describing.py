"""setMyCommands and its relations, names, descriptions, menu buttons."""

from __future__ import annotations

import json

from botapi.calls import Call
from botapi.errors import bad_request
from botapi.profile import Key, read_commands, read_language, read_scope, read_text
from botapi.wire import Json, as_object
from botapi.world import World

_MENUS = {"default", "commands", "web_app"}


async def set_my_commands(world: World, call: Call) -> bool:
    key = _key(world, call)
    world.profile.commands[key] = read_commands(call.json("commands"))
    world.changes.happened()
    return True


async def get_my_commands(world: World, call: Call) -> list[Json]:
    return world.profile.commands.get(_key(world, call), [])


async def delete_my_commands(world: World, call: Call) -> bool:
    world.profile.commands.pop(_key(world, call), None)
    world.changes.happened()
    return True


async def set_text(name: str, world: World, call: Call) -> bool:
    language = read_language(call.text("language_code"))
    world.profile.texts[name, language] = read_text(name, call.text(name))
    return True


async def get_text(name: str, world: World, call: Call) -> Json:
    texts = world.profile.texts
    language = read_language(call.text("language_code"))
    text = texts.get((name, language)) or texts.get((name, ""), "")
    return {name: text or (world.bot["first_name"] if name == "name" else "")}


async def set_chat_menu_button(world: World, call: Call) -> bool:
    chat_id = call.number("chat_id")
    if chat_id:
        world.chat(call.text("chat_id"))
    menu = as_object(call.json("menu_button") or {"type": "default"}) or {}
    if menu.get("type") not in _MENUS:
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    world.profile.menus[chat_id] = menu
    return True


async def get_chat_menu_button(world: World, call: Call) -> Json:
    menus = world.profile.menus
    return menus.get(call.number("chat_id"), menus.get(0, {"type": "default"}))


def _key(world: World, call: Call) -> Key:
    scope = read_scope(call.json("scope"))
    if chat_id := json.loads(scope).get("chat_id"):
        world.chat(str(chat_id))
    return scope, read_language(call.text("language_code"))

"""The commands that Telegram offers to whom."""

from __future__ import annotations

import json
import time

from bot_scene import BotScene

from bot import command_menu
from bot.flows import hello
from botapi import faults
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.access import Role


async def test_strangers_are_offered_three_and_people_those_of_their_role(
    product: BotScene, telegram: Telegram, linh: Person, an: Person
) -> None:
    """Who has begun gets a menu of their own, in both languages; a viewer none that writes."""
    async with product.answering(hello.ROUTES):
        await linh.says("/start")
        await an.says("/start")
        await linh.waits_for(lambda: len(telegram.calls("setMyCommands")) == 6)
    menus = {
        (json.loads(call.text("scope")).get("chat_id"), call.text("language_code")): {
            each["command"]: each["description"] for each in json.loads(call.text("commands"))
        }
        for call in telegram.calls("setMyCommands")
    }
    assert telegram.refusals == []
    assert list(menus[None, ""]) == ["start", "help", "whoami"]
    assert menus[None, "vi"]["start"] == "Bắt đầu"
    assert {"new", "import", "pause", "queue", "help"} < menus[linh.id, ""].keys()
    assert menus[linh.id, ""].keys() - menus[an.id, ""].keys() == {
        "new",
        "import",
        "template",
        "pause",
        "resume",
    }


async def test_at_a_start_only_strangers_menu_is_set_and_telegrams_pause_is_kept(
    product: BotScene, telegram: Telegram, linh: Person
) -> None:
    """People have theirs already; a 429 is obeyed to the second."""
    async with product.answering(hello.ROUTES):
        await linh.says("/start")
        await linh.waits_for(lambda: len(telegram.calls("setMyCommands")) == 4)
    before = len(telegram.calls("setMyCommands"))
    telegram.misbehaves("setMyCommands", faults.too_many_requests(2))
    began = time.monotonic()
    async with product.answering(hello.ROUTES):
        await linh.waits_for(lambda: len(telegram.calls("setMyCommands")) == before + 3)
        assert time.monotonic() - began >= 2
        await linh.says("/help")
        await linh.sees("/queue")
    scopes = [json.loads(call.text("scope")) for call in telegram.calls("setMyCommands")[before:]]
    assert [scope["type"] for scope in scopes] == ["default"] * 3


def test_every_command_has_a_name_that_telegram_takes() -> None:
    """One to 32 small letters and a description of at most 256 characters (Bot API: BotCommand)."""
    for role in Role:
        for name in command_menu.commands_of(role):
            assert name.isascii()
            assert name.islower()
            assert len(name) <= 32

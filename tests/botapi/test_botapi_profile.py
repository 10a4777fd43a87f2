"""What the bot says about itself."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from botapi.person import Person
from botapi.refusals import refused


async def test_commands_are_kept_by_scope_and_language(bot: Bot, linh: Person) -> None:
    """Each pair has its own list, and falls back on nothing."""
    private, own = BotCommandScopeAllPrivateChats(), BotCommandScopeChat(linh.id)
    await bot.set_my_commands([("new", "New post"), ("queue", "Queue")], private)
    await bot.set_my_commands([("new", "Bài mới")], private, "vi")
    await bot.set_my_commands([BotCommand("/pause", "Pause")], own)
    assert [each.command for each in await bot.get_my_commands(private)] == ["new", "queue"]
    assert [each.description for each in await bot.get_my_commands(private, "vi")] == ["Bài mới"]
    assert [each.command for each in await bot.get_my_commands(own)] == ["pause"]
    assert await bot.get_my_commands() == ()
    await bot.delete_my_commands(private)
    assert await bot.get_my_commands(private) == ()


@pytest.mark.parametrize(
    ("command", "description", "problem"),
    [
        ("New", "x", "BOT_COMMAND_INVALID"),
        ("fix-stuck", "x", "BOT_COMMAND_INVALID"),
        ("n" * 33, "x", "Command length must not exceed 32"),
        ("", "x", "Command must be non-empty"),
        ("new", "", "Command description must be non-empty"),
        ("new", "x" * 257, "Command description length must not exceed 256"),
    ],
)
async def test_a_wrong_command_is_refused(bot: Bot, command: str, description: str, problem: str) -> None:
    """Names are lower case, digits and underscores, up to 32; descriptions have 1 to 256."""
    with refused(problem):
        await bot.set_my_commands([(command, description)])


async def test_lists_scopes_and_languages_have_bounds(bot: Bot) -> None:
    """100 commands, two-letter languages, chats that exist."""
    await bot.set_my_commands([(f"c{n}", "x") for n in range(100)])
    with refused("BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands([(f"c{n}", "x") for n in range(101)])
    with refused("Invalid language code specified"):
        await bot.set_my_commands([("new", "x")], language_code="vie")
    with refused("Chat not found"):
        await bot.set_my_commands([("new", "x")], BotCommandScopeChat(404))


async def test_names_descriptions_and_menu(bot: Bot, linh: Person) -> None:
    """Texts are kept per language and fall back on the one for everybody."""
    await bot.set_my_name("Auto-Post")
    await bot.set_my_description("Schedules posts")
    await bot.set_my_description("Đặt lịch đăng bài", "vi")
    await bot.set_my_short_description("x" * 120)
    assert (await bot.get_my_name("vi")).name == "Auto-Post"
    assert (await bot.get_my_description("vi")).description == "Đặt lịch đăng bài"
    assert (await bot.get_my_description("en")).description == "Schedules posts"
    assert (await bot.get_my_short_description()).short_description == "x" * 120
    with refused("TOO_LONG"):
        await bot.set_my_description("x" * 513)
    await bot.set_chat_menu_button(linh.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(linh.id)).type == "commands"
    assert (await bot.get_chat_menu_button()).type == "default"
    message = await bot.send_message(linh.id, "card")
    await bot.pin_chat_message(linh.id, message.message_id)
    assert linh.last.pinned
    with refused("Message to pin not found"):
        await bot.pin_chat_message(linh.id, 99)

"""The first words: what a person sees who comes in, by their role and language."""

from __future__ import annotations

from typing import Any

import pytest
from bot_scene import BotScene
from flow_steps import forges, labels, menu, settled, unmended

from bot.command_menu import commands_of
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.access import Role
from stories.fixtures import open_shop
from stories.threads_side import ThreadsSide

CHI = 1004


@pytest.fixture
def environment(environment: dict[str, Any]) -> dict[str, Any]:
    """With an editor of one account."""
    others = environment["telegram_allowed_users"]
    return {**environment, "telegram_allowed_users": f"{others}, {CHI}:editor@shop-hanoi"}


@pytest.fixture
def chi(telegram: Telegram) -> Person:
    """An editor of shop-hanoi alone."""
    return telegram.person(CHI, name="Chi", language="vi", started=True)


@pytest.mark.usefixtures("scene", "shop")
async def test_an_owner_begins_with_a_post(linh: Person, telegram: Telegram) -> None:
    """The first tap asks for the post, and the next word is a draft with its account and its buttons."""
    await linh.says("/start")
    card = await linh.sees("Hello Linh", "Vietnam (UTC+7)")
    assert "Role" not in card.text
    assert labels(card) == ["✏️ New post", "📋 Queue", "📅 Calendar", "📄 Excel template", "⚙️ Settings"]
    await linh.taps("New post")
    await linh.says("Phở bò tái")
    draft = await linh.sees("Phở bò tái", "@shop.hanoi")
    assert any("When" in label for label in labels(draft))
    assert telegram.refusals == []


@pytest.mark.usefixtures("scene", "shop")
async def test_the_language_is_that_of_their_telegram(
    minh: Person, product: BotScene, telegram: Telegram
) -> None:
    """It is kept from the first word on, and the menus are in it, whatever language a phone speaks later."""
    await minh.says("/start")
    card = await minh.sees("Chào Minh", "biên tập viên", "Việt Nam (UTC+7)")
    assert "✏️ Bài mới" in labels(card)
    await minh.waits_for(lambda: menu(telegram, minh, "vi"))
    stored = await product.core.stores.people.get(str(minh.id))
    assert stored is not None
    assert stored.language == "vi"
    english, vietnamese = menu(telegram, minh, ""), menu(telegram, minh, "vi")
    assert english == vietnamese
    assert english is not None
    assert english["new"] == "Viết bài mới"
    minh.user["language_code"] = "en"
    await minh.says("/help")
    await minh.sees("Mình làm được gì", fresh=True)


@pytest.mark.usefixtures("scene", "shop")
async def test_a_viewer_is_offered_nothing_that_they_cannot_use(an: Person, telegram: Telegram) -> None:
    """No new post, no template, no pausing: neither as a button nor as a command."""
    await an.says("/start")
    card = await an.sees("Hello An", "viewer", "Here you see")
    assert labels(card) == ["📋 Queue", "📅 Calendar", "⚙️ Settings"]
    await an.waits_for(lambda: menu(telegram, an, "vi"))
    offered = menu(telegram, an, "") or {}
    assert {"queue", "calendar", "status", "settings", "help"} <= offered.keys()
    assert not {"new", "import", "template", "pause", "resume"} & offered.keys()
    await an.says("/help")
    told = await an.sees("What I can do")
    assert "/new" not in told.text
    assert "Excel" not in told.text.partition("/")[0]
    assert labels(told) == labels(card)


@pytest.mark.parametrize("role", Role)
def test_help_and_menu_tell_the_same(role: Role) -> None:
    """Only owners pause; whoever may change posts writes and imports."""
    offered = set(commands_of(role))
    assert ({"pause", "resume"} <= offered) is (role is Role.OWNER)
    assert ({"new", "import", "template"} <= offered) is (role is not Role.VIEWER)


@pytest.mark.usefixtures("scene")
async def test_without_an_account_everybody_is_told_what_to_do(
    linh: Person, minh: Person, product: BotScene, threads: ThreadsSide
) -> None:
    """An owner gets the command, others the way to an owner; once it is linked, one tap goes on."""
    await linh.says("/start")
    card = await linh.sees("One step is missing", "autopost accounts add NAME --token -")
    assert labels(card) == ["🔄 Check again", "⚙️ Settings"]
    await minh.says("/start")
    other = await minh.sees("Còn một bước nữa", "nhờ chủ bot")
    assert "autopost" not in other.text
    await linh.taps("Check again", on=card)
    await settled(linh)
    await open_shop(product.engine, threads, "shop-hanoi")
    await linh.taps("Check again", on=card)
    await linh.sees_button("New post", on=card)
    assert "missing" not in card.text


@pytest.mark.usefixtures("scene", "shop", "other_shop")
async def test_who_somebody_is(linh: Person, minh: Person, an: Person, chi: Person) -> None:
    """Name, id, role and what it allows; a role on single accounts names them."""
    await linh.says("/whoami")
    await linh.sees("Linh, Telegram id 1001", "owner", "do everything")
    await minh.says("/whoami")
    await minh.sees("Minh, ID Telegram 1002", "biên tập viên", "lên lịch")
    await an.says("/whoami")
    await an.sees("1003", "viewer", "look at")
    await chi.says("/whoami")
    await chi.sees("biên tập viên", "shop-hanoi")
    await chi.says("/start")
    await chi.sees("Chào Chi", "biên tập viên (shop-hanoi)")


@pytest.mark.usefixtures("scene", "shop")
async def test_forged_taps_on_the_first_card_do_nothing(linh: Person, telegram: Telegram) -> None:
    """What no button of ours says gets one sentence; the hello card is the same whatever comes with it."""
    await linh.says("/start")
    card = await linh.sees("Hello Linh")
    told = await forges(linh, "nothing:::", "x" * 64, "start", ":::", "START:::", "start::-1:", card=card)
    assert told.count("not known any more") == 6
    await forges(linh, f"start:{'a' * 40}:9:b,c", card=card)
    assert "Hello Linh" in card.text
    assert unmended(telegram) == []


@pytest.mark.usefixtures("scene", "shop")
async def test_a_viewer_is_told_what_they_may_do(an: Person, minh: Person) -> None:
    """Nothing invites them to write; whoever may write is told how to begin."""
    for command in ("/start", "/help", "/queue", "/queue drafts", "/queue published", "/queue all"):
        await an.says(command)
        told = await an.sees("you see" if command == "/start" else "You can look at", fresh=True)
        assert "end me" not in told.text, command
    await an.says("/new")
    await an.sees("You may look at this account but not change its posts", fresh=True)
    await minh.says("/queue")
    await minh.sees("Gửi mình chữ, ảnh hoặc video")
    await minh.says("/new")
    await minh.sees("nội dung bài viết", fresh=True)

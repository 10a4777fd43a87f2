"""People: who may use the bot, invitations that work once, and removing somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bot_scene import LINH, MINH, BotScene
from flow_steps import forges, labels, menu, settled, unmended
from notices_scene import all_told

from botapi.messages import Message
from botapi.person import Person
from botapi.telegram_side import Telegram
from core.adapters.mongo.client import Database
from core.domain.access import Grant, Role
from stories.fixtures import Shop

MALLORY = "6666"


def link_of(card: Message) -> str:
    """What the button that copies the invitation puts onto the clipboard."""
    button: dict[str, Any] | None = card.button("Copy it") or card.button("Chép lại")
    assert button is not None
    return button["copy_text"]["text"]


def token_of(card: Message) -> str:
    return link_of(card).rpartition("?start=")[2]


async def invited(linh: Person, role: str, account: str = "") -> Message:
    """The owner makes an invitation; its card."""
    await linh.says("/people")
    card = await linh.sees("People", fresh=True)
    await linh.taps(f"➕ {role}", on=card)
    if account:
        await linh.taps(account, on=card)
    await linh.sees_button("Copy it", on=card)
    return card


def answers(who: Person) -> list[str]:
    return [message.text for message in who.messages if message.from_bot]


@pytest.mark.usefixtures("scene", "shop")
async def test_from_an_invitation_to_a_removal(
    linh: Person, stranger: Person, telegram: Telegram, product: BotScene
) -> None:
    """A stranger opens the link, is in with the role, is seen by the owner, and a stranger again at once."""
    card = await invited(linh, "Editor")
    assert link_of(card) == f"https://t.me/threads_autopost_bot?start={token_of(card)}"
    assert "as editor" in card.text
    assert "in 24 h" in card.text
    await stranger.says(f"/start {token_of(card)}")
    hello = await stranger.sees("Hello Mallory", "Your role: editor")
    await stranger.waits_for(lambda: menu(telegram, stranger, "vi"))
    await stranger.says("Phở")
    await stranger.sees("Phở", "@shop.hanoi")
    await linh.taps("Back", on=card)
    people = await linh.sees("People", "Mallory, editor (id 6666)")
    await linh.taps("🗑 Mallory", on=people)
    await linh.sees("Remove Mallory (editor)?", "see nothing")
    await linh.taps("Yes, remove", on=people)
    await linh.sees("✅ Mallory is out.")
    assert "🗑 Mallory" not in labels(people)
    assert "6666" not in people.text
    await stranger.waits_for(lambda: menu(telegram, stranger, "vi") is None)
    assert menu(telegram, stranger, "") is None
    before = len(answers(stranger))
    await stranger.says("still here?")
    await stranger.taps_raw("s_open:::", hello)
    await stranger.says("/start")
    await settled(linh)
    await telegram.is_polled()
    assert len(answers(stranger)) == before
    assert await product.core.people.known(MALLORY) is None
    assert unmended(telegram) == []


@pytest.mark.usefixtures("scene")
async def test_an_invitation_works_once(linh: Person, stranger: Person, telegram: Telegram) -> None:
    """Whoever comes second gets nothing at all; who is in may open it again."""
    token = token_of(await invited(linh, "Viewer"))
    await stranger.says(f"/start {token}")
    await stranger.sees("Hello Mallory", "Your role: viewer")
    second = telegram.person(7777, name="Trudy", language="en", started=True)
    await second.says(f"/start {token}")
    await stranger.says(f"/start {token}")
    await stranger.sees("Hello Mallory", fresh=True)
    await telegram.is_polled()
    assert answers(second) == []


@pytest.mark.usefixtures("scene")
async def test_an_invitation_ends(
    linh: Person, stranger: Person, telegram: Telegram, product: BotScene
) -> None:
    """After 24 hours it is worth nothing."""
    token = token_of(await invited(linh, "Owner"))
    await product.engine.clock.advance(timedelta(hours=24, seconds=1))
    await stranger.says(f"/start {token}")
    await settled(linh)
    await telegram.is_polled()
    assert answers(stranger) == []
    assert await product.core.people.known(MALLORY) is None


@pytest.mark.usefixtures("scene", "shop", "other_shop")
async def test_an_invitation_for_one_account(linh: Person, stranger: Person, product: BotScene) -> None:
    """With several accounts the owner says for which; the newcomer sees no other."""
    card = await invited(linh, "Editor", "@shop.saigon")
    assert "as editor on shop-saigon" in card.text
    await stranger.says(f"/start {token_of(card)}")
    await stranger.sees("Hello Mallory", "Your role: editor on shop-saigon")
    await stranger.says("/accounts")
    seen = await stranger.sees("Accounts", "@shop.saigon")
    assert "hanoi" not in seen.text
    assert labels(seen) == ["@shop.saigon"]
    person = await product.core.people.known(MALLORY)
    assert person is not None
    assert person.grant == Grant(Role.EDITOR, ("shop-saigon",))
    assert person.invited_by == str(LINH)


@pytest.mark.usefixtures("scene", "shop", "other_shop")
async def test_an_invitation_for_all_accounts(linh: Person) -> None:
    """An owner is one of all accounts and nothing is asked; for others it is one of the choices."""
    everywhere = await invited(linh, "Viewer", "All accounts")
    assert "as viewer\n" in everywhere.text
    await invited(linh, "Owner")


@pytest.mark.usefixtures("scene", "other_shop")
async def test_an_account_that_is_gone_is_not_all_accounts(
    linh: Person, product: BotScene, shop: Shop, database: Database
) -> None:
    """A button for an account that was unlinked meanwhile, or never was, makes no invitation."""
    await linh.says("/people")
    card = await linh.sees("People")
    await linh.taps("➕ Editor", on=card)
    await linh.sees_button("@shop.hanoi", on=card)
    await product.core.accounts.remove("shop-hanoi")
    told = await forges(linh, f"w_make:{shop.account.id}::editor", "w_make:nobody::owner", card=card)
    assert told.count("No account is named") == 2
    assert await database["invitations"].count_documents({}) == 0


@pytest.mark.usefixtures("scene", "shop", "other_shop")
async def test_only_owners_see_and_change_people(
    linh: Person, minh: Person, an: Person, stranger: Person, product: BotScene, database: Database
) -> None:
    """What an owner's buttons say does nothing for anybody else."""
    await stranger.says(f"/start {token_of(await invited(linh, 'Viewer', 'All accounts'))}")
    await stranger.sees("Hello")
    taps = ("w_list:::", "w_invite:::editor", "w_make:::owner", f"w_ask:{MALLORY}::", f"w_remove:{MALLORY}::")
    made = await database["invitations"].count_documents({})
    for who, sentence in [(minh, "Chỉ chủ sở hữu"), (an, "Only an owner"), (stranger, "Only an owner")]:
        await who.says("/settings")
        await who.sees_button("English" if who is minh else "Tiếng Việt")
        told = await forges(who, *taps)
        assert told.count(sentence) == len(taps)
        assert "1001" not in told
        await who.says("/people")
        await who.sees(sentence, fresh=True)
    assert await database["invitations"].count_documents({}) == made
    assert await product.core.people.known(MALLORY) is not None


@pytest.mark.usefixtures("scene")
async def test_forged_and_repeated_removals(
    linh: Person, minh: Person, stranger: Person, product: BotScene, telegram: Telegram
) -> None:
    """Nobody who is not one of us, nobody of the settings, and nobody twice; unknown roles are the least."""
    await minh.says("/start")
    await minh.sees("Chào")
    card = await invited(linh, "Editor")
    await stranger.says(f"/start {token_of(card)}")
    await stranger.sees("Hello")
    await linh.sees("Mallory is in")
    told = await forges(
        linh, "w_remove:424242::", "w_ask:424242::", "w_remove:::", f"w_ask:{'9' * 40}::", card=card
    )
    assert told == ""
    assert "People" in card.text
    named = await forges(linh, f"w_remove:{MINH}::", card=card)
    assert "TELEGRAM_ALLOWED_USERS" in named
    assert await product.core.people.known(str(MINH)) is not None
    again = await forges(linh, *[f"w_remove:{MALLORY}::"] * 3, card=card)
    assert again == ""
    assert "Mallory" not in card.text
    await forges(linh, "w_make:::emperor", card=card)
    assert "as viewer" in card.text
    assert unmended(telegram) == []


@pytest.mark.usefixtures("scene", "shop")
async def test_people_in_vietnamese(linh: Person, stranger: Person) -> None:
    """The list, the invitation and the question before a removal."""
    await linh.says("/settings")
    card = await linh.sees("Settings")
    await linh.taps("Tiếng Việt", on=card)
    await linh.taps("Thành viên", on=card)
    await linh.sees("Linh (bạn), chủ sở hữu", "ID 1002, biên tập viên, chưa vào lần nào")
    await linh.taps("Biên tập", on=card)
    await linh.sees("Lời mời làm biên tập viên", "Chỉ dùng được một lần")
    await stranger.says(f"/start {token_of(card)}")
    await stranger.sees("Hello Mallory")
    await linh.taps("Quay lại", on=card)
    await linh.taps("🗑 Mallory", on=card)
    await linh.sees("Xoá Mallory (biên tập viên)?")
    await linh.taps("Xoá luôn", on=card)
    await linh.sees("Đã xoá Mallory")


@pytest.mark.usefixtures("scene", "shop", "other_shop")
async def test_whoever_invites_is_told_who_came(linh: Person, stranger: Person, telegram: Telegram) -> None:
    """One notice with name and role, from which the newcomer can be removed; the card loses the used link."""
    card = await invited(linh, "Editor", "@shop.saigon")
    token = token_of(card)
    await stranger.says(f"/start {token}")
    await stranger.sees("Hello Mallory")
    notice = await linh.sees("👋 Mallory is in as editor on shop-saigon", "id 6666")
    assert not notice.silent
    await linh.sees("Used by Mallory: the link works no more")
    assert "t.me" not in card.text
    assert labels(card) == ["‹ Back"]
    await stranger.says(f"/start {token}")
    await settled(linh)
    assert len([text for text in answers(linh) if "Mallory is in" in text]) == 1
    await linh.taps("🗑 Mallory", on=notice)
    await linh.sees("Remove Mallory (editor on shop-saigon)?")
    await linh.taps("Yes, remove", on=notice)
    await linh.sees("✅ Mallory is out.")
    assert unmended(telegram) == []


async def test_who_came_while_the_bot_was_killed_is_told(
    product: BotScene, linh: Person, stranger: Person
) -> None:
    """The notice waits until a bot delivers it; the card's link goes with it."""
    async with product.answering(duties=()):
        card = await invited(linh, "Viewer")
        await stranger.says(f"/start {token_of(card)}")
        await stranger.sees("Hello Mallory")
    async with product.answering():
        await linh.sees("Mallory is in as viewer")
        await linh.sees("Used by Mallory")
    assert "t.me" not in card.text


async def test_nobody_is_told_of_a_link_that_let_nobody_in(
    product: BotScene, linh: Person, minh: Person, database: Database
) -> None:
    """Somebody who may as much already leaves it unused, and its card stands."""
    async with product.answering():
        card = await invited(linh, "Viewer")
        await minh.says(f"/start {token_of(card)}")
        await minh.sees("Chào Minh")
    assert "t.me" in card.text
    assert await database["notices"].count_documents({}) == 0


async def test_a_removed_person_hears_nothing_more(
    product: BotScene, linh: Person, stranger: Person, shop: Shop, telegram: Telegram
) -> None:
    """Neither their cards nor notices tell what becomes of the posts, and nothing is answered."""
    async with product.answering():
        await stranger.says(f"/start {token_of(await invited(linh, 'Editor'))}")
        await stranger.sees("Hello Mallory")
        posts = [await shop.schedule(f"Phở {hours}", timedelta(hours=hours)) for hours in (1, 2)]
        cards: list[Message] = []
        for post in posts:
            await stranger.says(f"/post {post.id}")
            cards.append(await stranger.sees(post.id))
        await shop.threads.misbehave("container_error", error_message="INVALID_ASPEC_RATIO")
        await linh.says("/people")
        people = await linh.sees("People", fresh=True)
        await linh.taps("🗑 Mallory", on=people)
        await linh.taps("Yes, remove", on=people)
        await linh.sees("Mallory is out")
        shown, before = [card.text for card in cards], len(answers(stranger))
        await product.run_for(timedelta(hours=3))
        await linh.sees("Published", "Phở")
        await stranger.taps_raw(f"p_open:{posts[0].id}::", cards[0])
        await stranger.says(f"/why {posts[1].id}")
        await all_told(product)
        await settled(linh)
        await telegram.is_polled()
    assert [card.text for card in cards] == shown
    assert len(answers(stranger)) == before

"""Accounts: how they are, pausing, resuming, the default, and what becomes of missed posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from bot_scene import BotScene
from flow_steps import forges, labels, unmended

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.account import Account, AccountState, MissedPolicy
from core.domain.failures import Failure, FailureClass
from core.domain.post import PostStatus
from stories.fixtures import Shop, open_shop
from stories.threads_side import ThreadsSide

CHI = 1004


@pytest.fixture
def environment(environment: dict[str, Any]) -> dict[str, Any]:
    """With an owner of one account."""
    others = environment["telegram_allowed_users"]
    return {**environment, "telegram_allowed_users": f"{others}, {CHI}:owner@shop-saigon"}


@pytest.fixture
def chi(telegram: Telegram) -> Person:
    """An owner of shop-saigon alone."""
    return telegram.person(CHI, name="Chi", language="en", started=True)


async def account_of(shop: Shop) -> Account:
    """The account as it is now."""
    return await shop.engine.core.accounts.named(shop.account.id)


async def changed(shop: Shop, **fields: Any) -> None:
    """What the engine or Threads does to an account."""
    before = await account_of(shop)
    assert await shop.engine.core.stores.accounts.save(before, replace(before, **fields)) is not None


@pytest.mark.usefixtures("scene")
async def test_without_accounts(linh: Person, minh: Person, chi: Person) -> None:
    """Every command about accounts says what to do first, an owner how."""
    for command in ("/accounts", "/pause", "/resume"):
        await linh.says(command)
        await linh.sees("No account is linked yet", "autopost accounts add", fresh=True)
        await minh.says(command)
        await minh.sees("Chưa có tài khoản nào cho bạn", fresh=True)
        await chi.says(command)
        await chi.sees("ask an owner", fresh=True)


@pytest.mark.usefixtures("scene")
async def test_three_accounts_at_a_glance(
    linh: Person, chi: Person, shop: Shop, other_shop: Shop, threads: ThreadsSide
) -> None:
    """Each with its state in a word and a sign, and how many posts wait; a tap opens one."""
    third = await open_shop(shop.engine, threads, "shop-hue")
    for hours in (1, 2):
        await shop.schedule(f"Post {hours}", timedelta(hours=hours))
    await changed(other_shop, paused=True)
    await changed(third, state=AccountState.NEEDS_REAUTH)
    await linh.says("/accounts")
    card = await linh.sees("🟢 @shop.hanoi: active · 2 waiting · default", "⏸ @shop.saigon: paused")
    assert "🔑 @shop.hue: needs linking again" in card.text
    await linh.taps("@shop.hanoi", on=card)
    await linh.sees("@shop.hanoi (shop-hanoi)", "🟢 active", "Posts waiting: 2, next ", "Vietnam (UTC+7)")
    assert "⭐ Make it the default" not in labels(card)
    await linh.taps("Back", on=card)
    await linh.sees("Accounts")
    await chi.says("/accounts")
    assert labels(await chi.sees("Accounts")) == ["@shop.saigon"]


@pytest.mark.usefixtures("scene")
async def test_how_long_an_account_is_linked(linh: Person, minh: Person, shop: Shop) -> None:
    """The end of the link is a time and a distance; once it has ended everybody is told what to do."""
    await changed(shop, token_expires_at=shop.engine.clock.now() + timedelta(days=42, hours=1))
    await linh.says("/accounts")
    card = await linh.sees("Accounts")
    await linh.taps("@shop.hanoi", on=card)
    await linh.sees("Linked until ", "in 42 days")
    error = Failure(
        FailureClass.NEEDS_REAUTH,
        "Threads no longer accepts the access that this account gave.",
        "Link the account again; its posts wait and then go out.",
    )
    await changed(shop, state=AccountState.NEEDS_REAUTH, error=error)
    await linh.says("/accounts")
    await linh.taps("@shop.hanoi", on=await linh.sees("Accounts", fresh=True))
    told = await linh.sees("🔑 needs linking again", "no longer accepts", "accounts add shop-hanoi --token -")
    assert "Linked until" not in told.text
    await minh.says("/accounts")
    await minh.taps("@shop.hanoi")
    other = await minh.sees("🔑 cần liên kết lại", "nhờ chủ sở hữu")
    assert "autopost" not in other.text
    assert "no longer" not in other.text
    await linh.says("/resume shop-hanoi")
    await linh.sees("cannot go on yet", "needs linking again")


@pytest.mark.usefixtures("scene")
async def test_paused_posts_wait_and_go_on(linh: Person, product: BotScene, shop: Shop) -> None:
    """The question lists what would wait; what fell due meanwhile is published after resuming."""
    for number in range(1, 8):
        await shop.schedule(f"Bát <b>phở</b> số {number}", timedelta(hours=number))
    await linh.says("/pause")
    card = await linh.sees("Pause @shop.hanoi?", "These will wait (7):", "số 1", "số 5", "… and 2 more")
    assert "số 6" not in card.text
    assert not (await account_of(shop)).paused
    await linh.taps("Yes, pause", on=card)
    await linh.sees("⏸ paused: nothing goes out")
    assert (await account_of(shop)).paused
    await product.run_for(timedelta(hours=2, minutes=1))
    assert await shop.feed() == []
    await linh.says("/resume")
    after = await linh.sees("@shop.hanoi goes on.", "had to wait: 2", "go out late")
    assert "🟢 active" in after.text
    await product.run_for(timedelta(minutes=30))
    assert {each.text for each in await shop.feed()} == {"Bát <b>phở</b> số 1", "Bát <b>phở</b> số 2"}


@pytest.mark.usefixtures("scene")
async def test_pausing_with_nothing_planned(minh: Person, linh: Person, shop: Shop) -> None:
    """The question says so, and so does resuming; back leaves all as it is. An editor is refused."""
    await linh.says("/settings")
    await linh.taps("Tiếng Việt")
    await linh.sees("Cài đặt")
    await linh.says("/pause @Shop.Hanoi")
    card = await linh.sees("Tạm dừng @shop.hanoi?", "không có bài nào")
    await linh.taps("Quay lại", on=card)
    await linh.sees("đang hoạt động", "Chưa có bài nào chờ đăng")
    await linh.taps("Tạm dừng", on=card)
    await linh.taps("Tạm dừng", on=await linh.sees("Tạm dừng @shop.hanoi?"))
    await linh.sees("⏸ tạm dừng")
    await linh.taps("Chạy tiếp", on=card)
    await linh.sees("@shop.hanoi chạy tiếp", "Không có bài nào phải chờ")
    assert not (await account_of(shop)).paused
    for command in ("/pause", "/pause shop-hanoi", "/resume", "/resume shop-hanoi"):
        await minh.says(command)
        await minh.sees("Chỉ chủ sở hữu tài khoản này", fresh=True)


@pytest.mark.usefixtures("scene", "shop", "other_shop")
async def test_an_unknown_name_is_said_with_those_that_there_are(linh: Person, chi: Person) -> None:
    """Of accounts that somebody may not see the names stay unknown to them."""
    await linh.says("/pause shop-hue <b>")
    await linh.sees('No account is named "shop-hue <b>". Linked are: shop-hanoi, shop-saigon.')
    await linh.says("/resume " + "x" * 3000)
    await linh.sees("No account is named", "shop-hanoi", fresh=True)
    await chi.says("/pause shop-hanoi")
    told = await chi.sees('No account is named "shop-hanoi"')
    assert "Linked are: shop-saigon." in told.text


@pytest.mark.usefixtures("scene")
async def test_which_account_is_asked_where_there_are_several(
    linh: Person, chi: Person, shop: Shop, other_shop: Shop
) -> None:
    """Only those for which it makes sense; an owner of one account has no choice to make."""
    await linh.says("/resume")
    await linh.sees("No account is paused")
    await linh.says("/pause")
    card = await linh.sees("Pause which account?")
    assert labels(card) == ["@shop.hanoi", "@shop.saigon"]
    await linh.taps("@shop.saigon", on=card)
    await linh.taps("Yes, pause", on=card)
    await linh.sees("@shop.saigon (shop-saigon)", "paused")
    await linh.says("/pause shop-hanoi")
    await linh.taps("Yes, pause", on=await linh.sees("Pause @shop.hanoi?"))
    await linh.waits_for(lambda: "⏸ paused" in linh.last.text)
    await linh.says("/pause")
    await linh.sees("Every account is paused already")
    await linh.says("/resume")
    assert labels(await linh.sees("Resume which account?")) == ["@shop.hanoi", "@shop.saigon"]
    await chi.says("/resume")
    await chi.sees("@shop.saigon goes on")
    assert (await account_of(shop)).paused
    assert not (await account_of(other_shop)).paused
    await chi.says("/pause")
    await chi.sees("Pause @shop.saigon?")


@pytest.mark.usefixtures("scene")
async def test_the_default_and_missed_posts(linh: Person, shop: Shop, other_shop: Shop) -> None:
    """An owner chooses both with a tap; what is chosen is marked."""
    await linh.says("/accounts")
    card = await linh.sees("Accounts")
    await linh.taps("@shop.saigon", on=card)
    await linh.taps("Make it the default", on=card)
    await linh.waits_for(lambda: "⭐ Make it the default" not in labels(card))
    assert (await account_of(other_shop)).is_default
    assert not (await account_of(shop)).is_default
    assert "● Post late" in labels(card)
    await linh.taps("Ask me", on=card)
    await linh.sees("Missed posts: I ask you")
    assert "● Ask me" in labels(card)
    assert (await account_of(other_shop)).missed_policy is MissedPolicy.ASK
    await linh.taps("Skip", on=card)
    await linh.sees("Missed posts: are skipped")


@pytest.mark.usefixtures("scene", "shop")
async def test_a_restricted_account_is_resumed(linh: Person, shop: Shop) -> None:
    """What Threads has against it is said, and resuming takes the hold away."""
    error = Failure(
        FailureClass.FATAL,
        "Threads has blocked the account for a while because of its rules.",
        "Wait at least 24 hours, see in the Threads app what was wrong, then resume the account.",
    )
    await changed(shop, state=AccountState.HELD, error=error)
    await linh.says("/accounts")
    card = await linh.sees("⛔ @shop.hanoi: restricted by Threads")
    await linh.taps("@shop.hanoi", on=card)
    await linh.sees("has blocked the account for a while", "then resume the account")
    await linh.taps("Resume", on=card)
    await linh.sees("@shop.hanoi goes on.", "🟢 active")
    assert "blocked" not in card.text
    assert (await account_of(shop)).can_publish


@pytest.mark.usefixtures("scene")
async def test_nobody_else_changes_an_account(
    minh: Person, an: Person, chi: Person, linh: Person, shop: Shop, other_shop: Shop, telegram: Telegram
) -> None:
    """Buttons of an owner, sent by an editor, a viewer and the owner of another account; theirs have none."""
    before = await account_of(shop)
    verbs = ("a_pause", "a_ask_pause", "a_resume", "a_default")
    taps = [*(f"{verb}:{before.id}::" for verb in verbs), f"a_missed:{before.id}::skip"]
    for who, refusal in [(minh, "Chỉ chủ sở hữu"), (an, "Only an owner"), (chi, "No account is named")]:
        await who.says("/accounts")
        await who.taps("@shop.saigon" if who is chi else "@shop.hanoi")
        await who.sees("(shop-")
        if who is not chi:
            assert {"📋 Its posts", "📋 Xem bài"} & set(labels(who.last))
            assert len(labels(who.last)) == 2
        told = await forges(who, *taps)
        assert told.count(refusal) == len(taps), told
    assert await account_of(shop) == before
    await linh.says("/accounts")
    card = await linh.sees("Accounts")
    unknown = await forges(
        linh,
        "a_open:nobody::",
        "a_pause:::",
        f"a_resume:{'z' * 50}::",
        f"a_missed:{before.id}::never",
        card=card,
    )
    assert unknown.count("No account is named") == 3
    assert await account_of(shop) == before
    assert (await account_of(other_shop)).can_publish
    assert unmended(telegram) == []


@pytest.mark.usefixtures("scene")
async def test_the_same_tap_again_changes_nothing_more(linh: Person, shop: Shop, telegram: Telegram) -> None:
    """Pausing and resuming five times at once is pausing and resuming."""
    post = await shop.schedule("Phở", timedelta(hours=1))
    await linh.says("/accounts")
    card = await linh.sees("Accounts")
    account = shop.account.id
    await forges(linh, *[f"a_pause:{account}::"] * 5, f"a_ask_pause:{account}::", card=card)
    assert (await account_of(shop)).paused
    assert "▶️ Resume" in labels(card)
    await forges(linh, *[f"a_resume:{account}::"] * 5, card=card)
    assert (await account_of(shop)).can_publish
    assert (await shop.get(post)).status is PostStatus.SCHEDULED
    assert "⏸ Pause" in labels(card)
    assert unmended(telegram) == []


@pytest.mark.usefixtures("scene")
async def test_an_owner_of_one_account_does_not_choose_the_default(
    linh: Person, chi: Person, shop: Shop, other_shop: Shop
) -> None:
    """The default is everybody's: their card has all the buttons of an owner but that one, which is refused."""
    for who in (linh, chi):
        await who.says("/accounts")
        await who.taps("@shop.saigon")
        await who.sees("@shop.saigon (shop-saigon)")
    assert "⭐ Make it the default" in labels(linh.last)
    assert "⏸ Pause" in labels(chi.last)
    assert "⭐ Make it the default" not in labels(chi.last)
    assert "Only an owner of all accounts" in await forges(chi, f"a_default:{other_shop.account.id}::")
    assert (await account_of(shop)).is_default

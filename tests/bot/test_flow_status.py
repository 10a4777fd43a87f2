"""Whether everything works, on one card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from bot_scene import BotScene
from cable import Cable, wired_scene
from flow_steps import labels

from botapi.person import Person
from botapi.telegram_side import Telegram
from core.domain.account import AccountState
from core.local.stack import StackState
from core.settings import DEFAULT_THREADS_API, Settings
from stories.fixtures import Shop
from stories.movable_clock import MovableClock


async def a_worker_runs(product: BotScene) -> None:
    await product.core.presence.beat("worker-1", product.core.clock.now())


@pytest.mark.usefixtures("scene")
async def test_everything_works(linh: Person, an: Person, product: BotScene, shop: Shop) -> None:
    """The verdict first; then what is planned and was published, how punctually, and what is next."""
    for hours in (1, 5):
        await shop.schedule(f"Bài {hours} <b>", timedelta(hours=hours))
    await shop.draft("Nháp")
    await product.run_for(timedelta(hours=1, minutes=1))
    await a_worker_runs(product)
    for who in (linh, an):
        await who.says("/status")
        card = await who.sees(
            "✅ Everything works.", "1 scheduled · 1 in draft", "Published in the last 24 h: 1"
        )
        assert "failed" not in card.text
        assert " ms after their time, " in card.text
        assert "Next: " in card.text
        assert "in 4 h\nBài 5 <b>" in card.text
        assert labels(card) == ["🔄 Refresh", "📋 Queue", "👤 Accounts"]


@pytest.mark.usefixtures("scene", "shop")
async def test_no_worker(linh: Person, minh: Person, an: Person, product: BotScene) -> None:
    """An owner is told the command, others whom to tell; refreshing the card sees it come back."""
    await linh.says("/status")
    card = await linh.sees("🚨 Something needs attention", "no worker is running", "autopost up -d")
    assert "Nothing is planned." in card.text
    assert "Nothing published in the last 24 h" in card.text
    await minh.says("/status")
    assert "autopost" not in (await minh.sees("Có việc cần xử lý", "worker không chạy", "báo cho chủ")).text
    await an.says("/status")
    assert "autopost" not in (await an.sees("Please tell an owner")).text
    await a_worker_runs(product)
    await linh.taps("Refresh", on=card)
    assert await linh.sees("✅ Everything works.") is card
    assert "worker" not in card.text


@pytest.mark.usefixtures("scene")
async def test_an_account_that_cannot_publish(linh: Person, product: BotScene, shop: Shop) -> None:
    """It needs attention, with the way to it; posts past their time are counted."""
    await a_worker_runs(product)
    account = await product.core.accounts.named(shop.account.id)
    broken = replace(account, state=AccountState.NEEDS_REAUTH)
    assert await product.core.stores.accounts.save(account, broken) is not None
    await shop.schedule("Phở", timedelta(minutes=1))
    await product.engine.clock.advance(timedelta(minutes=2))
    await linh.says("/status")
    card = await linh.sees("🚨 Something needs attention", "🔑 @shop.hanoi: needs linking again")
    assert "Posts past their time: 1" in card.text
    await linh.taps("Accounts", on=card)
    await linh.sees("Accounts", "needs linking again")


@pytest.mark.usefixtures("scene")
async def test_a_paused_account_is_said_and_the_next_post_is_another(
    linh: Person, minh: Person, product: BotScene, shop: Shop, other_shop: Shop
) -> None:
    """Next is what really goes out; where all accounts are paused nothing does, though posts are planned."""
    await a_worker_runs(product)
    await shop.schedule("Phở of the paused one", timedelta(hours=1))
    await other_shop.schedule("Bánh mì", timedelta(hours=2))
    await product.core.accounts.pause(shop.account.name)
    await linh.says("/status")
    card = await linh.sees("works, but not all goes out", "⏸ @shop.hanoi: paused", "in 2 h\nBánh mì")
    assert "Phở" not in card.text
    await product.core.accounts.pause(other_shop.account.name)
    await linh.taps("Refresh", on=card)
    await linh.sees("⏸ @shop.saigon: paused", "Nothing that is planned goes out")
    await minh.says("/status")
    await minh.sees("có tài khoản tạm dừng", "@shop.hanoi: tạm dừng", "chưa bài nào trong lịch được đăng")


@pytest.mark.usefixtures("scene")
async def test_a_link_that_lapses_needs_attention(linh: Person, product: BotScene, shop: Shop) -> None:
    """One that should have been renewed is named with its end; so is one that ended on a paused account."""
    await a_worker_runs(product)
    for days, told in [
        (20, "✅ Everything works."),
        (3, "🔑 @shop.hanoi: its link ends "),
        (-1, "could not"),
    ]:
        account = await product.core.accounts.named(shop.account.id)
        expires = product.core.clock.now() + timedelta(days=days, minutes=1)
        await product.core.stores.accounts.save(account, replace(account, token_expires_at=expires))
        await linh.says("/status")
        card = await linh.sees(told, fresh=True)
        assert ("attention" in card.text) is (days != 20)
    await linh.taps("Accounts", on=card)
    await linh.taps("@shop.hanoi", on=card)
    await linh.sees("Linked until", "could not be renewed: link it again")
    account = await product.core.accounts.named(shop.account.id)
    dead = replace(account, state=AccountState.NEEDS_REAUTH, paused=True)
    await product.core.stores.accounts.save(account, dead)
    await linh.says("/status")
    await linh.sees("attention", "⏸ @shop.hanoi: paused: nothing goes out · needs linking again", fresh=True)


@pytest.fixture
def cable(stack: StackState) -> Cable:
    return Cable(stack.redis_url)


@pytest.fixture
async def wired(
    settings: Settings, clock: MovableClock, telegram: Telegram, cable: Cable
) -> AsyncIterator[BotScene]:
    """The product, which reaches Redis by the cable."""
    async with wired_scene(settings, clock, telegram, cable, "redis_url") as scene:
        yield scene


async def test_redis_is_down(wired: BotScene, cable: Cable, linh: Person, an: Person) -> None:
    """Everybody who asks gets an answer that says so; whether a worker runs is not guessed."""
    async with wired.answering():
        cable.pull()
        await linh.says("/status")
        card = await linh.sees("🚨 Something needs attention", "Redis", within=30)
        assert "worker" not in card.text
        await an.says("/status")
        await an.sees("Something needs attention", "Redis", within=30)
        cable.plug_in()
        await a_worker_runs(wired)
        await linh.taps("Refresh", on=card)
        await linh.sees("✅ Everything works.", within=30)


@pytest.mark.usefixtures("shop")
async def test_practice_is_said(product: BotScene, linh: Person) -> None:
    """Where posts go to the sandbox, the first card and the status say so in plain words."""
    local = {"threads_api_base_url": DEFAULT_THREADS_API, "mongodb_uri": None, "redis_url": None}
    practising = product.core.settings.model_copy(update=local)
    assert practising.uses_sandbox
    product.engine.core = replace(product.core, settings=practising)
    async with product.answering():
        await linh.says("/start")
        await linh.sees("Hello Linh", "nothing goes to the real Threads")
        await linh.says("/status")
        await linh.sees("attention", "nothing goes to the real Threads")

"""Several accounts: each gets its own posts, and the trouble of one is not that of another."""

from __future__ import annotations

from datetime import timedelta

from core.domain.account import AccountState
from core.domain.post import Hold, PostStatus
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)


async def test_each_account_gets_its_own_posts(shop: Shop, other_shop: Shop) -> None:
    """Two accounts post at the same moment, even the same text, and nothing gets mixed up."""
    await shop.schedule("Hanoi only", HOUR)
    await shop.schedule("Happy Tet", HOUR)
    await other_shop.schedule("Saigon only", HOUR)
    await other_shop.schedule("Happy Tet", HOUR)

    await shop.engine.run_for(2 * HOUR)

    assert {shown.text for shown in await shop.feed()} == {"Hanoi only", "Happy Tet"}
    assert {shown.text for shown in await other_shop.feed()} == {"Saigon only", "Happy Tet"}
    assert len(await shop.threads.feed()) == 4


async def test_an_account_whose_access_has_ended(shop: Shop, other_shop: Shop) -> None:
    """Its posts wait, they do not fail; the other account goes on; linked again, they go out, once each."""
    first = await shop.schedule("One", HOUR)
    second = await shop.schedule("Two", 2 * HOUR)
    await other_shop.schedule("Business as usual", 2 * HOUR)
    await shop.threads.end_access(shop.account.username)

    await shop.engine.run_for(3 * HOUR)
    assert [shown.text for shown in await shop.threads.feed()] == ["Business as usual"]
    for post in (await shop.get(first), await shop.get(second)):
        assert (post.status, post.hold) == (PostStatus.SCHEDULED, Hold.ACCOUNT)
    account = await shop.engine.core.accounts.named("shop-hanoi")
    assert account.state is AccountState.NEEDS_REAUTH
    assert account.error is not None
    assert account.error.remedy

    token = await shop.threads.sign_up(shop.account.username)
    released = await shop.engine.core.accounts.replace_token("shop-hanoi", token, who=WHO)
    assert released == 2
    await shop.engine.run_for(HOUR)
    assert sorted(shown.text for shown in await shop.feed()) == ["One", "Two"]


async def test_a_pause(shop: Shop, other_shop: Shop) -> None:
    """While an account is paused nothing of it appears; afterwards what is left goes out."""
    paused = await shop.schedule("Later", HOUR)
    await other_shop.schedule("Now", HOUR)

    await shop.engine.core.accounts.pause("shop-hanoi")
    await shop.engine.run_for(2 * HOUR)
    assert [shown.text for shown in await shop.threads.feed()] == ["Now"]
    assert (await shop.get(paused)).hold is Hold.PAUSED

    assert await shop.engine.core.accounts.resume("shop-hanoi", who=WHO) == 1
    await shop.engine.run_for(HOUR)
    assert [shown.text for shown in await shop.feed()] == ["Later"]


async def test_tokens_are_renewed_in_time(shop: Shop) -> None:
    """A year goes by and the account can still post, although a token lasts sixty days."""
    await shop.engine.run_for(timedelta(days=365))

    await shop.schedule("Still here", HOUR)
    await shop.engine.run_for(2 * HOUR)

    assert [shown.text for shown in await shop.feed()] == ["Still here"]

"""Linking, renewing, pausing and removing accounts, against the tokens of the sandbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.account import Account, AccountState
from core.domain.errors import NotFoundError, RefusedError
from core.domain.failures import Failure, FailureClass
from core.domain.secret import Secret
from stories.fixtures import WHO, Shop

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def _now(shop: Shop) -> Account:
    return await shop.engine.core.accounts.named(shop.account.name)


async def test_the_first_account_is_the_default(shop: Shop, other_shop: Shop) -> None:
    """Without a name the default is meant; a person may choose another default."""
    accounts = shop.engine.core.accounts
    assert (await accounts.named(None)).id == shop.account.id

    await accounts.set_default("shop-saigon")

    assert (await accounts.named(None)).id == other_shop.account.id
    assert [account.is_default for account in await accounts.list()].count(True) == 1


@pytest.mark.parametrize("name", ["shop-hanoi", "SHOP-Hanoi", " @shop.hanoi ", "shop.hanoi"])
async def test_how_an_account_may_be_called(shop: Shop, name: str) -> None:
    """By its name or its user name on Threads, whatever the case."""
    assert (await shop.engine.core.accounts.named(name)).id == shop.account.id


async def test_nothing_falls_back_to_another_account(shop: Shop) -> None:
    """A name that nobody has is an error that says which there are."""
    with pytest.raises(NotFoundError, match=r'"shop-hue".*shop-hanoi'):
        await shop.engine.core.accounts.named("shop-hue")


async def test_what_cannot_be_linked(shop: Shop) -> None:
    """A token that Threads does not know, a Threads user that is linked, a name that is none."""
    accounts = shop.engine.core.accounts
    token = await shop.threads.sign_up("newcomer")

    with pytest.raises(RefusedError, match="does not accept the token"):
        await accounts.add("stranger", Secret("THAAnobody"), "UTC")
    with pytest.raises(RefusedError, match="linked already"):
        await accounts.add("again", await shop.threads.sign_up(shop.account.username), "UTC")
    with pytest.raises(RefusedError, match="linked already"):
        await accounts.add("Shop-Hanoi", token, "UTC")
    for name in ("", "two words", "-x"):
        with pytest.raises(RefusedError, match="cannot name an account"):
            await accounts.add(name, token, "UTC")
    assert [account.name for account in await accounts.list()] == ["shop-hanoi"]


async def test_a_token_of_somebody_else(shop: Shop) -> None:
    """Linking again with the token of another user is refused: the posts would go out there."""
    stranger = await shop.threads.sign_up("stranger")
    post = await shop.schedule("Mine", HOUR)

    with pytest.raises(RefusedError, match="belongs to @stranger"):
        await shop.engine.core.accounts.replace_token("shop-hanoi", stranger, who=WHO)
    await shop.engine.run_for(2 * HOUR)

    assert len(await shop.feed()) == 1
    assert await shop.threads.feed("stranger") == []
    assert post.account_id == shop.account.id


async def test_an_account_for_which_posts_wait(shop: Shop) -> None:
    """It is not removed over the head of its posts."""
    post = await shop.schedule("Waiting", HOUR)
    with pytest.raises(RefusedError, match="1 posts wait"):
        await shop.engine.core.accounts.remove("shop-hanoi")

    await shop.engine.core.posts.cancel(post.id, who=WHO)
    await shop.engine.core.accounts.remove("shop-hanoi")
    assert await shop.engine.core.accounts.list() == []


async def test_a_token_is_renewed_before_it_ends(shop: Shop) -> None:
    """A token of unknown age is renewed after a day, from then on ten days before its end; a warning comes first."""
    assert (await _now(shop)).token_expires_at is None

    await shop.engine.run_for(2 * DAY)

    account = await _now(shop)
    assert account.token_expires_at is not None
    assert account.due_at is not None
    first_end = account.token_expires_at
    assert first_end - account.due_at == 14 * DAY
    assert first_end - shop.engine.clock.now() > 58 * DAY

    await shop.engine.run_until(first_end - 11 * DAY)
    assert (await _now(shop)).due_at == first_end - 10 * DAY
    await shop.engine.run_until(first_end - 9 * DAY)
    renewed = await _now(shop)
    assert renewed.token_expires_at is not None
    assert renewed.token_expires_at > first_end + 45 * DAY


async def test_a_renewal_that_fails_is_tried_again(shop: Shop) -> None:
    """Trouble at Threads keeps the old token, with which the account goes on posting."""
    await shop.threads.misbehave("server_error", on="refresh", count=3)
    await shop.engine.run_for(2 * DAY)
    account = await _now(shop)
    assert (account.state, account.token_expires_at is None) == (AccountState.ACTIVE, False)
    assert len(await shop.threads.calls("refresh")) == 4
    assert account.error is None


async def test_a_renewal_with_a_dead_token(shop: Shop) -> None:
    """A token that died is noticed when it is renewed; the account waits to be linked again."""
    await shop.threads.end_access(shop.account.username)

    await shop.engine.run_for(2 * DAY)

    account = await _now(shop)
    assert (account.state, account.due_at) == (AccountState.NEEDS_REAUTH, None)
    assert account.error is not None
    token = await shop.threads.sign_up(shop.account.username)
    await shop.engine.core.accounts.replace_token("shop-hanoi", token, who=WHO)
    account = await _now(shop)
    assert (account.state, account.error) == (AccountState.ACTIVE, None)
    assert account.due_at is not None


async def test_a_renewal_that_was_overtaken(shop: Shop) -> None:
    """A message about an older state of the account changes nothing."""
    await shop.engine.core.accounts.refresh(shop.account.id, shop.account.version - 1)
    await shop.engine.core.accounts.refresh("nobody", 1)
    assert await shop.threads.calls("refresh") == []


async def test_a_pause_and_a_change_at_the_same_time(shop: Shop) -> None:
    """Each change is made to the newest state: none undoes another."""
    stale = await _now(shop)
    await shop.engine.core.accounts.pause("shop-hanoi")
    assert await shop.engine.core.stores.accounts.save(stale, replace(stale, zone="UTC")) is None
    await shop.engine.core.accounts.set_default("shop-hanoi")
    assert (await _now(shop)).paused


@pytest.mark.parametrize("names", [("aaa", "zzz"), ("zzz", "aaa")])
async def test_a_name_goes_before_a_user_name(shop: Shop, names: tuple[str, str]) -> None:
    """An account named as another's Threads user is the one that is meant; its id goes before both."""
    core = shop.engine.core
    one = await core.accounts.add(names[0], await shop.threads.sign_up("shop.hue"), "UTC")
    other = await core.accounts.add("shop.hue", await shop.threads.sign_up(names[1]), "UTC")
    named_by_id = await core.accounts.add(one.id, await shop.threads.sign_up("somebody"), "UTC")

    assert (await core.accounts.named("Shop.Hue")).id == other.id
    assert (await core.accounts.named(names[0])).id == one.id
    assert (await core.accounts.named(one.id)).id == one.id
    assert (await core.accounts.named(named_by_id.username)).id == named_by_id.id


async def test_a_restricted_account_that_is_resumed_has_no_error(shop: Shop) -> None:
    """The reason for which Threads had restricted it goes when a person lets it go on; of a paused one it stays."""
    accounts, store = shop.engine.core.accounts, shop.engine.core.stores.accounts
    failure = Failure(FailureClass.FATAL, "It is restricted.", "Wait.")
    before = await _now(shop)
    assert await store.save(before, replace(before, state=AccountState.HELD, error=failure))
    await accounts.resume("shop-hanoi", who=WHO)
    assert ((await _now(shop)).state, (await _now(shop)).error) == (AccountState.ACTIVE, None)

    before = await _now(shop)
    assert await store.save(before, replace(before, paused=True, error=failure))
    await accounts.resume("shop-hanoi", who=WHO)
    assert ((await _now(shop)).paused, (await _now(shop)).error) == (False, failure)

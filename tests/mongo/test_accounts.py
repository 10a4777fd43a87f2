"""Accounts in a real MongoDB."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import an_account
from core.adapters.cipher import Cipher
from core.adapters.mongo.accounts import MongoAccountStore
from core.adapters.mongo.client import Database
from core.adapters.mongo.stores import Stores
from core.domain.account import AccountState
from core.domain.errors import RefusedError, SettingsError
from core.domain.failures import Failure, FailureClass
from core.domain.secret import Secret


async def test_an_account_reads_back_as_it_was_saved(stores: Stores) -> None:
    """Token, error and state come back; the version grows; the older version can change nothing more."""
    account = an_account()
    assert await stores.accounts.add(account)
    dead = Failure(FailureClass.NEEDS_REAUTH, "dead", "link", code=190, retry_after=timedelta(seconds=1.5))
    after = replace(account, state=AccountState.NEEDS_REAUTH, error=dead, token=Secret("another"))

    saved = await stores.accounts.save(account, after)

    assert saved == replace(after, version=2)
    assert await stores.accounts.get(account.id) == saved
    assert await stores.accounts.save(account, replace(account, paused=True)) is None
    assert await stores.accounts.get("nobody") is None


async def test_tokens_lie_encrypted(stores: Stores, database: Database) -> None:
    """Nothing in the database shows a token, neither after add nor after save."""
    account = an_account(token=Secret("THAA-first-token"))
    await stores.accounts.add(account)
    assert "THAA" not in repr(await database["accounts"].find_one())
    await stores.accounts.save(account, replace(account, token=Secret("THAA-second-token")))
    assert "THAA" not in repr(await database["accounts"].find_one())


async def test_a_token_works_for_its_own_account_only(stores: Stores, database: Database) -> None:
    """An encrypted token that is copied to another account is refused."""
    mine, other = an_account(), an_account()
    await stores.accounts.add(mine)
    await stores.accounts.add(other)
    stolen = await database["accounts"].find_one({"_id": other.id})
    assert stolen
    await database["accounts"].update_one({"_id": mine.id}, {"$set": {"token": stolen["token"]}})
    with pytest.raises(SettingsError, match=mine.name):
        await stores.accounts.get(mine.id)


async def test_another_key_is_told_with_its_remedy(stores: Stores, database: Database) -> None:
    """Reading with the wrong key names the account and what to set."""
    account = an_account(name="Bếp Nhà")
    await stores.accounts.add(account)
    with pytest.raises(SettingsError, match=r'"Bếp Nhà".*AUTOPOST_SECRET_KEY'):
        await MongoAccountStore(database, Cipher(Secret("another key"))).list()


async def test_names_and_users_are_taken_once(stores: Stores) -> None:
    """Neither add nor rename may give two accounts one name, in whatever case, or one Threads user."""
    account, other = an_account(name="Đà Lạt Shop"), an_account()
    assert await stores.accounts.add(account)
    assert await stores.accounts.add(other)
    assert not await stores.accounts.add(an_account(name="đà lạt SHOP"))
    assert not await stores.accounts.add(an_account(user_id=account.user_id))
    with pytest.raises(RefusedError, match="đà lạt SHOP"):
        await stores.accounts.save(other, replace(other, name="đà lạt SHOP"))
    assert await stores.accounts.by_name("ĐÀ LẠT SHOP") == account
    assert await stores.accounts.by_name("Da Lat Shop") is None


async def test_accounts_are_listed_by_name(stores: Stores) -> None:
    """The list is alphabetical, whatever the case."""
    for name in ("beta", "Alpha", "GAMMA"):
        await stores.accounts.add(an_account(name=name))
    assert [account.name for account in await stores.accounts.list()] == ["Alpha", "beta", "GAMMA"]


async def test_there_is_one_default(stores: Stores) -> None:
    """Of many that are made the default at once one remains, and choosing it again changes nothing."""
    accounts = [an_account() for _ in range(4)]
    for account in accounts:
        await stores.accounts.add(account)

    await asyncio.gather(*(stores.accounts.set_default(account.id) for account in accounts))

    (default,) = [account for account in await stores.accounts.list() if account.is_default]
    await stores.accounts.set_default(default.id)
    assert await stores.accounts.get(default.id) == default
    another = next(account.id for account in accounts if account.id != default.id)
    await stores.accounts.set_default(another)
    assert [account.id for account in await stores.accounts.list() if account.is_default] == [another]


async def test_only_the_version_that_was_seen_is_unlinked(stores: Stores) -> None:
    """An account that somebody has changed meanwhile is not deleted."""
    account = an_account()
    await stores.accounts.add(account)
    saved = await stores.accounts.save(account, replace(account, paused=True))
    assert saved is not None
    assert not await stores.accounts.delete(account)
    assert await stores.accounts.delete(saved)
    assert await stores.accounts.list() == []

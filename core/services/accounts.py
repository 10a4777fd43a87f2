"""Accounts: link, list, choose the default, pause, resume, keep the token alive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from core.domain.access import ALL_RIGHTS, Rights, Role
from core.domain.account import Account, AccountState, MissedPolicy
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.failures import Failure, FailureClass, ThreadsError
from core.domain.post import PostStatus
from core.domain.secret import Secret
from core.domain.token_alerts import next_alert
from core.domain.zones import zone
from core.ports import AccountStore, Clock, IssuedToken, PostFilter, PostStore, Profile, Threads
from core.services.desk import Desk
from core.services.posts import Posts

log = logging.getLogger(__name__)

_REFRESH_BEFORE: Final = timedelta(days=10)
"""A long-lived token lasts 60 days (Threads API: long-lived tokens); ten are left for trouble."""
_REFRESH_FIRST: Final = timedelta(hours=25)
"""A token younger than 24 h cannot be refreshed (same page)."""
_REFRESH_AGAIN: Final = timedelta(hours=6)
_TRIES: Final = 5


class Accounts:
    """What people do with accounts, and the refresh of their tokens.

    Accounts that ``rights`` do not show do not exist here; every change needs an owner of the account, a
    new account or another default one of all, and raises RefusedError for anybody else.
    """

    def __init__(  # one per port
        self,
        accounts: AccountStore,
        post_store: PostStore,
        posts: Posts,
        threads: Threads,
        desk: Desk,
        clock: Clock,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._accounts = accounts
        self._post_store = post_store
        self._posts = posts
        self._threads = threads
        self._desk = desk
        self._clock = clock
        self._rights = rights

    async def add(
        self, name: str, token: Secret, zone_name: str, *, expires_in: int | None = None
    ) -> Account:
        """Link an account by its token; the first one becomes the default.

        ``expires_in`` is in seconds. Threads is asked whose token it is. Raises RefusedError when the
        name or the Threads user is linked already, or Threads does not know the token.
        """
        self._rights.require(Role.OWNER)
        name = name.strip()
        if not name or any(map(str.isspace, name)) or name.startswith("-"):
            raise RefusedError(
                f'"{name}" cannot name an account: use a word without spaces, such as shop-hanoi.'
            )
        profile = await self._profile(token)
        now = self._clock.now()
        expires = now + timedelta(seconds=expires_in) if expires_in else None
        account = Account(
            id=uuid4().hex[:12],
            name=name,
            user_id=profile.user_id,
            username=profile.username,
            token=token,
            token_issued_at=now,
            token_expires_at=expires,
            zone=zone(zone_name).key,
            is_default=not await self._accounts.list(),
            due_at=_due(now, expires, now),
        )
        if not await self._accounts.add(account):
            raise RefusedError(
                f"{name} (@{profile.username}) is linked already: see `autopost accounts list`."
            )
        await self._desk.arm(account.due_at)
        return account

    async def list(self) -> list[Account]:
        known = await self._accounts.list()
        return [account for account in known if self._rights.may(Role.VIEWER, account.id)]

    async def named(self, name: str | None) -> Account:
        """The account of that id, name or Threads user name, sought in this order; without one the default.

        Raises NotFoundError; nothing falls back.
        """
        known = await self.list()
        names = ", ".join(account.name for account in known) or "none"
        if name is None:
            chosen = next((account for account in known if account.is_default), None)
            if chosen is None and known:
                raise NotFoundError(f"The default account is not one of yours: name one of {names}.")
            if chosen is None:
                raise NotFoundError("No account is linked: add one with `autopost accounts add NAME`.")
            return chosen
        chosen = _called(known, name.strip().lstrip("@").casefold())
        if chosen is None:
            raise NotFoundError(f'No account is named "{name}". Linked are: {names}.')
        return chosen

    async def set_default(self, name: str) -> Account:
        """Have it be everybody's default account, which takes that from another: for owners of all accounts."""
        account = await self.named(name)
        self._rights.require(Role.OWNER)
        await self._accounts.set_default(account.id)
        return await self.named(name)

    async def replace_token(self, name: str, token: Secret, *, who: str) -> int:
        """Link an account anew after its token died; how many held posts go on.

        Raises RefusedError when the token belongs to another Threads user: its posts would go out there.
        """
        account = await self._owned(name)
        profile = await self._profile(token)
        if profile.user_id != account.user_id:
            raise RefusedError(
                f"That token belongs to @{profile.username}, not to @{account.username}:"
                f" log in as @{account.username}, or add it as another account."
            )
        now = self._clock.now()

        def linked(before: Account) -> Account:
            return replace(
                before,
                token=token,
                token_issued_at=now,
                token_expires_at=None,
                state=AccountState.ACTIVE,
                error=None,
                due_at=_due(now, None, now),
            )

        await self._change(account.id, linked)
        return await self._release(account, who=who, why="account linked again")

    async def pause(self, name: str) -> Account:
        """Nothing of the account is published until it is resumed; its posts are held as they fall due."""
        account = await self._owned(name)
        return await self._change(account.id, lambda before: replace(before, paused=True))

    async def resume(self, name: str, *, who: str) -> int:
        """Go on; how many held posts are due again (late ones by the account's policy)."""
        account = await self._owned(name)

        def active(before: Account) -> Account:
            resumed = replace(before, paused=False)
            if before.state is not AccountState.HELD:
                return resumed
            return replace(resumed, state=AccountState.ACTIVE, error=None)

        await self._change(account.id, active)
        return await self._release(account, who=who, why="account resumed")

    async def set_missed_policy(self, name: str, policy: MissedPolicy) -> Account:
        """Say what becomes of posts of the account whose time passed while nothing could be published."""
        account = await self._owned(name)
        return await self._change(account.id, lambda before: replace(before, missed_policy=policy))

    async def set_zone(self, name: str, zone_name: str) -> Account:
        """Have its local times meant in another zone from now on; posts keep their moments."""
        account, key = await self._owned(name), zone(zone_name).key
        return await self._change(account.id, lambda before: replace(before, zone=key))

    async def remove(self, name: str) -> None:
        """Unlink it. Raises RefusedError while posts wait for it."""
        account = await self._owned(name)
        waiting = [PostStatus.SCHEDULED, PostStatus.PUBLISHING]
        counted = await self._post_store.count(PostFilter(account_id=account.id, statuses=waiting))
        if sum(counted.values()):
            raise RefusedError(
                f"{sum(counted.values())} posts wait for {account.name}: cancel or delete them first."
            )
        await self._accounts.delete(account)

    async def keep_alive(self, account_id: str, version: int) -> None:
        """What a due account needs, if it still has this version: its token renewed when it is time for that."""
        self._rights.require(Role.OWNER, account_id)
        account = await self._accounts.get(account_id)
        if account is None or account.version != version:
            return
        issued_at, expires, now = account.token_issued_at, account.token_expires_at, self._clock.now()
        if now >= _refresh_due(issued_at, expires):
            await self.refresh(account_id, version)
        elif account.state is not AccountState.NEEDS_REAUTH:
            due = _due(issued_at, expires, now)
            await self._change(account_id, lambda before: replace(before, due_at=due))

    async def refresh(self, account_id: str, version: int) -> None:
        """Renew the token, if the account still has this version.

        A failure keeps the old token and is tried again.
        """
        self._rights.require(Role.OWNER, account_id)
        account = await self._accounts.get(account_id)
        if account is None or account.version != version or account.state is AccountState.NEEDS_REAUTH:
            return
        now = self._clock.now()
        try:
            issued = await self._threads.refresh(account.token)
        except ThreadsError as error:
            log.warning("account.refresh_failed", extra={"account": account.name, "code": error.failure.code})
            after = _not_renewed(account, error.failure, now)
            await self._change(
                account_id,
                lambda before: replace(before, state=after.state, error=after.error, due_at=after.due_at),
            )
            return
        await self._change(account_id, lambda before: _renewed(before, issued, now))

    async def _owned(self, name: str) -> Account:
        account = await self.named(name)
        self._rights.require(Role.OWNER, account.id)
        return account

    async def _profile(self, token: Secret) -> Profile:
        try:
            return await self._threads.profile(token)
        except ThreadsError as error:
            known = error.failure.kind in (FailureClass.NEEDS_REAUTH, FailureClass.FATAL)
            what = "does not accept the token" if known else "could not be asked whose token it is"
            raise RefusedError(f"Threads {what}: {error.failure.cause} {error.failure.remedy}") from None

    async def _release(self, account: Account, *, who: str, why: str) -> int:
        return await self._posts.release(PostFilter(account_id=account.id, held=True), who=who, why=why)

    async def _change(self, account_id: str, change: Callable[[Account], Account]) -> Account:
        for _ in range(_TRIES):
            before = await self._accounts.get(account_id)
            if before is None:
                raise NotFoundError(f"Account {account_id} is not linked any more.")
            saved = await self._accounts.save(before, change(before))
            if saved is not None:
                await self._desk.arm(saved.due_at)
                return saved
        raise ConflictError("The account keeps changing: try again.")


def _called(accounts: Sequence[Account], folded: str) -> Account | None:
    """The user name of one account may be the name of another: that name belongs to the other."""
    ways: tuple[Callable[[Account], str], ...] = (
        lambda account: account.id,
        lambda account: account.name.casefold(),
        lambda account: account.username.casefold(),
    )
    return next((account for way in ways for account in accounts if way(account) == folded), None)


def _not_renewed(account: Account, failure: Failure, now: datetime) -> Account:
    if failure.kind is FailureClass.NEEDS_REAUTH:
        return replace(account, state=AccountState.NEEDS_REAUTH, error=failure, due_at=None)
    return replace(account, error=failure, due_at=now + _REFRESH_AGAIN)


def _renewed(account: Account, issued: IssuedToken, now: datetime) -> Account:
    expires = now + timedelta(seconds=issued.expires_in) if issued.expires_in else None
    return replace(
        account,
        token=issued.token,
        token_issued_at=now,
        token_expires_at=expires,
        due_at=_due(now, expires, now),
        error=None,
    )


def _due(issued_at: datetime, expires: datetime | None, now: datetime) -> datetime:
    """When something has to be done about a token next: refresh it, or warn of its end."""
    refresh, alert = _refresh_due(issued_at, expires), next_alert(expires, now)
    return min(refresh, alert) if alert is not None else refresh


def _refresh_due(issued_at: datetime, expires: datetime | None) -> datetime:
    """When to refresh: ten days before the end; soon when the end is not known."""
    if expires is None:
        return issued_at + _REFRESH_FIRST
    return max(expires - _REFRESH_BEFORE, issued_at + _REFRESH_FIRST)

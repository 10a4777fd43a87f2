"""The decision that makes a post of a composition: checked once, taken once, carried out once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from core.domain.access import Rights, Role
from core.domain.account import Account
from core.domain.composition import STALE, Composition, check_rule, check_time, derived_post_id
from core.domain.content_rules import review
from core.domain.errors import ConflictError, DuplicateError, NotFoundError, RefusedError
from core.domain.policy import Policy
from core.domain.post import Post
from core.domain.series import Series
from core.domain.zones import zone
from core.ports import Clock, CompositionStore
from core.services.accounts import Accounts
from core.services.becoming import Becoming
from core.services.foresight import Foresight
from core.services.posts import Posts
from core.services.recurring import Recurring

_WHEN: Final = "No time is chosen: choose when it goes out."


class Deciding:
    """Each method takes a composition, and the version that the person has seen (None: any).

    Raises RefusedError while something is missing or wrong (DuplicateError: the same is published then
    already), ConflictError for a version that is not the
    newest. A composition that was decided on before is brought to that end, whatever version was seen.
    """

    def __init__(
        self,
        compositions: CompositionStore,
        posts: Posts,
        recurring: Recurring,
        accounts: Accounts,
        clock: Clock,
        policy: Policy,
        rights: Rights,
    ) -> None:
        self._compositions = compositions
        self._posts = posts
        self._accounts = accounts
        self._clock = clock
        self._foresight = Foresight(posts, policy)
        self._becoming = Becoming(compositions, posts, recurring, clock)
        self._rights = rights

    async def schedule(self, composition: Composition, version: int | None, who: str) -> Post | Series:
        account = await self.account(composition)
        decided = await self._decided(composition, account, version, self._for_later)
        if decided.rule is not None:
            return await self._becoming.series(decided, decided.rule, account, who)

        async def go(post_id: str) -> Post:
            if decided.at is None:
                raise RefusedError(_WHEN)
            allowed = decided.allow_duplicate
            return await self._posts.schedule(post_id, decided.at, who=who, allow_duplicate=allowed)

        return await self._becoming.post(decided, account, who, go)

    async def publish_now(self, composition: Composition, version: int | None, who: str) -> Post:
        account = await self.account(composition)
        decided = await self._decided(composition, account, version, self._for_now)

        async def go(post_id: str) -> Post:
            return await self._posts.publish_now(post_id, who=who, allow_duplicate=decided.allow_duplicate)

        return await self._becoming.post(decided, account, who, go)

    async def save_draft(self, composition: Composition, version: int | None, who: str) -> Post:
        account = await self.account(composition)
        decided = await self._decided(composition, account, version, self._as_draft)
        return await self._becoming.post(decided, account, who)

    async def undo(self, composition: Composition, who: str) -> Composition:
        if composition.post_id is None:
            return composition
        self._rights.require(Role.EDITOR, composition.account_id)
        return await self._becoming.take_back(composition, who)

    async def account(self, composition: Composition) -> Account:
        """Its account, for an editor of it."""
        if composition.account_id is None:
            raise RefusedError("No account is chosen: choose the one that the post goes out on.")
        known = await self._accounts.list()
        account = next((one for one in known if one.id == composition.account_id), None)
        if account is None:
            raise NotFoundError("This account is not linked any more: choose another.")
        self._rights.require(Role.EDITOR, account.id)
        return account

    async def _decided(
        self,
        composition: Composition,
        account: Account,
        version: int | None,
        check: Callable[[Composition, Account], Awaitable[Composition]],
    ) -> Composition:
        """The composition with the id of what it becomes, written before that exists."""
        if composition.post_id is not None:
            return composition
        if version is not None and version != composition.version:
            raise ConflictError(STALE)
        for finding in review(composition.content):
            if finding.error:
                raise RefusedError(f"{finding.cause} {finding.remedy}".rstrip())
        checked = await check(composition, account)
        named = replace(checked, post_id=derived_post_id(composition))
        saved = await self._compositions.save(composition, named)
        saved = saved or await self._compositions.get(composition.id)
        if saved is None or saved.post_id is None:
            raise ConflictError(STALE)
        return saved

    async def _for_later(self, composition: Composition, account: Account) -> Composition:
        if composition.rule is not None:
            check_rule(composition.rule, self._clock.now())
            return composition
        if composition.at is None:
            raise RefusedError(_WHEN)
        check_time(composition.at, self._clock.now(), account.zone)
        await self._must_be_new(composition, account, composition.at)
        return composition

    async def _for_now(self, composition: Composition, account: Account) -> Composition:
        await self._must_be_new(composition, account, self._clock.now())
        return replace(composition, rule=None)

    async def _as_draft(self, composition: Composition, _account: Account) -> Composition:
        return replace(composition, rule=None)

    async def _must_be_new(self, composition: Composition, account: Account, at: datetime) -> None:
        if composition.allow_duplicate:
            return
        duplicate = await self._foresight.duplicate(composition, account, at, zone(account.zone))
        if duplicate:
            raise DuplicateError(duplicate)

"""Composing: a post from its first word until it is scheduled, published or kept as a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from core.domain.access import ALL_RIGHTS, Rights
from core.domain.composition import (
    STALE,
    Composition,
    check_rule,
    check_time,
    with_media,
    with_refused,
    without_media,
)
from core.domain.content_rules import review
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.policy import Policy
from core.domain.post import Content, Media, Post
from core.domain.recurrence import Recurrence, preview
from core.domain.series import Series
from core.domain.text import clean_text, count_text
from core.domain.zones import zone
from core.ports import Clock, CompositionStore
from core.services.accounts import Accounts
from core.services.deciding import Deciding
from core.services.foresight import Foresight, Look
from core.services.posts import Posts
from core.services.recurring import Recurring

_TRIES: Final = 100
"""An album arrives in up to 20 parts at once, and with each lost race one of them is in."""
_DECIDED: Final = "This one is a post already: take it back to change it here, or edit the post."


class Composing:
    """What people do with compositions; each belongs to one person, and does not exist for anybody else.

    A method that is given a ``version`` raises ConflictError when that is not the newest: the person has
    seen something else than what there is.
    """

    def __init__(
        self,
        compositions: CompositionStore,
        posts: Posts,
        recurring: Recurring,
        accounts: Accounts,
        clock: Clock,
        policy: Policy,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._compositions = compositions
        self._accounts = accounts
        self._clock = clock
        self._foresight = Foresight(posts, policy)
        self._deciding = Deciding(compositions, posts, recurring, accounts, clock, policy, rights)

    async def begin(
        self,
        composition_id: str,
        person_id: str,
        *,
        account_id: str | None = None,
        content: Content | None = None,
    ) -> Composition:
        """A new composition; the one that exists if it was begun before. Raises NotFoundError for another's."""
        begun = Composition(
            id=composition_id,
            person_id=person_id,
            account_id=account_id,
            content=_clean(content or Content()),
            created_at=self._clock.now(),
        )
        begun = replace(begun, sources=tuple(range(len(begun.content.media))))
        await self._compositions.add(begun)
        return await self.get(composition_id, person_id)

    async def get(self, composition_id: str, person_id: str, *, version: int | None = None) -> Composition:
        """Raises NotFoundError, also for another's, and ConflictError."""
        found = await self._compositions.get(composition_id)
        if found is None or found.person_id != person_id:
            raise NotFoundError("This draft is gone: send its text again to begin a new one.")
        if version is not None and version != found.version:
            raise ConflictError(STALE)
        return found

    async def set_text(
        self, composition_id: str, person_id: str, text: str, *, version: int | None = None
    ) -> Composition:
        return await self._content(composition_id, person_id, version, text=clean_text(text))

    async def set_replies(
        self, composition_id: str, person_id: str, replies: Sequence[str], *, version: int | None = None
    ) -> Composition:
        """The thread parts after the first; empty ones are left out."""
        parts = tuple(part for part in map(clean_text, replies) if part)
        return await self._content(composition_id, person_id, version, replies=parts)

    async def set_thread(
        self, composition_id: str, person_id: str, parts: Sequence[str], *, version: int
    ) -> Composition:
        """Text and thread parts in one change."""
        text, *replies = parts or ("",)
        return await self._content(composition_id, person_id, version, text=text, replies=tuple(replies))

    async def set_first_comment(
        self, composition_id: str, person_id: str, text: str, *, version: int | None = None
    ) -> Composition:
        return await self._content(composition_id, person_id, version, first_comment=clean_text(text))

    async def set_topic(
        self, composition_id: str, person_id: str, topic: str, *, version: int | None = None
    ) -> Composition:
        """With or without its #; an empty one leaves the topic out."""
        tag = clean_text(topic).removeprefix("#").strip()
        return await self._content(composition_id, person_id, version, topic=tag)

    async def add_media(
        self, composition_id: str, person_id: str, media: Media, source: int, *, version: int | None = None
    ) -> Composition:
        """Add an item; ``source`` orders the items, and the same one again replaces its item."""
        return await self._change(
            composition_id, person_id, version, lambda before: with_media(before, media, source)
        )

    async def refuse_media(self, composition_id: str, person_id: str, why: str, source: int) -> Composition:
        """Note that an item was sent and cannot be taken, and ``why``, in a sentence."""
        return await self._change(
            composition_id, person_id, None, lambda before: with_refused(before, source, why)
        )

    async def go_without(
        self, composition_id: str, person_id: str, *, version: int | None = None
    ) -> Composition:
        """Let it be a post without the items that could not be taken."""
        return await self._change(
            composition_id, person_id, version, lambda before: replace(before, refused=())
        )

    async def remove_media(
        self, composition_id: str, person_id: str, index: int, *, version: int | None = None
    ) -> Composition:
        return await self._change(
            composition_id, person_id, version, lambda before: without_media(before, index)
        )

    async def choose_account(
        self, composition_id: str, person_id: str, account_id: str, *, version: int | None = None
    ) -> Composition:
        """Raises NotFoundError for an account that is not there, RefusedError unless an editor of it asks."""
        composition = replace(await self.get(composition_id, person_id), account_id=account_id)
        await self._deciding.account(composition)
        return await self._change(
            composition_id, person_id, version, lambda before: replace(before, account_id=account_id)
        )

    async def choose_time(
        self, composition_id: str, person_id: str, at: datetime, *, version: int | None = None
    ) -> Composition:
        """Once, at ``at`` (aware). Raises RefusedError for a moment that has passed."""
        check_time(at, self._clock.now())
        return await self._change(
            composition_id, person_id, version, lambda before: replace(before, at=at, rule=None)
        )

    async def choose_rule(
        self, composition_id: str, person_id: str, rule: Recurrence, *, version: int | None = None
    ) -> Composition:
        """Again and again. Raises RefusedError for a rule that is wrong or never happens again."""
        check_rule(rule, self._clock.now())
        return await self._change(
            composition_id, person_id, version, lambda before: replace(before, at=None, rule=rule)
        )

    async def forget_time(
        self, composition_id: str, person_id: str, *, version: int | None = None
    ) -> Composition:
        return await self._change(
            composition_id, person_id, version, lambda before: replace(before, at=None, rule=None)
        )

    async def allow_duplicate(
        self, composition_id: str, person_id: str, *, version: int | None = None
    ) -> Composition:
        """It may go out although the account has published the same lately."""
        return await self._change(
            composition_id, person_id, version, lambda before: replace(before, allow_duplicate=True)
        )

    async def look(self, composition: Composition, *, zone_name: str | None = None) -> Look:
        """What is wrong or doubtful about it; times in warnings are in ``zone_name``, else in the account's."""
        known = await self._accounts.list()
        account = next((one for one in known if one.id == composition.account_id), None)
        now = self._clock.now()
        upcoming = preview(composition.rule, now) if composition.rule is not None else ()
        warnings, duplicate = (), ""
        if account is not None:
            at = composition.at or (upcoming[0].at if upcoming else now)
            where = zone(zone_name or account.zone)
            warnings = await self._foresight.warnings(composition, account, at, now, where)
            duplicate = await self._foresight.duplicate(composition, account, at, where)
        return Look(
            account=account,
            findings=review(composition.content),
            count=count_text(composition.content.text),
            warnings=warnings,
            upcoming=upcoming,
            duplicate=duplicate,
        )

    async def schedule(
        self, composition_id: str, person_id: str, *, version: int | None = None, who: str
    ) -> Post | Series:
        """Have it published at its time or by its rule; its post or series as it is by now.

        Done twice it makes one post, also when the first time ended half-way. Raises RefusedError, in one
        sentence, while something is missing or wrong.
        """
        composition = await self.get(composition_id, person_id)
        return await self._deciding.schedule(composition, version, who)

    async def publish_now(
        self, composition_id: str, person_id: str, *, version: int | None = None, who: str
    ) -> Post:
        """Have it published at once, whatever time was chosen; else as :meth:`schedule`."""
        composition = await self.get(composition_id, person_id)
        return await self._deciding.publish_now(composition, version, who)

    async def save_draft(
        self, composition_id: str, person_id: str, *, version: int | None = None, who: str
    ) -> Post:
        """Keep it as a draft among the posts of its account; else as :meth:`schedule`."""
        composition = await self.get(composition_id, person_id)
        return await self._deciding.save_draft(composition, version, who)

    async def undo(self, composition_id: str, person_id: str, *, who: str) -> Composition:
        """Take its post or series back, and open it again. Raises RefusedError for what has begun to go out."""
        return await self._deciding.undo(await self.get(composition_id, person_id), who)

    async def _content(
        self, composition_id: str, person_id: str, version: int | None, **parts: Any
    ) -> Composition:
        return await self._change(
            composition_id,
            person_id,
            version,
            lambda before: replace(before, content=replace(before.content, **parts)),
        )

    async def _change(
        self,
        composition_id: str,
        person_id: str,
        version: int | None,
        change: Callable[[Composition], Composition],
    ) -> Composition:
        """Apply a change to the newest version, or to ``version`` alone; one without effect writes nothing."""
        for _ in range(_TRIES):
            before = await self.get(composition_id, person_id, version=version)
            if before.post_id is not None:
                raise RefusedError(_DECIDED)
            after = change(before)
            if after == before:
                return before
            saved = await self._compositions.save(before, after)
            if saved is not None:
                return saved
        raise ConflictError("The draft keeps changing: try again.")


def _clean(content: Content) -> Content:
    return replace(
        content,
        text=clean_text(content.text),
        replies=tuple(part for part in map(clean_text, content.replies) if part),
        first_comment=clean_text(content.first_comment),
    )

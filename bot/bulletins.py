"""Delivers notices: each person is told once, and a storm is one message.

A notice waits in MongoDB until Telegram has taken the message and the notice is marked as told, in this order.
So none is lost; a process that is killed between the two, and a message whose answer from Telegram got lost, are
told about once more by the next attempt. Of a storm its message is remembered before the mark is made: what is
repeated then is an edit, which changes nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from telegram.error import BadRequest, Forbidden

from bot.cards.bulletin import LISTED, Bulletin, alone_screen, many_screen, published_screen
from bot.cards.people import newcomer_screen, used_invitation_screen
from bot.followers import Redraw, looks
from bot.outgoing import Outgoing
from bot.readers import Reader, reader_of
from bot.screens import Screen
from bot.wording import Words
from core.bootstrap import Core
from core.domain.access import Grant, Noise, NoticeKind, Role
from core.domain.account import AccountState
from core.domain.conversation import Card, Talk
from core.domain.notice import Notice, is_still
from core.ports import PostFilter

log = logging.getLogger(__name__)

STORM: Final = timedelta(seconds=90)
"""Notices of one group that come within this time of one another are one message.

A backlog after an outage is published one a minute.
"""
_LONGEST: Final = timedelta(minutes=10)
"""After this long a storm that goes on has another message, which is heard."""
_MOST: Final = 1000
"""Posts in one message."""
_PAUSE: Final = 2.0
"""Seconds between two deliveries to a person; what comes meanwhile is told together."""
Digest = Callable[[Core, Words], Awaitable[Screen]]


@dataclass(frozen=True, slots=True)
class _Storm:
    """A message that takes in further notices of its group until ``until``, or until its person taps it."""

    message_id: int
    since: datetime
    until: datetime
    post_ids: tuple[str, ...]

    def fact(self) -> str:
        moments = self.since.isoformat(), self.until.isoformat()
        return " ".join((str(self.message_id), *moments, *self.post_ids))

    @classmethod
    def of(cls, fact: str) -> _Storm:
        message_id, since, until, *post_ids = fact.split(" ")
        moments = datetime.fromisoformat(since), datetime.fromisoformat(until)
        return cls(int(message_id), *moments, tuple(post_ids))


class Bulletins:
    """``post_card`` draws a single post that needs somebody, ``digest`` a day."""

    def __init__(self, core: Core, out: Outgoing, post_card: Redraw, digest: Digest) -> None:
        self._core = core
        self._out = out
        self._post_card = post_card
        self._digest = digest

    async def deliver(self, person_id: str) -> None:
        """Tell the person what waits for them, then pause. What could not be told goes on waiting.

        Raises UnavailableError and TelegramError, or what went wrong with the first of several groups, when
        all have been tried.
        """
        reader = await reader_of(self._core, person_id)
        if reader is None:
            return
        groups: dict[str, list[Notice]] = {}
        for notice in await self._core.notices.waiting(reader.person):
            groups.setdefault(notice.group, []).append(notice)
        failures: list[Exception] = []
        for notices in groups.values():
            try:
                await self._tell(reader, notices)
            except Forbidden:
                return
            except Exception as error:  # noqa: BLE001  # one group keeps no other waiting; raised below
                failures.append(error)
        if failures:
            raise failures[0]
        await asyncio.sleep(_PAUSE)

    async def _tell(self, reader: Reader, notices: Sequence[Notice]) -> None:
        """Tell the notices of one group."""
        kind = notices[0].kind
        try:
            if kind is NoticeKind.DIGEST:
                await self._send(reader, kind, await self._digest(reader.core, reader.words))
            elif kind is NoticeKind.JOINED:
                await self._tell_of_newcomer(reader, notices[0])
            elif any(notice.post_id for notice in notices) or kind is NoticeKind.ACCOUNT_HELD:
                await self._tell_of_posts(reader, notices)
            else:
                bulletin = await self._bulletin(reader, notices, ())
                await self._send(reader, kind, alone_screen(bulletin, reader.words))
        except BadRequest as error:
            log.error("notice.refused", extra={"kind": kind, "reason": error.message})  # noqa: TRY400  # Telegram's sentence says it all
            if "chat not found" in error.message.casefold():
                await self._core.people.mark_blocked(reader.person.id)
                return
        await self._core.notices.told(notices, reader.person.id)

    async def _tell_of_newcomer(self, reader: Reader, notice: Notice) -> None:
        """The card of the invitation loses its link, which is used up."""
        facts, cards = notice.facts, self._core.stores.cards
        name = facts["name"] or facts["id"]
        grant = Grant(Role(facts["role"]), tuple(filter(None, facts["accounts"].split(", "))))
        for card in await cards.of_subjects([f"invitation:{facts['invitation']}"]):
            used = used_invitation_screen(grant, name, reader.words)
            await self._out.edit(card.chat_id, card.message_id, used)
            await cards.delete(card.id)
        screen = newcomer_screen(grant, facts["id"], name, reader.words)
        await self._send(reader, notice.kind, screen)

    async def _tell_of_posts(self, reader: Reader, notices: Sequence[Notice]) -> None:
        """In the message of the same storm, if there is one."""
        memory = await self._core.stores.talks.get(f"bulletins:{reader.person.id}")
        storms = self._going_on(memory)
        key = _key(notices[0])
        storm = await self._untouched(reader, storms.pop(key, None), key)
        earlier = storm.post_ids if storm else ()
        fresh = await self._still_news(reader, notices, earlier)
        if not fresh and (storm is not None or not await self._is_held(reader, notices[0])):
            return
        post_ids = (*earlier, *fresh)
        card = replace(await self._show(reader, notices, post_ids, storm), storm=key)
        now = self._core.clock.now()
        since = storm.since if storm else now
        storms[key] = _Storm(card.message_id, since, min(now + STORM, since + _LONGEST), post_ids)
        facts = {name: one.fact() for name, one in storms.items()}
        stores = self._core.stores
        await asyncio.gather(stores.cards.put(card), stores.talks.put(replace(memory, facts=facts)))
        if card.shown:
            self._core.events.announce(post_ids[0])  # it may have changed while its card was on its way

    async def _still_news(
        self, reader: Reader, notices: Sequence[Notice], earlier: Sequence[str]
    ) -> list[str]:
        """The posts for which the notices hold, which nobody has dealt with, in order."""
        told = {notice.post_id: notice.kind for notice in notices if notice.post_id not in (None, *earlier)}
        ids = [post_id for post_id in told if post_id]
        found = await reader.core.posts.find(PostFilter(ids=ids), limit=len(ids)) if ids else []
        still = {post.id for post in found if is_still(told[post.id], post)}
        still -= await self._seen_published(reader, notices[0].kind, still)
        return [post_id for post_id in ids if post_id in still]

    async def _untouched(self, reader: Reader, storm: _Storm | None, key: str) -> _Storm | None:
        """The storm, unless its person has turned the message into something else."""
        if storm is None:
            return None
        card = await self._core.stores.cards.get(reader.chat_id, storm.message_id)
        return storm if card is not None and card.storm == key else None

    async def _seen_published(self, reader: Reader, kind: NoticeKind, post_ids: Collection[str]) -> set[str]:
        """The published posts whose cards in the chat say so, which is enough for whoever wants no sound."""
        if kind is not NoticeKind.PUBLISHED or reader.person.noise_of(kind) is not Noise.SILENT:
            return set()
        cards = await self._core.stores.cards.of_subjects([f"post:{post_id}" for post_id in post_ids])
        followed = {card.subject for card in cards if card.chat_id == reader.chat_id}
        return {post_id for post_id in post_ids if f"post:{post_id}" in followed}

    @staticmethod
    async def _is_held(reader: Reader, notice: Notice) -> bool:
        """Whether the notice says of an account that it cannot publish, and it still cannot."""
        if notice.kind is not NoticeKind.ACCOUNT_HELD:
            return False
        accounts = await reader.core.accounts.list()
        return any(one.id == notice.account_id and one.state is not AccountState.ACTIVE for one in accounts)

    async def _show(
        self, reader: Reader, notices: Sequence[Notice], post_ids: Sequence[str], storm: _Storm | None
    ) -> Card:
        """One post has its own card, which follows it; several are a list."""
        kind = notices[0].kind
        alone = len(post_ids) == 1 and storm is None
        if alone and kind not in (NoticeKind.PUBLISHED, NoticeKind.ACCOUNT_HELD):
            return await self._send_card(reader, kind, post_ids[0])
        bulletin = await self._bulletin(reader, notices, post_ids)
        one = alone and kind is NoticeKind.PUBLISHED
        screen = (published_screen if one else many_screen)(bulletin, reader.words)
        if storm is not None:
            card = self._card(reader, storm.message_id, "notices:")
            await self._core.stores.cards.put(replace(card, storm=_key(notices[0])))
            if await self._out.edit(reader.chat_id, storm.message_id, screen):
                return card
        return self._card(reader, await self._send(reader, kind, screen), "notices:")

    async def _send_card(self, reader: Reader, kind: NoticeKind, post_id: str) -> Card:
        """The post's card comes down to where it is heard; one card of a post is enough in a chat."""
        screen = await self._post_card(reader.core, post_id, reader.words)
        if screen is None:
            raise LookupError(f"post {post_id} has no card")
        earlier = await self._core.stores.cards.of_subjects([f"post:{post_id}"])
        message_id = await self._send(reader, kind, screen)
        for card in earlier:
            if card.chat_id == reader.chat_id:
                await self._core.stores.cards.delete(card.id)
                await self._out.remove(card.chat_id, card.message_id)
        return replace(self._card(reader, message_id, f"post:{post_id}"), shown=looks(screen))

    def _card(self, reader: Reader, message_id: int, subject: str) -> Card:
        return Card(
            id=f"{reader.chat_id}:{message_id}",
            chat_id=reader.chat_id,
            message_id=message_id,
            person_id=reader.person.id,
            subject=subject,
            created_at=self._core.clock.now(),
        )

    async def _send(self, reader: Reader, kind: NoticeKind, screen: Screen) -> int:
        silent = reader.person.noise_of(kind) is Noise.SILENT
        return await self._out.send(reader.chat_id, replace(screen, silent=silent))

    async def _bulletin(self, reader: Reader, notices: Sequence[Notice], post_ids: Sequence[str]) -> Bulletin:
        """What there is to say: the first of the posts, and how many they are."""
        first = list(post_ids[:LISTED])
        found = await reader.core.posts.find(PostFilter(ids=first), limit=LISTED) if first else []
        account_id = notices[0].account_id
        accounts = {account.id: account for account in await reader.core.accounts.list()}
        return Bulletin(
            kind=notices[0].kind,
            facts=notices[-1].facts,
            posts=sorted(found, key=lambda post: first.index(post.id)),
            total=len(post_ids),
            account=accounts.get(account_id) if account_id else None,
            writes=reader.core.rights.may(Role.EDITOR, account_id),
        )

    def _going_on(self, memory: Talk) -> dict[str, _Storm]:
        now = self._core.clock.now()
        found = {key: _Storm.of(fact) for key, fact in memory.facts.items()}
        return {key: one for key, one in found.items() if one.until > now and len(one.post_ids) < _MOST}


def _key(notice: Notice) -> str:
    """The group as a name that MongoDB takes for a field."""
    return hashlib.sha256(notice.group.encode()).hexdigest()[:16]

"""Messages that follow a post, a series or an import: redrawn whenever that changes."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

from telegram.error import BadRequest, Forbidden, NetworkError

from bot.cards.post_status import with_undo
from bot.outgoing import Outgoing
from bot.pacing import Bucket
from bot.readers import Reader, reader_of
from bot.screens import Screen
from bot.taps import decode
from bot.wording import Words
from core.bootstrap import Core
from core.domain.conversation import Card
from core.domain.errors import UnavailableError
from core.domain.post import PostStatus
from core.domain.recurrence import series_of
from core.ports import PostFilter

log = logging.getLogger(__name__)

Redraw = Callable[[Core, str, Words], Awaitable[Screen | None]]
"""Draws the card of a subject's id for somebody with the rights of this core; None when there is nothing to follow."""

_PACE: Final = {"post": 1.0}
_SLOWEST: Final = 3.0
"""Seconds between two edits of one card."""
_AT_ONCE: Final = 100
"""Changed posts whose cards are looked up together."""


class Followers:
    """``redraws`` by the kind of subject, which is what stands before its colon.

    A card is pending from the moment its subject may have changed until it has been compared with what it
    should show; it is read anew then, since its person may have turned it into something else. One that has
    to be drawn anew at a certain time is pending until then.
    """

    def __init__(self, core: Core, out: Outgoing, redraws: Mapping[str, Redraw]) -> None:
        self._core = core
        self._out = out
        self._redraws = redraws
        self._changed: dict[str, None] = {}
        self._pending: dict[str, dict[str, Card]] = {}
        self._drawn: dict[str, float] = {}
        self._later: dict[str, float] = {}
        """Until when a card that shows what it should is left alone."""
        self._paces: dict[str, Bucket] = {}
        """By person: Telegram counts edits too."""

    def changed(self, ids: Iterable[str]) -> None:
        """These posts, series or imports have changed."""
        self._changed |= dict.fromkeys(ids)

    async def look(self) -> list[str]:
        """Find the cards of what has changed; the ids of the accounts whose plan has changed with it."""
        planned: set[str] = set()
        while ids := list(islice(self._changed, _AT_ONCE)):
            posts = await self._core.stores.posts.find(PostFilter(ids=ids), limit=len(ids))
            batches = {f"batch:{post.batch_id}" for post in posts if post.batch_id}
            series = {f"series:{series_of(one)}" for one in ids}  # of deleted posts too
            subjects = {f"{kind}:{one}" for kind in self._redraws for one in ids} | batches | series
            self._await_drawing(await self._core.stores.cards.of_subjects(sorted(subjects)))
            planned |= {post.account_id for post in posts if post.status is PostStatus.SCHEDULED}
            for one in ids:
                self._changed.pop(one, None)
        return sorted(planned)

    async def catch_up(self) -> None:
        """Look at every recent card: something may have changed while nobody listened."""
        self._await_drawing(await self._core.stores.cards.recent())

    def due(self) -> list[str]:
        """The people who have a card that may be redrawn now."""
        now = time.monotonic()
        self._drawn = {card_id: at for card_id, at in self._drawn.items() if now - at < _SLOWEST}
        return [
            person_id
            for person_id, cards in self._pending.items()
            if any(self._not_before(card) <= now for card in cards.values())
        ]

    def patience(self, most: float, *, but: Collection[str]) -> float:
        """Seconds until somebody except ``but`` has a card to be redrawn; ``most`` at the most."""
        waits = [
            self._not_before(card) - time.monotonic()
            for person_id, cards in self._pending.items()
            if person_id not in but
            for card in cards.values()
        ]
        return max(0.0, min([most, *waits]))

    async def redraw(self, person_id: str) -> None:
        """Redraw the person's pending cards, as far as it is time; one that cannot be drawn is left as it is.

        Raises UnavailableError and NetworkError, with what is left still pending.
        """
        reader = await reader_of(self._core, person_id)
        if reader is None:
            self._pending.pop(person_id, None)
            return
        for card in list(self._pending.get(person_id, {}).values()):
            if self._not_before(card) <= time.monotonic():
                del self._pending[person_id][card.id]
                self._later.pop(card.id, None)
                try:
                    await self._follow(reader, card)
                except (UnavailableError, NetworkError) as error:
                    if not isinstance(error, BadRequest):
                        self._await_drawing([card])
                        raise
                    log.warning("card.refused", extra={"card": card.id, "reason": str(error)})
                except Forbidden:
                    self._pending.pop(person_id, None)
                    return
                except Exception:
                    log.exception("card.not_drawn", extra={"card": card.id, "subject": card.subject})
        if not self._pending.get(person_id):
            self._pending.pop(person_id, None)

    def _left(self, card: Card) -> float | None:
        """Seconds until the card has to be drawn anew; None when it need not."""
        if card.redraw_at is None:
            return None
        return max(0.0, (card.redraw_at - self._core.clock.now()).total_seconds())

    def _await_drawing(self, cards: Iterable[Card]) -> None:
        for card in cards:
            if _kind(card) in self._redraws:
                self._later.pop(card.id, None)
                self._pending.setdefault(card.person_id, {})[card.id] = card

    def _not_before(self, card: Card) -> float:
        paced = self._drawn.get(card.id, 0.0) + _PACE.get(_kind(card), _SLOWEST)
        return max(paced, self._later.get(card.id, 0.0))

    async def _follow(self, reader: Reader, pending: Card) -> None:
        cards = self._core.stores.cards
        card = await cards.get(pending.chat_id, pending.message_id)
        if card is None or _kind(card) not in self._redraws:
            return
        _, _, subject_id = card.subject.partition(":")
        screen = await self._redraws[_kind(card)](reader.core, subject_id, reader.words)
        if screen is None:
            await cards.delete(card.id)
            return
        shown = looks(screen)
        left = self._left(card)
        if shown == card.shown and left != 0:
            self._draw_later(card, left)
            return
        pace = self._paces.setdefault(card.person_id, Bucket(rate=1, burst=5))
        await asyncio.sleep(pace.reserve(time.monotonic()))
        await self._out.turn_of_many()
        if await cards.get(card.chat_id, card.message_id) != card:
            self._await_drawing([card])
            return
        self._drawn[card.id] = time.monotonic()
        after = replace(card, shown=shown)
        if not (left and card.undo and screen.undoable):
            after = replace(after, redraw_at=None, undo="")
        undoing = with_undo(screen, decode(after.undo), reader.words)
        if not await self._out.edit(card.chat_id, card.message_id, undoing):
            await cards.delete(card.id)
        elif await cards.get(card.chat_id, card.message_id) == card:
            await cards.put(after)
            self._draw_later(after, self._left(after))
        else:
            self._await_drawing([card])

    def _draw_later(self, card: Card, left: float | None) -> None:
        """Leave the card alone for so many seconds, or until its subject changes."""
        if left is not None:
            self._await_drawing([card])
            self._later[card.id] = time.monotonic() + left


def looks(screen: Screen) -> str:
    """A digest of what a screen shows, apart from how far away its moments are."""
    buttons = [[(button.label, button.tap, button.url) for button in row] for row in screen.buttons]
    return hashlib.sha256(repr((screen.text.stable, buttons)).encode()).hexdigest()[:16]


def _kind(card: Card) -> str:
    kind, _, _ = card.subject.partition(":")
    return kind

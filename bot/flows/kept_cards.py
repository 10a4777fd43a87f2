"""Which message shows what: cards are found again by their subject, whatever process sent them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.followers import looks
from bot.screens import Screen
from bot.taps import Tap
from bot.visit import Visit
from core.domain.conversation import Card


async def put_on_card(
    visit: Visit,
    subject: str,
    screen: Screen,
    *,
    shown: Screen | None = None,
    undo: Tap | None = None,
    redraw_at: datetime | None = None,
) -> Card:
    """Show the screen on the card that was tapped, else on the newest of ``subject``, else below.

    After a typed answer the card comes down to where the person writes. The message is a card of
    ``subject`` from then on. While it shows something of its own, such as a question, ``shown`` is what
    the card would show otherwise: only another state than that is drawn over it before ``redraw_at``, and
    with a button for ``undo`` again.
    """
    typed = visit.card is not None or bool(visit.talk.awaiting)
    await visit.expect_nothing()

    async def keep(message_id: int) -> Card:
        return await keep_card(
            visit, subject, message_id, shown=shown or screen, undo=undo, redraw_at=redraw_at
        )

    if visit.tap is not None and visit.message is not None:
        card = await keep(visit.message.message_id)  # first: from here on no follower draws over the screen
        message_id = await visit.put(screen)
        if message_id != card.message_id:
            await visit.core.stores.cards.delete(card.id)
            card = await keep(message_id)
    else:
        card = await keep(await _show(visit, subject, screen, below=typed))
    kind, _, subject_id = subject.partition(":")
    if kind != "draft":  # which follows nothing
        visit.core.events.announce(subject_id)  # it may have changed while the card was on its way
    return card


async def keep_card(
    visit: Visit,
    subject: str,
    message_id: int,
    *,
    shown: Screen | None = None,
    undo: Tap | None = None,
    redraw_at: datetime | None = None,
) -> Card:
    """Let the message follow ``subject`` from now on, as :func:`put_on_card` says."""
    card = Card(
        id=f"{visit.chat_id}:{message_id}",
        chat_id=visit.chat_id,
        message_id=message_id,
        person_id=visit.person.id,
        subject=subject,
        shown=looks(shown) if shown else "",
        undo=undo.encode() if undo else "",
        redraw_at=redraw_at,
        created_at=visit.core.clock.now(),
    )
    await visit.core.stores.cards.put(card)
    return card


async def _show(visit: Visit, subject: str, screen: Screen, *, below: bool) -> int:
    card = visit.card or await _newest(visit, subject)
    if card is None:
        return await visit.say(screen)
    if not below and await visit.out.edit(card.chat_id, card.message_id, screen):
        return card.message_id
    await visit.core.stores.cards.delete(card.id)
    sent = await visit.say(replace(screen, silent=True))
    await visit.out.remove(card.chat_id, card.message_id)
    return sent


async def _newest(visit: Visit, subject: str) -> Card | None:
    """The newest card of the subject in this chat."""
    cards = await visit.core.stores.cards.of_subjects([subject])
    return next((card for card in reversed(cards) if card.chat_id == visit.chat_id), None)

"""What the flows about drafts share: finding the one that is meant, and showing its card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.cards.draft import Draft, draft_screen
from bot.cards.post_status import gone_screen
from bot.flows.kept_cards import put_on_card
from bot.flows.offered_times import offered_times
from bot.flows.post_status import UNDO, show_post, show_series
from bot.html import NOTHING, Html
from bot.routes import Handler
from bot.screens import Screen
from bot.taps import Tap
from bot.visit import Visit
from core.domain.access import Role
from core.domain.composition import Composition
from core.domain.content_rules import review
from core.domain.conversation import Card
from core.domain.errors import ConflictError, NotFoundError
from core.domain.post import Post
from core.domain.series import Series

DraftHandler = Callable[[Visit, Composition], Awaitable[None]]


def on_draft(handler: DraftHandler, *, decides: bool = False) -> Handler:
    """Give the handler the draft that was tapped, or that a typed text is about.

    A draft that has become a post shows the card of that; a card that is out of date is drawn anew. What
    ``decides`` is carried on with where a process that ended has left it.
    """

    async def handle(visit: Visit) -> None:
        subject = visit.subject if visit.tap is not None else visit.talk.subject
        try:
            composition = await visit.core.composing.get(subject, visit.person.id)
        except NotFoundError as error:
            await visit.show(
                Screen(text=visit.words.say("draft.gone", sentence=visit.words.sentence(str(error))))
            )
            return
        if composition.finished or (composition.post_id is not None and not decides):
            await show_made(visit, composition)
        elif _is_stale(visit, composition):
            await show_draft(visit, composition, above=visit.words.say("draft.stale"))
        else:
            await _attempt(visit, composition, handler)

    return handle


def _is_stale(visit: Visit, composition: Composition) -> bool:
    seen = visit.tap.version if visit.tap is not None else composition.version
    return composition.post_id is None and seen != composition.version


async def _attempt(visit: Visit, composition: Composition, handler: DraftHandler) -> None:
    """Several taps may be under way at once: whoever is second sees what the first has made of it."""
    try:
        await handler(visit, composition)
    except ConflictError:
        newest = await visit.core.composing.get(composition.id, visit.person.id)
        if newest.post_id is not None:
            await show_made(visit, newest)
        else:
            await show_draft(visit, newest, above=visit.words.say("draft.stale"))


async def draft_of(
    visit: Visit, composition: Composition, *, notes: Sequence[str] = (), above: Html = NOTHING
) -> Draft:
    """The draft as its card shows it, with ``above`` over it."""
    rights = visit.core.rights
    accounts = [one for one in await visit.core.accounts.list() if rights.may(Role.EDITOR, one.id)]
    return Draft(
        composition=composition,
        account=next((one for one in accounts if one.id == composition.account_id), None),
        accounts=accounts,
        allowed=rights.somewhere(Role.EDITOR),
        findings=review(composition.content),
        notes=notes,
        above=above,
    )


async def show_draft(
    visit: Visit, composition: Composition, *, notes: Sequence[str] = (), above: Html = NOTHING
) -> None:
    """Put the draft card where the person looks, with times to choose from once it has an account."""
    draft = await draft_of(visit, composition, notes=notes, above=above)
    if draft.account is not None:
        draft = replace(draft, quick=await offered_times(visit, draft.account.id))
    await put_draft(visit, composition, draft_screen(draft, visit.words))


async def put_draft(visit: Visit, composition: Composition, screen: Screen) -> Card:
    """Show anything about a draft on its card."""
    return await put_on_card(visit, f"draft:{composition.id}", screen)


async def made(visit: Visit, composition: Composition) -> Post | Series:
    """What a draft that was decided on has become. Raises NotFoundError when that was deleted."""
    if composition.rule is not None:
        return await visit.core.recurring.get(composition.post_id or "")
    return await visit.core.posts.get(composition.post_id or "")


async def show_made(visit: Visit, composition: Composition) -> None:
    """The card of what a draft has become."""
    try:
        outcome = await made(visit, composition)
    except NotFoundError:
        await visit.show(gone_screen(visit.words))
        return
    await show_outcome(visit, composition, outcome)


async def show_outcome(visit: Visit, composition: Composition, outcome: Post | Series) -> None:
    """The card of what a draft has become; for a while it can be had back, unless it goes out at once."""
    now, deadline = visit.core.clock.now(), outcome.created_at + UNDO
    waits = isinstance(outcome, Series) or outcome.scheduled_at is None or outcome.scheduled_at > now
    undo = None
    if waits and now < deadline:
        undo = Tap("d_undo", composition.id, args=(str(int(deadline.timestamp())),))
    if isinstance(outcome, Series):
        await show_series(visit, outcome, undo=undo)
    else:
        await show_post(visit, outcome, undo=undo)

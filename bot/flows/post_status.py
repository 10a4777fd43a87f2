"""The card that follows a post: what its buttons do, and how it is drawn again when the post changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.cards.moments import short_moment
from bot.cards.post_status import (
    ask_screen,
    ask_text_screen,
    content_head,
    gone_screen,
    post_of_subject,
    seen,
    series_screen,
    status_screen,
    with_undo,
)
from bot.cards.queue import listing_of
from bot.flows.kept_cards import put_on_card
from bot.html import Html, lines
from bot.routes import Handler, Routes
from bot.screens import Button, Screen
from bot.series_dates import next_dates
from bot.taps import Tap
from bot.visit import Visit
from bot.wording import Words
from core.bootstrap import Core
from core.domain.access import Role
from core.domain.account import Account
from core.domain.conversation import Card
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.lifecycle import GOING_OUT, outcome_by, when_of
from core.domain.post import EDITABLE, Post, PostStatus
from core.domain.series import Series
from core.domain.text import clean_text

UNDO: Final = timedelta(seconds=10)
"""For so long after its decision a draft can be had back by one tap."""

_SENDING: Final = ("f_now", "f_retry", "p_now", "p_now_yes")
"""What asks that a post goes out at once."""
_ASKED_FOR: Final = {
    "p_hold": PostStatus.DRAFT,
    "f_skip_yes": PostStatus.DRAFT,
    "p_unhold": PostStatus.SCHEDULED,
}
"""Where other taps bring a post."""
PostHandler = Callable[[Visit, Post], Awaitable[None]]


async def redraw_post(core: Core, post_id: str, words: Words) -> Screen | None:
    """The card of a post as it stands."""
    try:
        post = await core.posts.get(post_id)
    except NotFoundError:
        return gone_screen(words)
    return status_screen(post, await account_of(core, post.account_id), words, changes=may_change(core, post))


async def redraw_series(core: Core, series_id: str, words: Words) -> Screen | None:
    """The card of a series as it stands."""
    try:
        series = await core.recurring.get(series_id)
    except NotFoundError:
        return Screen(text=words.say("card.series_stopped"))
    return await _series_screen(core, series, words)


async def show_post(visit: Visit, post: Post, *, undo: Tap | None = None, note: Html | None = None) -> None:
    """Put the post's card where the person looks; with ``undo``, for as long as that works."""
    account = await account_of(visit.core, post.account_id)
    changes = may_change(visit.core, post)
    plain = status_screen(post, account, visit.words, changes=changes)
    noted = status_screen(post, account, visit.words, changes=changes, note=note)
    await _put(visit, f"post:{post.id}", noted, plain, undo)


async def show_series(visit: Visit, series: Series, *, undo: Tap | None = None) -> None:
    """The same for a series."""
    plain = await _series_screen(visit.core, series, visit.words)
    await _put(visit, f"series:{series.id}", plain, plain, undo)


async def _put(visit: Visit, subject: str, screen: Screen, plain: Screen, undo: Tap | None) -> None:
    redraw_at = visit.core.clock.now() + UNDO if undo else None
    shown = with_undo(screen, undo, visit.words)
    await put_on_card(visit, subject, shown, shown=plain, undo=undo, redraw_at=redraw_at)


async def ask_about(visit: Visit, post: Post, screen: Screen) -> Card:
    """Show a question about a post on its card, which goes on following it afterwards."""
    account = await account_of(visit.core, post.account_id)
    plain = status_screen(post, account, visit.words, changes=may_change(visit.core, post))
    return await put_on_card(visit, f"post:{post.id}", screen, shown=plain)


async def account_of(core: Core, account_id: str | None) -> Account | None:
    """The account, if it is linked and the person may see it."""
    return next((one for one in await core.accounts.list() if one.id == account_id), None)


def may_change(core: Core, what: Post | Series) -> bool:
    """Whether the person for whom the core acts may change it."""
    return core.rights.may(Role.EDITOR, what.account_id)


def on_post(handler: PostHandler) -> Handler:
    """Give the handler the post that was tapped, or that a typed text is about.

    A card that is out of date is drawn anew instead, and what is refused is told on it.
    """

    async def handle(visit: Visit) -> None:
        subject = visit.subject if visit.tap is not None else visit.talk.subject
        post = await visit.core.posts.get(post_of_subject(subject) or subject)
        if visit.tap is not None and visit.tap.version != seen(post):
            await show_post(visit, post, note=_stale(visit, post))
            return
        try:
            await handler(visit, post)
        except ConflictError:
            newest = await visit.core.posts.get(post.id)
            await show_post(visit, newest, note=_stale(visit, newest))
        except RefusedError as error:
            wrong = visit.words.say("draft.refused", sentence=visit.words.sentence(str(error)))
            await show_post(visit, await visit.core.posts.get(post.id), note=wrong)

    return unless_gone(handle)


def _stale(visit: Visit, post: Post) -> Html | None:
    """Why nothing was done; there is nothing to say where it stands as the tap asked for."""
    verb = visit.tap.verb if visit.tap else ""
    sent = post.status in GOING_OUT and when_of(post) <= visit.core.clock.now()
    done = sent if verb in _SENDING else post.status is _ASKED_FOR.get(verb)
    return None if done else visit.words.say("draft.stale")


def unless_gone(handler: Handler, gone: str = "card.gone") -> Handler:
    """The same about a post, or whatever else may be ``gone``: the card says so then, and leads to the list."""

    async def handle(visit: Visit) -> None:
        try:
            await handler(visit)
        except NotFoundError:
            await visit.expect_nothing()
            listing = listing_of(visit.tap.args if visit.tap and visit.tap.verb.startswith("p_") else ())
            queue = Button(visit.words.label("post.b_queue"), listing.tap("q_go"))
            await visit.show(Screen(text=visit.words.say(gone), buttons=[[queue]]))

    return handle


async def set_post_text(visit: Visit, post: Post, text: str) -> None:
    """Give a post another text, and show its card or why not."""
    content = replace(post.content, text=clean_text(text))
    try:
        written = await visit.core.posts.edit(post.id, content, who=visit.who)
    except RefusedError as error:
        newest, wrong = await visit.core.posts.get(post.id), visit.words.sentence(str(error))
        if _may_edit(visit, newest):
            await _ask_text(visit, newest, wrong=wrong)
        else:
            await show_post(visit, newest, note=wrong)
        return
    await show_post(visit, written.post)


def _may_edit(visit: Visit, post: Post) -> bool:
    """Whether another text could be taken from this person at all."""
    return post.status in EDITABLE and may_change(visit.core, post)


async def _show(visit: Visit) -> None:
    await show_post(visit, await visit.core.posts.get(visit.subject))


async def _edit(visit: Visit, post: Post) -> None:
    await (_ask_text(visit, post) if _may_edit(visit, post) else show_post(visit, post))


async def _ask_text(visit: Visit, post: Post, *, wrong: Html | None = None) -> None:
    card = await ask_about(visit, post, ask_text_screen(post, visit.words, wrong=wrong))
    await visit.expect("f_edit", post.id, card.message_id)


async def _typed_text(visit: Visit, post: Post) -> None:
    await set_post_text(visit, post, (visit.message and visit.message.text) or "")


async def _retry(visit: Visit, post: Post) -> None:
    await show_post(visit, await visit.core.posts.retry(post.id, who=visit.who))


async def _publish_now(visit: Visit, post: Post) -> None:
    await show_post(visit, await visit.core.posts.publish_now(post.id, who=visit.who))


async def _settle(visit: Visit, post: Post) -> None:
    live = visit.arg() == "yes"
    over = outcome_by(post, visit.core.policy.job_timeout)
    if not live and over is not None and over > visit.core.clock.now():
        account = await account_of(visit.core, post.account_id)
        name, time = account.username if account else "?", short_moment(over, visit.words)
        await show_post(visit, post, note=visit.words.say("card.too_early", account=name, time=time))
        return
    await show_post(visit, await visit.core.posts.settle_by_hand(post.id, live=live, who=visit.who))


async def _ask_skip(visit: Visit, post: Post) -> None:
    words = visit.words
    yes = Button(words.label("card.b_skip_yes"), Tap("f_skip_yes", post.id, seen(post)), style="danger")
    back = Button(words.label("draft.b_back"), Tap("f_show", post.id))
    await ask_about(visit, post, ask_screen(words.say("card.ask_skip"), post.content, yes, back))


async def _skip(visit: Visit, post: Post) -> None:
    await show_post(visit, await visit.core.posts.cancel(post.id, who=visit.who))


async def _ask_stop(visit: Visit) -> None:
    words = visit.words
    series = await visit.core.recurring.get(visit.subject)
    yes = Button(words.label("card.b_stop_yes"), Tap("f_stop_yes", series.id), style="danger")
    back = Button(words.label("draft.b_back"), Tap("f_series", series.id))
    screen = ask_screen(words.say("card.ask_stop"), series.content, yes, back)
    plain = await _series_screen(visit.core, series, words)
    await put_on_card(visit, f"series:{series.id}", screen, shown=plain)


async def _stop(visit: Visit) -> None:
    """Stopping what is stopped already stops nothing twice."""
    words, head = visit.words, None
    with suppress(NotFoundError):
        series = await visit.core.recurring.get(visit.subject)
        head = content_head(series.content, words)
        await visit.core.recurring.stop(series, who=visit.who)
    await visit.show(Screen(text=lines(words.say("card.series_stopped"), head)))


async def _show_series(visit: Visit) -> None:
    await show_series(visit, await visit.core.recurring.get(visit.subject))


async def _series_screen(core: Core, series: Series, words: Words) -> Screen:
    upcoming = await next_dates(core, series, words.now)
    account = await account_of(core, series.account_id)
    return series_screen(series, account, upcoming, words, changes=may_change(core, series))


ROUTES: Final = Routes(
    taps={
        "f_show": unless_gone(_show),
        "f_edit": on_post(_edit),
        "f_retry": on_post(_retry),
        "f_now": on_post(_publish_now),
        "f_live": on_post(_settle),
        "f_skip": on_post(_ask_skip),
        "f_skip_yes": on_post(_skip),
        "f_series": unless_gone(_show_series, "card.series_stopped"),
        "f_stop": unless_gone(_ask_stop, "card.series_stopped"),
        "f_stop_yes": _stop,
    },
    answers={"f_edit": on_post(_typed_text)},
)

"""/post and /why: one post with all that is known of it, and what the rarer buttons do to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.cards.post_actions import (
    Details,
    ask_delete_screen,
    ask_now_screen,
    ask_skip_screen,
    deleted_screen,
    details_screen,
    skipped_screen,
)
from bot.cards.post_status import status_screen
from bot.cards.queue import listing_of
from bot.cards.why import Story, why_screen
from bot.flows.drafts import made, show_draft
from bot.flows.kept_cards import keep_card
from bot.flows.post_status import UNDO, account_of, ask_about, may_change, on_post, show_post, unless_gone
from bot.flows.queue import put
from bot.flows.tapped_times import moment_of
from bot.routes import Handler, Routes
from bot.screens import Screen
from bot.taps import Tap
from bot.visit import Visit
from core.domain.access import Role
from core.domain.composition import Composition
from core.domain.errors import DuplicateError, NotFoundError
from core.domain.lifecycle import outcome_by
from core.domain.post import Hold, Post, PostStatus
from core.domain.series import Series

_ID: Final = 40
"""Characters of an id that are shown again when there is no such post."""

View = Callable[[Visit, Details], Awaitable[None]]


async def show_details(visit: Visit, post: Post) -> None:
    """All that is known of a post, below what was typed; the message follows the post from then on."""
    screen = details_screen(await _details(visit, post), visit.words)
    if visit.tap is not None:
        await ask_about(visit, post, screen)
        return
    account, changes = await account_of(visit.core, post.account_id), may_change(visit.core, post)
    plain = status_screen(post, account, visit.words, changes=changes)
    await keep_card(visit, f"post:{post.id}", await visit.say(screen), shown=plain)


async def _details(visit: Visit, post: Post) -> Details:
    rights = visit.core.rights
    args = visit.tap.args if visit.tap else ()
    return Details(
        post=post,
        account=await account_of(visit.core, post.account_id),
        series=await _series_of(visit, post),
        listing=listing_of(args) if args else None,
        changes=may_change(visit.core, post),
        may_write=rights.somewhere(Role.EDITOR),
        not_there_from=outcome_by(post, visit.core.policy.job_timeout)
        if post.hold is Hold.OUTCOME_UNKNOWN
        else None,
    )


async def _series_of(visit: Visit, post: Post) -> Series | None:
    """The series that goes on; None when it was stopped."""
    if post.series_id is None or post.occurrence is None:
        return None
    with suppress(NotFoundError):
        return await visit.core.recurring.get(post.series_id)
    return None


def _on_details(view: View) -> Handler:
    """Give the handler the post that was tapped, unless the card is out of date."""

    async def handle(visit: Visit, post: Post) -> None:
        await view(visit, await _details(visit, post))

    return on_post(handle)


def _on_typed(handler: Callable[[Visit, Post], Awaitable[None]], command: str) -> Handler:
    """Give the handler the post whose id stands behind the command."""

    async def handle(visit: Visit) -> None:
        words, post_id = visit.words, visit.args.strip()
        if not post_id:
            await visit.say(Screen(text=words.say("post.which", command=command)))
            return
        try:
            post = await visit.core.posts.get(post_id)
        except NotFoundError:
            await visit.say(Screen(text=words.say("post.unknown", id=post_id[:_ID])))
            return
        await handler(visit, post)

    return handle


async def _open(visit: Visit) -> None:
    await show_details(visit, await visit.core.posts.get(visit.subject))


async def _ask_now(visit: Visit, view: Details) -> None:
    await ask_about(visit, view.post, ask_now_screen(view, visit.words))


async def _now(visit: Visit, view: Details) -> None:
    allowed = visit.arg() == "dup"
    try:
        post = await visit.core.posts.publish_now(view.post.id, who=visit.who, allow_duplicate=allowed)
    except DuplicateError as error:
        screen = ask_now_screen(replace(view, listing=None), visit.words, wrong=str(error))
        await ask_about(visit, view.post, screen)
        return
    await show_post(visit, post)


async def _hold(visit: Visit, view: Details) -> None:
    post = await visit.core.posts.cancel(view.post.id, who=visit.who)
    await show_post(visit, post, note=visit.words.say("post.held"))


async def _unhold(visit: Visit, post: Post) -> None:
    """Give a post that was held its time back, while that is still to come."""
    if post.scheduled_at is None or post.scheduled_at <= visit.core.clock.now():
        await show_post(visit, post, note=visit.words.say("post.too_late"))
        return
    again = await visit.core.posts.schedule(
        post.id, post.scheduled_at, who=visit.who, allow_duplicate=post.allow_duplicate
    )
    await show_post(visit, again, note=visit.words.say("post.back_again"))


async def _copy(visit: Visit, view: Details) -> None:
    """The content of the post as a new draft, for whoever may write any."""
    if not view.may_write:
        visit.core.rights.require(Role.EDITOR, view.post.account_id)
    account_id = view.post.account_id if view.changes else visit.person.account_id
    copy = await visit.core.composing.begin(
        f"c{visit.update_id}", visit.person.id, account_id=account_id, content=view.post.content
    )
    await show_draft(visit, copy, above=visit.words.say("post.copied"))


async def _ask_delete(visit: Visit, view: Details) -> None:
    await ask_about(visit, view.post, ask_delete_screen(view, visit.words))


async def _delete(visit: Visit, view: Details) -> None:
    """Delete the post, keeping what it said for whoever taps Undo."""
    live = view.post.status is PostStatus.PUBLISHED
    kept = None if live else await _kept(visit, view.post)
    if visit.message is not None:
        await visit.core.stores.cards.delete(f"{visit.chat_id}:{visit.message.message_id}")
    await visit.core.posts.delete(view.post.id, who=visit.who)
    undo = Tap("p_undelete", kept.id, args=(_deadline(visit),)) if kept else None
    await put(visit, deleted_screen(view, undo, visit.words))


async def _kept(visit: Visit, post: Post) -> Composition:
    """A draft of the post's content and time, from which it can be made anew."""
    composing, person_id = visit.core.composing, visit.person.id
    kept = await composing.begin(
        f"x{post.id}.{post.version}", person_id, account_id=post.account_id, content=post.content
    )
    if post.allow_duplicate:
        kept = await composing.allow_duplicate(kept.id, person_id)
    at = post.scheduled_at
    if post.status is PostStatus.SCHEDULED and at is not None and at > visit.words.now:
        kept = await composing.choose_time(kept.id, person_id, at)
    return kept


async def _undelete(visit: Visit) -> None:
    """Make the deleted post anew, once; when it is too late for that, offer what it said as a draft."""
    composing, person_id = visit.core.composing, visit.person.id
    kept = await composing.get(visit.subject, person_id)
    if kept.post_id is None and _is_over(visit, visit.arg()):
        await show_draft(visit, kept, above=visit.words.say("post.back_as_draft"))
        return
    if kept.finished:
        post = await made(visit, kept)
    elif kept.at is not None:
        post = await composing.schedule(kept.id, person_id, who=visit.who)
    else:
        post = await composing.save_draft(kept.id, person_id, who=visit.who)
    if isinstance(post, Post):
        await show_post(visit, post, note=visit.words.say("post.back_again"))


async def _ask_skip(visit: Visit, view: Details) -> None:
    await ask_about(visit, view.post, ask_skip_screen(view, visit.words))


async def _skip(visit: Visit, view: Details) -> None:
    """Leave one occurrence out of its series."""
    day = view.post.occurrence
    if view.series is None or day is None:
        await show_details(visit, view.post)
        return
    if await visit.core.recurring.skip(view.series, day, who=visit.who):
        await put(visit, skipped_screen(view, visit.words))
    else:
        post = await visit.core.posts.get(view.post.id)
        await show_post(visit, post, note=visit.words.say("post.skip_too_late"))


async def _why(visit: Visit, post: Post) -> None:
    args = visit.tap.args if visit.tap and visit.tap.verb == "p_why" else ()
    back = listing_of(args).tap("p_open", post.id) if args else Tap("p_open", post.id)
    page = visit.arg() if visit.tap and visit.tap.verb == "p_why_at" else ""
    overview = await visit.core.monitoring.overview(upcoming=1)
    story = Story(
        post=post,
        attempts=await visit.core.monitoring.attempts(post),
        page=int(page) if page.isascii() and page.isdecimal() else 0,
        works=bool(overview.workers),
        back=back,
    )
    await put(visit, why_screen(story, visit.words))


async def _why_tapped(visit: Visit) -> None:
    await _why(visit, await visit.core.posts.get(visit.subject))


def _deadline(visit: Visit) -> str:
    return str(int((visit.core.clock.now() + UNDO).timestamp()))


def _is_over(visit: Visit, deadline: str) -> bool:
    until = moment_of(deadline) or datetime.fromtimestamp(0, UTC)
    return visit.core.clock.now() > until + timedelta(seconds=1)


ROUTES: Final = Routes(
    commands={"post": _on_typed(show_details, "post"), "why": _on_typed(_why, "why")},
    taps={
        "p_open": unless_gone(_open),
        "p_now": _on_details(_ask_now),
        "p_now_yes": _on_details(_now),
        "p_hold": _on_details(_hold),
        "p_unhold": on_post(_unhold),
        "p_copy": _on_details(_copy),
        "p_delete": _on_details(_ask_delete),
        "p_delete_yes": _on_details(_delete),
        "p_undelete": _undelete,
        "p_skip": _on_details(_ask_skip),
        "p_skip_yes": _on_details(_skip),
        "p_why": unless_gone(_why_tapped),
        "p_why_at": unless_gone(_why_tapped),
    },
)

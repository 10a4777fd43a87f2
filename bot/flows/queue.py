"""/queue: lists of posts, filtered and turned in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.cards.queue import (
    PAGE,
    Kind,
    Listing,
    Page,
    accounts_screen,
    days_screen,
    kinds_screen,
    listing_of,
    queue_screen,
)
from bot.flows.queue_query import read_query
from bot.flows.tapped_times import month_of
from bot.routes import Routes
from bot.screens import Screen
from bot.visit import Visit
from bot.wording import Words
from core.domain.access import NoticeKind, Role
from core.domain.post import PostStatus
from core.domain.zones import resolve_local
from core.ports import PostFilter

_STATUSES: Final = {
    Kind.SCHEDULED: (PostStatus.SCHEDULED, PostStatus.PUBLISHING),
    Kind.DRAFTS: (PostStatus.DRAFT,),
    Kind.FAILED: (PostStatus.FAILED,),
    Kind.HELD: None,
    Kind.PUBLISHED: (PostStatus.PUBLISHED,),
    Kind.UNKNOWN: (PostStatus.PUBLISHING,),
    Kind.ALL: None,
}
_OVER: Final = (Kind.PUBLISHED, Kind.FAILED)
_OF_NOTICES: Final = {
    NoticeKind.PUBLISHED: Kind.PUBLISHED,
    NoticeKind.FAILED: Kind.FAILED,
    NoticeKind.OUTCOME_UNKNOWN: Kind.UNKNOWN,
    NoticeKind.MISSED: Kind.HELD,
    NoticeKind.ACCOUNT_HELD: Kind.HELD,
}


async def show_queue(visit: Visit, listing: Listing) -> None:
    """The page of the list that is asked for, or the last that there is."""
    accounts = await visit.core.accounts.list()
    which = posts_of(listing, visit.words)
    total = sum((await visit.core.posts.count(which)).values())
    last = max(0, -(-total // PAGE) - 1)
    listing = replace(listing, page=min(listing.page, last))
    posts = await visit.core.posts.find(which, limit=PAGE, skip=listing.page * PAGE) if total else []
    writes = visit.core.rights.somewhere(Role.EDITOR)
    page = Page(listing=listing, posts=posts, total=total, accounts=accounts, writes=writes)
    await put(visit, queue_screen(page, visit.words))


async def put(visit: Visit, screen: Screen) -> None:
    """Show it in place of the card that was tapped, which follows no post any more.

    A card of another make, a picture for a text or the other way round, stays; the screen comes below it.
    """
    message = visit.message
    if visit.tap is None or message is None or bool(message.photo) != (screen.picture is not None):
        await visit.say(screen)
        return
    await visit.show(screen)


def posts_of(listing: Listing, words: Words) -> PostFilter:
    """The posts of a list: what is to come soonest first, what is over newest first.

    Its days are those of the reader's zone.
    """
    since = until = None
    if listing.first_day is not None:
        since = _midnight(listing, 0, words)
        until = _midnight(listing, listing.days, words)
    return PostFilter(
        account_id=listing.account_id or None,
        statuses=_STATUSES[listing.kind],
        held=True if listing.kind in (Kind.HELD, Kind.UNKNOWN) else None,
        since=since,
        until=until,
        text=listing.text or None,
        newest_first=listing.kind in _OVER,
    )


def _midnight(listing: Listing, days: int, words: Words) -> datetime | None:
    if listing.first_day is None:
        return None
    day = listing.first_day + timedelta(days=days)
    return resolve_local(datetime.combine(day, time()), words.zone).at


async def _command(visit: Visit) -> None:
    accounts = await visit.core.accounts.list()
    await show_queue(visit, read_query(visit.args, accounts, visit.words))


async def _open(visit: Visit) -> None:
    await show_queue(visit, Listing())


async def _of_account(visit: Visit) -> None:
    await show_queue(visit, Listing(account_id=visit.subject))


async def _of_notice(visit: Visit) -> None:
    """Below the notice, which goes on telling what happened and how to mend it."""
    kind = visit.arg()
    known = NoticeKind(kind) if kind in set(NoticeKind) else NoticeKind.QUEUE_LOW
    visit.tap = None
    await show_queue(visit, Listing(kind=_OF_NOTICES.get(known, Kind.SCHEDULED)))


async def _go(visit: Visit) -> None:
    await show_queue(visit, tapped_listing(visit))


async def _kinds(visit: Visit) -> None:
    await put(visit, kinds_screen(tapped_listing(visit), visit.words))


async def _accounts(visit: Visit) -> None:
    accounts = await visit.core.accounts.list()
    await put(visit, accounts_screen(tapped_listing(visit), accounts, visit.words))


async def _days(visit: Visit) -> None:
    month = month_of(visit.subject, visit.words.now.astimezone(visit.words.zone).date())
    await put(visit, days_screen(tapped_listing(visit), month, visit.words))


def tapped_listing(visit: Visit) -> Listing:
    """The list that the tapped button belongs to."""
    return listing_of(visit.tap.args if visit.tap else ())


ROUTES: Final = Routes(
    commands={"queue": _command},
    taps={
        "q_open": _open,
        "q_account": _of_account,
        "q_kind": _of_notice,
        "q_go": _go,
        "q_kinds": _kinds,
        "q_accounts": _accounts,
        "q_days": _days,
    },
)

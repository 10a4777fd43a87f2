"""Posts as a list, five to a page; what it shows rides in its buttons, so that nothing has to be remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.cards.choosing import INERT, days_grid
from bot.cards.draft import facts
from bot.cards.moments import short_moment
from bot.cards.packed_text import packed, unpacked
from bot.cards.post_status import lateness
from bot.html import NOTHING, Html, escape, lines, shorten
from bot.screens import Button, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.distance import day_label, monday_of
from core.domain.post import Hold, Post, PostStatus

PAGE: Final = 5
_HEAD: Final = 80
_CAUSE: Final = 120
_LATE: Final = timedelta(minutes=1)
"""After its time; before, a post may just be on its way."""
_ROOM: Final = 64
"""Bytes that a button can say (Bot API: InlineKeyboardButton)."""
_MOST_ACCOUNTS: Final = 40
_WEEK: Final = "w"
_GLYPHS: Final[Mapping[PostStatus, str]] = {
    PostStatus.DRAFT: "✎",
    PostStatus.SCHEDULED: "◷",
    PostStatus.PUBLISHING: "▶",
    PostStatus.PUBLISHED: "✓",
    PostStatus.FAILED: "✗",
}


class Kind(StrEnum):
    """Which posts by what has become of them."""

    SCHEDULED = "s"
    DRAFTS = "d"
    FAILED = "f"
    HELD = "h"
    PUBLISHED = "p"
    UNKNOWN = "u"
    ALL = "a"


_OFFERED: Final = (Kind.SCHEDULED, Kind.DRAFTS, Kind.FAILED, Kind.HELD, Kind.PUBLISHED, Kind.ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list shows. ``first_day`` with ``days`` is a local period; ``page`` counts from 0."""

    kind: Kind = Kind.SCHEDULED
    account_id: str = ""
    first_day: date | None = None
    days: int = 1
    text: str = ""
    page: int = 0

    @property
    def is_narrow(self) -> bool:
        """Whether more than the kind is asked for."""
        return bool(self.account_id or self.first_day or self.text)

    def tap(self, verb: str, subject: str = "", version: int = 0) -> Tap:
        """A button that leads to this list or comes back to it.

        What is sought is cut to what fits; without room for it the page is left out, then all but the kind.
        """
        args = self._args()
        room = _ROOM - len(f"{verb}:{subject}:{version or ''}:{','.join(args)}")
        if room < 0 and self.is_narrow:
            return replace(self if self.page else Listing(kind=self.kind), page=0).tap(verb, subject, version)
        sought = self.text.encode()[: max(0, (room - 1) * 3 // 4)].decode(errors="ignore")
        return Tap(verb, subject, version, (*args, packed(sought)) if sought else args)

    def _args(self) -> tuple[str, ...]:
        day = "" if self.first_day is None else f"{_WEEK if self.days > 1 else ''}{self.first_day:%y%m%d}"
        return (self.kind, self.account_id, day, str(self.page or ""))


def listing_of(args: Sequence[str]) -> Listing:
    """What a button says; anything that makes no sense is left out."""
    kind, account_id, day, page, text = (*args, *[""] * 5)[:5]
    return Listing(
        kind=Kind(kind) if kind in set(Kind) else Kind.SCHEDULED,
        account_id=account_id,
        first_day=_day(day.removeprefix(_WEEK)),
        days=7 if day.startswith(_WEEK) else 1,
        page=int(page) if page.isascii() and page.isdecimal() else 0,
        text=unpacked(text),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list: its posts, how many there are in all, and what its reader may see and do."""

    listing: Listing
    posts: Sequence[Post]
    total: int
    accounts: Sequence[Account]
    writes: bool

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def queue_screen(page: Page, words: Words) -> Screen:
    """The list, buttons that open its posts, and those that filter it."""
    names = {one.id: one.username for one in page.accounts} if len(page.accounts) > 1 else {}
    told = [item(number, post, names, words) for number, post in enumerate(page.posts, start=1)]
    return Screen(
        text=lines(_title(page, words), *(told or [_nothing(page, words)])),
        buttons=[_numbers(page), _turns(page), *_filters(page, words)],
    )


def kinds_screen(listing: Listing, words: Words) -> Screen:
    """Which state?"""
    buttons = [
        Button(
            f"{'● ' if kind is listing.kind else ''}{words.label(f'queue.kind_{kind}')}",
            replace(listing, kind=kind, page=0).tap("q_go"),
        )
        for kind in _OFFERED
    ]
    return Screen(text=words.say("queue.ask_kind"), buttons=[*grid(buttons, 2), _back(listing, words)])


def accounts_screen(listing: Listing, accounts: Sequence[Account], words: Words) -> Screen:
    """Which account?"""
    every = Button(words.label("queue.all_accounts"), replace(listing, account_id="", page=0).tap("q_go"))
    buttons = [
        Button(
            f"{'● ' if one.id == listing.account_id else ''}@{one.username}",
            replace(listing, account_id=one.id, page=0).tap("q_go"),
        )
        for one in accounts[:_MOST_ACCOUNTS]
    ]
    return Screen(
        text=words.say("queue.ask_account"), buttons=[[every], *grid(buttons, 2), _back(listing, words)]
    )


def days_screen(listing: Listing, month: date, words: Words) -> Screen:
    """Which day? Today, tomorrow, this week, or one of ``month``."""
    today = words.now.astimezone(words.zone).date()

    def choose(first: date | None, days: int = 1) -> Tap:
        return replace(listing, first_day=first, days=days, page=0).tap("q_go")

    quick = [
        Button(words.label("queue.any_day"), choose(None)),
        Button(words.label("queue.yesterday"), choose(today - timedelta(days=1))),
        Button(words.label("queue.today"), choose(today)),
        Button(words.label("queue.tomorrow"), choose(today + timedelta(days=1))),
        Button(words.label("queue.this_week"), choose(monday_of(today), 7)),
    ]
    days = days_grid(
        month,
        lambda day, name: Button(name, choose(day)) if day >= today else Button("·", INERT),
        lambda to: listing.tap("q_days", f"{to:%Y-%m}"),
        words,
    )
    return Screen(text=words.say("queue.ask_day"), buttons=[*grid(quick, 3), *days, _back(listing, words)])


def item(number: int, post: Post, names: Mapping[str, str], words: Words) -> Html:
    """One post in two or three lines; its account is named when there are several."""
    at = post.published_at or post.scheduled_at
    head = shorten(post.content.text, _HEAD)
    timed = at is not None and post.status is not PostStatus.DRAFT
    name = names.get(post.account_id)
    return lines(
        words.say(
            "queue.item",
            n=number,
            glyph=glyph(post),
            time=short_moment(at, words) if timed and at else words.say("card.no_time"),
            account=words.say("queue.item_account", account=name) if name else "",
            late=_late(post, words),
        ),
        escape(head) if head else facts(post.content, words),
        cause(post, words),
    )


def _late(post: Post, words: Words) -> Html:
    """For how long a post has been due; nothing of one that is over, or of which nobody knows."""
    at, over = post.scheduled_at, (PostStatus.DRAFT, PostStatus.PUBLISHED, PostStatus.FAILED)
    if at is None or post.status in over or post.hold is Hold.OUTCOME_UNKNOWN or words.now - at < _LATE:
        return NOTHING
    return words.say("queue.late", late=lateness(at, words.now, words))


def glyph(post: Post) -> str:
    """The state as one sign, the same in lists, cards and pictures."""
    if post.hold is Hold.OUTCOME_UNKNOWN:
        return "❓"
    return "‖" if post.hold else _GLYPHS[post.status]


def cause(post: Post, words: Words) -> Html | None:
    """Why somebody is needed, shortly; None when nobody is."""
    if post.hold is not None:
        return words.say("queue.cause", cause=words.say(f"queue.hold_{post.hold}"))
    if post.status is PostStatus.FAILED and post.error is not None:
        told = words.sentence(post.error.cause).plain
        return words.say("queue.cause", cause=shorten(told, _CAUSE))
    return None


def _title(page: Page, words: Words) -> Html:
    listing = page.listing
    account = next((one.username for one in page.accounts if one.id == listing.account_id), "")
    told = [
        words.say("queue.title", what=words.say(f"queue.kind_{listing.kind}"), n=page.total),
        words.say("queue.of_account", account=account) if account else None,
        escape(_period(listing, words)) if listing.first_day else None,
        words.say("queue.of_text", text=listing.text) if listing.text else None,
    ]
    return Html(" · ".join(one.markup for one in told if one))


def _period(listing: Listing, words: Words) -> str:
    if listing.first_day is None:
        return words.label("queue.any_day")
    first = day_label(listing.first_day, words.language)
    if listing.days == 1:
        return first
    return f"{first} – {day_label(listing.first_day + timedelta(days=listing.days - 1), words.language)}"  # noqa: RUF001  # an en dash is meant


def _nothing(page: Page, words: Words) -> Html:
    """Only whoever writes is told how to begin."""
    told = "filtered" if page.listing.is_narrow else page.listing.kind
    if not page.writes and told in (Kind.SCHEDULED, Kind.DRAFTS, Kind.PUBLISHED, Kind.ALL):
        told = "viewer"
    return words.say(f"queue.none_{told}")


def _numbers(page: Page) -> Row:
    return [
        Button(str(number), page.listing.tap("p_open", post.id))
        for number, post in enumerate(page.posts, start=1)
    ]


def _turns(page: Page) -> Row:
    listing, here = page.listing, page.listing.page
    if page.pages < 2:  # noqa: PLR2004  # one page is not turned
        return []
    before, after = replace(listing, page=here - 1), replace(listing, page=here + 1)
    return [
        Button("‹", before.tap("q_go")) if here else Button("·", INERT),  # noqa: RUF001  # the way back
        Button(f"{here + 1}/{page.pages}", INERT),
        Button("›", after.tap("q_go")) if here + 1 < page.pages else Button("·", INERT),  # noqa: RUF001  # the way on
    ]


def _filters(page: Page, words: Words) -> list[Row]:
    listing = page.listing
    account = next((one.username for one in page.accounts if one.id == listing.account_id), "")
    name = f"@{account}" if account else words.label("queue.all_accounts")
    kind = words.label(f"queue.kind_{listing.kind}")
    rows: list[Row] = [
        [
            Button(words.label("queue.b_kind", kind=kind), listing.tap("q_kinds")),
            Button(words.label("queue.b_day", day=_period(listing, words)), listing.tap("q_days")),
        ]
    ]
    if len(page.accounts) > 1:
        rows.append([Button(words.label("queue.b_account", account=name), listing.tap("q_accounts"))])
    if listing.text:
        every = replace(listing, text="", page=0)
        rows.append([Button(words.label("queue.b_any_text", text=listing.text), every.tap("q_go"))])
    return rows


def _back(listing: Listing, words: Words) -> Row:
    return [Button(words.label("button.back"), listing.tap("q_go"))]


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%y%m%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None

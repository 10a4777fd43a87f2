"""How the posts do: a picture of 28 days, punctuality, figures for each account, and what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.cards.moments import short_moment
from bot.html import Html, escape, lines, shorten
from bot.screens import Button, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.post import Post, PostStatus

SHOWN: Final = 6
"""Accounts that have a line of their own."""
_HEAD: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """``summary`` is the picture in words; ``recent`` and ``waiting`` count posts of the shown accounts by id."""

    picture: bytes
    summary: str
    accounts: Sequence[Account]
    recent: Mapping[str, Mapping[PostStatus, int]]
    waiting: Mapping[str, int]
    upcoming: Post | None


def stats_screen(figures: Figures, words: Words) -> Screen:
    """The picture with the figures in its caption, drawn anew by one button."""
    shown = figures.accounts[:SHOWN]
    more = len(figures.accounts) - len(shown)
    several = len(figures.accounts) > 1
    return Screen(
        text=lines(
            escape(figures.summary),
            words.say("stats.accounts") if several else None,
            *(_account(one, figures, words) for one in shown if several),
            words.say("stats.more_accounts", n=more) if more else None,
            _next(figures.upcoming, words),
        ),
        picture=figures.picture,
        buttons=[
            [
                Button(words.label("button.refresh"), Tap("stats")),
                Button(words.label("start.b_calendar"), Tap("c_week")),
            ]
        ],
    )


def _account(account: Account, figures: Figures, words: Words) -> Html:
    recent = figures.recent.get(account.id, {})
    return words.say(
        "stats.account",
        account=account.username,
        published=recent.get(PostStatus.PUBLISHED, 0),
        failed=recent.get(PostStatus.FAILED, 0),
        waiting=figures.waiting.get(account.id, 0),
    )


def _next(post: Post | None, words: Words) -> Html | None:
    if post is None or post.scheduled_at is None:
        return None
    head = shorten(post.content.text, _HEAD)
    return words.say("stats.next", time=short_moment(post.scheduled_at, words), head=head)

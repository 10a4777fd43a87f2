"""Somebody's day in one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.cards.queue import glyph
from bot.html import Html, escape, lines, shorten
from bot.screens import Button, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.distance import day_label
from core.domain.post import Post

_LISTED: Final = 8
_HEAD: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """``published`` and ``failed`` are of the last 24 h; ``posts`` are the first of today's ``planned``.

    ``gap`` is the next day without a post, if there is one soon; ``names`` tells accounts apart by id,
    empty when there is one.
    """

    day: date
    published: int
    failed: int
    posts: Sequence[Post]
    planned: int
    gap: date | None
    attention: int
    names: Mapping[str, str]
    picture: bytes


def digest_screen(day: Day, words: Words) -> Screen:
    """What went out, what comes today, where the next gap is, what needs somebody, and the week as a picture."""
    more = day.planned - min(_LISTED, len(day.posts))
    gap = words.say("digest.gap", day=day_label(day.gap, words.language)) if day.gap else None
    failed = Button(words.label("need.b_rest"), Tap("n_open"))
    return Screen(
        text=lines(
            words.say("digest.title", day=day_label(day.day, words.language)),
            words.say("digest.yesterday", published=day.published, failed=day.failed),
            words.say("digest.attention", n=day.attention) if day.attention else None,
            _today(day, words),
            *(_line(post, day.names, words) for post in day.posts[:_LISTED]),
            words.say("notice.and_more", n=more) if more > 0 else None,
            gap or words.say("digest.no_gap"),
        ),
        picture=day.picture,
        buttons=[
            [failed] if day.attention else [],
            [
                Button(words.label("notice.b_queue"), Tap("q_open")),
                Button(words.label("start.b_calendar"), Tap("c_week")),
            ],
        ],
    )


def _today(day: Day, words: Words) -> Html:
    if not day.planned:
        return words.say("digest.nothing_today")
    return words.say("digest.today_one" if day.planned == 1 else "digest.today_many", n=day.planned)


def _line(post: Post, names: Mapping[str, str], words: Words) -> Html:
    clock = f"{post.scheduled_at.astimezone(words.zone):%H:%M}" if post.scheduled_at else ""
    account = f"@{names[post.account_id]}" if post.account_id in names else ""
    return escape(" ".join(filter(None, (glyph(post), clock, account, shorten(post.content.text, _HEAD)))))

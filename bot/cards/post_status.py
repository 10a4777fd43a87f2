"""The card that follows a post, or a series, from its schedule to its permalink."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.cards.draft import facts
from bot.cards.moments import moment, rule_words, short_moment
from bot.html import Html, escape, lines, quote, shorten
from bot.screens import Button, Row, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.distance import time_label
from core.domain.post import EDITABLE, Content, Hold, Post, PostStatus, Reply, ReplyKind, ReplyState, Step
from core.domain.recurrence import Occurrence
from core.domain.series import Series

HEAD: Final = 200
_ON_TIME: Final = 1
"""Seconds after its time within which a post is on the dot."""
_MINUTE, _HOUR = 60, 3600
_TROUBLE: Final = {PostStatus.FAILED: "card.error", PostStatus.DRAFT: "card.last_trouble"}
"""What is told of an error where nothing is tried again by itself."""
_PROFILE: Final = "https://www.threads.com/@"
_POST: Final = "p."
"""Before a post's id where a draft's could stand."""


def seen(post: Post) -> int:
    """What a button remembers of a post: a number for all that a person decides by.

    It is not the post's version, which grows with every step of the worker.
    """
    decided_by = (post.status, post.hold, post.scheduled_at, post.content)
    return zlib.crc32(repr(decided_by).encode()) % 1_000_000


def is_hearsay(post: Post) -> bool:
    """Whether only a person says that it is published: nobody knows when, nor has Threads named it."""
    return post.status is PostStatus.PUBLISHED and post.media_id is None and post.permalink is None


def chooser_subject(post_id: str) -> str:
    """How the buttons that choose a time name a post rather than a draft."""
    return f"{_POST}{post_id}"


def post_of_subject(subject: str) -> str | None:
    """The id of the post that is named; None for a draft's."""
    return subject.removeprefix(_POST) if subject.startswith(_POST) else None


def status_screen(
    post: Post, account: Account | None, words: Words, *, changes: bool, note: Html | None = None
) -> Screen:
    """The card of a post as it stands; ``note`` says what has just happened to it.

    ``changes``: whoever reads it may change the post.
    """
    name = account.username if account else "?"
    return Screen(
        text=lines(
            note,
            _title(post, words),
            _time(post, account, words),
            words.say("draft.account", account=name),
            post_head(post, words),
            *_trouble(post, name, words),
            *_replies(post, words),
        ),
        buttons=_buttons(post, account, words) if changes else [_ways_on(post, account, words)],
        undoable=changes and post.status in EDITABLE,
    )


def with_undo(screen: Screen, undo: Tap | None, words: Words) -> Screen:
    """The screen with a button that takes back what it shows, where that can still be done."""
    if undo is None or not screen.undoable:
        return screen
    return replace(screen, buttons=[[Button(words.label("card.b_undo"), undo)], *screen.buttons])


def series_screen(
    series: Series,
    account: Account | None,
    upcoming: Sequence[Occurrence],
    words: Words,
    *,
    changes: bool,
) -> Screen:
    """The card of a series: its rule in words and its next dates; without any it is over, unless it is paused."""
    over = not (upcoming or series.paused)
    title = "card.series_finished" if over else "card.series_paused" if series.paused else "card.series"
    stop = Button(words.label("card.b_stop"), Tap("f_stop", series.id, series.version))
    return Screen(
        text=lines(
            words.say(title),
            escape(rule_words(series.rule, words)),
            words.say("draft.account", account=account.username if account else "?"),
            content_head(series.content, words),
            *([] if series.paused else dates(upcoming, words)),
        ),
        buttons=[[stop]] if changes and not over else [],
        undoable=changes and not over,
    )


def ask_screen(question: Html, content: Content, yes: Button, back: Button) -> Screen:
    """Shall this really be done to the post or series?"""
    head = quote(escape(shorten(content.text, HEAD))) if content.text else None
    return Screen(text=lines(question, head), buttons=[[yes], [back]])


def gone_screen(words: Words) -> Screen:
    """What is left of a post that was deleted."""
    return Screen(text=words.say("card.gone"))


def ask_text_screen(post: Post, words: Words, *, wrong: Html | None = None) -> Screen:
    """Ask for the new text of a post."""
    back = Button(words.label("draft.b_back"), Tap("f_show", post.id))
    head = quote(escape(post.content.text or "…"))
    return Screen(text=lines(wrong, words.say("card.ask_text"), head), buttons=[[back]])


def dates(upcoming: Sequence[Occurrence], words: Words) -> list[Html]:
    """The next dates of a rule, with what is special about them."""
    if not upcoming:
        return [words.say("card.series_over")]
    found = [words.say("card.next")]
    for occurrence in upcoming:
        notes = " ".join(words.sentence(note).markup for note in occurrence.notes)
        found.append(
            Html(f"• {short_moment(occurrence.at, words).markup}{f' <i>({notes})</i>' if notes else ''}")
        )
    return found


def content_head(content: Content, words: Words) -> Html:
    """The beginning of the text, and what else the post has."""
    more = content.media or content.replies or content.first_comment or content.topic
    return _head(content, facts(content, words) if more or not content.text.strip() else None)


def post_head(post: Post, words: Words) -> Html:
    """The same of a post; the length of one that is published is no news."""
    if post.status is not PostStatus.PUBLISHED:
        return content_head(post.content, words)
    _length, _, more = facts(post.content, words).markup.partition(" · ")
    return _head(post.content, Html(more) or None)


def lateness(scheduled: datetime, published: datetime, words: Words) -> Html:
    """How long after its time it was published."""
    seconds = int((published - scheduled).total_seconds())
    if seconds < _ON_TIME:
        return words.say("card.on_time")
    if seconds < _MINUTE:
        return words.say("card.late_seconds", n=seconds)
    if seconds < _HOUR:
        return words.say("card.late_minutes", n=seconds // _MINUTE)
    return words.say("card.late_hours", n=seconds // _HOUR)


def _head(content: Content, more: Html | None) -> Html:
    head = shorten(content.text, HEAD)
    return lines(quote(escape(head)) if head else None, more)


def _title(post: Post, words: Words) -> Html:
    if is_hearsay(post):
        return words.say("card.confirmed")
    if post.hold is Hold.OUTCOME_UNKNOWN:
        return words.say("card.unknown")
    return words.say("card.held" if post.hold else f"card.{post.status}")


def _time(post: Post, account: Account | None, words: Words) -> Html:
    if post.status is PostStatus.DRAFT or post.scheduled_at is None:
        return words.say("draft.no_time")
    if post.status is not PostStatus.PUBLISHED or post.published_at is None or is_hearsay(post):
        return words.say("draft.at", time=moment(post.scheduled_at, words, account))
    late = lateness(post.scheduled_at, post.published_at, words)
    return words.say("card.published_at", time=moment(post.published_at, words, account), late=late)


def _trouble(post: Post, account: str, words: Words) -> list[Html]:
    """What keeps the post from going out, or what is being done to it."""
    if post.hold is not None:
        return [words.say(f"card.hold_{post.hold}", account=account)]
    if post.status is PostStatus.PUBLISHED:
        return []
    if post.error is not None:
        cause, remedy = words.sentence(post.error.cause), words.sentence(post.error.remedy)
        key = _TROUBLE.get(post.status, "card.trying_again")
        return [words.say(key, cause=cause, remedy=remedy)]
    if post.status is PostStatus.FAILED:
        return [words.say("card.changed")]
    working = (Step.CREATING_CONTAINER, Step.PROCESSING_MEDIA, Step.READY, Step.CHECKING_OUTCOME)
    return [words.say(f"card.{post.step}")] if post.step in working else []


def _replies(post: Post, words: Words) -> list[Html]:
    """How far the first comment and the thread parts are, once the post is out."""
    if post.status is not PostStatus.PUBLISHED:
        return []
    parts = [reply for reply in post.replies if reply.kind is ReplyKind.THREAD_PART]
    comments = [reply for reply in post.replies if reply.kind is ReplyKind.FIRST_COMMENT]
    found = [_parts(parts, words)] if parts else []
    return [
        *found,
        *(words.say(f"card.comment_{one.state}", cause=_cause([one], words)) for one in comments),
    ]


def _parts(parts: Sequence[Reply], words: Words) -> Html:
    failed = any(part.state is ReplyState.FAILED for part in parts)
    posted = sum(part.state is ReplyState.POSTED for part in parts)
    key = "card.parts_failed" if failed else "card.parts"
    return words.say(key, posted=posted, n=len(parts), cause=_cause(parts, words))


def _cause(replies: Sequence[Reply], words: Words) -> Html:
    error = next((reply.error for reply in replies if reply.error is not None), None)
    return words.sentence(error.cause) if error else escape("")


def _buttons(post: Post, account: Account | None, words: Words) -> list[Row]:
    def button(label: str, verb: str, *args: str) -> Button:
        return Button(words.label(f"card.b_{label}"), Tap(verb, post.id, seen(post), args))

    more = Button(words.label("card.b_more"), Tap("p_open", post.id))
    edit = button("edit", "f_edit")
    move = Button(
        words.label("card.b_when" if post.status is PostStatus.DRAFT else "card.b_move"),
        Tap("t_when", chooser_subject(post.id), seen(post)),
    )
    match post.status, post.hold:
        case PostStatus.PUBLISHED, _:
            return [_ways_on(post, account, words)]
        case PostStatus.PUBLISHING, Hold.OUTCOME_UNKNOWN:
            return [[button("is_live", "f_live", "yes")], [button("not_live", "f_live", "no")], [more]]
        case PostStatus.PUBLISHING, _:
            return []
        case PostStatus.FAILED, _:
            return [[button("retry", "f_retry"), edit, button("skip", "f_skip")], [move, more]]
        case _, Hold.MISSED:
            return [[button("publish", "f_now"), button("skip", "f_skip")], [move, edit, more]]
        case _:
            return [*_going_on(post, words), [move, edit, more]]


def _going_on(post: Post, words: Words) -> list[Row]:
    """The way back of a post that was held, while its time is still to come."""
    at = post.scheduled_at
    if post.status is not PostStatus.DRAFT or at is None or at <= words.now:
        return []
    label = words.label("card.b_go_on", time=time_label(at, words.zone, words.language))
    return [[Button(label, Tap("p_unhold", post.id, seen(post)))]]


def _ways_on(post: Post, account: Account | None, words: Words) -> Row:
    """What anybody can do with a post: look at it on Threads, look at all of it.

    One whose link nobody could find is somewhere on its account.
    """
    more = Button(words.label("card.b_more"), Tap("p_open", post.id))
    if post.permalink:
        return [Button(words.label("card.b_open"), url=post.permalink), more]
    if is_hearsay(post) and account is not None:
        name = account.username
        return [Button(words.label("card.b_profile", account=name), url=f"{_PROFILE}{name}"), more]
    return [more]

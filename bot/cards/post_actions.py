"""All that is known of one post and all that can be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.cards.draft import quoted
from bot.cards.moments import rule_words, short_moment
from bot.cards.post_status import content_head, seen, status_screen
from bot.cards.queue import Listing
from bot.cards.why import who_label
from bot.html import Html, escape, lines, quote, shorten
from bot.screens import Button, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.post import EDITABLE, Hold, Post, PostStatus
from core.domain.series import Series

_OPEN: Final = "p_open"
_HEAD: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """A post as somebody sees it. ``listing`` is where they came from, ``changes`` whether they may change it.

    ``may_write``: on some account they may write posts. ``not_there_from`` is the moment from which a post
    whose outcome is unknown can be said not to be on Threads.
    """

    post: Post
    account: Account | None
    series: Series | None = None
    listing: Listing | None = None
    changes: bool = False
    may_write: bool = False
    not_there_from: datetime | None = None

    @property
    def name(self) -> str:
        return self.account.username if self.account else "?"

    def tap(self, verb: str) -> Tap:
        """A button about the post that knows the way back to the list."""
        if self.listing is None:
            return Tap(verb, self.post.id, seen(self.post))
        return self.listing.tap(verb, self.post.id, seen(self.post))


def details_screen(view: Details, words: Words) -> Screen:
    """The card of the post with its whole text, where it comes from, and every action that its state allows."""
    post = view.post
    card = status_screen(post, view.account, words, changes=view.changes)
    head, whole = content_head(post.content, words), quoted(post.content.text, words)
    text = Html(card.text.markup.replace(head.markup, whole.markup)) if post.content.text else card.text
    return Screen(
        text=lines(text, *_content(view, words), *_facts(view, words)), buttons=_buttons(view, words)
    )


def ask_screen(view: Details, question: Html, yes: Button, words: Words) -> Screen:
    """Shall this really be done to the post?"""
    return Screen(
        text=lines(question, content_head(view.post.content, words)), buttons=[[yes], [_back(view, words)]]
    )


def ask_now_screen(view: Details, words: Words, *, wrong: str = "") -> Screen:
    """Publish at once? ``wrong`` is the duplicate that was found just now."""
    args = ("dup",) if wrong else ()
    label = "post.b_now_anyway" if wrong else "post.b_now_yes"
    question = lines(
        words.say("when.wrong", sentence=words.sentence(wrong)) if wrong else None,
        words.say("post.ask_now", account=view.name),
    )
    return ask_screen(view, question, _yes(view, label, "p_now_yes", words, *args), words)


def ask_delete_screen(view: Details, words: Words) -> Screen:
    """Delete? Says plainly that what is live stays live."""
    live = view.post.status is PostStatus.PUBLISHED
    question = words.say("post.ask_delete_live" if live else "post.ask_delete", account=view.name)
    return ask_screen(view, question, _yes(view, "post.b_delete_yes", "p_delete_yes", words), words)


def ask_skip_screen(view: Details, words: Words) -> Screen:
    """Leave one occurrence of a series out?"""
    yes = _yes(view, "post.b_skip_one_yes", "p_skip_yes", words)
    return ask_screen(view, words.say("post.ask_skip_one"), yes, words)


def deleted_screen(view: Details, undo: Tap | None, words: Words) -> Screen:
    """What is left of a deleted post; ``undo`` brings it back."""
    live = view.post.status is PostStatus.PUBLISHED
    back = Button(words.label("post.b_queue"), (view.listing or Listing()).tap("q_go"))
    return Screen(
        text=lines(
            words.say("post.deleted_live" if live else "post.deleted", account=view.name),
            content_head(view.post.content, words),
        ),
        buttons=[[*([Button(words.label("post.b_undo"), undo)] if undo else []), back]],
    )


def skipped_screen(view: Details, words: Words) -> Screen:
    """An occurrence was left out."""
    return Screen(
        text=lines(words.say("post.skipped_one"), content_head(view.post.content, words)),
        buttons=[[Button(words.label("post.b_series"), Tap("f_series", view.post.series_id or ""))]],
    )


def _yes(view: Details, label: str, verb: str, words: Words, *args: str) -> Button:
    return Button(words.label(label), Tap(verb, view.post.id, seen(view.post), args), style="danger")


def _content(view: Details, words: Words) -> list[Html]:
    """What follows the text: parts, comment, topic, link."""
    content = view.post.content
    parts = [
        words.say("post.part", n=number, head=shorten(part, _HEAD))
        for number, part in enumerate(content.replies, start=2)
    ]
    if content.first_comment:
        parts.append(words.say("post.comment", head=shorten(content.first_comment, _HEAD)))
    if content.link_attachment:
        parts.append(words.say("post.link", link=shorten(content.link_attachment, _HEAD)))
    told = [quote(lines(*parts))] if parts else []
    return [*told, *([words.say("draft.topic", topic=content.topic)] if content.topic else [])]


def _facts(view: Details, words: Words) -> list[Html]:
    post = view.post
    facts = [_settling(view, words)]
    if post.attempts and post.status is not PostStatus.PUBLISHED:
        facts.append(words.say("post.attempts", n=post.attempts))
    if view.series is not None:
        facts.append(words.say("post.series", rule=escape(rule_words(view.series.rule, words))))
    if post.edited_occurrence:
        facts.append(words.say("post.edited_apart"))
    if post.sheet_id:
        facts.append(words.say("post.sheet", id=post.sheet_id))
    who, time = who_label(post.created_by, words), short_moment(post.created_at, words)
    facts += [words.say("post.written", who=who, time=time), words.say("post.id", id=post.id)]
    return [fact for fact in facts if fact is not None]


def _settling(view: Details, words: Words) -> Html | None:
    """From when on a post whose answer was lost can be said not to be there."""
    if view.post.hold is not Hold.OUTCOME_UNKNOWN or view.not_there_from is None:
        return None
    if view.not_there_from > words.now:
        return words.say("post.not_there_from", time=short_moment(view.not_there_from, words))
    return words.say("post.not_there_now")


def _buttons(view: Details, words: Words) -> list[Row]:
    """Those of the status card, unless they change what may not be changed, and the rarer ones."""
    card = status_screen(view.post, view.account, words, changes=view.changes)
    kept = [[button for button in row if _is_shown(button, view)] for row in card.buttons]
    rarer = _rarer(view, words)
    why = Button(words.label("post.b_why"), view.tap("p_why"))
    refresh = Button(words.label("post.b_refresh"), view.tap(_OPEN))
    moving = [refresh] if view.post.status is PostStatus.PUBLISHING else []
    return [*kept, *grid(rarer, 2), [why, *moving, _leave(view, words)]]


def _is_shown(button: Button, view: Details) -> bool:
    return button.tap is None or (view.changes and button.tap.verb != _OPEN)


def _rarer(view: Details, words: Words) -> list[Button]:
    post, status = view.post, view.post.status

    def button(label: str, verb: str) -> Button:
        return Button(words.label(f"post.b_{label}"), view.tap(verb))

    found: list[Button] = []
    waits = status is PostStatus.SCHEDULED and post.hold is not Hold.MISSED
    if view.changes and (waits or status is PostStatus.DRAFT):
        found.append(button("now", "p_now"))
    if view.changes and waits:
        found.append(button("hold", "p_hold"))
    if view.may_write:
        found.append(button("copy", "p_copy"))
    if view.changes and view.series is not None:
        if status in EDITABLE:
            found.append(button("skip_one", "p_skip"))
        stop = Tap("f_stop", view.series.id, view.series.version)
        found.append(Button(words.label("post.b_stop"), stop))
    elif view.changes and status is not PostStatus.PUBLISHING:
        found.append(button("delete", "p_delete"))
    return found


def _back(view: Details, words: Words) -> Button:
    return Button(words.label("button.back"), view.tap(_OPEN))


def _leave(view: Details, words: Words) -> Button:
    """To the list, or to the card that follows the post, whose buttons are for those who may change it."""
    if view.listing is not None or not view.changes:
        return Button(words.label("button.back"), (view.listing or Listing()).tap("q_go"))
    return Button(words.label("button.back"), Tap("f_show", view.post.id))

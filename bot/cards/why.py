"""What happened to a post, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.cards.moments import short_moment, until
from bot.cards.post_status import post_head
from bot.html import Html, lines, shorten
from bot.screens import Button, Row, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.actors import name_of_actor, names_of_actors
from core.domain.post import HistoryEntry, Post, PostStatus
from core.domain.publication import Answer, Publication
from core.domain.zones import in_zone, zone_label

_PAGE: Final = 12
_LONGEST: Final = 220
_WORKER: Final = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A post with its history and all attempts to publish it; ``page`` counts back from the newest.

    ``works``: somebody is there who publishes.
    """

    post: Post
    attempts: Sequence[Publication]
    page: int = 0
    works: bool = True
    back: Tap


def why_screen(story: Story, words: Words) -> Screen:
    """How the post stands and what happened to it, the newest last."""
    entries = _entries(story, words)
    last = len(entries) - story.page * _PAGE
    if last <= 0:
        last = min(_PAGE, len(entries))
    first = max(0, last - _PAGE)
    return Screen(
        text=lines(
            words.say("why.title"),
            post_head(story.post, words),
            *_state(story, words),
            words.say("why.earlier", n=first) if first else None,
            *entries[first:last],
            words.say("why.later", n=len(entries) - last) if last < len(entries) else None,
        ),
        buttons=[_turns(story, first, last < len(entries)), [Button(words.label("post.b_post"), story.back)]],
    )


def who_label(who: str, words: Words) -> str:
    """A person's name, whatever face they used; the worker has a word of its own."""
    return words.label("why.worker") if who == _WORKER else name_of_actor(who)


def _state(story: Story, words: Words) -> list[Html]:
    """How it stands and what comes next."""
    post = story.post
    told = [_standing(post, words)]
    if post.hold is not None:
        told.append(words.say("queue.cause", cause=words.say(f"queue.hold_{post.hold}")))
    if post.error is not None and post.status is not PostStatus.PUBLISHED:
        code = words.say("why.code", code=post.error.code) if post.error.code else ""
        cause, remedy = words.sentence(post.error.cause), words.sentence(post.error.remedy)
        key = "why.last_error" if post.status is PostStatus.DRAFT else "why.error"
        told.append(words.say(key, cause=cause, code=code, remedy=remedy))
    if post.status is PostStatus.SCHEDULED and not story.works:
        told.append(words.say("why.no_worker"))
    return told


def _standing(post: Post, words: Words) -> Html:
    at = post.published_at if post.status is PostStatus.PUBLISHED else post.scheduled_at
    if at is None or post.status not in (PostStatus.SCHEDULED, PostStatus.PUBLISHED):
        return words.say(f"why.{post.status}")
    overdue = post.status is PostStatus.SCHEDULED and at < words.now
    key = "overdue" if overdue else post.status
    return words.say(f"why.{key}", time=short_moment(at, words), distance=until(at, words))


def _entries(story: Story, words: Words) -> list[Html]:
    """History and attempts together, by their times."""
    names = names_of_actors(entry.who for entry in story.post.history) | {_WORKER: words.label("why.worker")}
    told = [(entry.at, _change(entry, names[entry.who], words)) for entry in story.post.history]
    told += [(_when(one), _attempt(one, words)) for one in story.attempts]
    return [line for _, line in sorted(told, key=lambda pair: pair[0])]


def _change(entry: HistoryEntry, who: str, words: Words) -> Html:
    what: str | Html = _told(entry.why, words)
    if entry.was is not None and entry.was is not entry.now:
        was, now = words.say(f"why.status_{entry.was}"), words.say(f"why.status_{entry.now}")
        what = words.say("why.move", what=what, was=was, now=now)
    return words.say("why.entry", time=short_moment(entry.at, words), who=who, what=what)


def _attempt(one: Publication, words: Words) -> Html:
    answer = words.label(f"why.answer_{one.answer}")
    if one.failure is not None and one.answer is not Answer.PUBLISHED:
        cause = _told(one.failure.cause, words)
        code = words.label("why.code", code=one.failure.code) if one.failure.code else ""
        answer = " ".join(filter(None, (f"{answer}.", cause, code)))
    key = "why.attempt" if one.reply is None else "why.reply_attempt"
    what = words.say(key, n=one.attempt, reply=(one.reply or 0) + 1, answer=answer)
    who = words.label("why.threads")
    return words.say("why.entry", time=short_moment(_when(one), words), who=who, what=what)


def _told(sentence: str, words: Words) -> str:
    """What core wrote down, with its moments in the reader's zone like all others here."""
    told = words.sentence(in_zone(sentence, words.zone)).plain.replace(f" ({zone_label(words.zone)})", "")
    return shorten(told, _LONGEST)


def _when(one: Publication) -> datetime:
    return one.answered_at or one.sent_at


def _turns(story: Story, first: int, later: bool) -> Row:  # noqa: FBT001  # two facts about the page
    """Back to what was earlier, on to what was later."""

    def turn(page: int) -> Tap:
        return Tap("p_why_at", story.post.id, args=(str(page),))

    return [
        *([Button("‹", turn(story.page + 1))] if first else []),  # noqa: RUF001  # the way back
        *([Button("›", turn(max(0, story.page - 1)))] if later else []),  # noqa: RUF001  # the way on
    ]

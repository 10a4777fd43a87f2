"""What needs somebody: posts that failed, missed their time, wait for their account, or whose outcome is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.cards.queue import Kind, Listing, cause, glyph, item
from bot.html import Html, lines, shorten
from bot.screens import Button, Row, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.post import Hold, Post, PostStatus

FEW: Final = 5
"""Up to so many posts are listed one by one; more are grouped by their cause."""
_MOST_GROUPS: Final = 8
"""Buttons in a row (Bot API)."""
_LISTED: Final = 5
_HEAD: Final = 40


class Remedy(StrEnum):
    """What can be done to many posts at once."""

    RETRY = "retry"
    PUBLISH = "publish"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """The posts that need somebody, and how many of them the person may ``mend`` in each way."""

    posts: Sequence[Post]
    accounts: Sequence[Account]
    mend: Mapping[Remedy, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What came of doing the same to many posts: those that refused, each with its sentence."""

    remedy: Remedy
    done: int
    refused: Sequence[tuple[Post, str]]


def remedies(post: Post) -> tuple[Remedy, ...]:
    """What can be done to it together with others."""
    if post.status is PostStatus.FAILED:
        return (Remedy.RETRY,)
    return (Remedy.PUBLISH, Remedy.SKIP) if post.hold is Hold.MISSED else ()


def attention_screen(seen: Attention, words: Words) -> Screen:
    """A few posts by themselves, many by their causes; buttons that open them, and those that mend all."""
    if not seen.posts:
        return Screen(text=words.say("need.nothing"), buttons=[[_queue(words)]])
    count = len(seen.posts)
    title = words.say("need.title_one" if count == 1 else "need.title", n=count)
    told, numbers = _few(seen, words) if count <= FEW else _grouped(seen, words)
    return Screen(text=lines(title, *told), buttons=[numbers, *_mending(seen, words), [_queue(words)]])


def ask_screen(remedy: Remedy, posts: Sequence[Post], words: Words) -> Screen:
    """Shall this be done to all of them?"""
    more = len(posts) - _LISTED
    return Screen(
        text=lines(
            words.say(f"need.ask_{remedy}", n=len(posts)),
            *(words.say("need.line", head=_head(post)) for post in posts[:_LISTED]),
            words.say("notice.and_more", n=more) if more > 0 else None,
        ),
        buttons=[
            [
                Button(
                    words.label(f"need.b_{remedy}_yes", n=len(posts)),
                    Tap("n_do", args=(remedy,)),
                    style="danger",
                )
            ],
            [Button(words.label("button.back"), Tap("n_open"))],
        ],
    )


def mended_screen(mended: Mended, words: Words) -> Screen:
    """How many were done, and why the others were not."""
    refused, more = mended.refused, len(mended.refused) - _LISTED
    told = [
        words.say("need.refused", head=_head(post), sentence=words.sentence(sentence))
        for post, sentence in refused[:_LISTED]
    ]
    return Screen(
        text=lines(
            words.say(f"need.did_{mended.remedy}", n=mended.done),
            words.say("need.refused_title", n=len(refused)) if refused else None,
            *told,
            words.say("notice.and_more", n=more) if more > 0 else None,
        ),
        buttons=[[Button(words.label("need.b_rest"), Tap("n_open")), _queue(words)]],
    )


def _few(seen: Attention, words: Words) -> tuple[list[Html], Row]:
    names = _names(seen)
    told = [item(number, post, names, words) for number, post in enumerate(seen.posts, start=1)]
    return told, [Button(str(n), Tap("p_open", post.id)) for n, post in enumerate(seen.posts, start=1)]


def _grouped(seen: Attention, words: Words) -> tuple[list[Html], Row]:
    """Largest groups first; each is a line, and a button that lists its posts."""
    names = {one.id: one.username for one in seen.accounts}
    groups: dict[tuple[str, str, str], list[Post]] = {}
    for post in seen.posts:
        why = cause(post, words)
        groups.setdefault((glyph(post), post.account_id, why.plain if why else ""), []).append(post)
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))
    told = [
        words.say(
            "need.group",
            n=number,
            glyph=sign,
            count=len(posts),
            account=names.get(account_id, "?"),
            cause=why.removeprefix("⚠️ "),
        )
        for number, ((sign, account_id, why), posts) in enumerate(largest[:_MOST_GROUPS], start=1)
    ]
    if len(largest) > _MOST_GROUPS:
        told.append(words.say("need.more_groups", n=len(largest) - _MOST_GROUPS))
    numbers = [
        Button(str(number), Listing(kind=_kind(posts[0]), account_id=posts[0].account_id).tap("q_go"))
        for number, (_, posts) in enumerate(largest[:_MOST_GROUPS], start=1)
    ]
    return told, numbers


def _kind(post: Post) -> Kind:
    if post.status is PostStatus.FAILED:
        return Kind.FAILED
    return Kind.UNKNOWN if post.hold is Hold.OUTCOME_UNKNOWN else Kind.HELD


def _mending(seen: Attention, words: Words) -> list[Row]:
    def button(remedy: Remedy) -> list[Button]:
        n = seen.mend.get(remedy, 0)
        return [Button(words.label(f"need.b_{remedy}", n=n), Tap("n_ask", args=(remedy,)))] if n > 1 else []

    return [button(Remedy.RETRY), [*button(Remedy.PUBLISH), *button(Remedy.SKIP)]]


def _names(seen: Attention) -> dict[str, str]:
    return {one.id: one.username for one in seen.accounts} if len(seen.accounts) > 1 else {}


def _head(post: Post) -> str:
    return shorten(post.content.text, _HEAD) or post.id


def _queue(words: Words) -> Button:
    return Button(words.label("post.b_queue"), Tap("q_open"))

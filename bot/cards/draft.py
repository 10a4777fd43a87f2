"""The card of a post that is being composed, and the screens that open from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.cards.choosing import Quick
from bot.cards.moments import moment, rule_words
from bot.html import NOTHING, Html, escape, lines, quote, shorten
from bot.screens import Button, Row, Screen, Style, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account
from core.domain.composition import Composition
from core.domain.content_rules import Finding
from core.domain.post import Content, MediaKind
from core.domain.splitting import split_text
from core.domain.text import TEXT_LIMIT, clean_text, count_text

SHOWN: Final = 1500
"""Characters of a text that a card shows; only a text that is too long for a post has more."""
_HEAD: Final = 80
_FINDINGS: Final = 6
_ACCOUNTS: Final = 40
_REMOVABLE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a draft card shows. ``account`` is the chosen one, ``accounts`` are those that may be chosen.

    ``quick`` are times that are offered, the best first. ``allowed``: the person may write posts at all.
    """

    composition: Composition
    account: Account | None
    accounts: Sequence[Account]
    quick: Sequence[Quick] = ()
    allowed: bool = True
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = ()
    """Sentences of core about what has just happened, such as that a picture was converted."""
    above: Html = NOTHING
    """What has just happened to the draft itself."""

    def tap(self, verb: str, *args: str) -> Tap:
        return Tap(verb, self.composition.id, self.composition.version, args)


def draft_screen(draft: Draft, words: Words) -> Screen:
    """The card itself."""
    return Screen(text=_text(draft, words), buttons=_buttons(draft, words))


def more_screen(draft: Draft, words: Words) -> Screen:
    """The same card with the rarer buttons: comment, parts, topic, and what can be taken away."""
    content = draft.composition.content
    add = [
        Button(words.label("draft.b_comment"), draft.tap("d_ask", "comment")),
        Button(words.label("draft.b_part"), draft.tap("d_ask", "part")),
        Button(words.label("draft.b_topic"), draft.tap("d_ask", "topic")),
    ]
    drop = [
        *(_drop(draft, words, "media", n) for n in range(len(content.media))),
        *(_drop(draft, words, "part", n) for n in range(len(content.replies))),
        *([_drop(draft, words, "comment", 0)] if content.first_comment else []),
        *([_drop(draft, words, "topic", 0)] if content.topic else []),
    ]
    return Screen(
        text=lines(_text(draft, words), *_replies(content)),
        buttons=[*grid(add, 2), *grid(drop[: 2 * _REMOVABLE], 3), [_back(draft, words)]],
    )


def accounts_screen(draft: Draft, words: Words) -> Screen:
    """Which account?"""
    buttons = [
        Button(f"{'● ' if one == draft.account else ''}@{one.username}", draft.tap("d_account", one.id))
        for one in draft.accounts[:_ACCOUNTS]
    ]
    return Screen(
        text=lines(words.say("draft.choose_account"), _head(draft)),
        buttons=[*grid(buttons, 2), [_back(draft, words)]],
    )


def ask_screen(draft: Draft, what: str, words: Words, *, wrong: Html = NOTHING) -> Screen:
    """Ask for a typed text, comment, part or topic; ``wrong`` says why the last answer was none."""
    content = draft.composition.content
    old = {"text": content.text, "comment": content.first_comment, "topic": content.topic}.get(what, "")
    return Screen(
        text=lines(
            wrong or None,
            words.say(f"draft.ask_{what}", n=len(content.replies) + 2),
            words.say("draft.now_there") if old and what != "text" else None,
            quoted(old, words) if old else None,
        ),
        buttons=[[_back(draft, words)]],
    )


def ask_now_screen(draft: Draft, words: Words, *, wrong: Html = NOTHING, duplicate: bool = False) -> Screen:
    """The second question before a post goes out at once."""
    account = draft.account.username if draft.account else ""
    key, args = ("draft.b_now_anyway", ("dup",)) if duplicate else ("draft.b_now_yes", ())
    return Screen(
        text=lines(wrong or None, words.say("draft.ask_now", account=account), _head(draft)),
        buttons=[
            [Button(words.label(key), draft.tap("d_now_yes", *args), style="danger")],
            [_back(draft, words)],
        ],
    )


def preview_screen(draft: Draft, picture: bytes, words: Words) -> Screen:
    """The post as a picture; the way back is below it."""
    account = draft.account.username if draft.account else "…"
    return Screen(
        text=words.say("draft.preview", account=account),
        picture=picture,
        buttons=[[_back(draft, words)]],
    )


def discarded_screen(draft: Draft, words: Words) -> Screen:
    """What is left of a discarded draft."""
    back = Button(words.label("draft.b_bring_back"), draft.tap("d_back"))
    return Screen(text=lines(words.say("draft.discarded"), _head(draft)), buttons=[[back]])


def quoted(text: str, words: Words) -> Html:
    """The text as it will look; the end of one that is far too long is only counted."""
    if not text.strip():
        return quote(words.say("draft.no_text"))
    if len(text) <= SHOWN:
        return quote(escape(text))
    return lines(quote(escape(text[:SHOWN])), words.say("draft.cut", n=len(text) - SHOWN))


def facts(content: Content, words: Words) -> Html:
    """Length, media, parts, comment and topic, on one line."""
    pictures = sum(item.kind is MediaKind.IMAGE for item in content.media)
    videos = len(content.media) - pictures
    count = count_text(clean_text(content.text)).doc
    found = [
        words.say("draft.count", count=count, limit=TEXT_LIMIT),
        _several(words, "draft.picture", pictures),
        _several(words, "draft.video", videos),
        _several(words, "draft.part", len(content.replies)),
        words.say("draft.comment") if content.first_comment else NOTHING,
        words.say("draft.topic", topic=content.topic) if content.topic else NOTHING,
    ]
    return Html(" · ".join(one.markup for one in found if one))


def finding(found: Finding, words: Words) -> Html:
    """What is wrong or doubtful, with its remedy, in the person's language."""
    return words.say(
        "draft.error" if found.error else "draft.warning",
        cause=words.sentence(found.cause),
        remedy=words.sentence(found.remedy) if found.remedy else "",
    )


def _text(draft: Draft, words: Words) -> Html:
    composition = draft.composition
    return lines(
        draft.above or None,
        words.say("draft.title"),
        quoted(composition.content.text, words),
        facts(composition.content, words),
        _refused(composition, words),
        _account(draft, words),
        _when(draft, words),
        *(finding(one, words) for one in draft.findings[:_FINDINGS]),
        *(words.say("draft.note", note=words.sentence(note)) for note in draft.notes),
    )


def _refused(composition: Composition, words: Words) -> Html | None:
    """What was sent for it and is not in it, and why; the same reason is told once."""
    refused = composition.refused
    if not refused:
        return None
    title = words.say("draft.without_one" if len(refused) == 1 else "draft.without_many", n=len(refused))
    reasons = dict.fromkeys(one.why for one in refused)
    return lines(title, *(words.say("draft.refused", sentence=words.sentence(why)) for why in reasons))


def _account(draft: Draft, words: Words) -> Html:
    if not draft.allowed:
        return words.say("draft.not_allowed")
    if draft.account is not None:
        return words.say("draft.account", account=draft.account.username)
    return words.say("draft.no_account" if draft.accounts else "draft.none_linked")


def _when(draft: Draft, words: Words) -> Html:
    composition = draft.composition
    if composition.at is not None:
        return words.say("draft.at", time=moment(composition.at, words, draft.account))
    if composition.rule is not None:
        return words.say("draft.rule", rule=rule_words(composition.rule, words))
    return words.say("draft.no_time")


def _buttons(draft: Draft, words: Words) -> list[Row]:
    discard = [Button(words.label("draft.b_discard"), draft.tap("d_discard"))]
    if not draft.allowed:
        return [discard]
    if draft.composition.refused:
        return [*_ways_on(draft, words), discard]
    rows = _times(draft, words)
    if len(draft.accounts) > 1:
        rows.append([_account_button(draft, words)])
    if split := _split_button(draft, words):
        rows.append([split])
    rows += [
        [
            Button(words.label("draft.b_text"), draft.tap("d_ask", "text")),
            Button(words.label("draft.b_preview"), draft.tap("d_preview")),
            Button(words.label("draft.b_more"), draft.tap("d_more")),
        ],
        [
            Button(words.label("draft.b_now"), draft.tap("d_now")),
            Button(words.label("draft.b_keep"), draft.tap("d_keep")),
        ],
        discard,
    ]
    return rows


def _ways_on(draft: Draft, words: Words) -> list[Row]:
    """Of a draft that lacks something that was sent for it: nothing goes out before the person says so."""
    content = draft.composition.content
    text = Button(words.label("draft.b_text"), draft.tap("d_ask", "text"))
    without = Button(words.label("draft.b_without"), draft.tap("d_without"))
    return [[without], [text]] if content.text.strip() or content.media else [[text]]


def _times(draft: Draft, words: Words) -> list[Row]:
    """Two taps are enough: one of the quick times, and the last question. All others are behind When."""
    composition = draft.composition
    timed = composition.at is not None or composition.rule is not None
    when = Button(words.label("draft.b_when"), draft.tap("t_when"))
    if timed:
        return [[Button(words.label("draft.b_confirm"), draft.tap("t_confirm"), style="primary"), when]]
    if not draft.quick or any(one.error for one in draft.findings):
        return [[replace(when, style="primary")]]
    first, *others = draft.quick
    second = next((one for one in reversed(others) if one.at != first.at), None)
    return [
        [_quick(draft, first, style="primary")],
        [*([_quick(draft, second)] if second else []), when],
    ]


def _quick(draft: Draft, quick: Quick, style: Style | None = None) -> Button:
    return Button(quick.label, draft.tap("t_at", str(int(quick.at.timestamp()))), style=style)


def _account_button(draft: Draft, words: Words) -> Button:
    if draft.account is None:
        return Button(words.label("draft.b_pick_account"), draft.tap("d_accounts"))
    return Button(words.label("draft.b_account", account=draft.account.username), draft.tap("d_accounts"))


def _split_button(draft: Draft, words: Words) -> Button | None:
    parts = len(split_text(clean_text(draft.composition.content.text)))
    if parts < 2:  # noqa: PLR2004  # one part is no split
        return None
    return Button(words.label("draft.b_split", n=parts), draft.tap("d_split"))


def _drop(draft: Draft, words: Words, what: str, index: int) -> Button:
    """Parts are counted from 2: the post itself is the first."""
    number = index + (2 if what == "part" else 1)
    return Button(words.label(f"draft.b_drop_{what}", n=number), draft.tap("d_drop", what, str(index)))


def _replies(content: Content) -> list[Html]:
    heads = [escape(f"{n}. {shorten(part, _HEAD)}") for n, part in enumerate(content.replies, start=2)]
    if content.first_comment:
        heads.append(escape(f"💬 {shorten(content.first_comment, _HEAD)}"))
    return heads


def _several(words: Words, key: str, n: int) -> Html:
    return words.say(f"{key}_{'one' if n == 1 else 'many'}", n=n) if n else NOTHING


def _head(draft: Draft) -> Html | None:
    text = draft.composition.content.text
    return quote(escape(shorten(text, _HEAD))) if text.strip() else None


def _back(draft: Draft, words: Words) -> Button:
    return Button(words.label("draft.b_back"), draft.tap("d_show"))

"""Notices of one group as one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.cards.moments import short_moment
from bot.cards.post_status import is_hearsay
from bot.html import NOTHING, Html, escape, lines, link, shorten
from bot.screens import Button, Row, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.access import NoticeKind
from core.domain.account import Account
from core.domain.policy import DAILY_POSTS
from core.domain.post import Post
from core.domain.token_alerts import lapses

LISTED: Final = 5
"""Posts that are named in a list."""
_HEAD: Final = 60
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_LATE: Final = 60
"""Seconds from which a list says how late a post was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What notices of one group say together: ``facts`` of the latest; of ``total`` posts the first.

    ``writes``: the reader may write posts for the account.
    """

    kind: NoticeKind
    facts: Mapping[str, str]
    posts: Sequence[Post]
    total: int
    account: Account | None
    writes: bool

    @property
    def name(self) -> str:
        return self.account.username if self.account else "?"

    @property
    def why(self) -> list[str]:
        """Cause and remedy: what the notices say, else what is wrong with the account."""
        if self.kind is NoticeKind.ACCOUNT_HELD and not self.facts.get("cause"):
            error = self.account.error if self.account else None
            return [error.cause, error.remedy] if error else []
        return [self.facts[name] for name in ("cause", "remedy") if self.facts.get(name)]


def many_screen(bulletin: Bulletin, words: Words) -> Screen:
    """A storm: how many, why, the first of them, and the way to all."""
    kind, total = bulletin.kind, bulletin.total
    held = kind is NoticeKind.ACCOUNT_HELD
    more = total - len(bulletin.posts)
    show = Button(words.label("notice.b_show"), Tap("q_kind", args=(kind,)))
    accounts = Button(words.label("notice.b_accounts"), Tap("a_list"))
    return Screen(
        text=lines(
            words.say(f"notice.{kind}_many", n=total, account=bulletin.name),
            *map(words.sentence, bulletin.why),
            *([NOTHING, words.say("notice.waiting", n=total)] if held and total else []),
            *(_line(post, words) for post in bulletin.posts),
            words.say("notice.and_more", n=more) if more else None,
        ),
        buttons=[
            *([[accounts]] if held else []),
            *([[show]] if total else []),
        ],
    )


def published_screen(bulletin: Bulletin, words: Words) -> Screen:
    """One post is out: on which account, how punctually, and the way to it."""
    post = bulletin.posts[0]
    details = Button(words.label("notice.b_post"), Tap("p_open", post.id))
    open_it = [Button(words.label("notice.b_open"), url=post.permalink)] if post.permalink else []
    head = shorten(post.content.text, _HEAD)
    text = words.say(
        "notice.published_one", account=bulletin.name, lateness=_lateness(post, words), head=head
    )
    return Screen(
        text=text,
        buttons=[[*open_it, details]],
    )


def alone_screen(bulletin: Bulletin, words: Words) -> Screen:
    """A notice about an account."""
    facts = bulletin.facts
    match bulletin.kind:
        case NoticeKind.TOKEN_EXPIRING:
            return _token_screen(bulletin, words)
        case NoticeKind.QUEUE_LOW if facts["left"] == "0":
            key = "notice.queue_empty" if bulletin.writes else "notice.queue_empty_viewer"
            text = words.say(key, account=bulletin.name)
        case NoticeKind.QUEUE_LOW:
            last = words.time(datetime.fromisoformat(facts["last"]))
            text = words.say("notice.queue_low", account=bulletin.name, n=facts["left"], time=last)
        case NoticeKind.QUOTA_FORECAST:
            time = words.time(datetime.fromisoformat(facts["at"]))
            text = words.say("notice.quota_forecast", account=bulletin.name, limit=DAILY_POSTS, time=time)
        case _:
            raise ValueError(f"{bulletin.kind} is told otherwise")
    return Screen(text=text, buttons=[_row(words, "notice.b_queue", "q_open")])


def length(seconds: int, words: Words) -> Html:
    """A length of time in its largest unit; below two days hours are told with their minutes."""
    if seconds < _MINUTE:
        return words.say("notice.seconds", n=seconds)
    if seconds < _HOUR:
        return words.say("notice.minutes", n=seconds // _MINUTE)
    if seconds >= 2 * _DAY:
        return words.say("notice.n_days", n=seconds // _DAY)
    hours, minutes = divmod(seconds // _MINUTE, _MINUTE)
    told = words.say("notice.hours", n=hours)
    return told + escape(" ") + words.say("notice.minutes", n=minutes) if minutes else told


def _token_screen(bulletin: Bulletin, words: Words) -> Screen:
    expires = datetime.fromisoformat(bulletin.facts["expires_at"])
    days = round((expires - words.now) / timedelta(days=1))
    left = words.say("notice.one_day") if days <= 1 else words.say("notice.n_days", n=days)
    key = "notice.token_expiring" + ("_soon" if lapses(expires, words.now) else "")
    text = words.say(key, account=bulletin.name, left=left, time=words.time(expires))
    return Screen(text=text, buttons=[_row(words, "notice.b_accounts", "a_list")])


def _row(words: Words, label: str, verb: str) -> Row:
    return [Button(words.label(label), Tap(verb))]


def _line(post: Post, words: Words) -> Html:
    """When and what; a published one leads to Threads and says if it was late."""
    head = escape(shorten(post.content.text, _HEAD) or "…")
    shown = link(head, post.permalink) if post.permalink else head
    late = _seconds_late(post)
    note = words.say("notice.note", note=words.say("notice.late", late=length(late, words)))
    when = short_moment(post.scheduled_at, words) if post.scheduled_at else escape("-")
    line = words.say("notice.line", time=when, head=shown)
    return line + note if late >= _LATE else line


def _lateness(post: Post, words: Words) -> Html:
    """How long after its time the post was sent, if that is known."""
    if is_hearsay(post):
        return words.say("notice.confirmed")
    late = _seconds_late(post)
    return words.say("notice.late", late=length(late, words)) if late else words.say("notice.on_the_dot")


def _seconds_late(post: Post) -> int:
    planned, sent = post.scheduled_at, post.published_at
    return max(0, int((sent - planned).total_seconds())) if planned and sent else 0

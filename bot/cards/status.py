"""Whether everything works, on one screen."""

from __future__ import annotations

from typing import Final

from bot.cards.accounts import short_state
from bot.cards.bulletin import length
from bot.cards.moments import short_moment, until
from bot.html import NOTHING, Html, lines, shorten
from bot.screens import Button, Row, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.account import Account, AccountState
from core.domain.post import PostStatus
from core.domain.token_alerts import lapses
from core.services.monitoring import Overview

_HEAD: Final = 80
_SECOND: Final = 1000
_LISTED: Final = 10


def status_screen(overview: Overview, words: Words, *, sandbox: bool, owner: bool) -> Screen:
    """The verdict first, then what is wrong, then the figures. An ``owner`` is told what to do on the server."""
    trouble = [*_machinery(overview, words, owner=owner), *_accounts(overview, words)]
    paused = [one for one in overview.accounts if one.paused and one.state is AccountState.ACTIVE]
    verdict = "ill" if trouble else "partly" if paused else "well"
    return Screen(
        text=lines(
            words.say(f"status.{verdict}"),
            *trouble,
            *(short_state(account, words) for account in paused[:_LISTED]),
            NOTHING,
            _counts(overview, words),
            _published(overview, words),
            _next(overview, words),
            words.say("status.sandbox") if sandbox else None,
        ),
        buttons=_buttons(overview, words),
    )


def _machinery(overview: Overview, words: Words, *, owner: bool) -> list[Html]:
    """What is wrong with what all accounts share; without Redis nobody knows whether a worker runs."""
    found: list[Html] = []
    if overview.redis:
        found.append(words.say("status.redis", reason=words.sentence(overview.redis)))
    elif not overview.workers:
        found += [
            words.say("status.no_worker"),
            words.say("status.start_worker" if owner else "status.tell_owner"),
        ]
    if overview.overdue:
        found.append(words.say("status.overdue", n=len(overview.overdue)))
    return found


def _accounts(overview: Overview, words: Words) -> list[Html]:
    """The accounts that cannot publish though somebody may want it, and those that soon cannot."""
    stuck = [one for one in overview.accounts if one.state is not AccountState.ACTIVE]
    active = [one for one in overview.accounts if one.state is AccountState.ACTIVE]
    lapsing = [one for one in active if lapses(one.token_expires_at, words.now)]
    told = [short_state(account, words) for account in stuck]
    return [*told, *(_lapse(account, words) for account in lapsing)][:_LISTED]


def _lapse(account: Account, words: Words) -> Html:
    ends = account.token_expires_at or words.now
    time, distance = short_moment(ends, words), until(ends, words)
    return words.say("status.lapsing", account=account.username, time=time, distance=distance)


def _counts(overview: Overview, words: Words) -> Html:
    counts = overview.counts
    scheduled = counts.get(PostStatus.SCHEDULED, 0) + counts.get(PostStatus.PUBLISHING, 0)
    rest = {
        "status.drafts": counts.get(PostStatus.DRAFT, 0),
        "status.failed": counts.get(PostStatus.FAILED, 0),
        "status.held": len(overview.held),
    }
    told = [words.say(key, n=n).markup for key, n in rest.items() if n]
    return Html(" · ".join([words.say("status.scheduled", n=scheduled).markup, *told]))


def _published(overview: Overview, words: Words) -> Html | None:
    """How many went out, and how long after their time."""
    usual, worst = overview.lateness_ms.p50, overview.lateness_ms.max
    if usual is None or worst is None:
        return words.say("status.none_published")
    punctual = words.say("status.lateness", usual=_length(usual, words), worst=_length(worst, words))
    return lines(words.say("status.published", n=overview.published_24h), punctual)


def _length(milliseconds: float, words: Words) -> Html:
    whole = max(0, round(milliseconds))
    if whole < _SECOND:
        return words.say("status.milliseconds", n=whole)
    return length(whole // _SECOND, words)


def _next(overview: Overview, words: Words) -> Html:
    first = overview.next_out
    if first is None or first.scheduled_at is None:
        return words.say("status.nothing_goes" if overview.upcoming else "status.nothing_next")
    at, head = first.scheduled_at, shorten(first.content.text, _HEAD)
    return words.say("status.next", time=short_moment(at, words), distance=until(at, words), head=head)


def _buttons(overview: Overview, words: Words) -> list[Row]:
    accounts = Button(words.label("status.b_accounts"), Tap("a_list"))
    queue = Button(words.label("status.b_queue"), Tap("q_open"))
    return [
        [Button(words.label("button.refresh"), Tap("status"))],
        [queue, accounts] if overview.accounts else [],
    ]

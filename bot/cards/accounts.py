"""The linked accounts and what can be done about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.cards.moments import short_moment, until
from bot.cards.zones import zone_name
from bot.html import NOTHING, Html, escape, lines, shorten
from bot.screens import Button, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.access import Rights, Role
from core.domain.account import Account, AccountState, MissedPolicy
from core.domain.post import Post
from core.domain.token_alerts import lapses
from core.domain.zones import zone

_STATES: Final[Mapping[AccountState, tuple[str, str]]] = {
    AccountState.ACTIVE: ("🟢", "account.active"),
    AccountState.NEEDS_REAUTH: ("🔑", "account.needs_reauth"),
    AccountState.HELD: ("⛔", "account.held"),
}
_LISTED: Final = 5
_HEAD: Final = 60
_BUTTONS: Final = 80


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many posts an account has scheduled, and the first of them."""

    count: int
    first: Sequence[Post]


def accounts_screen(accounts: Sequence[tuple[Account, int]], words: Words, *, owner: bool) -> Screen:
    """The accounts that the person may see with how many posts wait; ``owner`` is one who can link more."""
    if not accounts:
        return Screen(text=words.say("accounts.none_owner" if owner else "accounts.none"))
    told = [_line(account, waiting, words) for account, waiting in accounts]
    buttons = [_choice(account, "a_open") for account, _ in accounts[:_BUTTONS]]
    return Screen(text=lines(words.say("accounts.title"), *told), buttons=grid(buttons, 2))


def account_screen(
    account: Account, waiting: Waiting, words: Words, *, rights: Rights, note: Html | None = None
) -> Screen:
    """One account; its owner can change it. ``note`` says what has just been done."""
    owner = rights.may(Role.OWNER, account.id)
    return Screen(
        text=lines(
            *([note, NOTHING] if note else []),
            words.say("account.title", account=account.username, name=account.name),
            words.say("account.state", glyph=_glyph(account), state=_state(account, words)),
            *_trouble(account, words, owner=owner),
            _waiting(waiting, words),
            _link(account, words),
            words.say("account.zone", zone=zone_name(zone(account.zone), words)),
            words.say("account.missed", policy=words.say(f"account.policy.{account.missed_policy}")),
        ),
        buttons=_buttons(account, words, rights),
    )


def ask_pause_screen(account: Account, waiting: Waiting, words: Words) -> Screen:
    """What will have to wait if the account is paused."""
    listed = [
        words.say(
            "account.post",
            time=short_moment(post.scheduled_at, words),
            head=shorten(post.content.text, _HEAD),
        )
        for post in waiting.first[:_LISTED]
        if post.scheduled_at
    ]
    more = waiting.count - len(listed)
    key = "account.would_wait" if waiting.count else "account.none_would_wait"
    return Screen(
        text=lines(
            words.say("account.ask_pause", account=account.username),
            NOTHING,
            words.say(key, n=waiting.count),
            *listed,
            words.say("account.and_more", n=more) if more > 0 else None,
        ),
        buttons=[
            [Button(words.label("account.b_yes_pause"), Tap("a_pause", account.id), style="danger")],
            [Button(words.label("button.back"), Tap("a_open", account.id))],
        ],
    )


def resumed_note(account: Account, released: int, words: Words) -> Html:
    """What resuming has done: not enough for an account that has to be linked again."""
    if not account.can_publish:
        return words.say("account.not_resumed", account=account.username)
    late = words.say(f"account.policy.{account.missed_policy}")
    key = "account.resumed" if released else "account.resumed_none"
    return words.say(key, account=account.username, n=released, policy=late)


def which_screen(accounts: Sequence[Account], words: Words, *, pause: bool) -> Screen:
    """Pause or resume which of these?"""
    if not accounts:
        return Screen(text=words.say("account.all_paused" if pause else "account.none_paused"))
    buttons = [_choice(one, "a_ask_pause" if pause else "a_resume") for one in accounts[:_BUTTONS]]
    text = words.say("account.which_pause" if pause else "account.which_resume")
    return Screen(text=text, buttons=grid(buttons, 2))


def short_state(account: Account, words: Words) -> Html:
    """Glyph, name and state, on one line."""
    state = _state(account, words)
    return words.say("accounts.line", glyph=_glyph(account), account=account.username, state=state)


def _buttons(account: Account, words: Words, rights: Rights) -> list[Row]:
    """The default is one for everybody: an owner of all accounts chooses it."""
    posts = Button(words.label("account.b_queue"), Tap("q_account", account.id))
    back = Button(words.label("button.back"), Tap("a_list"))
    if not rights.may(Role.OWNER, account.id):
        return [[posts], [back]]
    stopped = account.paused or account.state is AccountState.HELD
    pause = Button(words.label("account.b_pause"), Tap("a_ask_pause", account.id))
    resume = Button(words.label("account.b_resume"), Tap("a_resume", account.id), style="success")
    default = Button(words.label("account.b_default"), Tap("a_default", account.id))
    return [
        [resume if stopped else pause, posts],
        [_policy(account, policy, words) for policy in MissedPolicy],
        [default] if rights.may(Role.OWNER) and not account.is_default else [],
        [back],
    ]


def _policy(account: Account, policy: MissedPolicy, words: Words) -> Button:
    label = words.label(f"account.b_missed_{policy}")
    chosen = policy is account.missed_policy
    return Button(f"● {label}" if chosen else label, Tap("a_missed", account.id, args=(policy,)))


def _choice(account: Account, verb: str) -> Button:
    return Button(f"@{account.username}", Tap(verb, account.id))


def _line(account: Account, waiting: int, words: Words) -> Html:
    parts = [
        short_state(account, words),
        words.say("account.count", n=waiting) if waiting else NOTHING,
        words.say("account.default") if account.is_default else NOTHING,
    ]
    return Html(" · ".join(part.markup for part in parts if part))


def _state(account: Account, words: Words) -> Html:
    if not account.paused:
        return words.say(_STATES[account.state][1])
    paused = words.say("account.paused")
    if account.state is AccountState.ACTIVE:
        return paused
    return paused + escape(" · ") + words.say(_STATES[account.state][1])


def _glyph(account: Account) -> str:
    return "⏸" if account.paused else _STATES[account.state][0]


def _trouble(account: Account, words: Words, *, owner: bool) -> list[Html]:
    """Why the account cannot publish, and what to do."""
    if account.state is AccountState.ACTIVE:
        return []
    error = account.error
    why = [words.say("account.why", why=words.sentence(f"{error.cause} {error.remedy}"))] if error else []
    if account.state is AccountState.HELD:
        return why
    return [*why, words.say("account.relink" if owner else "account.relink_owner", name=account.name)]


def _waiting(waiting: Waiting, words: Words) -> Html:
    next_at = next((post.scheduled_at for post in waiting.first if post.scheduled_at), None)
    if next_at is None:
        return words.say("account.nothing_waits")
    return words.say("account.waiting", n=waiting.count, time=short_moment(next_at, words))


def _link(account: Account, words: Words) -> Html | None:
    """How long Threads takes posts for the account: its token is renewed before the end."""
    expires = account.token_expires_at
    if account.state is AccountState.NEEDS_REAUTH:
        return None
    if expires is None:
        return words.say("account.token_unknown")
    key = "account.token_lapses" if lapses(expires, words.now) else "account.token"
    return words.say(key, time=short_moment(expires, words), distance=until(expires, words))

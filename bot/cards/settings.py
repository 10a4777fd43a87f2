"""What a person prefers, and the screens to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from bot.cards.zones import place, zone_name
from bot.html import NOTHING, Html, lines
from bot.screens import Button, Row, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.access import Noise, NoticeKind, Person, Role
from core.domain.account import Account

ZONES: Final = (
    *("Asia/Ho_Chi_Minh", "Asia/Bangkok", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Kolkata"),
    *("Australia/Sydney", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "UTC"),
)
_HOURS: Final = (6, 7, 8, 9, 10, 12, 17, 18, 19, 20, 21, 22)
_ACCOUNTS: Final = 80
_GLYPHS: Final[Mapping[Noise, str]] = {Noise.ON: "🔔", Noise.SILENT: "🔕", Noise.OFF: "✖"}
_NEXT: Final = {Noise.ON: Noise.SILENT, Noise.SILENT: Noise.OFF, Noise.OFF: Noise.ON}


def settings_screen(person: Person, account: Account | None, words: Words) -> Screen:
    """All at a glance; ``account`` is where new posts go, which is of no use to a viewer."""
    writes = not _is(person, Role.VIEWER)
    return Screen(
        text=lines(
            words.say("settings.title"),
            words.say("settings.language"),
            words.say("settings.zone", value=zone_name(words.zone, words)),
            words.say("settings.account", value=_account(person, account, words)) if writes else None,
            words.say("settings.digest", value=_digest(person, words)),
        ),
        buttons=_buttons(person, words, writes=writes),
    )


def zones_screen(words: Words) -> Screen:
    buttons = [
        _choice(place(ZoneInfo(name), words), Tap("s_zone", name), chosen=name == words.zone.key)
        for name in ZONES
    ]
    typed = [Button(words.label("settings.b_type_zone"), Tap("s_ask_zone"))]
    return Screen(
        text=words.say("settings.choose_zone", value=zone_name(words.zone, words)),
        buttons=[*grid(buttons, 3), typed, _back(words)],
    )


def ask_zone_screen(words: Words, wrong: Html = NOTHING) -> Screen:
    """``wrong`` says why the last answer was none."""
    return Screen(
        text=lines(
            words.say("settings.wrong_zone", sentence=wrong) if wrong else None,
            words.say("settings.ask_zone"),
        ),
        buttons=[_back(words)],
    )


def accounts_screen(person: Person, accounts: Sequence[Account], words: Words) -> Screen:
    """Where shall new posts go?"""
    default = _choice(words.label("settings.b_default"), Tap("s_account"), chosen=person.account_id is None)
    buttons = [
        _choice(f"@{one.username}", Tap("s_account", one.id), chosen=one.id == person.account_id)
        for one in accounts[:_ACCOUNTS]
    ]
    return Screen(
        text=words.say("settings.choose_account"), buttons=[[default], *grid(buttons, 2), _back(words)]
    )


def digests_screen(person: Person, words: Words) -> Screen:
    """At which hour of the person's day?"""
    buttons = [
        _choice(f"{hour:02}:00", Tap("s_digest", args=(str(hour),)), chosen=person.digest_at == time(hour))
        for hour in _HOURS
    ]
    off = _choice(words.label("settings.b_digest_off"), Tap("s_digest"), chosen=person.digest_at is None)
    return Screen(text=words.say("settings.choose_digest"), buttons=[*grid(buttons, 4), [off], _back(words)])


def notices_screen(person: Person, words: Words) -> Screen:
    """A button for each kind of notice says how loud it is, and changes that."""
    unused = {NoticeKind.DIGEST} if _manages(person) else {NoticeKind.DIGEST, NoticeKind.JOINED}
    buttons = [_noise(person, kind, words) for kind in NoticeKind if kind not in unused]
    return Screen(text=words.say("settings.choose_notices"), buttons=[*grid(buttons, 2), _back(words)])


def _buttons(person: Person, words: Words, *, writes: bool) -> list[Row]:
    language = Tap("s_language", args=("en" if words.language == "vi" else "vi",))
    account = [Button(words.label("settings.b_account"), Tap("s_accounts"))] if writes else []
    notices = Button(words.label("settings.b_notices"), Tap("s_notices"))
    return [
        [
            Button(words.label("settings.b_language"), language),
            Button(words.label("settings.b_zone"), Tap("s_zones")),
        ],
        [*account, Button(words.label("settings.b_digest"), Tap("s_digests"))],
        [notices, *([Button(words.label("settings.b_people"), Tap("w_list"))] if _manages(person) else [])],
    ]


def _manages(person: Person) -> bool:
    """Whether the person can invite and remove others."""
    return _is(person, Role.OWNER) and person.grant is not None and not person.grant.accounts


def _is(person: Person, role: Role) -> bool:
    return person.grant is not None and person.grant.role is role


def _account(person: Person, account: Account | None, words: Words) -> str:
    if account is None:
        return words.label("settings.no_account")
    chosen = account.id == person.account_id
    return words.label(
        "settings.account_chosen" if chosen else "settings.account_default", account=account.username
    )


def _digest(person: Person, words: Words) -> str:
    if person.digest_at is None:
        return words.label("settings.digest_off")
    return words.label("settings.digest_at", hour=f"{person.digest_at:%H:%M}")


def _noise(person: Person, kind: NoticeKind, words: Words) -> Button:
    noise = person.noise_of(kind)
    return Button(
        f"{_GLYPHS[noise]} {words.label(f'kind.{kind}')}", Tap("s_noise", args=(kind, _NEXT[noise]))
    )


def _choice(label: str, tap: Tap, *, chosen: bool) -> Button:
    return Button(f"● {label}" if chosen else label, tap)


def _back(words: Words) -> list[Button]:
    return [Button(words.label("button.back"), Tap("s_open"))]

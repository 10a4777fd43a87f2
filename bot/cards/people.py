"""Who may use the bot: the list, invitations, removing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote_plus

from bot.cards.moments import short_moment, until
from bot.html import NOTHING, Html, escape, lines, link, shorten
from bot.screens import Button, Screen, grid
from bot.taps import Tap
from bot.wording import Words
from core.domain.access import Grant, Invitation, Person, Role
from core.domain.account import Account

_BUTTONS: Final = 80
_NAME: Final = 24


def people_screen(
    everybody: Sequence[Person],
    me: Person,
    removable: Sequence[Person],
    words: Words,
    note: Html | None = None,
) -> Screen:
    """Everybody with their role, and what an owner can do about them. ``note`` says what has been done."""
    named_by_settings = {person.id for person in everybody} - {person.id for person in removable} - {me.id}
    invite = [Button(words.label(f"people.b_invite_{role}"), Tap("w_invite", args=(role,))) for role in Role]
    remove = [
        Button(words.label("people.b_remove", name=shorten(name_of(person), _NAME)), Tap("w_ask", person.id))
        for person in removable[:_BUTTONS]
    ]
    back = [Button(words.label("button.back"), Tap("s_open"))]
    return Screen(
        text=lines(
            *([note, NOTHING] if note else []),
            words.say("people.title"),
            *(_line(person, me, words) for person in everybody),
            *([NOTHING, words.say("people.by_settings")] if named_by_settings else []),
            NOTHING,
            words.say("people.invite"),
        ),
        buttons=[invite, *grid(remove, 2), back],
    )


def accounts_of_invitation_screen(role: Role, accounts: Sequence[Account], words: Words) -> Screen:
    """On which account shall the newcomer have the role?"""
    everywhere = Button(words.label("people.b_all_accounts"), Tap("w_make", args=(role,)))
    buttons = [Button(f"@{one.username}", Tap("w_make", one.id, args=(role,))) for one in accounts[:_BUTTONS]]
    return Screen(
        text=words.say("people.choose_accounts", role=words.say(f"role.{role}")),
        buttons=[[everywhere], *grid(buttons, 2), [Button(words.label("button.back"), Tap("w_list"))]],
    )


def invitation_screen(invitation: Invitation, url: str, words: Words) -> Screen:
    """The link to hand on. Telegram's own sharing (t.me/share) asks whom to send it to."""
    share = f"https://t.me/share/url?url={quote_plus(url)}"
    return Screen(
        text=words.say(
            "people.invitation",
            role=role_of(invitation.grant, words),
            time=short_moment(invitation.expires_at, words),
            distance=until(invitation.expires_at, words),
            link=link(escape(url), url),
        ),
        buttons=[
            [
                Button(words.label("people.b_share"), url=share),
                Button(words.label("people.b_copy"), copy=url),
            ],
            [Button(words.label("button.back"), Tap("w_list"))],
        ],
    )


def used_invitation_screen(grant: Grant, name: str, words: Words) -> Screen:
    """The same message without the link, which nobody can use any more."""
    return Screen(
        text=words.say("people.invitation_used", role=role_of(grant, words), name=name),
        buttons=[[Button(words.label("button.back"), Tap("w_list"))]],
    )


def newcomer_screen(grant: Grant, person_id: str, name: str, words: Words) -> Screen:
    """Told to whoever made the invitation, who may have meant somebody else."""
    remove = Button(words.label("people.b_remove", name=shorten(name, _NAME)), Tap("w_ask", person_id))
    return Screen(
        text=words.say("notice.joined", name=name, role=role_of(grant, words), id=person_id),
        buttons=[[remove]],
    )


def ask_remove_screen(person: Person, words: Words) -> Screen:
    return Screen(
        text=words.say("people.ask_remove", name=name_of(person), role=role_of(_grant(person), words)),
        buttons=[
            [Button(words.label("people.b_yes_remove"), Tap("w_remove", person.id), style="danger")],
            [Button(words.label("button.back"), Tap("w_list"))],
        ],
    )


def removed_note(person: Person, words: Words) -> Html:
    return words.say("people.removed", name=name_of(person))


def name_of(person: Person) -> str:
    return person.name or person.id


def role_of(grant: Grant, words: Words) -> Html:
    """The role, and on which accounts when not on all."""
    role = words.say(f"role.{grant.role}")
    return (
        words.say("people.role_on", role=role, accounts=", ".join(grant.accounts)) if grant.accounts else role
    )


def _line(person: Person, me: Person, words: Words) -> Html:
    key = "people.me" if person.id == me.id else "people.line" if person.name else "people.nameless"
    return words.say(key, name=person.name, id=person.id, role=role_of(_grant(person), words))


def _grant(person: Person) -> Grant:
    return person.grant or Grant(Role.VIEWER)

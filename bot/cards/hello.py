"""The first card, help, and who somebody is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.people import name_of, role_of
from bot.cards.zones import zone_name
from bot.html import NOTHING, Html, lines
from bot.screens import Button, Row, Screen
from bot.taps import Tap
from bot.wording import Words
from core.domain.access import Grant, Person, Role


def hello_screen(person: Person, words: Words, *, sandbox: bool, linked: bool) -> Screen:
    """What the bot is for, and where to begin: with a post or, where no account is ``linked``, with that."""
    grant = _grant(person)
    viewer = grant.role is Role.VIEWER
    again = Button(words.label("start.b_check"), Tap("start"), style="primary")
    settings = Button(words.label("start.b_settings"), Tap("s_open"))
    return Screen(
        text=lines(
            words.say("start.hello_viewer" if viewer else "start.hello", name=name_of(person)),
            NOTHING,
            None if _is_owner(grant) else words.say("start.role", role=role_of(grant, words)),
            words.say("start.zone", zone=zone_name(words.zone, words)),
            words.say("start.sandbox") if sandbox else None,
            *([] if linked else [NOTHING, _no_account(grant, words)]),
        ),
        buttons=_ways(grant, words) if linked else [[again], [settings]],
    )


def help_screen(person: Person, commands: Sequence[str], words: Words) -> Screen:
    """What the bot can do, with the ``commands`` that the person's role may use."""
    grant = _grant(person)
    writing = words.say("help.viewing" if grant.role is Role.VIEWER else "help.writing")
    listed = [words.say("help.command", command=name, what=words.say(f"menu.{name}")) for name in commands]
    return Screen(text=lines(words.say("help.title"), writing, NOTHING, *listed), buttons=_ways(grant, words))


def who_screen(person: Person, words: Words) -> Screen:
    """Name, id, role, and what the role may do."""
    grant = _grant(person)
    role, may = words.say(f"role.{grant.role}"), words.say(f"role.{grant.role}.may")
    return Screen(
        text=lines(
            words.say("who.you", name=name_of(person), id=person.id),
            words.say("who.role", role=role, may=may),
            words.say("who.accounts", accounts=", ".join(grant.accounts)) if grant.accounts else None,
        )
    )


def _ways(grant: Grant, words: Words) -> list[Row]:
    """Where to go from here."""
    queue = Button(words.label("start.b_queue"), Tap("q_open"))
    calendar = Button(words.label("start.b_calendar"), Tap("c_week"))
    settings = Button(words.label("start.b_settings"), Tap("s_open"))
    if grant.role is Role.VIEWER:
        return [[queue, calendar], [settings]]
    new = Button(words.label("start.b_new"), Tap("new"), style="primary")
    template = Button(words.label("start.b_template"), Tap("x_template"))
    return [[new], [queue, calendar], [template, settings]]


def _no_account(grant: Grant, words: Words) -> Html:
    return words.say("start.link_account" if _is_owner(grant) else "start.no_account")


def _is_owner(grant: Grant) -> bool:
    return grant.role is Role.OWNER and not grant.accounts


def _grant(person: Person) -> Grant:
    return person.grant or Grant(Role.VIEWER)

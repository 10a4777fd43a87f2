"""People: who may use the bot, one-time invitations, removing somebody."""

from __future__ import annotations

from bot.cards.people import (
    accounts_of_invitation_screen,
    ask_remove_screen,
    invitation_screen,
    people_screen,
    removed_note,
)
from bot.command_menu import withdraw_from
from bot.flows.kept_cards import keep_card
from bot.html import Html
from bot.routes import Routes
from bot.visit import Visit
from core.domain.access import Grant, Person, Role


async def show_people(visit: Visit, note: Html | None = None) -> None:
    """Everybody; for owners."""
    everybody = await visit.core.people.list(visit.person)
    removable = [person for person in everybody if person.invited_by and person.id != visit.person.id]
    await visit.show(people_screen(everybody, visit.person, removable, visit.words, note))


async def _invite(visit: Visit) -> None:
    (await visit.core.people.rights_of(visit.person)).require(Role.OWNER)
    accounts = await visit.core.accounts.list()
    role = _role(visit)
    if len(accounts) > 1 and role is not Role.OWNER:
        await visit.show(accounts_of_invitation_screen(role, accounts, visit.words))
    else:
        await _offer(visit, Grant(role))


async def _make(visit: Visit) -> None:
    """On the account that was tapped, which may be gone meanwhile; without one, on all."""
    on = ((await visit.core.accounts.named(visit.subject)).name,) if visit.subject else ()
    await _offer(visit, Grant(_role(visit), on))


async def _offer(visit: Visit, grant: Grant) -> None:
    invitation, token = await visit.core.people.invite(grant, by=visit.person)
    url = f"https://t.me/{visit.out.api.username}?start={token}"
    message_id = await visit.show(invitation_screen(invitation, url, visit.words))
    await keep_card(visit, f"invitation:{invitation.id}", message_id)


async def _ask_remove(visit: Visit) -> None:
    person = await _subject(visit)
    if person is None:
        await show_people(visit)
    else:
        await visit.show(ask_remove_screen(person, visit.words))


async def _remove(visit: Visit) -> None:
    """Of somebody who is out already the list says as much."""
    person = await _subject(visit)
    if person is None:
        await show_people(visit)
        return
    await visit.core.people.remove(person.id, visit.person)
    await show_people(visit, removed_note(person, visit.words))
    await withdraw_from(visit.out.api, person.id)


async def _subject(visit: Visit) -> Person | None:
    """The one of us whom the button is about. Raises RefusedError unless an owner asks."""
    everybody = await visit.core.people.list(visit.person)
    return next((person for person in everybody if person.id == visit.subject), None)


def _role(visit: Visit) -> Role:
    return Role(visit.arg()) if visit.arg() in set(Role) else Role.VIEWER


ROUTES = Routes(
    commands={"people": show_people},
    taps={
        "w_list": show_people,
        "w_invite": _invite,
        "w_make": _make,
        "w_ask": _ask_remove,
        "w_remove": _remove,
    },
)

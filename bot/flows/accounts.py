"""Accounts: look at them, pause, resume, choose the default and what becomes of missed posts."""

from __future__ import annotations

from bot.cards.accounts import (
    Waiting,
    account_screen,
    accounts_screen,
    ask_pause_screen,
    resumed_note,
    which_screen,
)
from bot.html import Html
from bot.routes import Routes
from bot.visit import Visit
from core.domain.access import Role
from core.domain.account import Account, AccountState, MissedPolicy
from core.domain.post import PostStatus
from core.ports import PostFilter

_LISTED = 5


async def show_accounts(visit: Visit) -> None:
    accounts = await visit.core.accounts.list()
    counted = [(one, sum((await visit.core.posts.count(_scheduled(one))).values())) for one in accounts]
    rights = await visit.core.people.rights_of(visit.person)
    await visit.show(accounts_screen(counted, visit.words, owner=rights.may(Role.OWNER)))


async def _open(visit: Visit) -> None:
    await _show(visit, await visit.core.accounts.named(visit.subject))


async def _show(visit: Visit, account: Account, note: Html | None = None) -> None:
    rights = await visit.core.people.rights_of(visit.person)
    waiting = await _waiting(visit, account)
    await visit.show(account_screen(account, waiting, visit.words, rights=rights, note=note))


async def _pause_command(visit: Visit) -> None:
    if visit.args:
        await _ask_pause(visit, await visit.core.accounts.named(visit.args))
        return
    own = await _own(visit)
    active = [one for one in own if not one.paused]
    if not own:
        await show_accounts(visit)
    elif len(active) == 1:
        await _ask_pause(visit, active[0])
    else:
        await visit.show(which_screen(active, visit.words, pause=True))


async def _ask_pause_tap(visit: Visit) -> None:
    await _ask_pause(visit, await visit.core.accounts.named(visit.subject))


async def _ask_pause(visit: Visit, account: Account) -> None:
    """Ask whoever could; of an account that is paused already the card says so."""
    (await visit.core.people.rights_of(visit.person)).require(Role.OWNER, account.id)
    if account.paused:
        await _show(visit, account)
    else:
        await visit.show(ask_pause_screen(account, await _waiting(visit, account), visit.words))


async def _pause(visit: Visit) -> None:
    await _show(visit, await visit.core.accounts.pause(visit.subject))


async def _resume_command(visit: Visit) -> None:
    if visit.args:
        await _resume(visit, visit.args)
        return
    own = await _own(visit)
    stopped = [one for one in own if one.paused or one.state is AccountState.HELD]
    if not own:
        await show_accounts(visit)
    elif len(stopped) == 1:
        await _resume(visit, stopped[0].id)
    else:
        await visit.show(which_screen(stopped, visit.words, pause=False))


async def _resume_tap(visit: Visit) -> None:
    await _resume(visit, visit.subject)


async def _resume(visit: Visit, name: str) -> None:
    released = await visit.core.accounts.resume(name, who=visit.who)
    account = await visit.core.accounts.named(name)
    await _show(visit, account, resumed_note(account, released, visit.words))


async def _default(visit: Visit) -> None:
    await _show(visit, await visit.core.accounts.set_default(visit.subject))


async def _missed(visit: Visit) -> None:
    if visit.arg() in set(MissedPolicy):
        await visit.core.accounts.set_missed_policy(visit.subject, MissedPolicy(visit.arg()))
    await _open(visit)


async def _own(visit: Visit) -> list[Account]:
    """The accounts that the person may pause and resume. Raises RefusedError if they see some, but own none."""
    accounts = await visit.core.accounts.list()
    rights = await visit.core.people.rights_of(visit.person)
    own = [one for one in accounts if rights.may(Role.OWNER, one.id)]
    if accounts and not own:
        rights.require(Role.OWNER, accounts[0].id)
    return own


async def _waiting(visit: Visit, account: Account) -> Waiting:
    count = sum((await visit.core.posts.count(_scheduled(account))).values())
    return Waiting(count, await visit.core.posts.find(_scheduled(account), limit=_LISTED))


def _scheduled(account: Account) -> PostFilter:
    return PostFilter(account_id=account.id, statuses=[PostStatus.SCHEDULED])


ROUTES = Routes(
    commands={"accounts": show_accounts, "pause": _pause_command, "resume": _resume_command},
    taps={
        "a_list": show_accounts,
        "a_open": _open,
        "a_ask_pause": _ask_pause_tap,
        "a_pause": _pause,
        "a_resume": _resume_tap,
        "a_default": _default,
        "a_missed": _missed,
    },
)

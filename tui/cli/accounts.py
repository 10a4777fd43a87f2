"""``accounts``: link, list, choose the default, pause, resume, refresh, unlink."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from core.domain.account import Account, AccountState, MissedPolicy
from core.domain.errors import RefusedError
from core.domain.secret import Secret
from tui.cli.group import Group
from tui.cli.output import Output, count_of
from tui.cli.sandbox_admin import SandboxAdmin, username_for
from tui.cli.session import actor, asynchronous, opened
from tui.cli.times import local
from tui.cli.views import account_view

if TYPE_CHECKING:
    from core.bootstrap import Core

_MISSED: Final = {
    MissedPolicy.PUBLISH: "missed posts go out late, one after the other.",
    MissedPolicy.SKIP: "missed posts fail and are told; nothing goes out late.",
    MissedPolicy.ASK: "missed posts are held until you publish or cancel them.",
}


@click.group("accounts", cls=Group)
def accounts() -> None:
    """Link, list, pause and unlink accounts."""


@accounts.command("list")
@click.pass_obj
@asynchronous
async def list_accounts(output: Output) -> None:
    """List the linked accounts."""
    async with opened(output) as core:
        found = await core.accounts.list()
    if output.json:
        output.data([account_view(account) for account in found])
    elif not found:
        output.line("No account is linked: `autopost accounts add NAME`.")
    else:
        headers = ("name", "user", "state", "default", "zone", "token until", "note")
        output.table(headers, [_row(account) for account in found])


@accounts.command()
@click.argument("name")
@click.option(
    "--token", metavar="TOKEN", help="Long-lived token; - reads it from stdin, which leaves no trace."
)
@click.option("--zone", "zone_name", metavar="ZONE", help="Its time zone; else TZ.")
@click.pass_obj
@asynchronous
async def add(output: Output, name: str, token: str | None, zone_name: str | None) -> None:
    """Link an account by its token, or link it again after its token died.

    On the sandbox no token is needed: a user of that name is made there.
    """
    async with opened(output) as core:
        secret = await _token(core, name, token)
        if await _is_linked(core, name):
            if zone_name is not None:
                await core.accounts.set_zone(name, zone_name)
            released = await core.accounts.replace_token(name, secret, who=actor())
        else:
            await core.accounts.add(name, secret, zone_name or core.settings.tz)
            released = None
        account = await core.accounts.named(name)
    if output.json:
        output.data(account_view(account))
    elif released is None:
        output.line(f"{account.name} is linked (@{account.username}, {account.zone}).")
    else:
        output.line(f"{account.name} is linked again; {count_of(released, 'post')} go on.")


accounts.add_command(add, "link")


@accounts.command()
@click.argument("name")
@click.pass_obj
@asynchronous
async def default(output: Output, name: str) -> None:
    """Use this account where none is named."""
    async with opened(output) as core:
        account = await core.accounts.set_default(name)
    _tell(output, account, f"{account.name} is the default account.")


@accounts.command()
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="All accounts.")
@click.pass_obj
@asynchronous
async def refresh(output: Output, name: str | None, *, every: bool) -> None:
    """Renew the token of an account now."""
    if bool(name) == every:
        raise click.UsageError("Name an account, or say --all.")
    async with opened(output) as core:
        chosen = await core.accounts.list() if every else [await core.accounts.named(name)]
        for account in chosen:
            await core.accounts.refresh(account.id, account.version)
        known = {account.id: account for account in await core.accounts.list()}
    after = [known[account.id] for account in chosen]
    if output.json:
        output.data([account_view(account) for account in after])
    failed = [account for account in after if account.error or account.state is AccountState.NEEDS_REAUTH]
    for account in after:
        if account not in failed:
            output.line(
                f"{account.name}: the token lasts until {local(account.token_expires_at, account.zone)}."
            )
    if failed:
        reasons = (f"{each.name}: {each.error.cause if each.error else 'link it again'}" for each in failed)
        raise RefusedError(f"Not refreshed: {' '.join(reasons)}")


@accounts.command()
@click.argument("name")
@click.pass_obj
@asynchronous
async def pause(output: Output, name: str) -> None:
    """Publish nothing of this account until it is resumed."""
    async with opened(output) as core:
        account = await core.accounts.pause(name)
    _tell(output, account, f"{account.name} is paused: its posts are held as they fall due.")


@accounts.command()
@click.argument("name")
@click.pass_obj
@asynchronous
async def resume(output: Output, name: str) -> None:
    """Go on publishing; late posts follow the account's policy."""
    async with opened(output) as core:
        released = await core.accounts.resume(name, who=actor())
        account = await core.accounts.named(name)
    _tell(output, account, f"{account.name} goes on; {count_of(released, 'held post')} released.")


@accounts.command()
@click.argument("name")
@click.argument("policy", type=click.Choice([policy.value for policy in MissedPolicy]))
@click.pass_obj
@asynchronous
async def missed(output: Output, name: str, policy: str) -> None:
    """Say what becomes of posts whose time passed while nothing ran: publish, skip or ask."""
    async with opened(output) as core:
        account = await core.accounts.set_missed_policy(name, MissedPolicy(policy))
    _tell(output, account, f"{account.name}: {_MISSED[account.missed_policy]}")


@accounts.command()
@click.argument("name")
@click.pass_obj
@asynchronous
async def unlink(output: Output, name: str) -> None:
    """Forget an account and its token. Refused while posts wait for it."""
    async with opened(output) as core:
        account = await core.accounts.named(name)
        await core.accounts.remove(name)
    _tell(output, account, f"{account.name} is unlinked; what it published stays on Threads.")


async def _is_linked(core: Core, name: str) -> bool:
    folded = name.strip().casefold()
    return any(account.name.casefold() == folded for account in await core.accounts.list())


async def _token(core: Core, name: str, token: str | None) -> Secret:
    """The token: as given, from stdin, from the sandbox, or typed without being shown."""
    if token == "-":  # noqa: S105  # means stdin
        token = sys.stdin.readline().strip()
    elif token is None and core.settings.uses_sandbox and core.addresses.sandbox:
        async with SandboxAdmin(core.addresses.sandbox) as sandbox:
            return await sandbox.add_user(username_for(name))
    elif token is None and sys.stdin.isatty():
        token = click.prompt(f"Token of {name}", hide_input=True, err=True).strip()
    if not token:
        raise click.UsageError("No token was given: pipe it in with --token -, or run this on a terminal.")
    if not token.isascii() or any(map(str.isspace, token)):
        raise click.UsageError("This is no token: it holds blanks or letters beyond ASCII.")
    return Secret(token)


def _tell(output: Output, account: Account, sentence: str) -> None:
    if output.json:
        output.data(account_view(account))
    else:
        output.line(sentence)


def _row(account: Account) -> tuple[str, ...]:
    state = "paused" if account.paused and account.state is AccountState.ACTIVE else account.state.value
    return (
        account.name,
        f"@{account.username}",
        state,
        "yes" if account.is_default else "",
        account.zone,
        local(account.token_expires_at, account.zone),
        account.error.cause if account.error else "",
    )

"""``doctor``: what is wrong, and how to mend it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from core.domain.account import Account, AccountState
from core.domain.errors import AutopostError
from core.local.binaries import MONGOD, REDIS_SERVER, find_program
from core.local.errors import LocalStackError
from core.local.stack import read_stack
from core.services.monitoring import Overview, needs_a_person
from tui.cli.group import Command
from tui.cli.output import Output, count_of
from tui.cli.session import asynchronous, settings_of
from tui.cli.times import local, span

if TYPE_CHECKING:
    from core.bootstrap import Core
    from core.settings import Settings

_OK: Final = "ok"
_WARNING: Final = "warning"
_WRONG: Final = "wrong"
_LEAST_FREE: Final = 200 * 1024**2
_COMFORTABLE: Final = 1024**3
_MOST_OFFSET: Final = 0.05
_WRONG_OFFSET: Final = 1.0
_QUEUES: Final = ("scheduler-meta", "post-preparing", "post-publishing")
_MANY: Final = 100
_TOKEN_ENDS_SOON: Final = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``state`` is ok, warning or wrong; ``remedy`` is empty when it is ok."""

    name: str
    state: str
    says: str
    remedy: str = ""


class SomethingWrongError(AutopostError):
    """The doctor found something; the message counts it."""


@click.command(cls=Command)
@click.pass_obj
@asynchronous
async def doctor(output: Output) -> None:
    """Look at everything and say what is wrong and how to mend it. Exit 1 when something is."""
    findings: list[Finding] = []
    async for finding in examine(output):
        findings.append(finding)
        if not output.json:
            _tell(output, finding)
    wrong = [finding for finding in findings if finding.state == _WRONG]
    if output.json:
        output.data({"healthy": not wrong, "checks": [asdict(finding) for finding in findings]})
    if wrong:
        raise SomethingWrongError(
            f"{count_of(len(wrong), 'thing')} wrong: {', '.join(each.name for each in wrong)}."
        )
    output.line("All is well.")


async def examine(output: Output) -> AsyncIterator[Finding]:
    """Look at one thing after the other; nothing that fails stops the rest."""
    try:
        settings = settings_of(output)
    except AutopostError as error:
        yield Finding("settings", _WRONG, str(error), "Correct it in the environment or in .env.")
        return
    yield Finding("settings", _OK, _described(settings))
    yield _disk(settings.data_dir)
    yield _key(settings)
    for finding in _local_servers(settings):
        yield finding
    async for finding in _running_system(settings):
        yield finding


async def _running_system(settings: Settings) -> AsyncIterator[Finding]:
    from core.bootstrap import open_core  # noqa: PLC0415  # loads every adapter

    try:
        async with open_core(settings) as core:
            yield Finding("mongodb", _OK, "answers")
            async for finding in _redis(core):
                yield finding
            view = await core.monitoring.overview(upcoming=1)
            for finding in _work(view):
                yield finding
            for account in view.accounts:
                yield _account(account, view)
    except AutopostError as error:
        yield Finding("mongodb", _WRONG, str(error), "Nothing else can be looked at before that.")


def _described(settings: Settings) -> str:
    where = "the sandbox" if settings.uses_sandbox else settings.threads_api_base_url
    return f"local stack, {where}" if settings.is_local else f"servers of your own, {where}"


def _disk(data_dir: Path) -> Finding:
    folder = next(path for path in (data_dir.resolve(), *data_dir.resolve().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    says = f"{free // 1024**2} MB free at {folder}"
    if free < _LEAST_FREE:
        return Finding("disk", _WRONG, says, "Free some, or set AUTOPOST_DATA_DIR to another disk.")
    return Finding(
        "disk", _OK if free > _COMFORTABLE else _WARNING, says, "" if free > _COMFORTABLE else "Free some."
    )


def _key(settings: Settings) -> Finding:
    path = settings.data_dir / "secret.key"
    if settings.secret_key is not None:
        return Finding("key", _OK, "AUTOPOST_SECRET_KEY is set")
    if not path.exists():
        return Finding("key", _OK, "is made at the first start")
    open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    if open_to_others and os.name == "posix":
        return Finding("key", _WARNING, f"{path} can be read by others", f"Run: chmod 600 {path}")
    return Finding("key", _OK, f"{path}; keep a copy: without it all accounts have to be linked again")


def _local_servers(settings: Settings) -> Iterator[Finding]:
    wanted = ((MONGOD, settings.mongodb_uri), (REDIS_SERVER, settings.redis_address))
    for program, elsewhere in wanted:
        if elsewhere is not None:
            continue
        try:
            yield Finding(program.name, _OK, str(find_program(program)))
        except LocalStackError as error:
            yield Finding(program.name, _WRONG, str(error), f"Install it, or set {program.setting}.")
    if any(elsewhere is None for _, elsewhere in wanted):
        running = read_stack(settings.data_dir) is not None
        yield (
            Finding("stack", _OK, "runs")
            if running
            else Finding("stack", _WRONG, "does not run", "autopost up -d")
        )


async def _redis(core: Core) -> AsyncIterator[Finding]:
    try:
        await core.clock.measure(5)
        with core.redis.reaching():
            policy = await _setting(core.redis.commands, "maxmemory-policy")
            appendonly = await _setting(core.redis.commands, "appendonly")
    except AutopostError as error:
        yield Finding(
            "redis", _WRONG, str(error), "Start it, or correct REDIS_URL; posts go on when it is back."
        )
        return
    yield Finding("redis", _OK, "answers")
    if policy not in ("noeviction", ""):
        remedy = "Run CONFIG SET maxmemory-policy noeviction: keys of the scheduler may be evicted."
        yield Finding("redis memory", _WRONG, f"maxmemory-policy is {policy}", remedy)
    if appendonly == "no":
        remedy = "Run CONFIG SET appendonly yes; without it a restart forgets the alarm until the next look."
        yield Finding("redis disk", _WARNING, "appendonly is off", remedy)
    yield _clock(core.clock.offset)
    yield await _queues(core)


async def _queues(core: Core) -> Finding:
    """How many messages wait in each queue; what stays there is not worked on."""
    with core.redis.reaching():
        waiting = {name: int(await core.redis.commands.xlen(core.redis.key(name))) for name in _QUEUES}
    says = ", ".join(f"{name} {count}" for name, count in waiting.items())
    if max(waiting.values()) > _MANY:
        return Finding(
            "queues", _WARNING, says, "Raise WORKER_CONCURRENCY, or start a worker on another machine."
        )
    return Finding("queues", _OK, says)


async def _setting(commands: Any, name: str) -> str:
    """A setting of Redis; empty where a hosted Redis does not tell."""
    from redis.exceptions import ResponseError  # noqa: PLC0415  # loaded with core

    try:
        found = await commands.config_get(name)
    except ResponseError:
        return ""
    return next((value.decode() if isinstance(value, bytes) else str(value) for value in found.values()), "")


def _clock(offset: float) -> Finding:
    says = f"{abs(offset) * 1000:.1f} ms {'behind' if offset > 0 else 'ahead of'} Redis"
    if abs(offset) < _MOST_OFFSET:
        return Finding("clock", _OK, says)
    remedy = "Posts follow the clock of Redis; keep both machines on NTP."
    return Finding("clock", _WRONG if abs(offset) > _WRONG_OFFSET else _WARNING, says, remedy)


def _work(view: Overview) -> Iterator[Finding]:
    if view.workers:
        seen = span(view.at - view.workers[0].seen_at)
        yield Finding("worker", _OK, f"{count_of(len(view.workers), 'worker')} alive, seen {seen} ago")
    else:
        yield Finding(
            "worker", _WRONG, "none is alive: nothing is published", "autopost up -d, or autopost worker"
        )
    if view.overdue:
        first = view.overdue[0]
        says = f"{count_of(len(view.overdue), 'post')} late, the first since {local(first.scheduled_at, first.zone)}"
        yield Finding(
            "overdue", _WRONG, says, f"autopost posts why {first.id}, then autopost posts fix-stuck"
        )
    else:
        yield Finding("overdue", _OK, "nothing is late")
    for post in view.held:
        yield Finding(f"held {post.id}", _WARNING, f"{post.hold}", needs_a_person(post))


def _account(account: Account, view: Overview) -> Finding:
    name = f"account {account.name}"
    again = f"autopost accounts add {account.name} --token -"
    if account.state is not AccountState.ACTIVE:
        cause = account.error.cause if account.error else ""
        return Finding(name, _WRONG, f"{account.state.value} {cause}".strip(), again)
    expires = account.token_expires_at
    if expires is not None and expires <= view.at:
        return Finding(name, _WRONG, f"its token ended on {local(expires, account.zone)}", again)
    if account.error is not None:
        return Finding(name, _WARNING, account.error.cause, account.error.remedy)
    if expires is not None and expires - view.at < _TOKEN_ENDS_SOON:
        says = f"its token ends on {local(expires, account.zone)}"
        return Finding(name, _WARNING, says, f"autopost accounts refresh {account.name}")
    if account.paused:
        return Finding(name, _WARNING, "paused", f"autopost accounts resume {account.name}")
    return Finding(name, _OK, f"@{account.username}, {account.zone}")


def _tell(output: Output, finding: Finding) -> None:
    output.line(f"{finding.state:<8} {finding.name:<18} {finding.says}")
    if finding.remedy:
        output.line(f"{'':<27} -> {finding.remedy}")

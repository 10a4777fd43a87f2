"""Every method of the services that ask for rights: what it acts upon, and the role that it needs there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
from guarded_case import DAY, Case

from builders import a_publication
from core.domain.access import Role
from core.domain.account import Account, MissedPolicy
from core.domain.batch import Batch
from core.domain.errors import RefusedError
from core.domain.post import Content, Hold, Post, PostStatus, PublishIntent
from core.domain.secret import Secret
from core.domain.series import Series
from core.domain.sheet_labels import Language
from core.ports import PostFilter
from core.services.sheet_plan import Plan
from core.services.spreadsheets import Imported
from stories.calendar_file import cells
from stories.fixtures import WHO

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Call:
    """``act`` gives nothing, or an error, to whoever may not; it is given what ``on`` has made.

    ``everywhere``: the role is needed on all accounts.
    """

    role: Role
    act: Callable[[Case, Any], Awaitable[Any]]
    on: Callable[[Case], Awaitable[Any]]
    everywhere: bool = False


async def _nothing(_: Case) -> None: ...


async def _draft(case: Case) -> Post:
    return await case.post()


async def _scheduled(case: Case) -> Post:
    return await case.post(PostStatus.SCHEDULED)


async def _failed(case: Case) -> Post:
    return await case.post(PostStatus.FAILED)


async def _held(case: Case) -> Post:
    return await case.post(PostStatus.SCHEDULED, hold=Hold.PAUSED, due_at=None)


async def _lost(case: Case) -> Post:
    ago = case.everyone.clock.now() - HOUR
    intent = PublishIntent("1", ago, 1, ago)
    return await case.post(PostStatus.PUBLISHING, hold=Hold.OUTCOME_UNKNOWN, intent=intent)


async def _late(case: Case) -> Post:
    ago = case.everyone.clock.now() - HOUR
    return await case.post(PostStatus.SCHEDULED, scheduled_at=ago, due_at=None)


async def _lying_about(case: Case) -> Post:
    ago = case.everyone.clock.now() - HOUR
    return await case.post(PostStatus.SCHEDULED, scheduled_at=ago, due_at=ago)


async def _series(case: Case) -> Series:
    series = case.new_series()
    await case.everyone.recurring.start([series])
    return await case.everyone.recurring.get(series.id)


async def _newcomer(case: Case) -> Secret:
    return await case.threads.sign_up(f"new.{uuid4().hex[:8]}")


async def _another_default(case: Case) -> None:
    known = await case.everyone.accounts.list()
    other = next(account for account in known if account.id != case.account.id)
    await case.everyone.accounts.set_default(other.name)


async def _token(case: Case) -> Secret:
    return await case.threads.sign_up(case.account.username)


async def _current(case: Case) -> Account:
    return await case.everyone.accounts.named(case.account.name)


async def _calendar(case: Case) -> bytes:
    staged = await case.everyone.stores.posts.get("row-2")
    if staged is not None:
        await case.everyone.stores.posts.delete(staged)
    return case.workbook()


async def _imported(case: Case) -> tuple[bytes, Imported]:
    data = case.workbook()
    return data, await case.everyone.spreadsheets.import_workbook(data, "calendar.xlsx", who=WHO)


async def _list_accounts(case: Case, _: None) -> list[Account]:
    return [account for account in await case.core.accounts.list() if account.id == case.account.id]


async def _remove_account(case: Case, _: Post) -> None:
    with pytest.raises(RefusedError, match=r"wait for|owner") as refused:
        await case.core.accounts.remove(case.account.name)
    if "owner" in str(refused.value):
        raise refused.value


async def _plans(case: Case, data: bytes) -> tuple[Plan, ...]:
    return (await case.core.spreadsheets.check(data, "c.xlsx")).plans


async def _import(case: Case, data: bytes) -> int:
    try:
        return (await case.core.spreadsheets.import_workbook(data, "c.xlsx", who=WHO)).batch.added
    except RefusedError as refused:
        if "Nothing can be imported" in str(refused):
            return 0
        raise


async def _result(case: Case, made: tuple[bytes, Imported]) -> bool:
    whole = cells(await case.everyone.spreadsheets.result(*made))
    return cells(await case.core.spreadsheets.result(*made)) == whole


async def _batches(case: Case, made: tuple[bytes, Imported]) -> list[Batch]:
    return [one for one in await case.core.spreadsheets.batches() if one.id == made[1].batch.id]


async def _published_attempt(case: Case) -> Post:
    post = await case.post(PostStatus.SCHEDULED)
    await case.everyone.stores.publications.append(a_publication(post_id=post.id, account_id=case.account.id))
    return post


async def _attempts(case: Case, post: Post) -> bool:
    return bool(await case.core.monitoring.attempts(post))


async def _tallies(case: Case, late: Post) -> bool:
    at = late.scheduled_at
    assert at is not None
    return bool(await case.core.monitoring.tallies(_only(late), [at, at + DAY]))


async def _overview(case: Case, late: Post) -> bool:
    """Whether the account shows; in no list or figure without the others."""
    view = await case.core.monitoring.overview(upcoming=1000)
    listed = late.id in {post.id for post in view.overdue}
    assert listed == (case.account.id in {account.id for account in view.accounts})
    seen = await case.core.posts.find(PostFilter(), limit=1000)
    assert sum(view.counts.values()) == len(seen)
    return listed


async def _overdue(case: Case, late: Post) -> bool:
    return late.id in {post.id for post in await case.core.monitoring.overdue()}


async def _export(case: Case, post: Post) -> int:
    return (await case.core.exporting.calendar(_only(post), Language.ENGLISH)).rows


async def _template(case: Case, _: None) -> bool:
    rows = cells(await case.core.exporting.template(Language.ENGLISH))
    return any(row["Account"] == case.account.name for row in rows)


async def _stage(case: Case, data: bytes) -> list[Post]:
    start = case.everyone.clock.now() + DAY
    return await case.core.rehearsal.stage(data, "c.xlsx", start=start, span=HOUR)


def _only(post: Post) -> PostFilter:
    return PostFilter(ids=[post.id])


def _other(series: Series) -> Series:
    return replace(series, content=Content(text=f"New {uuid4().hex}"))


_POSTS: Final[dict[str, Call]] = {
    "get": Call(Role.VIEWER, lambda c, p: c.core.posts.get(p.id), _draft),
    "find": Call(Role.VIEWER, lambda c, p: c.core.posts.find(_only(p)), _draft),
    "count": Call(Role.VIEWER, lambda c, p: c.core.posts.count(_only(p)), _draft),
    "create": Call(
        Role.EDITOR, lambda c, _: c.core.posts.create(c.account, Content(text="New"), who=WHO), _nothing
    ),
    "edit": Call(Role.EDITOR, lambda c, p: c.core.posts.edit(p.id, Content(text=p.id), who=WHO), _draft),
    "schedule": Call(
        Role.EDITOR, lambda c, p: c.core.posts.schedule(p.id, c.core.clock.now() + DAY, who=WHO), _draft
    ),
    "publish_now": Call(Role.EDITOR, lambda c, p: c.core.posts.publish_now(p.id, who=WHO), _draft),
    "cancel": Call(Role.EDITOR, lambda c, p: c.core.posts.cancel(p.id, who=WHO), _scheduled),
    "retry": Call(Role.EDITOR, lambda c, p: c.core.posts.retry(p.id, who=WHO), _failed),
    "delete": Call(Role.EDITOR, lambda c, p: c.core.posts.delete(p.id, who=WHO), _draft),
    "settle_by_hand": Call(
        Role.EDITOR, lambda c, p: c.core.posts.settle_by_hand(p.id, live=True, who=WHO), _lost
    ),
    "look_again": Call(Role.EDITOR, lambda c, p: c.core.posts.look_again(p.id, who=WHO), _scheduled),
    "release": Call(Role.EDITOR, lambda c, p: c.core.posts.release(_only(p), who=WHO, why="go on"), _held),
}
_ACCOUNTS: Final[dict[str, Call]] = {
    "list": Call(Role.VIEWER, _list_accounts, _nothing),
    "named": Call(Role.VIEWER, lambda c, _: c.core.accounts.named(c.account.name), _nothing),
    "add": Call(
        Role.OWNER,
        lambda c, token: c.core.accounts.add(f"new-{uuid4().hex[:8]}", token, "UTC"),
        _newcomer,
        everywhere=True,
    ),
    "set_default": Call(
        Role.OWNER,
        lambda c, _: c.core.accounts.set_default(c.account.name),
        _another_default,
        everywhere=True,
    ),
    "replace_token": Call(
        Role.OWNER,
        lambda c, token: _done(c.core.accounts.replace_token(c.account.name, token, who=WHO)),
        _token,
    ),
    "pause": Call(Role.OWNER, lambda c, _: c.core.accounts.pause(c.account.name), _nothing),
    "resume": Call(Role.OWNER, lambda c, _: _done(c.core.accounts.resume(c.account.name, who=WHO)), _nothing),
    "set_missed_policy": Call(
        Role.OWNER, lambda c, _: c.core.accounts.set_missed_policy(c.account.name, MissedPolicy.ASK), _nothing
    ),
    "set_zone": Call(Role.OWNER, lambda c, _: c.core.accounts.set_zone(c.account.name, "UTC"), _nothing),
    "remove": Call(Role.OWNER, _remove_account, _scheduled),
    "keep_alive": Call(Role.OWNER, lambda c, one: c.core.accounts.keep_alive(one.id, one.version), _current),
    "refresh": Call(Role.OWNER, lambda c, one: c.core.accounts.refresh(one.id, one.version), _current),
}
_RECURRING: Final[dict[str, Call]] = {
    "get": Call(Role.VIEWER, lambda c, s: c.core.recurring.get(s.id), _series),
    "find": Call(Role.VIEWER, lambda c, s: c.core.recurring.find(s.account_id), _series),
    "start": Call(Role.EDITOR, lambda c, _: c.core.recurring.start([c.new_series()]), _nothing),
    "extend": Call(Role.EDITOR, lambda c, s: _done(c.core.recurring.extend(s)), _series),
    "stop": Call(Role.EDITOR, lambda c, s: c.core.recurring.stop(s, who=WHO), _series),
    "change": Call(Role.EDITOR, lambda c, s: c.core.recurring.change(s, _other(s)), _series),
    "skip": Call(Role.EDITOR, lambda c, s: c.core.recurring.skip(s, s.rule.start + DAY, who=WHO), _series),
}
_SPREADSHEETS: Final[dict[str, Call]] = {
    "check": Call(Role.EDITOR, _plans, _calendar),
    "import_workbook": Call(Role.EDITOR, _import, _calendar),
    "undo": Call(Role.EDITOR, lambda c, made: c.core.spreadsheets.undo(made[1].batch.id, who=WHO), _imported),
    "batches": Call(Role.VIEWER, _batches, _imported),
    "batch": Call(Role.VIEWER, lambda c, made: c.core.spreadsheets.batch(made[1].batch.id), _imported),
    "posts_of": Call(Role.VIEWER, lambda c, made: c.core.spreadsheets.posts_of(made[1].batch.id), _imported),
    "result": Call(Role.VIEWER, _result, _imported),
}
CALLS: Final[dict[str, Call]] = {
    **{f"posts.{name}": call for name, call in _POSTS.items()},
    **{f"accounts.{name}": call for name, call in _ACCOUNTS.items()},
    **{f"recurring.{name}": call for name, call in _RECURRING.items()},
    **{f"spreadsheets.{name}": call for name, call in _SPREADSHEETS.items()},
    "exporting.calendar": Call(Role.VIEWER, _export, _draft),
    "exporting.template": Call(Role.VIEWER, _template, _nothing),
    "rehearsal.stage": Call(Role.EDITOR, _stage, _calendar),
    "monitoring.overview": Call(Role.VIEWER, _overview, _late),
    "monitoring.attempts": Call(Role.VIEWER, _attempts, _published_attempt),
    "monitoring.overdue": Call(Role.VIEWER, _overdue, _lying_about),
    "monitoring.tallies": Call(Role.VIEWER, _tallies, _late),
}


async def _done(work: Awaitable[Any]) -> None:
    """What counts is that it was done, not what it says."""
    await work

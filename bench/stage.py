"""The stage of a benchmark: servers, settings and a worker of its own, gone without a trace afterwards."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, chdir
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from core.bootstrap import Core, open_core
from core.domain.account import Account
from core.domain.drafting import new_post, scheduled
from core.domain.errors import AutopostError
from core.domain.post import Content, Post, PostStatus
from core.domain.secret import Secret
from core.local.processes import Daemon, python_environment, python_module
from core.local.stack import start_stack
from core.local.temporary import temporary_data_dir
from core.ports import PostFilter
from core.settings import Settings
from tui.cli.running import wait_for_worker

_PATIENCE: Final = 120.0
_SOON: Final = timedelta(hours=1)
"""What is done about a post that is due falls due again within it, until it is live with its permalink."""
_LOOK_EVERY: Final = 0.25
_CHUNK: Final = 2000
_DRAIN: Final = 5.0


class BenchmarkError(AutopostError):
    """There is nothing to compare: what was measured did not work."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The services, the sandbox over bare HTTP, and the worker once it is started."""

    core: Core
    http: httpx.AsyncClient
    worker: Daemon
    environment: dict[str, str]

    async def start_worker(self) -> int:
        """A real worker process, ready for work; its process id."""
        pid = self.worker.start(python_module("worker"), self.environment)
        await wait_for_worker(self.core, self.worker, pid)
        return pid

    async def sign_up(self, username: str) -> Secret:
        """A new user of the sandbox; the token."""
        answer = await self.http.post("/sandbox/accounts", json={"username": username})
        return Secret(answer.raise_for_status().json()["access_token"])

    async def link(self, count: int) -> list[Account]:
        """New accounts, linked."""
        names = [f"account-{number}" for number in range(count)]
        tokens = [await self.sign_up(name.replace("-", ".")) for name in names]
        return [
            await self.core.accounts.add(name, token, self.core.settings.tz)
            for name, token in zip(names, tokens, strict=True)
        ]

    def written(self, accounts: Sequence[Account], name: str, moments: Sequence[datetime]) -> list[Post]:
        """A text post for each moment, of the accounts in turn; not stored yet."""
        now, leads = self.core.clock.now(), self.core.policy.leads
        posts: list[Post] = []
        for number, at in enumerate(moments):
            account = accounts[number % len(accounts)]
            content = Content(text=f"Benchmark {name}, post {number}")
            post = new_post(f"{name}-{number}", account.id, content, zone="UTC", who="bench", now=now)
            posts.append(scheduled(post, at, leads, now))
        return posts

    async def fill(self, accounts: Sequence[Account], count: int) -> None:
        """Schedule posts for the month that begins tomorrow."""
        tomorrow = self.core.clock.now() + timedelta(days=1)
        moments = [tomorrow + timedelta(days=30) * (number / count) for number in range(count)]
        posts = self.written(accounts, "later", moments)
        for first in range(0, count, _CHUNK):
            await self.core.desk.add(posts[first : first + _CHUNK])

    async def published(self, posts: Sequence[Post]) -> list[Post]:
        """The posts in the order of their times, once nothing is left to do about them.

        Raises BenchmarkError when that takes minutes, or not all of them are live then.
        """
        deadline = time.monotonic() + _PATIENCE
        while await self._is_busy() and time.monotonic() < deadline:  # noqa: ASYNC110  # it is seen from outside
            await asyncio.sleep(_LOOK_EVERY)
        which = PostFilter(ids=[post.id for post in posts], statuses=[PostStatus.PUBLISHED])
        live = await self.core.posts.find(which, limit=len(posts))
        if len(live) < len(posts):
            raise BenchmarkError(f"Only {len(live)} of {len(posts)} posts were published.")
        return live

    async def _is_busy(self) -> bool:
        due = await self.core.stores.agenda.next_due()
        return due is not None and due < self.core.clock.now() + _SOON

    async def log(self, **which: str) -> list[dict[str, Any]]:
        """The calls that the sandbox received, in order; times are epoch milliseconds."""
        answer = await self.http.get("/sandbox/log", params=which)
        return answer.raise_for_status().json()["requests"]

    async def answered(self, operation: str, *, since: datetime) -> float:
        """When the sandbox answered the last such call (seconds since 1970)."""
        calls = await self.log(path=operation, since=str(since.timestamp() * 1000))
        return max(call["answered_at_ms"] for call in calls if call["operation"] == operation) / 1000


@asynccontextmanager
async def open_stage(**changes: object) -> AsyncGenerator[Stage]:
    """A stage with default settings but for ``changes``; inside, this process has no other settings."""
    with temporary_data_dir() as folder, chdir(folder):  # a .env of the person's folder is none of ours
        stack = start_stack(folder)
        _forget_settings()
        settings = Settings(_env_file=None, data_dir=folder, **changes)  # pyright: ignore[reportCallIssue]  # pydantic checks them
        named = {name.upper(): str(value) for name, value in changes.items()}
        environment = {**python_environment(), **named, "AUTOPOST_DATA_DIR": str(folder)}
        worker = Daemon("worker", folder)
        limits = httpx.Limits(keepalive_expiry=_PATIENCE)
        async with (
            open_core(settings) as core,
            httpx.AsyncClient(base_url=str(stack.sandbox_url), limits=limits, trust_env=False) as http,
        ):
            try:
                yield Stage(core, http, worker, environment)
            finally:
                worker.stop(_DRAIN)


def _forget_settings() -> None:
    names = {str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()}
    for name in [name for name in os.environ if name.upper() in names]:
        del os.environ[name]

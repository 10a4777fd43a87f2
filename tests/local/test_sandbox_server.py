"""The Threads sandbox as a part of the stack."""

from __future__ import annotations

import dataclasses
import http.client
import json
from pathlib import Path

import pytest

from core.local.errors import LocalStackError
from core.local.redis_server import RedisServer
from core.local.sandbox_server import SandboxServer
from core.local.stack import StackState, read_stack, start_stack, stop_stack, temporary_stack


def test_the_stack_brings_a_threads_account(data_dir: Path) -> None:
    """The token in the state opens the account of the sandbox at the address in the state."""
    state = start_stack(data_dir)
    assert _username(state) == "sandbox"
    assert read_stack(data_dir) == state
    assert stop_stack(data_dir) == ["sandbox", "redis", "mongod"]


def test_the_sandbox_joins_a_stack_that_runs_without_it(data_dir: Path) -> None:
    """It is started beside the servers that run, and a start that does not ask for it leaves it running."""
    without = start_stack(data_dir, sandbox=False)
    assert without.sandbox_url is None
    complete = start_stack(data_dir)
    assert without.pids.items() <= complete.pids.items()
    assert complete.started_at == without.started_at
    assert start_stack(data_dir, sandbox=False) == complete


def test_a_killed_sandbox_comes_back_with_its_account(data_dir: Path) -> None:
    """Address and token stay, so that linked accounts keep working; the databases are not touched."""
    before = start_stack(data_dir)
    SandboxServer(data_dir).kill()
    assert read_stack(data_dir) is None
    after = start_stack(data_dir, sandbox=False)
    assert after.sandbox_url is None
    after = start_stack(data_dir)
    assert after.pids["sandbox"] != before.pids["sandbox"]
    assert dataclasses.replace(after, pids={}) == dataclasses.replace(before, pids={})
    assert _username(after) == "sandbox"


def test_a_start_without_the_sandbox_keeps_the_one_that_runs(data_dir: Path) -> None:
    """A start that mends another server does not drop the sandbox from the stack."""
    before = start_stack(data_dir)
    RedisServer(data_dir).kill()
    after = start_stack(data_dir, sandbox=False)
    assert after == dataclasses.replace(before, pids={**before.pids, "redis": after.pids["redis"]})


def test_proxy_settings_do_not_reach_the_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose traffic goes through a proxy starts its own sandbox without it."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with temporary_stack() as state:
        assert _username(state) == "sandbox"


def test_a_sandbox_that_does_not_answer_is_told(data_dir: Path) -> None:
    """The error names the log to read."""
    sandbox = SandboxServer(data_dir)
    sandbox.start()
    sandbox.kill()
    with pytest.raises(LocalStackError, match=r"The sandbox gives no account .*sandbox.log"):
        sandbox.access_token()


def _username(state: StackState) -> str:
    assert state.sandbox_url is not None
    connection = http.client.HTTPConnection(state.sandbox_url.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", f"/v1.0/me?fields=username&access_token={state.sandbox_access_token}")
        return json.loads(connection.getresponse().read())["username"]
    finally:
        connection.close()

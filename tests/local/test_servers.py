"""Each server alone, as fault tests use it: killed, emptied, hung, and back on the same port."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import pytest
from observing import (
    eventually,
    has_document,
    has_value,
    mongo_command,
    put_document,
    put_value,
    redis_settings,
)

from core.local.errors import LocalStackError
from core.local.mongod import Mongod
from core.local.redis_server import RedisServer
from core.local.server import port_is_free


def test_mongod_is_a_primary_at_once_after_a_crash(data_dir: Path) -> None:
    """A mongod killed under load is primary again within seconds, on its port, with every confirmed write."""
    mongod = Mongod(data_dir)
    mongod.start()
    uri = mongod.uri
    for round_number in range(3):
        put_document(uri, f"write {round_number}")
        assert mongod.kill()
        started = time.monotonic()
        mongod.start()
        assert time.monotonic() - started < 5
        assert mongod.uri == uri
        assert all(has_document(uri, f"write {earlier}") for earlier in range(round_number + 1))


def test_mongod_is_a_small_replica_set_on_loopback(data_dir: Path) -> None:
    """One voting member, majority writes, and a new data folder below 50 MB."""
    mongod = Mongod(data_dir)
    mongod.start()
    status = mongo_command(mongod.uri, "replSetGetStatus")
    assert [member["stateStr"] for member in status["members"]] == ["PRIMARY"]
    parsed = mongo_command(mongod.uri, "getCmdLineOpts")["parsed"]
    assert parsed["net"]["bindIp"] == "127.0.0.1"
    assert sum(path.stat().st_size for path in mongod.folder.rglob("*") if path.is_file()) < 50_000_000


def test_redis_keeps_what_it_confirmed_and_evicts_nothing(data_dir: Path) -> None:
    """A value survives SIGKILL; the settings that a queue needs are on."""
    redis = RedisServer(data_dir)
    redis.start()
    put_value(redis.url, "key")
    redis.kill()
    redis.start()
    assert has_value(redis.url, "key")
    wanted = {"appendonly": "yes", "maxmemory-policy": "noeviction", "bind": "127.0.0.1", "save": ""}
    assert wanted.items() <= redis_settings(redis.url).items()


def test_a_wiped_redis_is_empty_on_the_same_port(data_dir: Path) -> None:
    """The fault "Redis came back empty" can be played, but not on a running server."""
    redis = RedisServer(data_dir)
    redis.start()
    url = redis.url
    put_value(url, "key")
    with pytest.raises(LocalStackError, match="stop it before"):
        redis.wipe()
    redis.kill()
    redis.wipe()
    redis.start()
    assert redis.url == url
    assert not has_value(url, "key")


@pytest.mark.parametrize("server_type", [Mongod, RedisServer])
def test_a_hung_server_is_reported_and_can_be_stopped(
    data_dir: Path, server_type: type[Mongod | RedisServer]
) -> None:
    """A server that runs but does not answer is never taken for ready; stopping it falls back to SIGKILL."""
    server = server_type(data_dir)
    pid = server.start()
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(LocalStackError, match=f"{server.name} runs, but does not get ready"):
        server.start(timeout=0.2)
    assert server.stop(timeout=0.2)
    assert server.daemon.pid() is None


def test_a_stranger_on_the_port_is_not_taken_for_our_server(tmp_path: Path) -> None:
    """Another stack's server that answers on the remembered port is not ours."""
    for server_type in (Mongod, RedisServer):
        stranger, ours = server_type(tmp_path / "stranger"), server_type(tmp_path / "ours")
        try:
            assert stranger.is_ready() is False
            pid = stranger.start()
            assert stranger.answers(stranger.port, pid)
            assert not ours.answers(stranger.port, pid + 1)
        finally:
            stranger.kill()


def test_a_port_lost_at_the_last_moment_is_replaced(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If another program takes the chosen port before the server does, the server gets another port."""
    ours = RedisServer(data_dir)
    looks = iter([True])

    def look(port: int) -> bool:
        return next(looks, False) or port_is_free(port)

    monkeypatch.setattr("core.local.server.port_is_free", look)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (data_dir / "run").mkdir(parents=True)
        (data_dir / "run" / "redis.port").write_text(str(port))
        ours.start()
    assert ours.port != port


def test_a_server_that_was_ending_when_it_was_joined_is_started_anew(data_dir: Path) -> None:
    """A start in the moment in which the server still ends does not fail with it."""
    redis = RedisServer(data_dir)
    dying = redis.daemon.start(["sleep", "0.3"])
    redis.folder.mkdir()
    assert redis.start() != dying


def test_a_server_that_was_never_started_has_no_address(data_dir: Path) -> None:
    """Asking for the address of nothing is answered with the command that mends it."""
    with pytest.raises(LocalStackError, match=r"mongod was never started in .*: run autopost up"):
        _ = Mongod(data_dir).uri


def test_mongod_tells_why_it_did_not_start(data_dir: Path) -> None:
    """The first error of this start is told in words, not the last line of its shutdown."""
    mongod = Mongod(data_dir)
    mongod.start()
    mongod.stop()
    (mongod.folder / "WiredTiger.turtle").write_bytes(b"\0" * 100)
    with pytest.raises(LocalStackError, match=r"mongod stopped while it was starting: .*fatal turtle file"):
        mongod.start()
    assert eventually(lambda: mongod.daemon.pid() is None)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
def test_servers_do_not_get_our_secrets(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens in our environment are not handed to programs that have no use for them."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "planted")
    monkeypatch.setenv("LC_ALL", "xx_NOWHERE.UTF-8")
    for server in (Mongod(data_dir), RedisServer(data_dir)):
        pid = server.start()
        assert b"planted" not in Path(f"/proc/{pid}/environ").read_bytes()

"""The whole stack: started, joined, found again after every kind of death, stopped."""

from __future__ import annotations

import fcntl
import json
import os
import socketserver
import stat
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from observing import has_document, has_value, is_running, processes_of, put_document, put_value, python

from core.local.errors import LocalStackError
from core.local.mongod import Mongod
from core.local.redis_server import RedisServer
from core.local.stack import StackState, read_stack, start_stack, stop_stack

_START = (
    "import sys; from pathlib import Path; from core.local.stack import start_stack;"
    "print(sorted(start_stack(Path(sys.argv[1]), sandbox=False).pids.items()), flush=True)"
)


def _start(data_dir: Path) -> StackState:
    return start_stack(data_dir, sandbox=False)


def _remember(state: StackState) -> None:
    put_document(state.mongodb_uri, "a post")
    put_value(state.redis_url, "an alarm")


def _remembers(state: StackState) -> bool:
    return has_document(state.mongodb_uri, "a post") and has_value(state.redis_url, "an alarm")


def test_a_started_stack_serves_and_is_stopped_without_leftovers(data_dir: Path) -> None:
    """Both servers take writes; stopping names them in order and leaves no process and no state."""
    state = _start(data_dir)
    _remember(state)
    assert _remembers(state)
    assert read_stack(data_dir) == state
    assert processes_of(data_dir) == set(state.pids.values())
    assert stop_stack(data_dir) == ["redis", "mongod"]
    assert processes_of(data_dir) == set()
    assert not any(map(is_running, state.pids.values()))
    assert read_stack(data_dir) is None
    assert stop_stack(data_dir) == []


def test_a_second_start_joins_the_first(data_dir: Path) -> None:
    """Starting again changes neither processes, addresses nor the time of the start."""
    assert _start(data_dir) == _start(data_dir)


def test_data_and_addresses_survive_a_stop(data_dir: Path) -> None:
    """A stack that was stopped comes back where it was, with what it had."""
    before = _start(data_dir)
    _remember(before)
    stop_stack(data_dir)
    after = _start(data_dir)
    assert (after.mongodb_uri, after.redis_url) == (before.mongodb_uri, before.redis_url)
    assert after.pids != before.pids
    assert _remembers(after)


def test_simultaneous_starts_share_one_stack(data_dir: Path) -> None:
    """Commands that start at the same moment in several processes get the same servers."""
    starters = [python(_START, str(data_dir)) for _ in range(4)]
    answers = {starter.communicate(timeout=60)[0] for starter in starters}
    state = read_stack(data_dir)
    assert state is not None
    assert answers == {f"{sorted(state.pids.items())}\n"}


def test_a_start_waits_while_another_command_starts_or_stops(data_dir: Path) -> None:
    """Nothing is launched while the lock of the folder is held, all of it once the lock is free."""
    data_dir.mkdir()
    starter = threading.Thread(target=_start, args=(data_dir,))
    with (data_dir / "stack.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        starter.start()
        starter.join(timeout=0.3)
        assert starter.is_alive()
        assert processes_of(data_dir) <= {os.getpid()}
    starter.join(timeout=60)
    assert read_stack(data_dir) is not None


def test_servers_outlive_the_command_that_started_them(data_dir: Path) -> None:
    """Each server leads a session of its own, so neither the end of the command nor a hang-up reaches it."""
    python(_START, str(data_dir)).communicate(timeout=60)
    state = read_stack(data_dir)
    assert state is not None
    assert {os.getsid(pid) for pid in state.pids.values()} == set(state.pids.values())


@pytest.mark.parametrize("victims", [("mongod",), ("redis",), ("mongod", "redis")])
def test_a_killed_server_comes_back_with_its_data(data_dir: Path, victims: tuple[str, ...]) -> None:
    """After SIGKILL of any server the next start restores it, at its address, and leaves the others alone."""
    before = _start(data_dir)
    _remember(before)
    for server in (Mongod(data_dir), RedisServer(data_dir)):
        if server.name in victims:
            server.kill()
    assert read_stack(data_dir) is None
    after = _start(data_dir)
    assert {name for name in after.pids if after.pids[name] != before.pids[name]} == set(victims)
    assert (after.mongodb_uri, after.redis_url) == (before.mongodb_uri, before.redis_url)
    assert (after.started_at == before.started_at) is (len(victims) < len(after.pids))
    assert _remembers(after)


def test_a_server_restarted_by_itself_is_taken_up(data_dir: Path) -> None:
    """A state that names an earlier process is not shown as the present one; the next start renews it."""
    _start(data_dir)
    mongod = Mongod(data_dir)
    mongod.kill()
    pid = mongod.start()
    assert read_stack(data_dir) is None
    assert _start(data_dir).pids["mongod"] == pid


def test_process_ids_of_another_life_are_not_trusted(data_dir: Path) -> None:
    """After a reboot recorded ids may belong to anybody: they are neither believed nor signalled."""
    before = _start(data_dir)
    stop_stack(data_dir)
    stale = {**_fields(before), "pids": {"mongod": os.getpid(), "redis": os.getppid()}}
    (data_dir / "stack.json").write_text(json.dumps(stale))
    for name in ("mongod", "redis"):
        (data_dir / "run" / f"{name}.lock").write_text(str(os.getpid()))
    assert read_stack(data_dir) is None
    assert stop_stack(data_dir) == []
    assert os.getpid() not in _start(data_dir).pids.values()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pids": {}}', "null"])
def test_a_broken_state_file_is_replaced(data_dir: Path, text: str) -> None:
    """A state file that cannot be read counts as none."""
    data_dir.mkdir()
    (data_dir / "stack.json").write_text(text)
    assert read_stack(data_dir) is None
    assert read_stack(data_dir) != _start(data_dir)


def test_servers_of_a_starter_that_died_are_joined(data_dir: Path) -> None:
    """A start that was killed before it wrote the state leaves servers that the next start takes over."""
    orphan = Mongod(data_dir).start()
    assert read_stack(data_dir) is None
    assert _start(data_dir).pids["mongod"] == orphan


def test_taken_ports_are_replaced_and_the_data_stays(data_dir: Path) -> None:
    """If something else took the ports meanwhile, others are chosen; the replica set follows its new address."""
    before = _start(data_dir)
    _remember(before)
    stop_stack(data_dir)
    with _stranger(Mongod(data_dir).port), _stranger(RedisServer(data_dir).port):
        after = _start(data_dir)
        assert after.mongodb_uri != before.mongodb_uri
        assert after.redis_url != before.redis_url
        assert _remembers(after)


def test_a_failed_start_leaves_nothing_running(data_dir: Path) -> None:
    """If Redis cannot start, its last words are told and the mongod of this start is stopped again."""
    _start(data_dir)
    stop_stack(data_dir)
    (history,) = (data_dir / "redis" / "appendonlydir").glob("*.incr.aof")
    history.write_bytes(b"*1\r\nnonsense\r\n" * 9)
    with pytest.raises(
        LocalStackError, match=r"redis stopped while it was starting: .*Bad file format"
    ) as caught:
        _start(data_dir)
    assert str(RedisServer(data_dir).folder) in str(caught.value)
    assert processes_of(data_dir) == set()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A data folder below a plain file is refused in one sentence."""
    (tmp_path / "file").write_text("")
    with pytest.raises(LocalStackError, match=r"The folder .*file/data cannot be made .*AUTOPOST_DATA_DIR"):
        _start(tmp_path / "file" / "data")


def test_only_the_owner_may_read_the_data(data_dir: Path) -> None:
    """The folders are 0700 and the state file, which holds a token, is 0600."""
    _start(data_dir)
    folders = [data_dir, *(path for path in data_dir.iterdir() if path.is_dir())]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert stat.S_IMODE((data_dir / "stack.json").stat().st_mode) == 0o600


def _fields(state: StackState) -> dict[str, object]:
    return {name: getattr(state, name) for name in state.__slots__}


class _Stranger(socketserver.TCPServer):
    allow_reuse_address = True


@contextmanager
def _stranger(port: int) -> Generator[None]:
    """Another program that serves on this port, and hangs up on everybody."""
    with _Stranger(("127.0.0.1", port), socketserver.BaseRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield
        server.shutdown()
        thread.join()

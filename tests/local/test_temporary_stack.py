"""A temporary stack leaves nothing behind, whatever ends its owner."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest
from observing import eventually, has_document, is_running, processes_of, put_document, python

from core.local.redis_server import RedisServer
from core.local.stack import temporary_stack
from core.local.temporary import temporary_data_dir

_OWNER = (
    "import json, signal; from core.local.stack import temporary_stack\n"
    "with temporary_stack(sandbox=False) as state: print(json.dumps(state.pids), flush=True); signal.pause()"
)


@pytest.fixture(autouse=True)
def temp_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, in this process and those that it starts."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _nothing_left(temp_dir: Path) -> bool:
    return processes_of(temp_dir) == set() and list(temp_dir.glob("autopost-*")) == []


def test_it_serves_inside_and_is_gone_after(temp_dir: Path) -> None:
    """Real servers inside the block; no process and no folder after it."""
    with temporary_stack(sandbox=False) as state:
        put_document(state.mongodb_uri, "key")
        assert has_document(state.mongodb_uri, "key")
        assert not _nothing_left(temp_dir)
    assert _nothing_left(temp_dir)
    assert not any(map(is_running, state.pids.values()))


def test_a_single_server_can_be_temporary(temp_dir: Path) -> None:
    """Fault tests start one server in a folder that cleans itself up."""
    with temporary_data_dir() as folder:
        pid = RedisServer(folder).start()
        assert processes_of(temp_dir) >= {pid}
    assert _nothing_left(temp_dir)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_error_inside_is_passed_on_and_nothing_stays(temp_dir: Path, error: type[BaseException]) -> None:
    """Ctrl-C and a failing test clean up like a normal end."""
    with pytest.raises(error), temporary_stack(sandbox=False):
        raise error
    assert _nothing_left(temp_dir)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_nothing_stays_when_the_owner_is_killed(temp_dir: Path, sent: signal.Signals) -> None:
    """Not even SIGKILL of the owner leaves a server or a folder."""
    with _owner() as owner:
        assert owner.stdout is not None
        assert len(json.loads(owner.stdout.readline())) == 2
        owner.send_signal(sent)
    assert eventually(lambda: _nothing_left(temp_dir))


def test_ctrl_c_in_the_terminal_spares_the_clean_up(temp_dir: Path) -> None:
    """A terminal sends Ctrl-C to every process of the command; the folder goes nevertheless."""
    with _owner() as owner:
        assert owner.stdout is not None
        owner.stdout.readline()
        os.killpg(owner.pid, signal.SIGINT)
    assert eventually(lambda: _nothing_left(temp_dir))


def test_nothing_stays_when_the_owner_is_killed_while_it_starts(temp_dir: Path) -> None:
    """A kill in the middle of the start is no exception."""
    with _owner() as owner:
        assert eventually(lambda: any(temp_dir.glob("autopost-*/run/mongod.lock")))
        owner.kill()
    assert eventually(lambda: _nothing_left(temp_dir))


def _owner() -> subprocess.Popen[str]:
    return python(_OWNER)

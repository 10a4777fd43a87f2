"""Processes that outlive their starter, told alive from dead by the kernel."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from pathlib import Path

import pytest
from observing import eventually, is_running, processes_of, python

from core.local.errors import LocalStackError
from core.local.processes import Daemon, daemons_of, python_module

_WAIT = r"import os, signal; os.write(1, b'ready\n'); signal.pause()"


def _python(script: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", script, *arguments]


def _started(data_dir: Path, script: str = _WAIT) -> Daemon:
    daemon = Daemon("worker", data_dir)
    daemon.start(_python(script))
    daemon.wait_ready(lambda: "ready" in daemon.log_lines(), 10)
    return daemon


def test_starting_twice_is_starting_once(data_dir: Path) -> None:
    """The second start finds the first process."""
    daemon = _started(data_dir)
    assert daemon.start(_python(_WAIT)) == daemon.pid()


def test_simultaneous_starts_make_one_process(data_dir: Path) -> None:
    """Of many starters in several processes, without any other lock, exactly one starts it."""
    script = (
        "import sys; from pathlib import Path; from core.local.processes import Daemon;"
        "print(Daemon('worker', Path(sys.argv[1])).start(['sleep', '60']), flush=True)"
    )
    starters = [python(script, str(data_dir)) for _ in range(6)]
    answers = {starter.communicate(timeout=60)[0] for starter in starters}
    assert answers == {f"{Daemon('worker', data_dir).pid()}\n"}


def test_an_ended_process_is_known_as_ended_and_can_be_started_again(data_dir: Path) -> None:
    """A crash is seen at once, also by the parent that has not reaped it."""
    daemon = _started(data_dir)
    first = daemon.pid()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: daemon.pid() is None)
    assert daemon.stop() is False
    assert daemon.start(_python(_WAIT)) != first
    with pytest.raises(ChildProcessError):
        os.waitpid(first, os.WNOHANG)


def test_an_id_without_the_lock_is_nobody(data_dir: Path) -> None:
    """An id left in the lock file by an earlier life is neither believed nor signalled."""
    daemon = _started(data_dir)
    daemon.kill()
    (data_dir / "run" / "worker.lock").write_text(str(os.getpid()))
    assert daemon.pid() is None
    assert daemon.stop() is False
    assert daemon.kill() is False


def test_somebody_who_looks_at_the_same_moment_is_not_the_process(data_dir: Path) -> None:
    """Two lookers do not take each other for the process."""
    daemon = _started(data_dir)
    daemon.kill()
    with (data_dir / "run" / "worker.lock").open() as other_looker:
        fcntl.flock(other_looker, fcntl.LOCK_SH)
        assert daemon.pid() is None


def test_the_id_is_known_though_the_starter_dies_in_the_middle(data_dir: Path) -> None:
    """A starter killed right after the spawn leaves a process that can be found and stopped."""
    script = (
        "import os, signal, sys; from pathlib import Path; from core.local import processes;"
        "spawn = os.posix_spawn;"
        "os.posix_spawn = lambda *a, **k: (spawn(*a, **k), os.kill(os.getpid(), signal.SIGKILL));"
        "processes.Daemon('worker', Path(sys.argv[1])).start(['sleep', '60'])"
    )
    starter = python(script, str(data_dir))
    starter.communicate(timeout=60)
    assert starter.returncode == -signal.SIGKILL
    daemon = Daemon("worker", data_dir)
    pid = daemon.pid()
    assert pid is not None
    assert is_running(pid)
    assert daemon.stop()


def test_a_process_that_ignores_sigterm_is_killed(data_dir: Path) -> None:
    """Stopping takes the time that it was given, then SIGKILL."""
    daemon = _started(data_dir, f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {_WAIT}")
    pid = daemon.pid()
    assert pid is not None
    assert daemon.stop(timeout=0.1)
    assert not is_running(pid)


def test_killing_takes_the_children_along(data_dir: Path) -> None:
    """A forked child, which holds the lock as well, does not survive."""
    daemon = _started(data_dir, f"import os; os.fork(); {_WAIT}")
    assert eventually(lambda: daemon.log_lines().count("ready") == 2)
    daemon.kill()
    assert processes_of(data_dir) == set()


def test_signals_blocked_or_ignored_by_the_starter_reach_the_process(data_dir: Path) -> None:
    """A starter that ignores SIGTERM or runs under nohup does not pass that on."""
    previous = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        daemon = _started(data_dir, "import signal; print(signal.getsignal(signal.SIGTERM)); " + _WAIT)
        assert "0" in daemon.log_lines()[0]
        pid = daemon.pid()
        assert pid is not None
        os.kill(pid, signal.SIGTERM)
        assert eventually(lambda: daemon.pid() is None, timeout=5)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        signal.signal(signal.SIGTERM, previous)


def test_a_start_that_fails_tells_its_last_words(data_dir: Path) -> None:
    """The last line of the log and where the log is stand in the error."""
    daemon = Daemon("worker", data_dir)
    daemon.start(_python("import sys; sys.exit('no token\\n')"))
    with pytest.raises(LocalStackError, match="worker stopped while it was starting: no token") as caught:
        daemon.wait_ready(lambda: False, 10)
    assert str(daemon.log_path) in str(caught.value)


def test_a_program_that_does_not_exist_is_told(data_dir: Path) -> None:
    """The shell's own sentence is passed on."""
    daemon = Daemon("worker", data_dir)
    daemon.start(["/no/such/program"])
    with pytest.raises(LocalStackError, match="/no/such/program"):
        daemon.wait_ready(lambda: False, 10)


def test_a_process_that_is_not_ready_in_time_is_told_and_left_running(data_dir: Path) -> None:
    """Whoever waited decides what becomes of it."""
    daemon = _started(data_dir)
    with pytest.raises(LocalStackError, match="worker runs, but does not get ready: ready"):
        daemon.wait_ready(lambda: False, 0.05)
    assert daemon.pid() is not None


def test_a_long_log_is_put_aside_at_the_next_start(data_dir: Path) -> None:
    """One older log is kept; a short log is continued."""
    daemon = Daemon("worker", data_dir)
    for lives in (1, 2):
        daemon.start(_python(_WAIT))
        assert eventually(lambda lives=lives: daemon.log_lines() == ["ready"] * lives)
        daemon.stop()
    with daemon.log_path.open("a") as log:
        log.write("x" * 5_000_000)
    daemon.start(_python(_WAIT))
    assert eventually(lambda: daemon.log_lines() == ["ready"])
    assert daemon.log_path.with_suffix(".log.1").stat().st_size > 5_000_000


def test_our_modules_run_from_any_folder(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module of the project starts wherever the command was given, and no file there shadows it."""
    (tmp_path / "core.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    daemon = Daemon("reaper", data_dir)
    daemon.start(python_module("core.local.reaper", str(tmp_path / "gone")))
    with pytest.raises(LocalStackError, match="gone"):
        daemon.wait_ready(lambda: False, 10)


def test_every_process_of_a_folder_is_listed(data_dir: Path) -> None:
    """Whoever clears a folder finds all of them by looking into it."""
    names = ["bot", "worker"]
    for name in names:
        Daemon(name, data_dir).start(["sleep", "60"])
    assert [daemon.name for daemon in daemons_of(data_dir)] == names
    assert all(daemon.kill() for daemon in daemons_of(data_dir))

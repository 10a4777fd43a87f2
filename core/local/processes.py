"""Processes that outlive the command that started them.

A running process holds the kernel lock (flock) of ``run/NAME.lock``, inherited across fork and exec. So
"is it running" is answered by the kernel: no process id is trusted after a crash, a SIGKILL or a reboot,
and a process cannot be started twice. Its id stands in that file, written by the process itself before it
becomes the program, so it is known even if the starter dies at once.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.local.errors import LocalStackError

_LOCK_FD: Final = 3
_LOG_CAP: Final = 4 * 1024 * 1024
_LOG_TAIL: Final = 128 * 1024
_POLL: Final = 0.01
_KILL_TIMEOUT: Final = 10.0
_PID_TIMEOUT: Final = 5.0
_SHELL: Final = "/bin/sh"
_RECORD_PID_THEN_EXEC: Final = f'echo $$ >&{_LOCK_FD}; exec "$@"'
_DEFAULT_SIGNALS: Final = (
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGPIPE,
    signal.SIGTERM,
)


def last_words(log: list[str]) -> str:
    """The last line of a log that is not empty."""
    return next((line.strip() for line in reversed(log) if line.strip()), "it said nothing")


@dataclass(frozen=True, slots=True)
class Daemon:
    """One named process per data folder; its log is ``logs/NAME.log`` there."""

    name: str
    data_dir: Path

    @property
    def log_path(self) -> Path:
        return self.data_dir / "logs" / f"{self.name}.log"

    @property
    def _lock_path(self) -> Path:
        return self.data_dir / "run" / f"{self.name}.lock"

    def start(self, argv: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
        """Start it in its own session unless it runs already; returns its process id either way.

        Standard output and error go to the log, which is put aside once it is over 4 MB. Without
        `environment` it gets ours, with the project importable for `python_module`.
        """
        while True:
            with self._exclusive() as lock:
                if lock is not None:
                    self._reap_previous()
                    self._rotate_log()
                    os.ftruncate(lock, 0)
                    return self._spawn(lock, argv, environment or python_environment())
            running = self.pid()
            if running is not None:
                return running

    def pid(self) -> int | None:
        """Its process id if it runs, else None."""
        deadline = time.monotonic() + _PID_TIMEOUT
        while self._is_locked():
            with contextlib.suppress(ValueError):  # it has not written its id yet
                return int(self._lock_path.read_text())
            if time.monotonic() > deadline:
                raise LocalStackError(
                    f"{self.name} runs, but its process id is not in {self._lock_path}: "
                    "free disk space, and end that process by hand."
                )
            time.sleep(_POLL)
        return None

    def wait_ready(
        self,
        ready: Callable[[], bool],
        timeout: float,
        explain: Callable[[list[str]], str] = last_words,
    ) -> None:
        """Return once `ready()` holds.

        Raises:
            LocalStackError: the process ended, or is not ready within `timeout` seconds; with what `explain`
                finds in the end of its log.
        """
        deadline = time.monotonic() + timeout
        while not ready():
            ended = self.pid() is None
            if ended or time.monotonic() > deadline:
                trouble = "stopped while it was starting" if ended else "runs, but does not get ready"
                raise LocalStackError(
                    f"{self.name} {trouble}: {explain(self.log_lines())} (log: {self.log_path})"
                )
            time.sleep(_POLL)

    def stop(self, timeout: float = 10.0) -> bool:
        """End it by SIGTERM, after `timeout` seconds by SIGKILL; False if it was not running."""
        pid = self.pid()
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        if not self._wait_gone(pid, timeout):
            self.kill()
        return True

    def kill(self) -> bool:
        """End it and its children by SIGKILL; False if it was not running."""
        pid = self.pid()
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        if not self._wait_gone(pid, _KILL_TIMEOUT):
            raise LocalStackError(
                f"{self.name} (process {pid}) does not end: kill it by hand with kill -9 {pid}."
            )
        return True

    def log_lines(self) -> list[str]:
        """The end of its log, oldest line first; empty if there is none."""
        try:
            with self.log_path.open("rb") as log:
                log.seek(max(0, log.seek(0, os.SEEK_END) - _LOG_TAIL))
                return log.read().decode(errors="replace").splitlines()
        except FileNotFoundError:
            return []

    @contextmanager
    def _exclusive(self) -> Generator[int | None]:
        """The lock's descriptor while this process holds it, or None if another does."""
        private_folder(self._lock_path.parent)
        with self._lock_path.open("a+") as file:
            # Above the standard descriptors, so that _spawn can dup it onto _LOCK_FD in every case.
            lock = fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, 10)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lock
        finally:
            os.close(lock)

    def _is_locked(self) -> bool:
        """Whether the process runs. A shared lock: lookers do not hinder each other."""
        try:
            with self._lock_path.open() as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    def _spawn(self, lock: int, argv: Sequence[str], environment: Mapping[str, str]) -> int:
        append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        return os.posix_spawn(
            _SHELL,
            [_SHELL, "-c", _RECORD_PID_THEN_EXEC, self.name, *argv],
            environment,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, lock, _LOCK_FD),
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(self.log_path), append, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
            setsigmask=[],
            setsigdef=_DEFAULT_SIGNALS,
        )

    def _rotate_log(self) -> None:
        private_folder(self.log_path.parent)
        if self.log_path.exists() and self.log_path.stat().st_size > _LOG_CAP:
            self.log_path.replace(self.log_path.with_suffix(".log.1"))

    def _wait_gone(self, pid: int, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while self._is_locked() or not _reaped(pid):
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL)
        return True

    def _reap_previous(self) -> None:
        """If it was our child and ended by itself, it is a zombie until we ask for it."""
        with contextlib.suppress(ValueError):
            _reaped(int(self._lock_path.read_text()))


def _reaped(pid: int) -> bool:
    """Whether this ended process has left the process table, as far as that is up to us."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True  # somebody else's child: its parent reaps it


def daemons_of(data_dir: Path) -> list[Daemon]:
    """Every process that was ever started for this data folder, running or not."""
    return [Daemon(lock.stem, data_dir) for lock in sorted((data_dir / "run").glob("*.lock"))]


def python_module(module: str, *arguments: str) -> list[str]:
    """The command line that runs one of our modules, from any working folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def python_environment() -> dict[str, str]:
    """Our environment, in which `python_module` finds the project and its log is written at once."""
    project = Path(__file__).resolve().parents[2]
    paths = [str(project), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"}


def private_folder(path: Path) -> None:
    """Make a folder (and its parents) that only its owner may enter.

    Raises:
        LocalStackError: the folder cannot be made; says which and how to choose another.
    """
    try:
        for folder in (*reversed(path.parents), path):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LocalStackError(
            f"The folder {path} cannot be made ({error.strerror}): set AUTOPOST_DATA_DIR to one you may write to."
        ) from error

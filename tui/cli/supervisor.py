"""``python -m tui.cli.supervisor``: starts what ends, with growing pauses, until SIGTERM.

What it does is written to its log, one line for a person each; ``autopost up`` shows these lines.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.domain.errors import AutopostError
from core.local.processes import Daemon
from core.local.stack import StackState, read_stack
from core.settings import Settings, load_settings
from tui.cli.running import bot_of, needs_stack, start_bot, start_servers, start_worker, worker_of

_PERIOD: Final = 0.5
_STEADY: Final = 60.0
_LONGEST: Final = 60.0


@dataclass(slots=True)
class Kept:
    """A part that is kept up. ``start`` raises AutopostError when it cannot be started."""

    name: str
    daemons: tuple[Daemon, ...]
    start: Callable[[], object]
    failures: int = 0
    last_start: float = 0.0

    def look(self, now: float) -> None:
        """Start it if it has ended and its pause is over; seconds of a monotonic clock."""
        ended = [daemon for daemon in self.daemons if daemon.pid() is None]
        if not ended or now < self.last_start + self._pause():
            return
        steady = now - self.last_start > _STEADY
        self.failures = 0 if steady else self.failures + 1
        self.last_start = now
        names = " and ".join(daemon.name for daemon in ended)
        try:
            self.start()
        except AutopostError as error:
            say(f"{names} ended and cannot be started: {error} Trying again in {self._pause():.0f} s.")
        else:
            say(f"{names} ended and was started again (log: {ended[0].log_path}).")

    def _pause(self) -> float:
        return min(_LONGEST, 2.0**self.failures) if self.failures else 0.0


def say(sentence: str) -> None:
    """One line of the log."""
    sys.stdout.write(f"{datetime.now():%H:%M:%S} {' '.join(sentence.split())}\n")  # noqa: DTZ005  # the reader's own clock
    sys.stdout.flush()


def kept_parts(settings: Settings) -> list[Kept]:
    """The servers first: the worker and the bot need them."""
    worker = worker_of(settings)
    parts = [Kept("worker", (worker,), lambda: start_worker(settings))]
    if settings.telegram_bot_token is not None:
        parts.append(Kept("bot", (bot_of(settings),), lambda: start_bot(settings)))
    stack = read_stack(settings.data_dir) if needs_stack(settings) else None
    if stack is not None:
        daemons = tuple(Daemon(name, settings.data_dir.resolve()) for name in stack.pids)
        parts.insert(0, Kept("servers", daemons, lambda: _restart_servers(settings, stack)))
    return parts


def _restart_servers(settings: Settings, before: StackState) -> None:
    """Start the servers; a worker or bot that knows other addresses is ended, to be started anew."""
    after = start_servers(settings)
    if after is not None and (after.mongodb_uri, after.redis_url, after.sandbox_url) != (
        before.mongodb_uri,
        before.redis_url,
        before.sandbox_url,
    ):
        worker_of(settings).stop()
        bot_of(settings).stop()


def main() -> None:
    stopped = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    parts = kept_parts(load_settings())
    say("Watching " + ", ".join(daemon.name for part in parts for daemon in part.daemons) + ".")
    while not stopped.wait(_PERIOD):
        for part in parts:
            part.look(time.monotonic())


if __name__ == "__main__":
    main()

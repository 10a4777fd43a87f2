"""Opens core for a command: settings, a log that is not in the way, and who acts."""

from __future__ import annotations

import asyncio
import functools
import getpass
import logging
import os
import signal
import sys
import traceback
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from core.domain.errors import AutopostError
from tui.cli.output import Output

if TYPE_CHECKING:
    from core.bootstrap import Core
    from core.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


def asynchronous(command: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """Let a command be a coroutine; SIGTERM and a lost terminal end it as Ctrl-C does."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        end_like_ctrl_c()
        return asyncio.run(command(*args, **kwargs))

    return run


def end_like_ctrl_c() -> None:
    """From now on SIGTERM and SIGHUP clean up as Ctrl-C does."""

    def interrupt(_number: int, _frame: object) -> None:
        signal.raise_signal(signal.SIGINT)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def settings_of(output: Output) -> Settings:
    """The settings, with the log of this process sent to ``logs/cli.log`` (``--debug``: to stderr)."""
    from core.log import configure  # noqa: PLC0415  # --help does not need it
    from core.settings import load_settings  # noqa: PLC0415  # takes 0.2 s

    settings = load_settings()
    if output.debug:
        configure(level="DEBUG")
        for name in ("pymongo", "redis", "asyncio"):
            logging.getLogger(name).setLevel(logging.INFO)
    else:
        configure(level="WARNING", stream=_log_path(settings.data_dir).open("a", encoding="utf-8"))
    return settings


@asynccontextmanager
async def opened(output: Output) -> AsyncGenerator[Core]:
    """Core on its servers. Raises UnavailableError, in one sentence, when they do not run."""
    from core.bootstrap import open_core  # noqa: PLC0415  # loads every adapter

    async with open_core(settings_of(output)) as core:
        yield core


def actor() -> str:
    """Who acts, for the history: ``cli:linh``."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # a user id without a name, as in containers
        return f"cli:{os.getuid()}"


def keep_traceback(error: Exception, *, show: bool) -> str:
    """Write an unexpected error to the log, or to stderr; says where it is to be found."""
    from core.log import redact  # noqa: PLC0415  # an error may afford it

    text = redact("".join(traceback.format_exception(error)))
    if show:
        sys.stderr.write(text)
        return "the traceback is above"
    path = Path(os.environ.get("AUTOPOST_DATA_DIR") or ".autopost")
    try:
        with _log_path(path).open("a", encoding="utf-8") as log:
            log.write(text)
    except (OSError, AutopostError):
        return "run it again with --debug for the details"
    return f"the details are in {_log_path(path)}"


def _log_path(data_dir: Path) -> Path:
    from core.local.processes import private_folder  # noqa: PLC0415  # --help does not need it

    private_folder(data_dir.resolve() / "logs")
    return data_dir / "logs" / "cli.log"

"""The stage of a rehearsal: servers, settings and a worker of its own, gone without a trace afterwards."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.bootstrap import Core
from core.local.stack import start_stack
from core.local.temporary import temporary_data_dir
from core.log import configure
from core.settings import Settings, load_settings
from tui.cli.running import start_worker, wait_for_worker, worker_of

_RATE: Final = 200
"""Posts per account and minute: a fortnight in two minutes is no reason to pace them."""
_DRAIN: Final = 5.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the rehearsal takes place; nothing of the person's own installation is reached from here."""

    settings: Settings
    sandbox_url: str

    async def start_worker(self, core: Core) -> None:
        """A real worker process. Returns once it waits for work."""
        await wait_for_worker(core, worker_of(self.settings), start_worker(self.settings))


@contextmanager
def open_stage(*, debug: bool) -> Generator[Stage]:
    """Servers and a folder of their own; inside, this process has no settings but theirs."""
    before = Path.cwd()
    with temporary_data_dir() as folder:
        stack = start_stack(folder)
        _forget_settings()
        os.environ.update(AUTOPOST_DATA_DIR=str(folder), THREADS_RATE_PER_MINUTE=str(_RATE))
        os.chdir(folder)  # a .env of the person's folder is none of the rehearsal's
        configure(level="INFO" if debug else "CRITICAL")
        stage = Stage(load_settings(), str(stack.sandbox_url))
        try:
            yield stage
        finally:
            worker_of(stage.settings).stop(_DRAIN)
            os.chdir(before)


def _forget_settings() -> None:
    """Take every setting out of the environment of this process and of those it starts."""
    names = {str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()}
    for name in list(os.environ):
        if name.upper() in names:
            del os.environ[name]

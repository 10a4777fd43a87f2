"""Data folders for tests and the demo, which leave nothing behind."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from core.local.processes import daemons_of, python_environment, python_module


@contextmanager
def temporary_data_dir() -> Generator[Path]:
    """A new data folder; it and every process started for it are gone after, whatever ends this process."""
    folder = Path(tempfile.mkdtemp(prefix="autopost-")).resolve()
    # The reaper waits for a byte, or for the end of its input, which comes even if we are killed.
    reaper = subprocess.Popen(  # noqa: S603 - our own module
        python_module("core.local.reaper", str(folder)),
        env=python_environment(),
        start_new_session=True,
        stdin=subprocess.PIPE,
    )
    try:
        yield folder
    finally:
        for daemon in daemons_of(folder):
            daemon.kill()
        reaper.communicate(b"\n")

"""One installation for all tests of the command line: a real stack with a worker and three accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from installed import Installation

from core.local.processes import daemons_of
from core.local.temporary import temporary_data_dir


@pytest.fixture(scope="session")
def running() -> Iterator[Installation]:
    """``autopost up -d`` has been run; accounts ``sandbox`` (default), ``north`` and ``south``."""
    with temporary_data_dir() as folder:
        installation = Installation(folder / "data")
        try:
            said = installation.run("up", "-d")
            assert said.code == 0, said.err
            for name in ("north", "south"):
                installation.json("accounts", "add", name)
            yield installation
        finally:
            _end(installation)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Installation]:
    """Nothing has been started yet; what a test starts is ended after it."""
    installation = Installation(tmp_path / "data")
    yield installation
    _end(installation)


def _end(installation: Installation) -> None:
    for daemon in sorted(daemons_of(installation.data_dir), key=lambda each: each.name != "supervisor"):
        daemon.kill()

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from core.local.processes import daemons_of


@pytest.fixture
def data_dir(tmp_path: Path) -> Generator[Path]:
    """A data folder that does not exist yet; what runs for it is killed after the test."""
    folder = tmp_path / "data"
    yield folder
    for daemon in daemons_of(folder):
        daemon.kill()

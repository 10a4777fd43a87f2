"""``python -m bench``, as `make bench` runs it; only the subject that needs no server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(  # noqa: S603  # the command under test
        command, capture_output=True, check=False, cwd=_ROOT, encoding="utf-8", timeout=120
    )


def test_each_figure_is_a_ratio_to_something_measured_in_the_same_run() -> None:
    """With --json every figure names what it is compared with, and its ratio is ours by the baseline."""
    done = bench("counting", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert len(said["figures"]) == 3
    for figure in said["figures"]:
        assert figure["against"] == "len(text.encode())"
        assert figure["ratio"] == pytest.approx(figure["ours"] / figure["baseline"])
    assert said["machine"].keys() == {"cores", "python", "load_before", "load_after"}


def test_the_table_has_a_line_per_figure_and_ends_with_the_machine() -> None:
    """For people the figures stand in columns, and the last line says where they were measured."""
    head, *lines, machine = bench("counting").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["counting"] * 3
    assert {len(line) for line in (head, *lines)} == {len(head)}
    assert machine.startswith("Machine: ")


def test_an_unknown_subject_is_refused_with_the_known_ones() -> None:
    """A wrong name is a usage error that lists the right ones."""
    done = bench("speed")
    assert done.returncode == 2
    assert "punctuality" in done.stderr

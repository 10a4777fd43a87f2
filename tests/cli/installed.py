"""The installed command, run as a person or a script would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")
AUTOPOST: Final = Path(sys.executable).with_name("autopost")
_PATIENCE: Final = 60.0
_SETTINGS: Final = ("MONGODB_", "REDIS_", "THREADS_", "TELEGRAM_", "AUTOPOST_", "TZ")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The last line of stdout."""
        return json.loads(self.out.splitlines()[-1])


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder, and the command that works on it; nothing of the tester's environment is set."""

    data_dir: Path
    settings: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
        return {**ours, "AUTOPOST_DATA_DIR": str(self.data_dir), **self.settings}

    def run(self, *arguments: str, stdin: str = "") -> Said:
        """Run to the end; not on a terminal."""
        done = subprocess.run(  # noqa: S603  # the command under test
            [AUTOPOST, *arguments],
            capture_output=True,
            check=False,
            cwd=self.data_dir.parent,
            encoding="utf-8",
            env=self.environment,
            input=stdin,
            timeout=120,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def json(self, *arguments: str, stdin: str = "") -> Any:
        """What a command that succeeds says with ``--json``."""
        said = self.run(*arguments, "--json", stdin=stdin)
        assert said.code == 0, said.err
        return said.json

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Run it beside the test."""
        return subprocess.Popen(  # noqa: S603  # the command under test
            [AUTOPOST, *arguments],
            cwd=self.data_dir.parent,
            encoding="utf-8",
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def post(self, post_id: str) -> dict[str, Any]:
        return self.json("posts", "show", post_id)

    def until(self, post_id: str, status: str) -> dict[str, Any]:
        """The post, once it has this status."""
        return eventually(lambda: self.post(post_id), lambda post: post["status"] == status)

    def feed(self) -> list[dict[str, Any]]:
        """What is live in the sandbox."""
        url = f"{self.json('status')['sandbox']['url']}/sandbox/feed"
        with urllib.request.urlopen(url) as answer:  # noqa: S310  # our own server on loopback
            return json.load(answer)["posts"]


def eventually(look: Callable[[], T], good: Callable[[T], bool]) -> T:
    """What is seen as soon as it is good; the last sight if it never is."""
    deadline = time.monotonic() + _PATIENCE
    while not good(seen := look()):
        assert time.monotonic() < deadline, seen
        time.sleep(0.05)
    return seen

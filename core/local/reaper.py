"""``python -m core.local.reaper FOLDER``: kills every process of that folder and deletes it, when told to.

It is told by a byte on its input, a pipe that the owner of a temporary data folder holds open, or by the end of
that input: the kernel closes the pipe however the owner ends, so nothing is left behind even by SIGKILL.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from core.local.processes import daemons_of


def main() -> None:
    folder = Path(sys.argv[1])
    sys.stdin.buffer.read(1)
    for daemon in daemons_of(folder):
        daemon.kill()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

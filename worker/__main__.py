"""Start a worker: ``python -m worker``."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys

from core.bootstrap import open_core
from core.domain.errors import AutopostError
from core.log import configure
from core.settings import Settings, load_settings
from worker.runner import serve

try:
    from uvloop import new_event_loop
except ImportError:
    from asyncio import new_event_loop


def main() -> int:
    """Run until told to stop; 0 then, 1 with one sentence when it cannot start."""
    configure()
    logging.getLogger("taskiq").setLevel(logging.WARNING)
    try:
        run(load_settings())
    except AutopostError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def run(settings: Settings) -> None:
    """Run a worker on uvloop where there is one."""
    # What was loaded until now is left out of garbage collection, which else takes a post's milliseconds.
    gc.collect()
    gc.freeze()
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(serve(settings, open_core))


if __name__ == "__main__":
    sys.exit(main())

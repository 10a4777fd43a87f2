"""Start the bot: ``python -m bot``."""

from __future__ import annotations

import asyncio
import gc
import sys

from bot.runner import serve
from core.bootstrap import open_core
from core.domain.errors import AutopostError
from core.log import configure
from core.settings import load_settings

try:
    from uvloop import new_event_loop
except ImportError:
    from asyncio import new_event_loop


def main() -> int:
    """Run until told to stop; 0 then, 1 with one sentence when it cannot start."""
    configure()
    # What was loaded until now is left out of garbage collection, which else keeps a tap waiting for 40 ms.
    gc.collect()
    gc.freeze()
    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(serve(load_settings(), open_core))
    except AutopostError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

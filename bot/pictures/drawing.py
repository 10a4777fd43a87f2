"""Where pictures are drawn: in one thread, since a drawing keeps the processor from everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec

P = ParamSpec("P")

_ONE: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")


async def drawn(draw: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
    """What a drawing function of :mod:`bot.pictures` makes of its subject, one after another."""
    return await asyncio.get_running_loop().run_in_executor(_ONE, lambda: draw(*args, **kwargs))

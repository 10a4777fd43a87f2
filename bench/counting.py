"""Counting the 500 characters of a post, against encoding them.

Threads counts an emoji as its UTF-8 bytes, so whoever counts has to find the emoji. The baseline is
``len(text.encode())``, the least that anybody does who asks for bytes at all. CPU time, so that a busy machine
does not count; medians of the rounds.
"""

from __future__ import annotations

import time
import timeit
from collections.abc import Callable
from statistics import median
from typing import Final

from bench.figures import Figure
from core.domain.text import TEXT_LIMIT, count_text

_CALLS: Final = 500
_ROUNDS: Final = 9
_TEXTS: Final = {
    "ASCII": "Coffee and cake from half past six. ",
    "Vietnamese": "Cà phê sữa đá mở cửa từ sáu giờ rưỡi. ",
    "emoji": "☕🍰👩🏽‍🍳❤️👨‍👩‍👧‍👦🇻🇳1️⃣",
}


async def run() -> list[Figure]:
    """Microseconds per text."""
    return [_compared(kind, (part * TEXT_LIMIT)[:TEXT_LIMIT]) for kind, part in _TEXTS.items()]


def _compared(kind: str, text: str) -> Figure:
    rounds = [(_timed(lambda: count_text(text)), _timed(lambda: len(text.encode()))) for _ in range(_ROUNDS)]
    ours, plain = (median(column) for column in zip(*rounds, strict=True))
    return Figure(
        subject="counting",
        what=f"{TEXT_LIMIT} characters, {kind}",
        ours=ours,
        baseline=plain,
        unit="µs",
        against="len(text.encode())",
    )


def _timed(call: Callable[[], object]) -> float:
    return timeit.timeit(call, timer=time.process_time, number=_CALLS) / _CALLS * 1e6

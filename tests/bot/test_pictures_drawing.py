"""Pictures are drawn one after another."""

from __future__ import annotations

import asyncio
import threading

from bot.pictures.drawing import drawn


async def test_one_picture_is_drawn_at_a_time() -> None:
    """Many previews at once do not keep the processor from answering people."""
    under_way = threading.Semaphore(1)
    alone: list[bool] = []

    def draw(name: str) -> bytes:
        free = under_way.acquire(blocking=False)
        threading.Event().wait(0.01)  # as long as a small drawing
        alone.append(free)
        under_way.release()
        return name.encode()

    names = [str(number) for number in range(12)]
    assert await asyncio.gather(*(drawn(draw, name) for name in names)) == [name.encode() for name in names]
    assert alone == [True] * 12

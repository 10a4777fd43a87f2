"""Telegram on a bad day: what the next calls of a method meet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["error", "garbage", "dropped", "unanswered", "slow", "held"]


@dataclass(eq=False, slots=True)
class Fault:
    """One kind of trouble; build it by the functions below."""

    kind: Kind
    code: int = 0
    description: str = ""
    seconds: float = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)
    met: int = 0


def too_many_requests(retry_after: int) -> Fault:
    """429 with ``retry_after`` in seconds."""
    return Fault("error", 429, f"Too Many Requests: retry after {retry_after}", retry_after)


def server_error() -> Fault:
    """500 in JSON; nothing was done."""
    return Fault("error", 500, "Internal Server Error")


def refused(code: int, description: str) -> Fault:
    """Any other error in JSON; nothing was done."""
    return Fault("error", code, description)


def bad_gateway() -> Fault:
    """502 with a page of HTML; nothing was done."""
    return Fault("garbage", 502)


def dropped() -> Fault:
    """The connection closes, and nothing was done."""
    return Fault("dropped")


def unanswered() -> Fault:
    """The work is done, and the connection closes without an answer."""
    return Fault("unanswered")


def slow(seconds: float) -> Fault:
    """The call takes this much longer."""
    return Fault("slow", seconds=seconds)


def held() -> Fault:
    """The call waits until the test sets ``released``."""
    return Fault("held")

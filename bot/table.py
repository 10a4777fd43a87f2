"""All that the bot can do: the flows, and what it does unasked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from bot import duties
from bot.flows import (
    accounts,
    attention,
    calendar,
    composing,
    exporting,
    hello,
    imports,
    people,
    post_actions,
    queue,
    settings,
    stats,
    status,
    workbooks,
)
from bot.outgoing import Outgoing
from bot.routes import Routes, merged
from core.bootstrap import Core

Duty = Callable[[Core, Outgoing], Coroutine[Any, Any, None]]
"""Goes on until it is cancelled, in the one process that leads."""

_FLOWS: Final = (
    *(hello, composing, queue, post_actions, attention, calendar, stats),
    *(workbooks, imports, exporting, accounts, people, settings, status),
)
ROUTES: Final[Routes] = merged(flow.ROUTES for flow in _FLOWS)
DUTIES: Final[tuple[Duty, ...]] = (duties.deliver, duties.watch)

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
_WHEN_LATE: Final = {
    "d_now_yes": "d_now",
    "d_discard": "d_show",
    "p_now_yes": "p_now",
    "p_delete_yes": "p_delete",
    "p_skip_yes": "p_skip",
    "f_now": "f_show",
    "f_retry": "f_show",
    "f_skip_yes": "f_skip",
    "f_stop_yes": "f_stop",
    "n_do": "n_ask",
    "x_go": "x_show",
    "x_undo": "x_ask_undo",
    "a_resume": "a_open",
}
ROUTES: Final[Routes] = merged((*(flow.ROUTES for flow in _FLOWS), Routes(when_late=_WHEN_LATE)))
DUTIES: Final[tuple[Duty, ...]] = (duties.deliver,)
VIGILS: Final[tuple[Duty, ...]] = (duties.watch,)
"""Duties that go on while MongoDB cannot say who leads, until it says that another process does."""

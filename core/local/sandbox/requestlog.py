"""Every call that the API received, to the fraction of a millisecond: the judge of lateness and duplicates.

A call is written when it arrives and completed just before its answer leaves, so that one which hangs,
is dropped or is cut short by a crash shows too. Tokens and texts are never written.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import time_ns
from typing import Any

from core.local.sandbox.state import State

_KEPT = 200_000


def now_ms() -> float:
    """Epoch milliseconds of the machine's clock, with a fraction; never moved by the sandbox's clock."""
    return time_ns() / 1e6


@dataclass(slots=True)
class Entry:
    """One received call. ``status`` stays None until it is answered; 0 means: dropped without an answer."""

    received_at_ms: float
    method: str
    path: str
    operation: str
    seq: int = 0
    user_id: str | None = None
    username: str | None = None
    creation_id: str | None = None
    reply_to_id: str | None = None
    media_id: str | None = None
    status: int | None = None
    code: int | None = None
    subcode: int | None = None
    fault: str | None = None

    def open(self, state: State) -> None:
        cursor = state.run(
            "INSERT INTO requests (received_at_ms, method, path, operation, user_id, username, creation_id, "
            "reply_to_id, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(self.received_at_ms, self.method, self.path, self.operation, self.user_id, self.username),
            *(self.creation_id, self.reply_to_id, self.fault),
        )
        self.seq = cursor.lastrowid or 0

    def close(self, state: State) -> None:
        state.run(
            "UPDATE requests SET answered_at_ms = ?, creation_id = ?, media_id = ?, status = ?, code = ?, "
            "subcode = ?, fault = ? WHERE seq = ?",
            *(
                now_ms(),
                self.creation_id,
                self.media_id,
                self.status,
                self.code,
                self.subcode,
                self.fault,
                self.seq,
            ),
        )


def read_log(state: State, path: str, since: float, user: str) -> list[dict[str, Any]]:
    """Return calls in the order of arrival.

    Args:
        state: the sandbox.
        path: a part of the path, or an operation by its name; empty for all.
        since: epoch milliseconds; calls received at this moment or later.
        user: a username or user id; empty for all.
    """
    rows = state.all(
        "SELECT * FROM requests WHERE received_at_ms >= ? AND (instr(path, ?) OR operation = ?) "
        "AND (? = '' OR username = ? OR user_id = ?) ORDER BY seq",
        *(since, path, path, user, user, user),
    )
    return [dict(row) for row in rows]


def prune_log(state: State) -> None:
    """Forget all but the newest calls, so that the file stays small."""
    state.run("DELETE FROM requests WHERE seq <= (SELECT max(seq) FROM requests) - ?", _KEPT)

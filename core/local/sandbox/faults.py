"""Faults on demand: what Threads and the network do wrong, armed by ``POST /sandbox/faults``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

from core.local.sandbox import errors
from core.local.sandbox.errors import GraphError
from core.local.sandbox.state import State


class Stage(Enum):
    """When a fault takes effect in the life of a call."""

    BEFORE = "before the work is done"
    AFTER = "after the work is done"
    CONTAINER = "on the container that the call makes"
    STATUS = "on the status that the call reads"


@dataclass(frozen=True, slots=True)
class Fault:
    """One armed fault: what happens, how often, and to which calls; an empty condition fits every call.

    ``on`` is an operation (``create``, ``publish``, ``status``, ...) or ``any``; ``user`` a username or
    user id; ``path`` and ``text`` are parts. ``seconds`` is how long a slow call or a lag takes.
    """

    kind: str
    count: int = 1
    on: str = ""
    user: str = ""
    path: str = ""
    text: str = ""
    seconds: float = 0.0
    error_message: str = ""
    http: int = 400
    code: int = 0
    subcode: int | None = None
    message: str = ""

    @property
    def stage(self) -> Stage:
        return _STAGES.get(self.kind, Stage.BEFORE)

    def fits(self, call: Target) -> bool:
        return (
            self.on in {call.operation, "any"}
            and self.user in {"", call.user_id, call.username}
            and self.path in call.path
            and self.text in call.text
        )


@dataclass(frozen=True, slots=True)
class Target:
    """The call that a fault is compared with."""

    operation: str
    path: str
    user_id: str
    username: str
    text: str


_REFUSALS: dict[str, Callable[[], GraphError]] = {
    "server_error": errors.unexpected,
    "media_not_found": lambda: errors.media_not_found("1784"),
    "rate_limit": errors.rate_limited,
    "blocked": lambda: GraphError("Action is blocked", 4, 2207051, http=403, transient=False),
    "token_expired": lambda: errors.token_expired(1767254400.0, 1767258000.0),
    "password_changed": lambda: GraphError(
        "Error validating access token: The session has been invalidated because the user changed their "
        "password or Facebook has changed the session for security reasons.",
        190,
        460,
    ),
    "policy_block": lambda: GraphError(
        "The action attempted has been deemed abusive or is otherwise disallowed", 368
    ),
    "media_download": lambda: errors.media_download("https://example.com/media"),
    "carousel_children": lambda: errors.carousel_children("1,2"),
    "link_attachment": lambda: GraphError("Fatal", -1, 4279047, transient=False),
}
_STAGES = {
    "drop_after": Stage.AFTER,
    "error_after": Stage.AFTER,
    "slow_after": Stage.AFTER,
    "container_error": Stage.CONTAINER,
    "container_stuck": Stage.CONTAINER,
    "lag": Stage.CONTAINER,
    "stale_status": Stage.STATUS,
}
_USUAL_OPERATION = {Stage.CONTAINER: "create", Stage.STATUS: "status"}
_NUMBERS: dict[str, tuple[type, ...]] = {
    "count": (int,),
    "seconds": (int, float),
    "http": (int,),
    "code": (int,),
    "subcode": (int, type(None)),
}
_OTHERS = ("drop_before", "slow", "html_502", "error")
KINDS = tuple(sorted((*_REFUSALS, *_STAGES, *_OTHERS)))


def refusal(fault: Fault) -> GraphError | None:
    """Return the error that ``fault`` answers with, None for a fault of another sort."""
    if fault.kind == "error":
        return GraphError(fault.message or "Error", fault.code, fault.subcode, http=fault.http)
    make = _REFUSALS.get(fault.kind)
    return None if make is None else make()


def parse_fault(values: Mapping[str, Any]) -> Fault:
    """Read a fault from JSON.

    Raises:
        ValueError: the kind or a field is not known; the sentence says what is possible.
    """
    unknown = set(values) - set(Fault.__dataclass_fields__)
    if unknown:
        fields = ", ".join(Fault.__dataclass_fields__)
        raise ValueError(f'A fault has no field "{min(unknown)}": use {fields}.')
    if values.get("kind") not in KINDS:
        raise ValueError(f'The "kind" of a fault must be one of {", ".join(KINDS)}.')
    for name, value in values.items():
        wanted = _NUMBERS.get(name, (str,))
        if not isinstance(value, wanted) or isinstance(value, bool):
            kind = "a text" if wanted == (str,) else "a number"
            raise ValueError(f'The "{name}" of a fault must be {kind}.')  # noqa: TRY004  # one error for every wrong field
    fault = Fault(**values)
    return fault if fault.on else replace(fault, on=_USUAL_OPERATION.get(fault.stage, "publish"))


def arm(state: State, fault: Fault) -> int:
    """Keep ``fault`` until it has happened ``count`` times; the id by which the list shows it."""
    sql = "INSERT INTO faults (kind, remaining, fault) VALUES (?, ?, ?)"
    return state.run(sql, fault.kind, fault.count, json.dumps(asdict(fault))).lastrowid or 0


def disarm_all(state: State) -> int:
    return state.run("DELETE FROM faults").rowcount


def armed(state: State) -> list[dict[str, Any]]:
    rows = state.all("SELECT * FROM faults ORDER BY id")
    return [{"id": row["id"], **json.loads(row["fault"]), "remaining": row["remaining"]} for row in rows]


def take(state: State, stage: Stage, call: Target) -> Fault | None:
    """Use up the oldest fault of ``stage`` that fits ``call``."""
    for row in state.all("SELECT * FROM faults ORDER BY id"):
        fault = Fault(**json.loads(row["fault"]))
        if fault.stage is not stage or not fault.fits(call):
            continue
        if row["remaining"] <= 1:
            state.run("DELETE FROM faults WHERE id = ?", row["id"])
        else:
            state.run("UPDATE faults SET remaining = remaining - 1 WHERE id = ?", row["id"])
        return fault
    return None

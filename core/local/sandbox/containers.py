"""Containers: a post in preparation, from IN_PROGRESS to FINISHED, ERROR, EXPIRED or PUBLISHED."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from core.local.sandbox.call import Answer, Call
from core.local.sandbox.content import Content
from core.local.sandbox.errors import missing_object
from core.local.sandbox.faults import Stage
from core.local.sandbox.fields import chosen
from core.local.sandbox.state import State

LIFE = 86400.0
"""Seconds after which a container that was not published is EXPIRED (D: troubleshooting)."""
_FIELDS = frozenset({"id", "status", "error_message"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container as it stands on disk; times are epoch seconds on the sandbox's clock.

    ``visible_at`` is the moment from which publishing finds it: later than ``ready_at`` while the lag of
    Meta's replication is played.
    """

    id: str
    user_id: str
    media_type: str
    content: Content
    created_at: float
    ready_at: float
    visible_at: float
    fetching: bool = False
    error_message: str | None = None
    media_id: str | None = None

    def status(self, now: float) -> str:
        if self.media_id:
            return "PUBLISHED"
        if self.error_message and now >= self.ready_at:
            return "ERROR"
        if now >= self.created_at + LIFE:
            return "EXPIRED"
        return "IN_PROGRESS" if self.fetching or now < self.ready_at else "FINISHED"


def insert_container(state: State, container: Container) -> None:
    state.run(
        "INSERT INTO containers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(container.id, container.user_id, container.media_type, container.content.to_json()),
        *(container.created_at, container.ready_at, container.visible_at, int(container.fetching)),
        *(container.error_message, container.media_id),
    )


def find_container(state: State, container_id: str) -> Container | None:
    row = state.one("SELECT * FROM containers WHERE id = ?", container_id)
    return None if row is None else _container(row)


def unfetched(state: State) -> list[Container]:
    """Return the containers whose video still has to be downloaded."""
    return [_container(row) for row in state.all("SELECT * FROM containers WHERE fetching = 1")]


async def read_status(call: Call, container: Container) -> Answer:
    """GET /{container}: HTTP 200 even for ERROR; ``error_message`` only then. Default: id and status."""
    if container.user_id != call.me.user_id:
        raise missing_object(container.id, "get")
    stale = container.media_id is not None and call.take_fault(Stage.STATUS) is not None
    status = "FINISHED" if stale else container.status(call.state.now())
    values = {"id": container.id, "status": status}
    if status == "ERROR" and container.error_message:
        values["error_message"] = container.error_message
    return chosen(values, _FIELDS, call.params.get("fields", "id,status"), "ThreadsContainer")


def _container(row: sqlite3.Row) -> Container:
    return Container(
        id=row["id"],
        user_id=row["user_id"],
        media_type=row["media_type"],
        content=Content.from_json(row["spec"]),
        created_at=row["created_at"],
        ready_at=row["ready_at"],
        visible_at=row["visible_at"],
        fetching=bool(row["fetching"]),
        error_message=row["error_message"],
        media_id=row["media_id"],
    )

"""What the services need from the world, as protocols.

Every time is an aware datetime in UTC. Stores write with majority acknowledgement; a write that lost
a race returns None or False, it does not raise. A server that cannot be reached raises
:class:`core.domain.errors.UnavailableError`.
"""

from __future__ import annotations

from core.ports.engine import Alarm, AlarmState, Clock, Dispatch, Engine, Processes, WorkerBeat
from core.ports.stores import (
    AccountBusyError,
    AccountStore,
    Agenda,
    BatchStore,
    PostFilter,
    PostStore,
    PublicationLog,
    SeriesStore,
)
from core.ports.threads import (
    ContainerSpec,
    ContainerState,
    ContainerStatus,
    IssuedToken,
    Profile,
    Quota,
    RemotePost,
    Threads,
)
from core.ports.workbooks import Workbooks

__all__ = [
    "AccountBusyError",
    "AccountStore",
    "Agenda",
    "Alarm",
    "AlarmState",
    "BatchStore",
    "Clock",
    "ContainerSpec",
    "ContainerState",
    "ContainerStatus",
    "Dispatch",
    "Engine",
    "IssuedToken",
    "PostFilter",
    "PostStore",
    "Processes",
    "Profile",
    "PublicationLog",
    "Quota",
    "RemotePost",
    "SeriesStore",
    "Threads",
    "Workbooks",
    "WorkerBeat",
]

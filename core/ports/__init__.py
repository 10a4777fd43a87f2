"""What the services need from the world, as protocols.

Every time is an aware datetime in UTC. Stores write with majority acknowledgement; a write that lost
a race returns None or False, it does not raise. A server that cannot be reached raises
:class:`core.domain.errors.UnavailableError`.
"""

from __future__ import annotations

from core.ports.engine import Alarm, AlarmState, Clock, Dispatch, Engine, Processes, WorkerBeat
from core.ports.media import MediaStorage
from core.ports.notices import Events, NoticeStore
from core.ports.people import (
    CardStore,
    CompositionStore,
    InvitationStore,
    LeaseStore,
    LetterBox,
    PersonStore,
    TalkStore,
)
from core.ports.stores import (
    AccountBusyError,
    AccountStore,
    Agenda,
    BatchStore,
    PostFilter,
    PostStore,
    PublicationLog,
    SeriesStore,
    Tallied,
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
from core.ports.uploads import UploadStore
from core.ports.workbooks import Workbooks

__all__ = [
    "AccountBusyError",
    "AccountStore",
    "Agenda",
    "Alarm",
    "AlarmState",
    "BatchStore",
    "CardStore",
    "Clock",
    "CompositionStore",
    "ContainerSpec",
    "ContainerState",
    "ContainerStatus",
    "Dispatch",
    "Engine",
    "Events",
    "InvitationStore",
    "IssuedToken",
    "LeaseStore",
    "LetterBox",
    "MediaStorage",
    "NoticeStore",
    "PersonStore",
    "PostFilter",
    "PostStore",
    "Processes",
    "Profile",
    "PublicationLog",
    "Quota",
    "RemotePost",
    "SeriesStore",
    "TalkStore",
    "Tallied",
    "Threads",
    "UploadStore",
    "Workbooks",
    "WorkerBeat",
]

"""What the services need from the world: a page of protocols.

Every time is an aware datetime in UTC. Stores write with majority acknowledgement; a write that lost
a race returns None or False, it does not raise. A server that cannot be reached raises
:class:`core.domain.errors.UnavailableError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.domain.account import Account, Credentials
from core.domain.batch import Batch
from core.domain.post import Media, Post, PostStatus, PostType, ReplyControl
from core.domain.publication import Publication
from core.domain.secret import Secret
from core.domain.series import Series
from core.domain.sheet import RawSheet
from core.domain.sheet_result import RowResult


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, corrected to the clock of Redis, which all workers share."""
        ...

    async def hold_until(self, moment: datetime) -> None:
        """Return at ``moment`` (within a millisecond or two), never before it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """Which posts; None means any. Intervals are half-open: since <= scheduled_at < until."""

    ids: Sequence[str] | None = None
    account_id: str | None = None
    statuses: Sequence[PostStatus] | None = None
    batch_id: str | None = None
    series_id: str | None = None
    sheet_ids: Sequence[str] | None = None
    content_hashes: Sequence[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    held: bool | None = None
    text: str | None = None
    """Part of the text, any case."""


class PostStore(Protocol):
    """Posts. :meth:`save` is the only writer of a status."""

    async def add(self, posts: Sequence[Post]) -> list[str]:
        """Insert; the ids of those that were new (an id that exists is left as it is)."""
        ...

    async def get(self, post_id: str) -> Post | None: ...

    async def find(self, which: PostFilter, *, limit: int = 100, skip: int = 0) -> list[Post]:
        """In order of scheduled_at (drafts last), then id; without history."""
        ...

    async def count(self, which: PostFilter) -> dict[PostStatus, int]: ...

    async def save(self, before: Post, after: Post, *, who: str, why: str, at: datetime) -> Post | None:
        """Write what differs, if the post still has the version and status of ``before``.

        A change of status must be legal (:mod:`core.domain.lifecycle`) and is appended to the history.
        Returns ``after`` with its new version, or None when somebody else was first. Raises
        :class:`AccountBusyError` when ``in_flight`` is set while another post of the account has it.
        """
        ...

    async def delete(self, post: Post) -> bool:
        """Remove it if it still has this version."""
        ...

    async def claim_due(self, *, until: datetime, by: str, now: datetime, limit: int) -> list[Post]:
        """Claim in bulk what is due up to ``until``; each comes back with its claim and new version.

        Its due_at becomes the end of the claim, so that a lost message heals by itself.
        """
        ...

    async def release_claims(self) -> int:
        """Give back every claim that was not taken up: due again at its eta. How many."""
        ...

    async def release_account(self, account_id: str, *, now: datetime) -> int:
        """Make the posts that wait for the account's publish call due now. How many."""
        ...

    async def published_same(
        self, account_id: str, content_hash: str, *, since: datetime, but: str
    ) -> Post | None:
        """A post with this content that was published since then, or may have been; not ``but`` itself."""
        ...


class AccountBusyError(Exception):
    """Another publish call of the same account is in flight."""


class AccountStore(Protocol):
    async def add(self, account: Account) -> bool:
        """Insert; False when its name or user id is taken."""
        ...

    async def get(self, account_id: str) -> Account | None: ...

    async def by_name(self, name: str) -> Account | None: ...

    async def list(self) -> list[Account]: ...

    async def save(self, before: Account, after: Account) -> Account | None: ...

    async def set_default(self, account_id: str) -> None: ...

    async def delete(self, account: Account) -> bool: ...

    async def claim_due(self, *, until: datetime, now: datetime, limit: int) -> list[Account]: ...


class SeriesStore(Protocol):
    async def add(self, series: Sequence[Series]) -> None: ...

    async def get(self, series_id: str) -> Series | None: ...

    async def find(self, *, account_id: str | None = None, batch_id: str | None = None) -> list[Series]: ...

    async def by_sheet_ids(self, sheet_ids: Sequence[str]) -> list[Series]: ...

    async def save(self, before: Series, after: Series) -> Series | None: ...

    async def delete(self, series_id: str) -> bool: ...

    async def claim_due(self, *, until: datetime, now: datetime, limit: int) -> list[Series]: ...


class BatchStore(Protocol):
    async def add(self, batch: Batch) -> None: ...

    async def get(self, batch_id: str) -> Batch | None: ...

    async def recent(self, limit: int = 20) -> list[Batch]: ...

    async def save(self, batch: Batch) -> None: ...


class PublicationLog(Protocol):
    """The ledger of publish attempts."""

    async def append(self, publication: Publication) -> None: ...

    async def answer(self, publication: Publication) -> None:
        """Store the answer of an attempt that was appended before."""
        ...

    async def of_post(self, post_id: str) -> list[Publication]: ...

    async def nth_latest(self, account_id: str, n: int, *, since: datetime) -> datetime | None:
        """When the n-th latest post (not reply) of the account was sent, if that is after ``since``."""
        ...

    async def latenesses(self, *, since: datetime) -> list[float]:
        """Milliseconds from scheduled time to publish call of posts published since then."""
        ...

    async def media_ids(self, account_id: str, media_ids: Sequence[str]) -> set[str]:
        """Which of these media ids are bound to a post of ours already."""
        ...


class Agenda(Protocol):
    async def next_due(self) -> datetime | None:
        """The smallest due_at over posts, accounts and series, in one indexed query."""
        ...


class Alarm(Protocol):
    """The one timer: a hint in Redis at which moment to look at MongoDB."""

    async def arm(self, at: datetime) -> None:
        """Look at ``at`` at the latest. Replaces only a later time, and wakes the workers then."""
        ...

    async def rearm(self, at: datetime) -> None:
        """What a check found to be next; never later than what was armed since the check was fired."""
        ...


@dataclass(frozen=True, slots=True)
class AlarmState:
    """When the next look at MongoDB is armed, and when the last one was; None if Redis does not know."""

    next_at: datetime | None
    last_check: datetime | None


@dataclass(frozen=True, slots=True)
class WorkerBeat:
    """A worker that was alive at ``seen_at``."""

    name: str
    seen_at: datetime


class Engine(Protocol):
    """What Redis knows of the running system."""

    async def alarm_state(self) -> AlarmState: ...

    async def workers(self) -> list[WorkerBeat]:
        """Workers whose heartbeat has not expired, the newest first."""
        ...


class Dispatch(Protocol):
    async def publish(self, post: Post) -> None:
        """Send a claimed post to the publishing queue, to be done at its claim's eta."""
        ...

    async def prepare(self, post: Post) -> None:
        """Send a claimed post to the preparing queue, to be done at its claim's eta."""
        ...

    async def refresh(self, account: Account) -> None:
        """Send an account whose token has to be refreshed to the preparing queue."""
        ...


class Workbooks(Protocol):
    """Excel files, read and written where they can do no harm."""

    async def read(self, data: bytes, file_name: str) -> RawSheet:
        """The sheet with the calendar. Raises WorkbookError, one sentence, for what cannot be read."""
        ...

    async def write_result(self, source: bytes, results: Sequence[RowResult]) -> bytes:
        """The same workbook with the results filled in. Raises WorkbookError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerSpec:
    """Parameters of ``POST /{user}/threads`` (threads_api fact sheet §3)."""

    type: PostType
    text: str = ""
    media: Media | None = None
    children: tuple[str, ...] = ()
    carousel_item: bool = False
    reply_to_id: str | None = None
    reply_control: ReplyControl | None = None
    topic: str = ""
    link_attachment: str = ""


class ContainerState(StrEnum):
    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    PUBLISHED = "PUBLISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class ContainerStatus:
    state: ContainerState
    error: str = ""
    """Threads' error_message, such as FAILED_DOWNLOADING_VIDEO; empty unless state is ERROR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePost:
    """A post as Threads lists it. ``media_type`` is TEXT_POST, IMAGE, VIDEO or CAROUSEL_ALBUM."""

    id: str
    text: str
    timestamp: datetime
    permalink: str | None
    media_type: str
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """Used and total of a rolling 24 h window."""

    used: int
    total: int


@dataclass(frozen=True, slots=True)
class Profile:
    user_id: str
    username: str


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """``expires_in`` is in seconds, None when Threads did not say."""

    token: Secret
    expires_in: int | None


class Threads(Protocol):
    """The Threads API. Every call raises :class:`core.domain.failures.ThreadsError` on failure."""

    async def warm(self, connections: int = 1) -> None:
        """Have open connections ready, so that a call at a due time needs no handshake."""
        ...

    async def create_container(self, who: Credentials, spec: ContainerSpec) -> str:
        """The creation id. May be repeated: an orphan container is harmless."""
        ...

    async def container_status(self, who: Credentials, creation_id: str) -> ContainerStatus: ...

    async def publish(self, who: Credentials, creation_id: str) -> str:
        """The media id. Sent once, never repeated here; waits up to 240 s for the answer."""
        ...

    async def recent_posts(
        self, who: Credentials, *, since: datetime, replies: bool = False
    ) -> list[RemotePost]: ...

    async def media(self, who: Credentials, media_id: str) -> RemotePost: ...

    async def publishing_limit(self, who: Credentials) -> Quota: ...

    async def delete(self, who: Credentials, media_id: str) -> None: ...

    async def insights(self, who: Credentials, media_id: str) -> dict[str, int]: ...

    async def profile(self, token: Secret) -> Profile: ...

    async def refresh(self, token: Secret) -> IssuedToken: ...

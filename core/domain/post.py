"""A post: what is written, when it goes out, and what has happened to it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from core.domain.failures import Failure


class PostStatus(StrEnum):
    """The five states of a post; who may leave each stands in :mod:`core.domain.lifecycle`."""

    DRAFT = "DRAFT"
    """Written, without a time: a person schedules it."""
    SCHEDULED = "SCHEDULED"
    """Has a time; the worker prepares and publishes it, a person may still change it."""
    PUBLISHING = "PUBLISHING"
    """The publish call is on its way or its outcome is not known: only the worker moves it."""
    PUBLISHED = "PUBLISHED"
    """Live on Threads under ``media_id``. Final."""
    FAILED = "FAILED"
    """Not on Threads, with an error that says why: a person retries, edits or deletes it."""


EDITABLE = frozenset({PostStatus.DRAFT, PostStatus.SCHEDULED, PostStatus.FAILED})


class MediaKind(StrEnum):
    IMAGE = "IMAGE"
    VIDEO = "VIDEO"


class PostType(StrEnum):
    """Threads' ``media_type`` of a container."""

    TEXT = "TEXT"
    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    CAROUSEL = "CAROUSEL"


class ReplyControl(StrEnum):
    """Who may reply, in Threads' own words."""

    EVERYONE = "everyone"
    ACCOUNTS_YOU_FOLLOW = "accounts_you_follow"
    MENTIONED_ONLY = "mentioned_only"
    PARENT_POST_AUTHOR_ONLY = "parent_post_author_only"
    FOLLOWERS_ONLY = "followers_only"


class Hold(StrEnum):
    """Why nothing is done to a post although its time may have come."""

    ACCOUNT = "account"
    """The account has to be linked again or is restricted."""
    PAUSED = "paused"
    """The account is paused."""
    OUTCOME_UNKNOWN = "outcome_unknown"
    """Threads' answer to the publish call was lost and cannot be settled yet."""
    MISSED = "missed"
    """The time passed while the system was down and the account's policy is to ask."""


class Step(StrEnum):
    """Where a post stands on its way, as shown to people."""

    WAITING = "waiting"
    CREATING_CONTAINER = "creating container"
    PROCESSING_MEDIA = "processing media"
    READY = "ready"
    PUBLISHING = "publishing"
    CHECKING_OUTCOME = "checking outcome"
    POSTING_REPLIES = "posting replies"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or video at a public URL that Threads downloads."""

    kind: MediaKind
    url: str
    alt_text: str = ""


class ReplyKind(StrEnum):
    FIRST_COMMENT = "first_comment"
    THREAD_PART = "thread_part"


class ReplyState(StrEnum):
    """The state of one reply; a reply that fails never touches its post."""

    PENDING = "PENDING"
    POSTING = "POSTING"
    POSTED = "POSTED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Container:
    """A media container at Threads, on its way to being published (Threads: creation id).

    ``children`` are the containers of a carousel's items, in order; ``finished`` says that Threads
    reported FINISHED; ``ambiguous`` that a publish of it had no definite answer, after which it is
    never replaced by a new one without proof.
    """

    creation_id: str | None = None
    created_at: datetime | None = None
    finished: bool = False
    children: tuple[Container, ...] = ()
    ambiguous: bool = False
    polls: int = 0
    rebuilds: int = 0


@dataclass(frozen=True, slots=True)
class PublishIntent:
    """Stored before ``threads_publish`` is sent: which container, when, and by which moment at the latest."""

    creation_id: str
    at: datetime
    attempt: int
    send_by: datetime
    by: str = ""
    """The process that sends it (:class:`core.ports.Processes`)."""
    asked: int = 0
    """How often Threads has been asked about a lost answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A first comment or thread part that belongs to a post, with its own way to Threads."""

    kind: ReplyKind
    text: str
    state: ReplyState = ReplyState.PENDING
    container: Container | None = None
    intent: PublishIntent | None = None
    attempts: int = 0
    error: Failure | None = None
    media_id: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Handed to a worker by a due check; ``eta`` is the moment at which it is to be done."""

    by: str
    eta: datetime


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a post: who made it, when, from which status to which, and why."""

    at: datetime
    who: str
    was: PostStatus | None
    now: PostStatus
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What appears on Threads."""

    text: str = ""
    media: tuple[Media, ...] = ()
    replies: tuple[str, ...] = ()
    """Thread parts after the first, in order."""
    first_comment: str = ""
    topic: str = ""
    reply_control: ReplyControl | None = None
    link_attachment: str = ""

    @property
    def type(self) -> PostType:
        """The container type, derived from the media alone."""
        match self.media:
            case ():
                return PostType.TEXT
            case (single,):
                return PostType(single.kind)
            case _:
                return PostType.CAROUSEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post and its whole state. Times are aware, UTC.

    ``due_at`` is the next moment at which something must be done to it, whatever that is (see
    :func:`core.domain.lifecycle.next_step`); None means never. ``version`` grows with every write and
    is the fencing number: whoever holds an older one can change nothing.
    """

    id: str
    account_id: str
    content: Content
    content_hash: str
    status: PostStatus = PostStatus.DRAFT
    scheduled_at: datetime | None = None
    zone: str = "UTC"
    due_at: datetime | None = None
    hold: Hold | None = None
    step: Step = Step.WAITING
    container: Container | None = None
    intent: PublishIntent | None = None
    attempts: int = 0
    error: Failure | None = None
    claim: Claim | None = None
    in_flight: bool = False
    """A publish call of the account is on its way: one per account, kept by a unique index."""
    waits: bool = False
    """Waits until the account's publish call in flight has ended."""
    published_at: datetime | None = None
    media_id: str | None = None
    permalink: str | None = None
    replies: tuple[Reply, ...] = ()
    allow_duplicate: bool = False
    missed_accepted: bool = False
    """A person said to publish although the time had passed."""
    batch_id: str | None = None
    sheet_id: str | None = None
    """The ID column of the workbook the post came from."""
    series_id: str | None = None
    occurrence: date | None = None
    edited_occurrence: bool = False
    """A person edited, moved or held it apart from its series: changes of the series leave it alone."""
    created_at: datetime
    created_by: str
    version: int = 1
    history: tuple[HistoryEntry, ...] = field(default=(), repr=False)

    @property
    def type(self) -> PostType:
        return self.content.type

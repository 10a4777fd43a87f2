"""Where posts, accounts, series, imports and the ledger are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from core.domain.account import Account
from core.domain.batch import Batch
from core.domain.notice import News
from core.domain.post import Post, PostStatus
from core.domain.publication import Publication
from core.domain.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """Which posts; None means any. Intervals are half-open: since <= scheduled_at < until."""

    ids: Sequence[str] | None = None
    account_id: str | None = None
    account_ids: Sequence[str] | None = None
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
    newest_first: bool = False
    """In which order they are found; it changes nothing about which they are."""

    def within(self, accounts: Collection[str] | None) -> PostFilter:
        """Of these posts only those of ``accounts``; None leaves all."""
        if accounts is None:
            return self
        wanted = set(accounts) if self.account_ids is None else set(accounts).intersection(self.account_ids)
        return replace(self, account_ids=sorted(wanted))


@dataclass(frozen=True, slots=True)
class Tallied:
    """So many posts have this status, and are held or not, in the stretch of time that begins at ``since``."""

    since: datetime
    status: PostStatus
    held: bool
    posts: int


class PostStore(Protocol):
    """Posts. :meth:`save` is the only writer of a status."""

    async def add(self, posts: Sequence[Post]) -> list[str]:
        """Insert; the ids of those that were new (an id that exists is left as it is)."""
        ...

    async def get(self, post_id: str) -> Post | None: ...

    async def find(self, which: PostFilter, *, limit: int = 100, skip: int = 0) -> list[Post]:
        """In order of scheduled_at (drafts last), then id, or with ``newest_first`` the reverse; without history."""
        ...

    async def count(self, which: PostFilter) -> dict[PostStatus, int]: ...

    async def tallies(self, which: PostFilter, bounds: Sequence[datetime]) -> list[Tallied]:
        """How many of them lie between two ``bounds`` that follow one another, which are in order.

        Counted at one moment, by scheduled_at; the ``since`` and ``until`` of ``which`` do not count.
        """
        ...

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

    async def news(self, limit: int = 500) -> list[tuple[Post, tuple[News, ...]]]:
        """Posts that something happened to (:func:`core.domain.notice.news_of`), and what, the oldest first."""
        ...

    async def news_taken(self, post_id: str, news: Sequence[News]) -> None:
        """These have become notices."""
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

    async def latenesses(self, *, since: datetime, account_ids: Sequence[str] | None = None) -> list[float]:
        """Milliseconds from scheduled time to publish call of posts published since then.

        ``account_ids`` are whose posts count; None means all.
        """
        ...

    async def media_ids(self, account_id: str, media_ids: Sequence[str]) -> set[str]:
        """Which of these media ids are bound to a post of ours already."""
        ...


class Agenda(Protocol):
    async def next_due(self) -> datetime | None:
        """The smallest due_at over posts, accounts, series and people, in one indexed query."""
        ...

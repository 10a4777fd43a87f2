"""Posts and series as a calendar workbook, which can be sent back: what was not touched in it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.domain.account import Account
from core.domain.post import Post, PostStatus
from core.domain.series import Series
from core.domain.sheet_export import Cells, post_cells, series_cells
from core.domain.sheet_labels import Language
from core.ports import Clock, PostFilter, Workbooks
from core.services.accounts import Accounts
from core.services.posts import Posts
from core.services.recurring import Recurring

MOST_ROWS: Final = 1999
"""Posts of one workbook: with the header as many rows as are read back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A workbook of ``rows`` rows, in the order of their times; ``data`` is empty when there are none.

    ``following`` is where the next workbook begins, None when this is the last. ``total`` counts all.
    """

    data: bytes
    rows: int
    total: int
    following: int | None


class Exporting:
    """Writes what its user may see."""

    def __init__(
        self, files: Workbooks, posts: Posts, recurring: Recurring, accounts: Accounts, clock: Clock
    ) -> None:
        self._files = files
        self._posts = posts
        self._recurring = recurring
        self._accounts = accounts
        self._clock = clock

    async def calendar(self, which: PostFilter, language: Language, *, skip: int = 0) -> Exported:
        """The series and posts of the filter, from the place ``skip`` on.

        The posts that a series makes by itself are left out as long as it goes on: its row makes them.
        """
        accounts = {account.id: account for account in await self._accounts.list()}
        which = which.within(accounts)
        series = [one for one in await self._series_of(which) if one.account_id in accounts]
        total = sum((await self._posts.count(which)).values()) + len(series)
        ahead = series[skip : skip + MOST_ROWS]
        room, passed = MOST_ROWS - len(ahead), max(0, skip - len(series))
        posts = await self._posts.find(which, limit=room, skip=passed) if room else []
        going_on = {one.id for one in await self._recurring.find()}
        own = [post for post in posts if not _made_by(post, going_on)]
        rows = _rows(ahead, own, accounts, language)
        reached = skip + len(ahead) + len(posts)
        return Exported(
            data=await self._files.write_calendar(rows, language, _names(accounts)) if rows else b"",
            rows=len(rows),
            total=total,
            following=reached if reached < total else None,
        )

    async def template(self, language: Language) -> bytes:
        """A workbook to start from, with the accounts and zones of whoever asks."""
        accounts = await self._accounts.list()
        zones = {one.name: one.zone for one in accounts}
        return await self._files.write_template(language, self._clock.now().date(), zones)

    async def _series_of(self, which: PostFilter) -> list[Series]:
        if which.statuses is not None and PostStatus.SCHEDULED not in which.statuses:
            return []
        return [
            one
            for one in await self._recurring.find(which.account_id)
            if which.batch_id in (None, one.batch_id)
        ]


def _made_by(post: Post, going_on: set[str]) -> bool:
    """Whether a series that goes on has made the post, and nobody has changed it."""
    waits = post.status is PostStatus.SCHEDULED and not post.edited_occurrence
    return waits and post.series_id in going_on


def _rows(
    series: Sequence[Series], posts: Sequence[Post], accounts: Mapping[str, Account], language: Language
) -> list[Cells]:
    """Each with an ID of its own: that of its workbook or, where another row has that already, ours."""
    taken: set[str] = set()

    def id_of(item: Series | Post) -> str:
        name = item.sheet_id if item.sheet_id and item.sheet_id not in taken else item.id
        taken.add(name)
        return name

    of_series = [series_cells(one, id_of(one), accounts[one.account_id], language) for one in series]
    of_posts = [post_cells(one, id_of(one), accounts[one.account_id], language) for one in posts]
    return [*of_series, *of_posts]


def _names(accounts: Mapping[str, Account]) -> list[str]:
    return [account.name for account in accounts.values()]

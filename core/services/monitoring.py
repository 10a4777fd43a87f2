"""What is going on: counts, what is next, what is late, who works, how punctual it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.access import ALL_RIGHTS, Rights, Role
from core.domain.account import Account
from core.domain.errors import UnavailableError
from core.domain.post import Hold, Post, PostStatus
from core.domain.publication import Publication
from core.domain.stats import Percentiles, percentiles
from core.domain.watching import OVERDUE
from core.domain.zones import describe, zone
from core.ports import (
    AccountStore,
    Agenda,
    AlarmState,
    Clock,
    Engine,
    PostFilter,
    PostStore,
    PublicationLog,
    Tallied,
    WorkerBeat,
)

_LATE: Final = timedelta(seconds=30)
_DAY: Final = timedelta(hours=24)
_MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A look at the whole system at ``at`` (UTC). ``redis`` is the reason when Redis does not answer.

    Posts, accounts and figures are those that may be seen; ``next_out`` is the first of ``upcoming`` that goes
    out as things are: its account publishes and nothing holds it. ``next_due``, ``alarm`` and ``workers`` are of
    the machinery that all accounts share.
    """

    at: datetime
    counts: dict[PostStatus, int]
    held: list[Post]
    overdue: list[Post]
    upcoming: list[Post]
    next_out: Post | None
    accounts: list[Account]
    next_due: datetime | None
    alarm: AlarmState | None
    workers: list[WorkerBeat]
    redis: str
    lateness_ms: Percentiles
    published_24h: int

    @property
    def healthy(self) -> bool:
        """Someone works, the servers answer, nothing is overdue."""
        return bool(self.workers) and not self.redis and not self.overdue


class Monitoring:
    """Reads; changes nothing."""

    def __init__(  # one per port
        self,
        *,
        posts: PostStore,
        accounts: AccountStore,
        ledger: PublicationLog,
        agenda: Agenda,
        engine: Engine,
        clock: Clock,
        rights: Rights = ALL_RIGHTS,
    ) -> None:
        self._posts = posts
        self._accounts = accounts
        self._ledger = ledger
        self._agenda = agenda
        self._engine = engine
        self._clock = clock
        self._rights = rights

    async def overview(self, *, upcoming: int = 10) -> Overview:
        """Everything that ``status`` and ``monitor`` show."""
        now = self._clock.now()
        alarm, workers, redis = await self._look_at_redis()
        seen = PostFilter().within(self._rights.accounts)
        scheduled = [PostStatus.SCHEDULED]
        late = replace(seen, statuses=[PostStatus.SCHEDULED, PostStatus.PUBLISHING], until=now - _LATE)
        latenesses = await self._ledger.latenesses(since=now - _DAY, account_ids=seen.account_ids)
        accounts = [one for one in await self._accounts.list() if self._rights.may(Role.VIEWER, one.id)]
        return Overview(
            at=now,
            counts=await self._posts.count(seen),
            held=await self._posts.find(replace(seen, held=True), limit=50),
            overdue=[post for post in await self._posts.find(late, limit=50) if post.hold is None],
            upcoming=await self._posts.find(replace(seen, statuses=scheduled, since=now), limit=upcoming),
            next_out=await self._next_out([one.id for one in accounts if one.can_publish], now),
            accounts=accounts,
            next_due=await self._agenda.next_due(),
            alarm=alarm,
            workers=workers,
            redis=redis,
            lateness_ms=percentiles(latenesses),
            published_24h=len(latenesses),
        )

    async def overdue(self) -> list[Post]:
        """The posts that nobody has taken up though it is more than a minute past their time, the oldest first.

        At most 500. Those of accounts that are paused or cannot publish, and those that are held, only wait.
        """
        since = self._clock.now() - OVERDUE
        accounts = [one.id for one in await self._accounts.list() if one.can_publish]
        late = PostFilter(
            account_ids=accounts, statuses=[PostStatus.SCHEDULED], held=False, until=since
        ).within(self._rights.accounts)
        found = await self._posts.find(late, limit=_MOST)
        return [post for post in found if post.due_at is not None and post.due_at <= since]

    async def attempts(self, post: Post) -> list[Publication]:
        """Every try to publish the post, the first one first. Raises RefusedError if it may not be seen."""
        self._rights.require(Role.VIEWER, post.account_id)
        return await self._ledger.of_post(post.id)

    async def tallies(self, which: PostFilter, bounds: Sequence[datetime]) -> list[Tallied]:
        """How many of the posts that may be seen have each status, and are held or not, between two bounds each.

        ``bounds`` are in order and aware, such as the beginnings of days and the end of the last one.
        """
        return await self._posts.tallies(which.within(self._rights.accounts), bounds)

    async def _next_out(self, account_ids: Sequence[str], now: datetime) -> Post | None:
        going = PostFilter(account_ids=account_ids, statuses=[PostStatus.SCHEDULED], held=False, since=now)
        return next(iter(await self._posts.find(going, limit=1)), None)

    async def _look_at_redis(self) -> tuple[AlarmState | None, list[WorkerBeat], str]:
        try:
            return await self._engine.alarm_state(), await self._engine.workers(), ""
        except UnavailableError as error:
            return None, [], str(error)


def overdue_sentence(posts: Sequence[Post]) -> str:
    """How many posts lie about since when, in one sentence; empty for none."""
    times = [post.scheduled_at for post in posts if post.scheduled_at is not None]
    if not times:
        return ""
    since = describe(min(times), zone("UTC"))
    return (
        f"1 post is overdue, since {since}."
        if len(times) == 1
        else f"{len(times)} posts are overdue, the oldest since {since}."
    )


def needs_a_person(post: Post) -> str:
    """What a person should decide about a held post, in one sentence; empty if nothing."""
    match post.hold:
        case Hold.OUTCOME_UNKNOWN:
            return (
                "Threads' answer was lost: look at the account; then `autopost posts fix-stuck"
                f" {post.id} --live` if it is there, or `--not-there` to send it again."
            )
        case Hold.ACCOUNT:
            return (
                "Its account cannot publish: link it again with `autopost accounts add NAME --token TOKEN`."
            )
        case Hold.MISSED:
            return (
                f"Its time passed: `autopost posts publish {post.id}` or `autopost posts cancel {post.id}`."
            )
        case Hold.PAUSED:
            return "Its account is paused: `autopost accounts resume NAME`."
        case None:
            return ""

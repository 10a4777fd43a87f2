"""Notices: what happened becomes something to tell, kept until everybody concerned has been told, once each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from core.domain.access import Noise, NoticeKind, Person, Rights, Role
from core.domain.account import Account, AccountState
from core.domain.forecast import first_over
from core.domain.lifecycle import GOING_OUT, when_of
from core.domain.notice import News, Notice
from core.domain.policy import DAILY_POSTS
from core.domain.post import Post, PostStatus, ReplyState
from core.domain.token_alerts import alert_due
from core.domain.zones import zone
from core.ports import AccountStore, Clock, Events, NoticeStore, PostFilter, PostStore

_LOW_WITHIN: Final = timedelta(hours=48)
_LOW: Final = 2
_HABIT: Final = 3
"""Posts within ``_HABIT_SINCE`` that make a queue."""
_HABIT_SINCE: Final = timedelta(days=7)
_DAY: Final = timedelta(hours=24)
_PAGE: Final = 250
_EARLY: Final = timedelta(minutes=2)
"""What is due may be made this much before its time: a check takes up what falls due within its window, which
is a minute more without the alarm."""


class Audience(Protocol):
    """The people who may be told."""

    async def everybody(self) -> list[Person]: ...

    async def rights_of(self, person: Person) -> Rights: ...


class Notices:
    """Makes notices and remembers who has been told."""

    def __init__(  # one per port
        self,
        *,
        posts: PostStore,
        accounts: AccountStore,
        notices: NoticeStore,
        audience: Audience,
        events: Events,
        clock: Clock,
        default_zone: str,
    ) -> None:
        self._posts = posts
        self._accounts = accounts
        self._notices = notices
        self._audience = audience
        self._events = events
        self._clock = clock
        self._default_zone = default_zone

    async def collect(self, limit: int = 100) -> list[str]:
        """Turn the news of posts into notices; the ids of those posts. May be repeated, and stop anywhere."""
        found = await self._posts.news(limit)
        await self._add([_of_post(post, one) for post, news in found for one in news])
        published = {post.account_id: post for post, news in found if _tells_of_success(news)}
        for post in published.values():
            await self._tell_if_low(post)
        for post, news in found:
            await self._posts.news_taken(post.id, news)
        return [post.id for post, _ in found]

    async def readers(self) -> list[Person]:
        """The people who are to be told something, and can be."""
        waiting = set(await self._notices.readers())
        if not waiting:
            return []
        known = {person.id: person for person in await self._audience.everybody()}
        for stranger in waiting - known.keys():
            await self.told(await self._notices.waiting(stranger), stranger)
        return [known[one] for one in sorted(waiting & known.keys()) if not known[one].blocked]

    async def waiting(self, person: Person) -> list[Notice]:
        """What is still to be told to the person, the oldest first.

        What became stale, is not theirs to see any more, or is not wanted, is forgotten here.
        """
        notices, now = await self._notices.waiting(person.id), self._clock.now()
        rights = await self._audience.rights_of(person)
        wanted = [one for one in notices if not one.is_stale(now) and _hears(person, rights, one)]
        forgotten = [one for one in notices if one not in wanted]
        if forgotten:
            await self.told(forgotten, person.id)
        return wanted

    async def told(self, notices: Sequence[Notice], person_id: str) -> None:
        """The person knows of these now."""
        await self._notices.told([notice.id for notice in notices], person_id)

    async def warn_of_token(self, account: Account) -> None:
        """Say that the account's token ends soon, once for each of the days on which that is due.

        A little early is right: by the time the account's next moment is chosen, this one may have passed.
        """
        now, expires = self._clock.now(), account.token_expires_at
        days = alert_due(expires, now + _EARLY)
        if days is not None and expires is not None:
            await self._add([_of_token(account, days, expires, now)])

    async def look_at_accounts(self, planned: Collection[str] | None = None) -> None:
        """Say which accounts have to be linked again, and which have more planned than Threads takes in a day.

        ``planned`` are the ids of the accounts whose plan has changed; None means all.
        """
        for account in await self._accounts.list():
            if account.state is AccountState.NEEDS_REAUTH:
                await self._add([_of_account(account, self._clock.now())])
            if planned is None or account.id in planned:
                await self._forecast(account)

    async def digest(self, person: Person) -> None:
        """Have the person's daily digest sent; asked for again on the same day, nothing more happens."""
        now = self._clock.now()
        at = person.digest_at or time()
        day = _digest_day(at, (now + _EARLY).astimezone(zone(person.zone or self._default_zone)))
        await self._keep(
            [
                Notice(
                    id=f"digest:{person.id}:{day:%Y%m%d}T{at:%H%M}",
                    kind=NoticeKind.DIGEST,
                    at=now,
                    group=f"digest:{person.id}",
                    waiting=(person.id,),
                )
            ]
        )

    async def _tell_if_low(self, post: Post) -> None:
        """Say when little is planned after this post: once, until more is planned, and not during a backlog."""
        planned = PostFilter(account_id=post.account_id, statuses=[PostStatus.SCHEDULED], held=False)
        left = await self._posts.find(planned, limit=_LOW + 1)
        now = self._clock.now()
        last = max((one.scheduled_at for one in left if one.scheduled_at), default=None)
        if len(left) > _LOW or (last is not None and not now < last <= now + _LOW_WITHIN):
            return
        lately = PostFilter(
            account_id=post.account_id, statuses=[PostStatus.PUBLISHED], since=now - _HABIT_SINCE
        )
        if sum((await self._posts.count(lately)).values()) < _HABIT:
            return  # nobody who posts now and then has a queue
        after = left[-1].id if left else post.id
        await self._add(
            [
                Notice(
                    id=f"low:{post.account_id}:{after}",
                    kind=NoticeKind.QUEUE_LOW,
                    at=now,
                    group=f"low:{post.account_id}",
                    account_id=post.account_id,
                    facts={"left": str(len(left)), **({"last": last.isoformat()} if last else {})},
                )
            ]
        )

    async def _forecast(self, account: Account) -> None:
        """Say when the plan first passes the daily allowance: once for each day on which it would."""
        now = self._clock.now()
        over = await self._first_over(account.id, now)
        if over is not None and over > now:
            day = over.astimezone(zone(account.zone)).date()
            await self._add(
                [
                    Notice(
                        id=f"quota:{account.id}:{day:%Y%m%d}",
                        kind=NoticeKind.QUOTA_FORECAST,
                        at=now,
                        group=f"quota:{account.id}",
                        account_id=account.id,
                        facts={"at": over.isoformat()},
                        until=over,
                    )
                ]
            )

    async def _first_over(self, account_id: str, now: datetime) -> datetime | None:
        going_out = PostFilter(account_id=account_id, statuses=GOING_OUT, since=now - _DAY)
        if sum((await self._posts.count(going_out)).values()) <= DAILY_POSTS:
            return None
        times: list[datetime] = []
        while page := await self._posts.find(going_out, limit=_PAGE, skip=len(times)):
            times += map(when_of, page)
            if (over := first_over(times)) is not None:
                return over
        return None

    async def _add(self, notices: Sequence[Notice]) -> None:
        """Keep notices for everybody who may see their account and wants to hear of it."""
        if not notices:
            return
        people = [person for person in await self._audience.everybody() if person.seen_at is not None]
        hearers = [(person, await self._audience.rights_of(person)) for person in people]
        addressed = [
            replace(notice, waiting=tuple(who.id for who, rights in hearers if _hears(who, rights, notice)))
            for notice in notices
        ]
        await self._keep([notice for notice in addressed if notice.waiting])

    async def _keep(self, notices: Sequence[Notice]) -> None:
        if notices:
            await self._notices.add(notices)
            self._events.announce()


def _hears(person: Person, rights: Rights, notice: Notice) -> bool:
    """Whether the person wants to hear of this kind, and may see the account."""
    may = notice.account_id is None or rights.may(Role.VIEWER, notice.account_id)
    return may and person.noise_of(notice.kind) is not Noise.OFF


def _tells_of_success(news: Sequence[News]) -> bool:
    return any(one.kind is NoticeKind.PUBLISHED for one in news)


def _of_token(account: Account, days: int, expires: datetime, now: datetime) -> Notice:
    return Notice(
        id=f"token:{account.id}:{expires:%Y%m%d}:{days}",
        kind=NoticeKind.TOKEN_EXPIRING,
        at=now,
        group=f"token:{account.id}",
        account_id=account.id,
        facts={"expires_at": expires.isoformat()},
        until=expires,
    )


def _of_account(account: Account, now: datetime) -> Notice:
    """Once for each link that ended."""
    return Notice(
        id=f"account:{account.id}:{account.token_issued_at:%Y%m%d%H%M%S}",
        kind=NoticeKind.ACCOUNT_HELD,
        at=now,
        group=_held_group(account.id),
        account_id=account.id,
        facts={"cause": account.error.cause, "remedy": account.error.remedy} if account.error else {},
    )


def _of_post(post: Post, news: News) -> Notice:
    failure = post.error or next(
        (reply.error for reply in post.replies if reply.state is ReplyState.FAILED and reply.error), None
    )
    if news.kind is NoticeKind.PUBLISHED:
        failure = None
    alike = f"{failure.code}:{failure.subcode}:{failure.cause[:40]}" if failure else ""
    held = news.kind is NoticeKind.ACCOUNT_HELD
    return Notice(
        id=f"post:{post.id}:{news.version}",
        kind=news.kind,
        at=news.at,
        group=_held_group(post.account_id) if held else f"{news.kind}:{post.account_id}:{alike}",
        account_id=post.account_id,
        post_id=post.id,
        facts={"cause": failure.cause, "remedy": failure.remedy} if failure else {},
    )


def _held_group(account_id: str) -> str:
    return f"{NoticeKind.ACCOUNT_HELD}:{account_id}"


def _digest_day(at: time, local: datetime) -> date:
    """The day of the latest ``at`` up to ``local``."""
    return local.date() if local.time() >= at else local.date() - timedelta(days=1)

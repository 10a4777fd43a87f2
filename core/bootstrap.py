"""The only place that wires: settings in, services out."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypedDict

from core.adapters.cipher import Cipher, key_in
from core.adapters.media.pictures import prepare
from core.adapters.media.storage import configured_storage
from core.adapters.mongo.client import close, open_database, ping
from core.adapters.mongo.indexes import ensure_indexes
from core.adapters.mongo.stores import Stores, stores_in
from core.adapters.processes import LocalProcesses
from core.adapters.redis.alarm import RedisAlarm
from core.adapters.redis.clock import RedisClock
from core.adapters.redis.connection import RedisConnections, open_redis
from core.adapters.redis.engine import RedisEngine
from core.adapters.redis.events import RedisEvents
from core.adapters.redis.presence import RedisPresence
from core.adapters.threads.client import ThreadsClient
from core.adapters.workbook.files import WorkbookFiles
from core.domain.access import ALL_RIGHTS, Person, Rights, parse_allowed_users
from core.domain.errors import UnavailableError
from core.domain.policy import Policy
from core.domain.secret import Secret
from core.domain.sheet_labels import Language
from core.local.addresses import Addresses, find_addresses
from core.ports import Dispatch
from core.services.accounts import Accounts
from core.services.composing import Composing
from core.services.desk import Desk
from core.services.exporting import Exporting
from core.services.health import Health
from core.services.media_library import MediaLibrary, MediaSweep
from core.services.monitoring import Monitoring
from core.services.notices import Notices
from core.services.people import People
from core.services.posts import Posts
from core.services.publishing import Publishing
from core.services.recurring import Recurring
from core.services.rehearsal import Rehearsal
from core.services.scheduling import Scheduling
from core.services.spreadsheets import Spreadsheets
from core.services.uploads import Uploads
from core.settings import Settings


class GuardedServices(TypedDict):
    """The services that ask for rights."""

    posts: Posts
    accounts: Accounts
    spreadsheets: Spreadsheets
    rehearsal: Rehearsal
    recurring: Recurring
    composing: Composing
    monitoring: Monitoring
    uploads: Uploads
    exporting: Exporting


@dataclass(frozen=True, slots=True)
class Parts:
    """What those services are made of, whatever the rights."""

    settings: Settings
    stores: Stores
    threads: ThreadsClient
    desk: Desk
    clock: RedisClock
    policy: Policy
    engine: RedisEngine

    def services(self, rights: Rights) -> GuardedServices:
        """They, for somebody who may do this much."""
        stores, desk, clock, policy = self.stores, self.desk, self.clock, self.policy
        posts = Posts(stores.posts, stores.accounts, desk, clock, policy, rights)
        accounts = Accounts(stores.accounts, stores.posts, posts, self.threads, desk, clock, rights)
        recurring = Recurring(stores.series, stores.posts, desk, clock, policy, rights)
        files, default_zone = WorkbookFiles(), self.settings.tz
        spreadsheets = self._spreadsheets(files, accounts, recurring, rights)
        return {
            "posts": posts,
            "accounts": accounts,
            "recurring": recurring,
            "composing": Composing(stores.compositions, posts, recurring, accounts, clock, policy, rights),
            "rehearsal": Rehearsal(files, accounts, desk, clock, policy, default_zone, rights),
            "spreadsheets": spreadsheets,
            "exporting": Exporting(files, posts, recurring, accounts, clock),
            "uploads": Uploads(
                uploads=stores.uploads,
                series=stores.series,
                files=files,
                spreadsheets=spreadsheets,
                posts=posts,
                accounts=accounts,
                clock=clock,
                rights=rights,
            ),
            "monitoring": Monitoring(
                posts=stores.posts,
                accounts=stores.accounts,
                ledger=stores.publications,
                agenda=stores.agenda,
                engine=self.engine,
                clock=clock,
                rights=rights,
            ),
        }

    def _spreadsheets(
        self, files: WorkbookFiles, accounts: Accounts, recurring: Recurring, rights: Rights
    ) -> Spreadsheets:
        return Spreadsheets(
            files=files,
            posts=self.stores.posts,
            series=self.stores.series,
            batches=self.stores.batches,
            accounts=accounts,
            recurring=recurring,
            desk=self.desk,
            clock=self.clock,
            policy=self.policy,
            default_zone=self.settings.tz,
            rights=rights,
        )


@dataclass(frozen=True, slots=True)
class Core:
    """The services, for a front end or worker to call."""

    settings: Settings
    addresses: Addresses
    clock: RedisClock
    redis: RedisConnections
    alarm: RedisAlarm
    presence: RedisPresence
    events: RedisEvents
    posts: Posts
    accounts: Accounts
    spreadsheets: Spreadsheets
    rehearsal: Rehearsal
    recurring: Recurring
    composing: Composing
    monitoring: Monitoring
    uploads: Uploads
    exporting: Exporting
    publishing: Publishing
    processes: LocalProcesses
    stores: Stores
    desk: Desk
    policy: Policy
    people: People
    media: MediaLibrary
    media_sweep: MediaSweep
    notices: Notices
    health: Health
    parts: Parts
    rights: Rights = ALL_RIGHTS

    async def acting(self, person: Person) -> Core:
        """The same core with the rights that the person has at this moment."""
        rights = await self.people.rights_of(person)
        return replace(self, rights=rights, **self.parts.services(rights))

    def scheduling(self, dispatch: Dispatch) -> Scheduling:
        """The due check, for the worker that has queues to send to."""
        return Scheduling(
            posts=self.stores.posts,
            accounts=self.stores.accounts,
            series=self.stores.series,
            agenda=self.stores.agenda,
            alarm=self.alarm,
            dispatch=dispatch,
            recurring=self.recurring,
            people=self.people,
            notices=self.notices,
            threads=self.parts.threads,
            processes=self.processes,
            clock=self.clock,
            policy=self.policy,
        )


def write_template(path: Path, language: Language, *, today: date, accounts: Sequence[str] = ()) -> None:
    """Write a calendar to start from; needs no server."""
    from core.adapters.workbook import template  # noqa: PLC0415  # openpyxl costs every command 0.1 s

    template.write_template(path, language, today=today, accounts=accounts)


@asynccontextmanager
async def open_core(settings: Settings) -> AsyncGenerator[Core]:
    """The services on their servers; closed at the end.

    Raises UnavailableError, in one sentence, when MongoDB does not answer; Redis may come later.
    """
    addresses = find_addresses(settings)
    key = Secret(settings.secret_key.get_secret_value()) if settings.secret_key else key_in(settings.data_dir)
    async with AsyncExitStack() as stack:
        database = open_database(addresses.mongodb, settings.mongodb_database)
        stack.callback(close, database)
        redis = await stack.enter_async_context(
            open_redis(addresses.redis.reveal(), namespace=settings.redis_namespace)
        )
        threads = ThreadsClient(addresses.threads)
        stack.push_async_callback(threads.aclose)
        await ping(database)
        await ensure_indexes(database)
        events = RedisEvents(redis)
        stack.push_async_callback(events.aclose)
        stores = stores_in(database, Cipher(key))
        core = _wire(settings, addresses, stores, redis, events, threads, partial(ping, database))
        with suppress(UnavailableError):  # whoever keeps running measures again when Redis is back
            await core.clock.measure(samples=3)
        yield core


def _wire(
    settings: Settings,
    addresses: Addresses,
    stores: Stores,
    redis: RedisConnections,
    events: RedisEvents,
    threads: ThreadsClient,
    ping_mongodb: Callable[[], Awaitable[None]],
) -> Core:
    policy = settings.policy
    clock = RedisClock(redis)
    alarm = RedisAlarm(redis)
    presence = RedisPresence(redis)
    desk = Desk(stores.posts, alarm, clock, events)
    processes, storage = LocalProcesses(), configured_storage(settings)
    engine = RedisEngine(alarm, presence, clock)
    people = _people(settings, stores, desk, events, clock)
    parts = Parts(settings, stores, threads, desk, clock, policy, engine)
    return Core(
        settings=settings,
        addresses=addresses,
        clock=clock,
        redis=redis,
        alarm=alarm,
        presence=presence,
        events=events,
        publishing=_publishing(parts, processes),
        processes=processes,
        stores=stores,
        desk=desk,
        policy=policy,
        people=people,
        media=MediaLibrary(storage, prepare),
        media_sweep=MediaSweep(storage, stores.media, stores.leases, clock),
        notices=Notices(
            posts=stores.posts,
            accounts=stores.accounts,
            notices=stores.notices,
            audience=people,
            events=events,
            clock=clock,
            default_zone=settings.tz,
        ),
        health=Health(ping_mongodb, clock.measure, engine),
        parts=parts,
        **parts.services(ALL_RIGHTS),
    )


def _people(settings: Settings, stores: Stores, desk: Desk, events: RedisEvents, clock: RedisClock) -> People:
    return People(
        people=stores.people,
        invitations=stores.invitations,
        notices=stores.notices,
        events=events,
        accounts=stores.accounts,
        desk=desk,
        clock=clock,
        granted=parse_allowed_users(settings.telegram_allowed_users),
        default_zone=settings.tz,
    )


def _publishing(parts: Parts, processes: LocalProcesses) -> Publishing:
    return Publishing(
        posts=parts.stores.posts,
        accounts=parts.stores.accounts,
        ledger=parts.stores.publications,
        threads=parts.threads,
        desk=parts.desk,
        clock=parts.clock,
        policy=parts.policy,
        processes=processes,
    )

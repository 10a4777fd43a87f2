"""The only place that wires: settings in, services out."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from core.adapters.cipher import Cipher, key_in
from core.adapters.mongo.client import close, open_database, ping
from core.adapters.mongo.indexes import ensure_indexes
from core.adapters.mongo.stores import Stores, stores_in
from core.adapters.processes import LocalProcesses
from core.adapters.redis.alarm import RedisAlarm
from core.adapters.redis.clock import RedisClock
from core.adapters.redis.connection import RedisConnections, open_redis
from core.adapters.redis.engine import RedisEngine
from core.adapters.redis.presence import RedisPresence
from core.adapters.threads.client import ThreadsClient
from core.adapters.workbook.files import WorkbookFiles
from core.domain.errors import UnavailableError
from core.domain.policy import Policy
from core.domain.secret import Secret
from core.domain.sheet_labels import Language
from core.local.stack import read_stack
from core.ports import Dispatch
from core.services.accounts import Accounts
from core.services.desk import Desk
from core.services.monitoring import Monitoring
from core.services.posts import Posts
from core.services.publishing import Publishing
from core.services.recurring import Recurring
from core.services.rehearsal import Rehearsal
from core.services.scheduling import Scheduling
from core.services.spreadsheets import Spreadsheets
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers are; ``sandbox_token`` is that of the sandbox's first user."""

    mongodb: Secret
    redis: Secret
    threads: str
    sandbox: str | None = None
    sandbox_token: Secret | None = None


@dataclass(frozen=True, slots=True)
class Core:
    """The services, for a front end or worker to call."""

    settings: Settings
    addresses: Addresses
    clock: RedisClock
    redis: RedisConnections
    alarm: RedisAlarm
    presence: RedisPresence
    posts: Posts
    accounts: Accounts
    spreadsheets: Spreadsheets
    rehearsal: Rehearsal
    recurring: Recurring
    monitoring: Monitoring
    publishing: Publishing
    threads: ThreadsClient
    processes: LocalProcesses
    stores: Stores
    desk: Desk
    policy: Policy

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
            threads=self.threads,
            processes=self.processes,
            clock=self.clock,
            policy=self.policy,
        )


def find_addresses(settings: Settings) -> Addresses:
    """From the settings, or of the local stack. Raises UnavailableError when that does not run."""
    if settings.mongodb_uri is not None and settings.redis_address is not None:
        return Addresses(
            Secret(settings.mongodb_uri.get_secret_value()),
            Secret(settings.redis_address),
            settings.threads_api_base_url,
        )
    stack = read_stack(settings.data_dir)
    if stack is None:
        raise UnavailableError("The local stack does not run: start it with `autopost up -d`.")
    mongodb = settings.mongodb_uri.get_secret_value() if settings.mongodb_uri else stack.mongodb_uri
    sandboxed = settings.uses_sandbox and stack.sandbox_url is not None
    return Addresses(
        Secret(mongodb),
        Secret(settings.redis_address or stack.redis_url),
        stack.sandbox_url if sandboxed and stack.sandbox_url else settings.threads_api_base_url,
        sandbox=stack.sandbox_url,
        sandbox_token=Secret(stack.sandbox_access_token) if stack.sandbox_access_token else None,
    )


def write_template(path: Path, language: Language, *, today: date, accounts: Sequence[str] = ()) -> None:
    """Write a calendar to start from; needs no server."""
    from core.adapters.workbook import template  # noqa: PLC0415  # openpyxl costs every command 0.1 s

    template.write_template(path, language, today=today, accounts=accounts)


def policy_of(settings: Settings) -> Policy:
    return Policy(
        leads=settings.leads,
        early=timedelta(milliseconds=settings.publish_early_ms),
        batch_window=_batch_window(settings),
        reconcile=timedelta(seconds=settings.reconcile_interval),
        missed_grace=timedelta(seconds=settings.missed_post_grace),
        backlog_gap=timedelta(seconds=settings.backlog_gap),
        duplicate_window=timedelta(hours=settings.duplicate_window_hours),
        rate_per_minute=settings.threads_rate_per_minute,
        concurrency=settings.worker_concurrency,
        job_timeout=timedelta(milliseconds=settings.job_timeout),
    )


def _batch_window(settings: Settings) -> timedelta:
    """A worker that looks once a minute claims a minute ahead, so that its posts are on the dot too."""
    window = timedelta(milliseconds=settings.scheduler_batch_window_ms)
    return window if settings.use_event_driven_scheduler else window + timedelta(minutes=1)


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
        core = _wire(settings, addresses, stores_in(database, Cipher(key)), redis, threads)
        with suppress(UnavailableError):  # the worker measures again when Redis is back
            await core.clock.measure(samples=3)
        yield core


def _wire(
    settings: Settings, addresses: Addresses, stores: Stores, redis: RedisConnections, threads: ThreadsClient
) -> Core:
    policy = policy_of(settings)
    clock = RedisClock(redis)
    alarm = RedisAlarm(redis)
    presence = RedisPresence(redis)
    desk = Desk(stores.posts, alarm, clock)
    posts = Posts(stores.posts, stores.accounts, desk, clock, policy)
    recurring = Recurring(stores.series, stores.posts, desk, clock, policy)
    accounts = Accounts(stores.accounts, stores.posts, posts, threads, desk, clock)
    processes = LocalProcesses()
    return Core(
        settings=settings,
        addresses=addresses,
        clock=clock,
        redis=redis,
        alarm=alarm,
        presence=presence,
        posts=posts,
        accounts=accounts,
        spreadsheets=_spreadsheets(settings, stores, accounts, recurring, desk, clock),
        rehearsal=Rehearsal(WorkbookFiles(), accounts, desk, clock, policy, settings.tz),
        recurring=recurring,
        monitoring=_monitoring(stores, RedisEngine(alarm, presence, clock), clock),
        publishing=_publishing(stores, threads, desk, clock, policy, processes),
        threads=threads,
        processes=processes,
        stores=stores,
        desk=desk,
        policy=policy,
    )


def _spreadsheets(
    settings: Settings,
    stores: Stores,
    accounts: Accounts,
    recurring: Recurring,
    desk: Desk,
    clock: RedisClock,
) -> Spreadsheets:
    return Spreadsheets(
        files=WorkbookFiles(),
        posts=stores.posts,
        series=stores.series,
        batches=stores.batches,
        accounts=accounts,
        recurring=recurring,
        desk=desk,
        clock=clock,
        policy=policy_of(settings),
        default_zone=settings.tz,
    )


def _monitoring(stores: Stores, engine: RedisEngine, clock: RedisClock) -> Monitoring:
    return Monitoring(
        posts=stores.posts,
        accounts=stores.accounts,
        ledger=stores.publications,
        agenda=stores.agenda,
        engine=engine,
        clock=clock,
    )


def _publishing(
    stores: Stores,
    threads: ThreadsClient,
    desk: Desk,
    clock: RedisClock,
    policy: Policy,
    processes: LocalProcesses,
) -> Publishing:
    return Publishing(
        posts=stores.posts,
        accounts=stores.accounts,
        ledger=stores.publications,
        threads=threads,
        desk=desk,
        clock=clock,
        policy=policy,
        processes=processes,
    )

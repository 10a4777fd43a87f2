"""Connections to Redis: one pool for commands, one for reads that wait."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import AuthenticationError, BusyLoadingError, RedisError

from core.domain.errors import SettingsError, UnavailableError

_CONNECT_SECONDS: Final = 2.0
_ANSWER_SECONDS: Final = 3.0
_CONNECTIONS: Final = 16
_TURN_SECONDS: Final = 10.0


class RedisConnections:
    """The clients that everything on Redis shares, and the prefix of every key.

    ``commands`` gives up after a few seconds and tries once more on a broken connection; whoever finds its
    few connections taken waits for a turn. ``blocking`` has
    no read time-out, because redis-py's default of 5 s would cut every longer wait; a dead peer is found
    by TCP keep-alive, and each error is told at once, so that the waiting side knows that it was away.
    Both are ``redis.asyncio.Redis``; redis-py's annotations of it are too patchy for strict checking.
    """

    commands: Any
    blocking: Any

    def __init__(self, url: str, *, namespace: str = "") -> None:
        self.url = url
        self._namespace = namespace
        self._address = _address(url)
        self.commands = _client(
            url,
            BlockingConnectionPool,
            max_connections=_CONNECTIONS,
            timeout=_TURN_SECONDS,
            socket_timeout=_ANSWER_SECONDS,
            retry=Retry(ExponentialBackoff(cap=0.2, base=0.02), retries=1),
        )
        self.blocking = _client(url, ConnectionPool, socket_timeout=None, retry=Retry(NoBackoff(), retries=0))

    def __repr__(self) -> str:
        return f"RedisConnections({self._address})"

    def key(self, name: str) -> str:
        """The name under this installation's namespace."""
        return f"{self._namespace}:{name}" if self._namespace else name

    @contextmanager
    def reaching(self) -> Generator[None]:
        """Turn what redis-py raises inside into UnavailableError: one sentence, no password in it."""
        try:
            yield
        except AuthenticationError as error:
            raise UnavailableError(
                f"Redis at {self._address} refuses the password: correct REDIS_PASSWORD or REDIS_URL."
            ) from error
        except BusyLoadingError as error:
            raise UnavailableError(
                f"Redis at {self._address} is still loading its data: wait a moment."
            ) from error
        except (RedisError, OSError) as error:
            raise UnavailableError(
                f"Redis at {self._address} does not answer ({type(error).__name__}: {error}): "
                "check that it runs and that REDIS_URL is right."
            ) from error

    async def aclose(self) -> None:
        await self.commands.aclose()
        await self.blocking.aclose()


@asynccontextmanager
async def open_redis(url: str, *, namespace: str = "") -> AsyncGenerator[RedisConnections]:
    """Connections that are closed at the end. Raises SettingsError for an URL that is none; connects later."""
    connections = RedisConnections(url, namespace=namespace)
    try:
        yield connections
    finally:
        await connections.aclose()


def _client(url: str, pool_class: Any, **options: Any) -> Any:
    try:
        pool = pool_class.from_url(
            url, socket_connect_timeout=_CONNECT_SECONDS, socket_keepalive=True, **options
        )
    except ValueError:
        raise SettingsError(
            "REDIS_URL is not an address of Redis: write it as redis://:password@host:6379/0."
        ) from None
    return Redis.from_pool(pool)


def _address(url: str) -> str:
    """Where it is, without user and password."""
    try:
        parts = urlsplit(url)
        port = parts.port or 6379
    except ValueError:
        return "an unreadable address"
    return f"{parts.hostname}:{port}" if parts.hostname else parts.path

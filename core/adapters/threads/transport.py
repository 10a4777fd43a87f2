"""HTTP with Threads: one request, one answer, and every way in which that can go wrong as a ThreadsError."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final, TypeVar
from urllib.parse import urlsplit

import httpx

from core.adapters.threads.answers import Json, read_answer
from core.adapters.threads.wire import UnreadableError
from core.domain.classifier import Symptom, Transport, classify
from core.domain.errors import SettingsError
from core.domain.failures import ThreadsError
from core.domain.secret import Secret
from core.domain.threads_codes import Call
from core.log import keep_secret, redact

CONNECT_TIMEOUT: Final = 10.0
READ_TIMEOUT: Final = 30.0
PUBLISH_TIMEOUT: Final = 240.0
"""A publish of 222 s was seen in the field (threads_api fact sheet §4)."""
KEEP_ALIVE: Final = 100.0
"""Seconds for which an idle connection is kept, so that a call at the due time needs no handshake."""

_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call. ``values`` travel in the query of a GET and in the form of a POST.

    The token travels in the form of a POST and in the Authorization header of anything else, so that
    it stands in no address (threads_api fact sheet §1 has both).
    """

    call: Call
    method: str
    path: str
    values: Mapping[str, str | Secret]
    token: Secret | None
    wait: float = READ_TIMEOUT


class GraphTransport:
    """The connections to one Threads server. Never repeats a request."""

    def __init__(self, base_url: str, http: httpx.AsyncClient | None = None) -> None:
        address = urlsplit(base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise SettingsError(
                "THREADS_API_BASE_URL is no web address; leave it out, or write it like https://graph.threads.net."
            )
        self.base_url = base_url.rstrip("/").removesuffix("/v1.0")
        self._http = http or new_http(address.hostname)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def ask(self, request: Request, read: Callable[[Json], Read]) -> Read:
        """Send it once and read the answer. Raises ThreadsError, which holds no token and no address."""
        answer = await self._exchange(request)
        if not isinstance(answer, Symptom):
            try:
                return read(answer)
            except UnreadableError:
                answer = Symptom(http_status=200, transport=Transport.UNREADABLE)
        raise ThreadsError(classify(answer, request.call))

    async def warm(self, connections: int = 1) -> None:
        """Have this many open connections ready. Raises ThreadsError if Threads cannot be reached."""
        heads = [self._http.build_request("HEAD", f"{self.base_url}/") for _ in range(connections)]
        for answer in await asyncio.gather(*(self._send(head, READ_TIMEOUT) for head in heads)):
            if isinstance(answer, Symptom):
                raise ThreadsError(classify(answer, Call.READ))

    async def _exchange(self, request: Request) -> Json | Symptom:
        response = await self._send(self._built(request), request.wait)
        if isinstance(response, Symptom):
            return response
        return read_answer(response.status_code, response.headers, response.content)

    async def _send(self, request: httpx.Request, wait: float) -> httpx.Response | Symptom:
        """The errors of httpx end here: they hold the request, and with it tokens."""
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT + wait):
                return await self._http.send(request)
        except _NOT_SENT as error:
            return Symptom(transport=Transport.NOT_SENT, detail=redact(f"{type(error).__name__}: {error}"))
        except (httpx.HTTPError, TimeoutError) as error:
            return Symptom(transport=Transport.NO_ANSWER, detail=redact(f"{type(error).__name__}: {error}"))

    def _built(self, request: Request) -> httpx.Request:
        values = {name: _plain(value) for name, value in request.values.items()}
        address = f"{self.base_url}{request.path}"
        timeout = httpx.Timeout(CONNECT_TIMEOUT, read=request.wait, write=READ_TIMEOUT)
        if request.method == "POST":
            if request.token is not None:
                values["access_token"] = _plain(request.token)
            return self._http.build_request("POST", address, data=values, timeout=timeout)
        headers = {"Authorization": f"Bearer {_plain(request.token)}"} if request.token is not None else None
        return self._http.build_request(
            request.method, address, params=values, headers=headers, timeout=timeout
        )


def _plain(value: str | Secret) -> str:
    if isinstance(value, str):
        return value
    keep_secret(value)
    return value.reveal()


def new_http(host: str) -> httpx.AsyncClient:
    """HTTP/1.1, no retries, no redirects, no cookies: accounts share the connections."""
    return httpx.AsyncClient(
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=KEEP_ALIVE),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=host not in _LOOPBACK,
    )

"""One call to the API, from its first byte to its answer: log, faults, token, scopes, errors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from core.local.sandbox import faults
from core.local.sandbox.accounts import Account, Grant, account_by_id, find_token, require_token
from core.local.sandbox.errors import (
    GraphError,
    OAuthRefusal,
    invalid_token,
    media_not_found,
    missing_object,
    permission,
)
from core.local.sandbox.faults import Fault, Stage, Target
from core.local.sandbox.params import Params, bearer, read_params
from core.local.sandbox.requestlog import Entry, now_ms
from core.local.sandbox.state import STATE, State

_log = logging.getLogger(__name__)

Answer = dict[str, Any]
Handler = Callable[["Call"], Awaitable[Answer]]


class Dropped(Exception):  # noqa: N818  # an event on the wire, not an error of the sandbox
    """The connection is cut without an answer."""


class BadGateway(Exception):  # noqa: N818  # as above
    """A proxy answers with a page of HTML."""


@dataclass(frozen=True, slots=True)
class Route:
    """One documented call. ``path`` is what follows the version; ``operation`` names it in log and faults."""

    method: str
    path: str
    operation: str
    handler: Handler
    scopes: tuple[str, ...] = ()
    anonymous: bool = False
    """The handler looks at the token by itself."""


@dataclass(slots=True)
class Call:
    """What a handler is given."""

    state: State
    request: web.Request
    params: Params
    entry: Entry
    token: str | None
    account: Account | None = None
    grant: Grant | None = None

    @property
    def me(self) -> Account:
        """The owner of the token."""
        if self.account is None:
            raise invalid_token()
        return self.account

    def path_id(self) -> str:
        return self.request.match_info["id"]

    def require_scope(self, *scopes: str) -> None:
        """Refuse with code 10 when the token was not granted each of ``scopes``."""
        granted = self.grant.scopes if self.grant else frozenset[str]()
        for scope in scopes:
            if scope not in granted:
                raise permission(scope)

    def readable_user(self) -> Account:
        """Return the account in the path, which must be ``me`` or the token owner's id."""
        if self.path_id() in {"me", self.me.user_id}:
            return self.me
        raise missing_object(self.path_id(), self.request.method)

    def writable_user(self) -> Account:
        """As :meth:`readable_user`; a foreign or stale id answers 24/4279009 when written to (C: mimi)."""
        if self.path_id() in {"me", self.me.user_id}:
            return self.me
        raise media_not_found(self.path_id())

    def take_fault(self, stage: Stage) -> Fault | None:
        """Use up the fault that is armed for this call at ``stage``; the log names it."""
        entry = self.entry
        who = (entry.user_id or "?", entry.username or "?")
        fault = faults.take(self.state, stage, Target(entry.operation, entry.path, *who, _text_of(self)))
        if fault is not None:
            entry.fault = f"{entry.fault}+{fault.kind}" if entry.fault else fault.kind
        return fault


def endpoint(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Make the aiohttp handler of ``route``."""

    async def handle(request: web.Request) -> web.StreamResponse:
        entry = Entry(now_ms(), request.method, request.path, route.operation)
        state = request.app[STATE]
        try:
            params = await read_params(request)
        except GraphError as error:
            entry.open(state)
            return _closed(state, entry, _refused(state, entry, error))
        token = params.pop("access_token", None) or bearer(request)
        call = Call(state, request, params, entry, token)
        _identify(call)
        fault = call.take_fault(Stage.BEFORE)
        entry.open(state)
        return _closed(state, entry, await _respond(route, call, fault))

    return handle


def _identify(call: Call) -> None:
    """Fill in who calls, and about what."""
    state, entry = call.state, call.entry
    grant = find_token(state, call.token) if call.token else None
    account = account_by_id(state, grant.user_id) if grant else None
    entry.user_id, entry.username = (account.user_id, account.username) if account else (None, None)
    entry.creation_id = call.params.get("creation_id")
    if entry.operation == "read" and _is_container(state, call.path_id()):
        entry.operation, entry.creation_id = "status", call.path_id()
    entry.reply_to_id = call.params.get("reply_to_id")


def _is_container(state: State, object_id: str) -> bool:
    return state.one("SELECT 1 FROM containers WHERE id = ?", object_id) is not None


def _text_of(call: Call) -> str:
    creation_id = call.params.get("creation_id")
    if creation_id is None:
        return call.params.get("text", "")
    row = call.state.one("SELECT json_extract(spec, '$.text') FROM containers WHERE id = ?", creation_id)
    return "" if row is None else row[0] or ""


async def _respond(route: Route, call: Call, fault: Fault | None) -> web.StreamResponse:
    try:
        await _suffer_before(fault)
        _authorize(route, call)
        answer = await route.handler(call)
        await _suffer_after(call.take_fault(Stage.AFTER))
    except GraphError as error:
        return _refused(call.state, call.entry, error)
    except OAuthRefusal as refusal:
        return web.json_response(refusal.body(), status=400)
    except Dropped:
        return _cut(call)
    except BadGateway:
        page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
        return web.Response(status=502, text=page, content_type="text/html")
    except Exception:  # noqa: BLE001  # the edge of a server: logged, and answered as Meta does
        _log.exception("sandbox.failed")
        return _refused(call.state, call.entry, GraphError("An unknown error has occurred.", 1, http=500))
    return web.json_response(answer)


def _authorize(route: Route, call: Call) -> None:
    if route.anonymous:
        return
    call.grant = require_token(call.state, call.token)
    call.account = account_by_id(call.state, call.grant.user_id)
    call.require_scope("threads_basic", *route.scopes)


async def _suffer_before(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "drop_before":
        raise Dropped
    elif fault.kind == "html_502":
        raise BadGateway
    elif error := faults.refusal(fault):
        raise error


async def _suffer_after(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.kind == "slow_after":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "error_after":
        raise faults.refusal(Fault("server_error")) or Dropped
    else:
        raise Dropped


def _refused(state: State, entry: Entry, error: GraphError) -> web.Response:
    entry.code, entry.subcode = error.code, error.subcode
    return web.json_response(error.body(state.options.locale), status=error.http)


def _cut(call: Call) -> web.Response:
    """Cut the connection; the answer returned here finds nobody to read it."""
    if call.request.transport is not None:
        call.request.transport.abort()
    call.entry.status = 0
    return web.Response(status=500)


def _closed(state: State, entry: Entry, response: web.StreamResponse) -> web.StreamResponse:
    entry.status = response.status if entry.status is None else entry.status
    entry.close(state)
    return response

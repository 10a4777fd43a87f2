"""``/sandbox/...``: accounts, faults, settings, the clock and the log. For tests; no token is asked for."""

from __future__ import annotations

from typing import Any, cast

from aiohttp import web

from core.local.sandbox import faults
from core.local.sandbox.accounts import (
    Account,
    account_by_id,
    account_named,
    all_accounts,
    ensure_account,
    lasting_token,
    revoke_tokens,
)
from core.local.sandbox.requestlog import read_log
from core.local.sandbox.state import STATE
from core.local.sandbox.webhooks import send_signed_request


class AdminError(web.HTTPBadRequest):
    """A wrong admin call, answered as ``{"error": "one sentence"}``."""

    def __init__(self, sentence: str) -> None:
        body = web.json_response({"error": sentence}).text
        super().__init__(text=body, content_type="application/json")


async def make_account(request: web.Request) -> web.Response:
    """POST {username}: the account, made if it is new, with a long-lived token for every scope."""
    state = request.app[STATE]
    try:
        account = ensure_account(state, str((await _body(request)).get("username", "")))
    except ValueError as error:
        raise AdminError(str(error)) from error
    token = lasting_token(state, account.user_id).token
    return web.json_response(
        {"user_id": account.user_id, "username": account.username, "access_token": token}
    )


async def list_accounts(request: web.Request) -> web.Response:
    found = all_accounts(request.app[STATE])
    return web.json_response({"accounts": [{"user_id": a.user_id, "username": a.username} for a in found]})


async def deauthorize(request: web.Request) -> web.Response:
    """POST: the owner removes the app; every token is dead and the deauthorize callback is sent."""
    state, account = request.app[STATE], _account(request)
    revoke_tokens(state, account.user_id)
    if url := state.options.deauthorize_url:
        send_signed_request(request.app, url, account.user_id)
    return web.json_response({"success": True})


async def request_deletion(request: web.Request) -> web.Response:
    """POST: the owner asks for the deletion of their data; the deletion callback is sent."""
    state, account = request.app[STATE], _account(request)
    if not state.options.delete_url:
        raise AdminError('Set "delete_url" by POST /sandbox/settings first.')
    send_signed_request(request.app, state.options.delete_url, account.user_id)
    return web.json_response({"success": True})


async def arm_fault(request: web.Request) -> web.Response:
    """POST a fault; its fields are those of :class:`core.local.sandbox.faults.Fault`."""
    try:
        fault = faults.parse_fault(await _body(request))
    except ValueError as error:
        raise AdminError(str(error)) from error
    return web.json_response({"id": faults.arm(request.app[STATE], fault)})


async def list_faults(request: web.Request) -> web.Response:
    return web.json_response({"faults": faults.armed(request.app[STATE])})


async def disarm_faults(request: web.Request) -> web.Response:
    return web.json_response({"removed": faults.disarm_all(request.app[STATE])})


async def read_settings(request: web.Request) -> web.Response:
    return web.json_response(request.app[STATE].options.to_json())


async def change_settings(request: web.Request) -> web.Response:
    """POST some of the settings; the answer has them all."""
    state = request.app[STATE]
    try:
        state.options = state.options.updated(await _body(request))
    except ValueError as error:
        raise AdminError(str(error)) from error
    return web.json_response(state.options.to_json())


async def move_clock(request: web.Request) -> web.Response:
    """POST {advance_seconds}: tokens age, containers get ready and quotas free as if time had passed."""
    state = request.app[STATE]
    seconds = (await _body(request)).get("advance_seconds")
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
        raise AdminError('"advance_seconds" must be a number, 0 or more.')
    state.advance(float(seconds))
    return web.json_response({"now": state.now()})


async def read_clock(request: web.Request) -> web.Response:
    return web.json_response({"now": request.app[STATE].now()})


async def show_log(request: web.Request) -> web.Response:
    """GET ?path=&since=&user=: the calls that were received, in order."""
    query = request.query
    try:
        since = float(query.get("since") or 0)
    except ValueError as error:
        raise AdminError('"since" must be epoch milliseconds.') from error
    entries = read_log(request.app[STATE], query.get("path", ""), since, query.get("user", ""))
    return web.json_response({"requests": entries})


def _account(request: web.Request) -> Account:
    name, state = request.match_info["username"], request.app[STATE]
    account = account_named(state, name) or account_by_id(state, name)
    if account is None:
        raise AdminError(f'There is no account "{name}" in this sandbox.')
    return account


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body: Any = await request.json() if request.can_read_body else {}
    except ValueError as error:
        raise AdminError("The body is no JSON.") from error
    if not isinstance(body, dict):
        raise AdminError("The body must be a JSON object.")
    return cast("dict[str, Any]", body)

"""Linking an account: the authorize page, the code exchange, and the life of a token (D: get-started)."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from core.local.sandbox.accounts import (
    DEFAULT_ACCOUNT,
    SCOPES,
    Grant,
    all_accounts,
    ensure_account,
    find_token,
    issue_token,
    require_token,
)
from core.local.sandbox.call import Answer, Call
from core.local.sandbox.consent import consent_page
from core.local.sandbox.errors import AuthorizeRefusal, GraphError, OAuthRefusal, invalid, invalid_token
from core.local.sandbox.params import Params, read_params
from core.local.sandbox.state import STATE, State

_CODE_LIFE = 3600.0
_REFRESHABLE_AGE = 86400.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_DENIED = {
    "error": "access_denied",
    "error_reason": "user_denied",
    "error_description": "The user denied your request",
}


async def authorize(request: web.Request) -> web.Response:
    """GET /oauth/authorize: ask the person; a request that cannot be granted gets Meta's JSON instead."""
    params = await read_params(request)
    try:
        scopes = _checked_request(request.app[STATE], params)
    except AuthorizeRefusal as refusal:
        return web.json_response(refusal.body(), status=400)
    names = [account.username for account in all_accounts(request.app[STATE])]
    return consent_page(params, scopes, names)


async def decide(request: web.Request) -> web.Response:
    """POST /oauth/authorize: what the person chose, sent back to the app by redirect."""
    params, state = await read_params(request), request.app[STATE]
    try:
        scopes = _checked_request(state, params)
        if params.get("decision") == "cancel":
            return _redirect(params, _DENIED, tail="")
        account = ensure_account(state, params.get("new_username") or params.get("username", DEFAULT_ACCOUNT))
    except AuthorizeRefusal as refusal:
        return web.json_response(refusal.body(), status=400)
    except ValueError as error:
        return web.json_response({"error_message": str(error), "error_code": 100}, status=400)
    code = "AQ" + secrets.token_urlsafe(60)
    values = (params["client_id"], params["redirect_uri"], " ".join(scopes), state.now() + _CODE_LIFE)
    state.run("INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?)", code, account.user_id, *values)
    return _redirect(params, {"code": code}, tail="#_")


async def access_token(call: Call) -> Answer:
    """POST (or GET) /oauth/access_token: a code for a short-lived token, or an app's own token.

    ``user_id`` is a JSON number here and nowhere else.
    """
    if call.params.get("grant_type") == "client_credentials":
        _check_app(call, call.params.required("client_id"))
        token = f"TH|{call.params['client_id']}|{secrets.token_urlsafe(20)}"
        return {"access_token": token, "token_type": "bearer"}
    grant = _exchanged(call)
    return {"access_token": grant.token, "user_id": int(grant.user_id)}


async def exchange_token(call: Call) -> Answer:
    """GET /access_token: a short-lived token for one of 60 days."""
    if call.params.required("grant_type") != "th_exchange_token":
        raise invalid("Param grant_type must be th_exchange_token.")
    _check_app(call, None)
    grant = require_token(call.state, call.token)
    if grant.kind != "short":
        raise GraphError("Session key invalid: the token is not short-lived.", 452)
    return _lasting(call.state, grant)


async def refresh_access_token(call: Call) -> Answer:
    """GET /refresh_access_token: 60 days from now, for a token at least 24 hours old and not expired.

    The code of the refusal of a younger token is not known: 100 is a guess. The old token stays good.
    """
    if call.params.required("grant_type") != "th_refresh_token":
        raise invalid("Param grant_type must be th_refresh_token.")
    grant = require_token(call.state, call.token)
    if grant.kind != "long" or "threads_basic" not in grant.scopes:
        raise invalid("Only a long-lived token with threads_basic can be refreshed.")
    if call.state.now() < grant.issued_at + _REFRESHABLE_AGE:
        raise invalid("The access token must be at least 24 hours old to be refreshed.")
    return _lasting(call.state, grant)


async def debug_token(call: Call) -> Answer:
    token = call.token or ""
    if not token.startswith("TH|"):
        require_token(call.state, call.token)
    grant = find_token(call.state, call.params.required("input_token"))
    if grant is None:
        return {"data": {"is_valid": False, "scopes": [], "error": invalid_token().body("en")["error"]}}
    return {
        "data": {
            "type": "USER",
            "application": "Threads sandbox",
            "data_access_expires_at": int(grant.issued_at + 90 * 86400),
            "expires_at": int(grant.expires_at),
            "is_valid": grant.refusal(call.state.now()) is None,
            "issued_at": int(grant.issued_at),
            "scopes": sorted(grant.scopes),
            "user_id": grant.user_id,
        }
    }


def _lasting(state: State, grant: Grant) -> Answer:
    lasting = issue_token(state, grant.user_id, "long", grant.scopes)
    life = int(lasting.expires_at - lasting.issued_at)
    return {"access_token": lasting.token, "token_type": "bearer", "expires_in": life}


def _exchanged(call: Call) -> Grant:
    params, state = call.params, call.state
    if params.get("grant_type") != "authorization_code":
        raise OAuthRefusal("Invalid grant_type: it must be authorization_code")
    with state.transaction():
        row = state.one("DELETE FROM codes WHERE code = ? RETURNING *", params.get("code", ""))
        if row is None or state.now() >= row["expires_at"]:
            raise OAuthRefusal("Matching code was not found or was already used")
        if row["redirect_uri"] != params.get("redirect_uri"):
            raise OAuthRefusal(
                "Error validating verification code. Please make sure your redirect_uri is identical to the "
                "one you used in the OAuth dialog request"
            )
        if row["client_id"] != params.get("client_id") or not _secret_fits(call):
            raise OAuthRefusal("Error validating client secret.")
        return issue_token(state, row["user_id"], "short", frozenset(row["scopes"].split()))


def _check_app(call: Call, client_id: str | None) -> None:
    expected = call.state.options.client_id
    if not _secret_fits(call) or (client_id is not None and expected not in {"", client_id}):
        raise GraphError("Error validating client secret.", 1)


def _secret_fits(call: Call) -> bool:
    given, expected = call.params.get("client_secret", ""), call.state.options.client_secret
    return bool(given) and expected in {"", given}


def _checked_request(state: State, params: Params) -> list[str]:
    """Return the scopes that are asked for; codes as reported (C: brightbean, fbsamples issues)."""
    client_id, redirect_uri = params.get("client_id", ""), params.get("redirect_uri", "")
    if not client_id:
        raise AuthorizeRefusal("Invalid request: the app id is missing", 4476002)
    if state.options.client_id not in {"", client_id}:
        raise AuthorizeRefusal("Invalid request: no application data", 1349026)
    address = urlsplit(redirect_uri)
    if address.scheme != "https" and address.hostname not in _LOOPBACK:
        raise AuthorizeRefusal("Insecure redirect: the redirect URI must use https", 1349187)
    if state.options.redirect_uris and redirect_uri not in state.options.redirect_uris:
        raise AuthorizeRefusal("URL blocked: the redirect URI is not whitelisted in the app", 1349168)
    return _scopes(params)


def _scopes(params: Params) -> list[str]:
    """Read the comma or space separated scopes; the code of a wrong scope is a guess."""
    scopes = params.get("scope", "").replace(",", " ").split()
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown:
        raise AuthorizeRefusal(f"Invalid scope: {', '.join(unknown)}", 100)
    if "threads_basic" not in scopes:
        raise AuthorizeRefusal("Invalid scope: threads_basic is required", 100)
    return scopes


def _redirect(params: Params, answer: dict[str, str], tail: str) -> web.Response:
    state = {"state": params["state"]} if "state" in params else {}
    joint = "&" if urlsplit(params["redirect_uri"]).query else "?"
    location = f"{params['redirect_uri']}{joint}{urlencode(answer | state)}{tail}"
    return web.Response(status=302, headers={"Location": location})

"""Story: an app links an account, keeps its token alive, and loses it."""

from __future__ import annotations

import httpx
from sandbox_user import REDIRECT, advance, approve, approved_code, body, exchange, new_user, refusal

DAY = 86400


async def test_an_account_is_linked_by_pressing_approve(http: httpx.AsyncClient) -> None:
    """The page has an Approve button; pressing it sends the browser back with a code, the state and ``#_``."""
    request = {"client_id": "42", "redirect_uri": REDIRECT, "scope": "threads_basic", "state": "s1"}
    page = await http.get("/oauth/authorize", params={**request, "response_type": "code"})
    assert page.status_code == 200
    assert '<button class="main" name="decision" value="approve">Approve</button>' in page.text

    back = await approve(http, "an", "threads_basic")
    assert str(back).startswith(f"{REDIRECT}?code=AQ")
    assert back.params["state"] == "s1"
    assert back.fragment == "_"


async def test_a_code_becomes_a_short_then_a_long_then_a_refreshed_token(http: httpx.AsyncClient) -> None:
    """The whole life of a token, with the shapes that Meta documents for each step."""
    code = await approved_code(http, "an", "threads_basic", "threads_content_publish")
    short = body(await exchange(http, code))
    assert set(short) == {"access_token", "user_id"}
    assert isinstance(short["user_id"], int)

    request = {
        "grant_type": "th_exchange_token",
        "client_secret": "secret",
        "access_token": short["access_token"],
    }
    long = body(await http.get("/access_token", params=request))
    assert (long["token_type"], long["expires_in"]) == ("bearer", 60 * DAY)

    await advance(http, 50 * DAY)
    request = {"grant_type": "th_refresh_token", "access_token": long["access_token"]}
    fresh = body(await http.get("/refresh_access_token", params=request))
    assert fresh["expires_in"] == 60 * DAY

    await advance(http, 30 * DAY)
    me = body(
        await http.get("/v1.0/me", params={"fields": "id,username", "access_token": fresh["access_token"]})
    )
    assert me == {"id": str(short["user_id"]), "username": "an"}
    assert refusal(await http.get("/v1.0/me", params={"access_token": long["access_token"]})) == (190, 463)


async def test_a_token_tells_what_it_is_worth(http: httpx.AsyncClient) -> None:
    """``debug_token`` answers owner, scopes and expiry, with the user id as text."""
    an = await new_user(http, "an")
    data = (await an.read("debug_token", input_token=an.token))["data"]
    assert data["is_valid"] is True
    assert data["user_id"] == an.user_id
    assert "threads_content_publish" in data["scopes"]
    assert data["expires_at"] - data["issued_at"] == 60 * DAY


async def test_a_person_may_cancel(http: httpx.AsyncClient) -> None:
    """Cancel sends the browser back with ``access_denied`` and the state, without a code."""
    form = {"client_id": "42", "redirect_uri": REDIRECT, "scope": "threads_basic", "state": "s1"}
    response = await http.post("/oauth/authorize", data={**form, "decision": "cancel"})
    back = httpx.URL(response.headers["Location"])
    assert dict(back.params) == {
        "error": "access_denied",
        "error_reason": "user_denied",
        "error_description": "The user denied your request",
        "state": "s1",
    }


async def test_a_person_removes_the_app(http: httpx.AsyncClient) -> None:
    """After that every token of the account answers 190/458."""
    an = await new_user(http, "an")
    body(await http.post("/sandbox/accounts/an/deauthorize"))
    assert refusal(await an.get("me")) == (190, 458)

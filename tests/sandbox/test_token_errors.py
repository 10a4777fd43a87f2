"""What answers a call whose token, scope, code or app is wrong."""

from __future__ import annotations

import httpx
import pytest
from sandbox_user import (
    REDIRECT,
    SandboxUser,
    advance,
    approved_code,
    body,
    exchange,
    limited_user,
    refusal,
    settings,
)

BASIC = "threads_basic"


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}]
)
async def test_a_missing_or_unknown_token_answers_190(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    """Without a good token there is no answer but 190, whatever the call."""
    for method, path in (("GET", "/me"), ("POST", "/me/threads"), ("POST", "/v1.0/me/threads_publish")):
        assert refusal(await http.request(method, path, headers=headers)) == (190, None)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "me/threads?media_type=TEXT&text=x"),
        ("POST", "me/threads_publish?creation_id=1"),
        ("GET", "me/threads_insights?metric=views"),
        ("GET", "1/insights?metric=views"),
        ("GET", "1/replies"),
        ("GET", "1/conversation"),
        ("POST", "1/manage_reply?hide=true"),
        ("DELETE", "1"),
        ("GET", "keyword_search?q=x"),
        ("GET", "me/threads_publishing_limit"),
        ("GET", "me/mentions"),
        ("GET", "profile_lookup?username=an"),
    ],
)
async def test_a_call_needs_its_scope(http: httpx.AsyncClient, method: str, path: str) -> None:
    """A token that was granted only threads_basic answers code 10."""
    user = await limited_user(http, "an", BASIC)
    headers = {"Authorization": f"Bearer {user.token}"}
    assert refusal(await http.request(method, f"/v1.0/{path}", headers=headers)) == (10, None)
    assert (await user.get("me")).status_code == 200


async def test_a_code_is_good_once_and_for_an_hour(http: httpx.AsyncClient) -> None:
    """Used twice or too late it answers the flat shape of the code exchange."""
    code = await approved_code(http, "an", BASIC)
    body(await exchange(http, code))
    late = await approved_code(http, "an", BASIC)
    await advance(http, 3601)
    for each in (code, late, "nonsense"):
        response = await exchange(http, each)
        assert response.status_code == 400
        assert response.json() == {
            "error_type": "OAuthException",
            "code": 400,
            "error_message": "Matching code was not found or was already used",
        }


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": f"{REDIRECT}/"},
        {"client_secret": "wrong"},
        {"client_secret": ""},
        {"client_id": "43"},
        {"grant_type": "password"},
    ],
)
async def test_a_wrong_exchange_does_not_use_up_the_code(
    http: httpx.AsyncClient, changes: dict[str, str]
) -> None:
    """It is refused in the flat shape, and the right one still works afterwards."""
    await settings(http, client_secret="secret")
    code = await approved_code(http, "an", BASIC)
    wrong = await exchange(http, code, **changes)
    assert wrong.status_code == 400
    assert wrong.json()["error_type"] == "OAuthException"
    body(await exchange(http, code))


async def test_a_token_is_refreshed_neither_young_nor_dead(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Younger than a day answers 100, older than 60 days 190/463; between, the old token stays good."""
    request = {"grant_type": "th_refresh_token", "access_token": an.token}
    assert refusal(await http.get("/refresh_access_token", params=request)) == (100, None)
    await advance(http, 86401)
    body(await http.get("/v1.0/refresh_access_token/", params=request))
    assert (await an.get("me")).status_code == 200
    await advance(http, 60 * 86400)
    assert refusal(await http.get("/refresh_access_token", params=request)) == (190, 463)


async def test_only_a_living_short_token_is_exchanged(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """A long token is not exchanged again, and an hour later a short one is dead."""
    short = await limited_user(http, "binh", BASIC)
    request = {"grant_type": "th_exchange_token", "client_secret": "secret"}
    assert refusal(await http.get("/access_token", params={**request, "access_token": an.token})) == (
        452,
        None,
    )
    assert refusal(await http.get("/access_token", params={"access_token": short.token})) == (100, None)
    await advance(http, 3601)
    response = await http.get("/access_token", params={**request, "access_token": short.token})
    assert refusal(response) == (190, 463)
    assert "Session has expired on" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": ""}, 4476002),
        ({"client_id": "7"}, 1349026),
        ({"redirect_uri": "http://app.example/callback"}, 1349187),
        ({"redirect_uri": "https://other.example/"}, 1349168),
        ({"scope": "threads_content_publish"}, 100),
        ({"scope": "threads_basic,threads_everything"}, 100),
    ],
)
async def test_a_wrong_authorize_request_shows_its_code(
    http: httpx.AsyncClient, changes: dict[str, str], code: int
) -> None:
    """Instead of the page there is ``{"error_message", "error_code"}``, as reported for Meta."""
    await settings(http, client_id="42", redirect_uris=[REDIRECT])
    request = {"client_id": "42", "redirect_uri": REDIRECT, "scope": BASIC}
    response = await http.get("/oauth/authorize", params={**request, **changes})
    assert response.status_code == 400
    assert response.json()["error_code"] == code


async def test_an_app_gets_a_token_of_its_own(http: httpx.AsyncClient) -> None:
    """Client credentials answer a token that begins with TH and has no expiry."""
    request = {"client_id": "42", "client_secret": "secret", "grant_type": "client_credentials"}
    answer = body(await http.get("/oauth/access_token", params=request))
    assert answer["access_token"].startswith("TH|42|")
    assert answer["token_type"] == "bearer"
    assert "expires_in" not in answer


async def test_a_debugged_token_can_be_dead(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """Unknown and expired tokens are not valid, which is no error of the call."""
    dying = await limited_user(http, "binh", BASIC)
    await advance(http, 3601)
    for token in (dying.token, "nonsense"):
        assert (await an.read("debug_token", input_token=token))["data"]["is_valid"] is False

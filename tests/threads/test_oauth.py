"""Linking an account (threads_api fact sheet §2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest
from raw_peer import RawPeer, answer

from core.adapters.threads import ThreadsApp, ThreadsOAuth, code_from_redirect
from core.domain.errors import RefusedError
from core.domain.failures import FailureClass, ThreadsError
from core.domain.secret import Secret

APP = ThreadsApp("app-1", Secret("planted-app-secret"), "https://shop.example/cb?a=b")


@pytest.fixture
async def oauth(peer: RawPeer) -> AsyncIterator[ThreadsOAuth]:
    """The authorisation calls of an app, at the peer."""
    oauth = ThreadsOAuth(peer.url, APP)
    yield oauth
    await oauth.aclose()


@pytest.mark.parametrize(
    ("base_url", "site"),
    [
        ("https://graph.threads.net", "https://threads.net"),
        ("https://graph.threads.com/v1.0", "https://threads.com"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_the_page_is_on_the_site_of_the_api(base_url: str, site: str) -> None:
    """The address carries id, redirect, scopes and state, and never the secret."""
    address = ThreadsOAuth(base_url, APP).authorize_url("s&1")
    assert address.startswith(f"{site}/oauth/authorize?")
    values = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    assert values["client_id"] == "app-1"
    assert values["redirect_uri"] == APP.redirect_uri
    assert values["response_type"] == "code"
    assert values["state"] == "s&1"
    assert {"threads_basic", "threads_content_publish"} <= set(values["scope"].split(","))
    assert "planted" not in address


@pytest.mark.parametrize("user_id", [17841405793187218, "17841405793187218"])
async def test_a_code_becomes_a_token(oauth: ThreadsOAuth, peer: RawPeer, user_id: object) -> None:
    """The user id comes as a number or a text and is kept as a text, digit by digit."""
    peer.plays(answer({"access_token": "THQshort", "user_id": user_id}))
    short = await oauth.exchange_code(Secret("AQcode"))
    assert (short.token.reveal(), short.user_id) == ("THQshort", "17841405793187218")
    assert (peer.last.method, peer.last.path, peer.last.query) == ("POST", "/oauth/access_token", {})
    assert peer.last.form == {
        "client_id": "app-1",
        "client_secret": "planted-app-secret",
        "grant_type": "authorization_code",
        "redirect_uri": APP.redirect_uri,
        "code": "AQcode",
    }


async def test_a_used_code_has_an_error_shape_of_its_own(oauth: ThreadsOAuth, peer: RawPeer) -> None:
    """The flat error is read, and its ``code`` 400 is not taken for a Graph code."""
    flat = {"error_type": "OAuthException", "code": 400, "error_message": "Matching code was not found"}
    peer.plays(answer(flat, 400))
    with pytest.raises(ThreadsError) as caught:
        await oauth.exchange_code(Secret("AQcode"))
    failure = caught.value.failure
    assert (failure.kind, failure.code, failure.detail) == (
        FailureClass.FATAL,
        None,
        "Matching code was not found",
    )
    assert "again" in failure.remedy


async def test_a_short_token_becomes_a_long_one(oauth: ThreadsOAuth, peer: RawPeer) -> None:
    """The exchange is a GET with the secret, as Threads wants it."""
    peer.plays(answer({"access_token": "THAAlong", "token_type": "bearer", "expires_in": "5183944"}))
    issued = await oauth.exchange_long_lived(Secret("THQshort"))
    assert (issued.token.reveal(), issued.expires_in) == ("THAAlong", 5183944)
    assert (peer.last.method, peer.last.path) == ("GET", "/access_token")
    assert peer.last.query == {
        "grant_type": "th_exchange_token",
        "client_secret": "planted-app-secret",
        "access_token": "THQshort",
    }


def test_the_code_is_read_from_the_address_that_was_pasted() -> None:
    """The tail ``#_`` is no part of the code, nor is white space around the address."""
    code = code_from_redirect(" https://shop.example/cb?a=b&code=AQx-1_y&state=s1#_\n", "s1")
    assert code.reveal() == "AQx-1_y"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://shop.example/cb?error=access_denied&error_reason=user_denied&state=s1", "refused"),
        ("https://shop.example/cb?state=s1", "no code"),
        ("hello", "no code"),
        ("https://shop.example/cb?code=AQx&state=other", "another attempt"),
        ("https://shop.example/cb?code=AQx", "another attempt"),
    ],
)
def test_an_address_without_a_code_of_ours_is_refused_in_words(address: str, says: str) -> None:
    """A refusal, a half address and somebody else's address each get their sentence."""
    with pytest.raises(RefusedError, match=says):
        code_from_redirect(address, "s1")

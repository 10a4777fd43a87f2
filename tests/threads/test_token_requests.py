"""What the client asks about tokens and profiles, and which base URLs it takes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from raw_peer import RawPeer, answer

from core.adapters.threads import ThreadsClient
from core.domain.errors import SettingsError
from core.domain.failures import FailureClass, ThreadsError
from core.domain.secret import Secret
from core.ports import (
    Profile,
)


async def test_whose_token_it_is(client: ThreadsClient, peer: RawPeer, token: Secret) -> None:
    """The profile belongs to the token."""
    peer.plays(answer({"id": "17", "username": "shop"}))
    assert await client.profile(token) == Profile("17", "shop")
    assert (peer.last.path, peer.last.query) == ("/v1.0/me", {"fields": "id,username"})


async def test_a_dead_token_may_look_like_a_missing_profile(
    client: ThreadsClient, peer: RawPeer, token: Secret
) -> None:
    """24/4279009 for one's own profile means that the account has to be linked again."""
    peer.plays(answer({"error": {"code": 24, "error_subcode": 4279009, "message": "does not exist"}}, 400))
    with pytest.raises(ThreadsError) as caught:
        await client.profile(token)
    assert caught.value.failure.kind is FailureClass.NEEDS_REAUTH


async def test_a_token_is_renewed_by_itself(client: ThreadsClient, peer: RawPeer, token: Secret) -> None:
    """The old token is the only thing that is sent, without a version in the path."""
    peer.plays(answer({"access_token": "THAAnew", "token_type": "bearer", "expires_in": 5184000}))
    issued = await client.refresh(token)
    assert (issued.token.reveal(), issued.expires_in) == ("THAAnew", 5184000)
    assert peer.last.path == "/refresh_access_token"
    assert peer.last.query == {"grant_type": "th_refresh_token", "access_token": token.reveal()}


async def test_facts_about_a_token_are_read(client: ThreadsClient, peer: RawPeer, token: Secret) -> None:
    """Owner, scopes and end of a token as Threads says them."""
    data = {
        "is_valid": True,
        "user_id": "17",
        "scopes": ["threads_basic"],
        "expires_at": 1772323200,
        "issued_at": 0,
    }
    peer.plays(answer({"data": data}))
    facts = await client.debug_token(token)
    assert (facts.user_id, facts.valid, facts.scopes) == ("17", True, ("threads_basic",))
    assert (facts.issued_at, facts.expires_at) == (None, datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize("suffix", ["", "/", "/v1.0", "/v1.0/"])
async def test_the_base_url_may_end_as_it_likes(peer: RawPeer, token: Secret, suffix: str) -> None:
    """With or without the version and a slash, the calls go to the same place."""
    peer.plays(answer({"id": "17", "username": "shop"}))
    client = ThreadsClient(peer.url + suffix)
    await client.profile(token)
    await client.aclose()
    assert peer.last.path == "/v1.0/me"


@pytest.mark.parametrize("address", ["", "graph.threads.net", "ftp://graph.threads.net", "https://"])
def test_a_base_url_that_is_none_is_refused_in_words(address: str) -> None:
    """A wrong setting is named before anything is sent."""
    with pytest.raises(SettingsError, match="THREADS_API_BASE_URL"):
        ThreadsClient(address)

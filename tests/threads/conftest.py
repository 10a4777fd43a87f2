"""A raw peer and a client for it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from raw_peer import RawPeer, running_peer

from core.adapters.threads import ThreadsClient
from core.domain.account import Credentials
from core.domain.secret import Secret

TOKEN = "THAAplanted0token0000000000000000000001"


@pytest.fixture
def token() -> Secret:
    return Secret(TOKEN)


@pytest.fixture
def who(token: Secret) -> Credentials:
    return Credentials("17841405793187218", token)


@pytest.fixture
async def peer() -> AsyncIterator[RawPeer]:
    """A server that plays raw answers."""
    async with running_peer() as peer:
        yield peer


@pytest.fixture
async def client(peer: RawPeer) -> AsyncIterator[ThreadsClient]:
    """A client of the peer."""
    client = ThreadsClient(peer.url)
    yield client
    await client.aclose()

"""A raw peer and a sandbox, each with a client for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from raw_peer import RawPeer, running_peer
from sandbox_shop import Sandbox

from core.adapters.threads import ThreadsClient
from core.domain.account import Credentials
from core.domain.secret import Secret
from core.local.sandbox import running_sandbox

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


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    """An empty sandbox whose containers are ready at once."""
    async with running_sandbox(tmp_path) as server, httpx.AsyncClient(base_url=server.url) as admin:
        sandbox = Sandbox(server.url, admin)
        await sandbox.post("settings", processing_seconds=0)
        yield sandbox


@pytest.fixture
async def shop(sandbox: Sandbox) -> Credentials:
    """An account that granted everything."""
    made = await sandbox.post("accounts", username="shop")
    return Credentials(made["user_id"], Secret(made["access_token"]))


@pytest.fixture
async def threads(sandbox: Sandbox) -> AsyncIterator[ThreadsClient]:
    """A client of the sandbox."""
    client = ThreadsClient(sandbox.url)
    yield client
    await client.aclose()

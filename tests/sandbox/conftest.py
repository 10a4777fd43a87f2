"""A sandbox of its own for every test, and a person with an account on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sandbox_user import SandboxUser, new_user

from core.local.sandbox import SandboxServer, running_sandbox


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    async with running_sandbox(tmp_path / "sandbox") as server:
        yield server


@pytest.fixture
async def http(sandbox: SandboxServer) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose addresses begin at the sandbox; it follows no redirects."""
    async with httpx.AsyncClient(base_url=sandbox.url) as client:
        yield client


@pytest.fixture
async def an(http: httpx.AsyncClient) -> SandboxUser:
    """Someone with a token for everything."""
    return await new_user(http, "an")


@pytest.fixture
async def binh(http: httpx.AsyncClient) -> SandboxUser:
    """Someone else."""
    return await new_user(http, "binh")

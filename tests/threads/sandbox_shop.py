"""A sandbox for the client, with its switches and an account."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from core.adapters.threads import ThreadsClient
from core.domain.account import Credentials
from core.domain.post import PostType
from core.ports import ContainerSpec, ContainerState

TEXT = ContainerSpec(type=PostType.TEXT, text="Xin chào 🎉")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox with its switches."""

    url: str
    admin: httpx.AsyncClient

    async def post(self, path: str, **values: object) -> dict[str, str]:
        answer = await self.admin.post(f"/sandbox/{path}", json=values)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def media(self, name: str) -> str:
        return f"{self.url}/sandbox/media/{name}"


async def published(threads: ThreadsClient, who: Credentials, spec: ContainerSpec = TEXT) -> str:
    """Create, find finished and publish; the media id."""
    creation_id = await threads.create_container(who, spec)
    assert (await threads.container_status(who, creation_id)).state is ContainerState.FINISHED
    return await threads.publish(who, creation_id)

"""Someone who calls the API of the sandbox, and the calls that most tests need."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

Json = dict[str, Any]

REDIRECT = "https://app.example/callback"


@dataclass(frozen=True, slots=True)
class SandboxUser:
    """An account and its token; every call goes over real HTTP."""

    http: httpx.AsyncClient
    user_id: str
    username: str
    token: str

    async def get(self, path: str, **params: str) -> httpx.Response:
        return await self.http.get(f"/v1.0/{path}", params={**params, "access_token": self.token})

    async def post(self, path: str, **params: str) -> httpx.Response:
        return await self.http.post(f"/v1.0/{path}", data={**params, "access_token": self.token})

    async def delete(self, path: str) -> httpx.Response:
        return await self.http.delete(f"/v1.0/{path}", params={"access_token": self.token})

    async def read(self, path: str, **params: str) -> Json:
        return body(await self.get(path, **params))

    async def create(self, **params: str) -> str:
        """Make a container; its id."""
        return body(await self.post("me/threads", **params))["id"]

    async def status(self, container_id: str) -> Json:
        return await self.read(container_id, fields="id,status,error_message")

    async def finished(self, container_id: str) -> str:
        """Wait until the container is FINISHED; its id."""

        async def is_finished() -> bool:
            return (await self.status(container_id))["status"] == "FINISHED"

        await until(is_finished)
        return container_id

    async def publish(self, **params: str) -> str:
        """Create, wait, publish; the media id."""
        container_id = await self.finished(await self.create(**params))
        return body(await self.post("me/threads_publish", creation_id=container_id))["id"]

    async def say(self, text: str, **params: str) -> str:
        return await self.publish(media_type="TEXT", text=text, **params)

    def sample(self, name: str) -> str:
        """Return the address of a sample image or video."""
        return str(self.http.base_url.join(f"/sandbox/media/{name}"))


async def new_user(http: httpx.AsyncClient, username: str) -> SandboxUser:
    account = body(await http.post("/sandbox/accounts", json={"username": username}))
    return SandboxUser(http, account["user_id"], account["username"], account["access_token"])


async def limited_user(http: httpx.AsyncClient, username: str, *scopes: str) -> SandboxUser:
    """Return a user whose token was granted only ``scopes``; it is short-lived."""
    code = await approved_code(http, username, *scopes)
    token = body(await exchange(http, code))
    return SandboxUser(http, str(token["user_id"]), username, token["access_token"])


async def approve(http: httpx.AsyncClient, username: str, *scopes: str, state: str = "s1") -> httpx.URL:
    """Press Approve; where the browser is sent."""
    form = {
        "client_id": "42",
        "redirect_uri": REDIRECT,
        "scope": ",".join(scopes),
        "state": state,
        "new_username": username,
        "decision": "approve",
    }
    response = await http.post("/oauth/authorize", data=form)
    assert response.status_code == 302, response.text
    return httpx.URL(response.headers["Location"])


async def approved_code(http: httpx.AsyncClient, username: str, *scopes: str) -> str:
    address = await approve(http, username, *scopes)
    return parse_qs(urlsplit(str(address)).query)["code"][0]


async def exchange(http: httpx.AsyncClient, code: str, **changes: str) -> httpx.Response:
    """Exchange the code for a short-lived token."""
    form = {
        "client_id": "42",
        "client_secret": "secret",
        "grant_type": "authorization_code",
        "redirect_uri": REDIRECT,
        "code": code,
    }
    return await http.post("/oauth/access_token", data={**form, **changes})


def body(response: httpx.Response) -> Json:
    """Return the JSON of an answer that must be a success."""
    assert response.status_code == 200, response.text
    return response.json()


def refusal(response: httpx.Response) -> tuple[int, int | None]:
    """Return code and subcode of a Graph error."""
    error: Json = response.json()["error"]
    assert error["fbtrace_id"]
    assert error["message"]
    return error["code"], error.get("error_subcode")


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 10.0) -> None:
    """Wait until ``condition`` holds.

    Raises:
        TimeoutError: it does not within ``seconds``.
    """
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110  # the condition lies in another process
            await asyncio.sleep(0.01)


async def settings(http: httpx.AsyncClient, **values: Any) -> Json:
    return body(await http.post("/sandbox/settings", json=values))


async def arm(http: httpx.AsyncClient, kind: str, /, **fields: Any) -> None:
    body(await http.post("/sandbox/faults", json={"kind": kind, **fields}))


async def advance(http: httpx.AsyncClient, seconds: float) -> None:
    body(await http.post("/sandbox/clock", json={"advance_seconds": seconds}))


async def feed(http: httpx.AsyncClient) -> list[Json]:
    return body(await http.get("/sandbox/feed"))["posts"]


async def log(http: httpx.AsyncClient, path: str) -> list[Json]:
    return body(await http.get("/sandbox/log", params={"path": path}))["requests"]

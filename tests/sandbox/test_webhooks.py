"""What the sandbox sends to an app by itself, signed as Meta signs it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from aiohttp import web
from sandbox_user import SandboxUser, body, settings

from loopback import serving_app


@dataclass(slots=True)
class App:
    """An app that keeps what it is sent."""

    url: str = ""
    received: asyncio.Queue[tuple[str, bytes]] = field(default_factory=asyncio.Queue[tuple[str, bytes]])


@pytest.fixture
async def app() -> AsyncIterator[App]:
    listening = App()

    async def receive(request: web.Request) -> web.Response:
        signature = request.headers.get("X-Hub-Signature-256", "")
        listening.received.put_nowait((signature, await request.read()))
        return web.Response(text="ok")

    application = web.Application()
    application.router.add_post("/hook", receive)
    async with serving_app(application) as url:
        listening.url = f"{url}/hook"
        yield listening


async def event(app: App) -> dict[str, Any]:
    """Return the next webhook, whose signature must be right."""
    signature, raw = await asyncio.wait_for(app.received.get(), 5)
    assert signature == "sha256=" + hmac.new(b"s3cret", raw, hashlib.sha256).hexdigest()
    return json.loads(raw)


async def test_a_post_is_announced(an: SandboxUser, http: httpx.AsyncClient, app: App) -> None:
    """The publish webhook has the media id, so that a lost answer can be resolved; ``values`` is one object."""
    await settings(http, webhook_url=app.url, client_secret="s3cret")
    media_id = await an.say("chào")
    sent = await event(app)
    assert (sent["topic"], sent["target_id"]) == ("interaction", an.user_id)
    assert sent["values"]["field"] == "publish"
    value = sent["values"]["value"]
    assert (value["id"], value["media_type"], value["username"]) == (media_id, "TEXT_POST", "an")

    body(await an.delete(media_id))
    sent = await event(app)
    assert (sent["topic"], sent["values"]["field"]) == ("moderate", "delete")
    assert sent["values"]["value"]["owner"] == {"owner_id": an.user_id}


@pytest.mark.parametrize(
    ("setting", "action"), [("deauthorize_url", "deauthorize"), ("delete_url", "request-deletion")]
)
async def test_callbacks_carry_a_signed_request(
    an: SandboxUser, http: httpx.AsyncClient, app: App, setting: str, action: str
) -> None:
    """Removing the app and asking for deletion post ``signed_request`` to the app's callbacks."""
    await settings(http, client_secret="s3cret", **{setting: app.url})
    body(await http.post(f"/sandbox/accounts/{an.username}/{action}"))
    _, raw = await asyncio.wait_for(app.received.get(), 5)
    signature, payload = httpx.QueryParams(raw.decode())["signed_request"].split(".")
    expected = hmac.new(b"s3cret", payload.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected
    content = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert (content["user_id"], content["algorithm"]) == (an.user_id, "HMAC-SHA256")


async def test_an_app_that_does_not_listen_harms_nobody(an: SandboxUser, http: httpx.AsyncClient) -> None:
    """A webhook that cannot be delivered does not disturb the publishing."""
    await settings(http, webhook_url="http://127.0.0.1:9/hook")
    assert await an.say("chào")
    assert (await http.post("/sandbox/accounts/an/request-deletion")).status_code == 400
    assert (await http.post("/sandbox/accounts/nobody/deauthorize")).status_code == 400

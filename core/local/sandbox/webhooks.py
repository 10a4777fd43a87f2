"""What Meta sends to an app by itself: publish and delete webhooks, deauthorize and deletion callbacks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from typing import Any

import aiohttp
from aiohttp import web

from core.local.sandbox.outbound import OUTBOUND, Outbound
from core.local.sandbox.posts import Post
from core.local.sandbox.state import STATE, State
from core.local.sandbox.wire import permalink, timestamp

_log = logging.getLogger(__name__)

DEFAULT_SECRET = "sandbox-secret"  # noqa: S105  # public: it signs where no client_secret is set
_APP_ID = "1789000000000001"


def send_publish(app: web.Application, username: str, post: Post) -> None:
    """Send the publish webhook, if there is an address for it; needs only threads_basic at Meta."""
    state = app[STATE]
    value = {
        "id": post.id,
        "media_type": post.media_type,
        "permalink": permalink(state, username, post),
        "timestamp": timestamp(post.published_at),
        "username": username,
    }
    _send_event(app, "interaction", "publish", post.user_id, value)


def send_delete(app: web.Application, username: str, post: Post) -> None:
    now = timestamp(app[STATE].now())
    value = {
        "id": post.id,
        "owner": {"owner_id": post.user_id},
        "deleted_at": now,
        "timestamp": timestamp(post.published_at),
        "username": username,
    }
    _send_event(app, "moderate", "delete", post.user_id, value)


def send_signed_request(app: web.Application, url: str, user_id: str) -> None:
    """Post ``signed_request`` to the deauthorize or the data-deletion callback."""
    payload = {"user_id": user_id, "algorithm": "HMAC-SHA256", "issued_at": int(app[STATE].now())}
    body = _base64(json.dumps(payload).encode())
    signature = _base64(hmac.new(_secret(app[STATE]), body.encode(), hashlib.sha256).digest())
    outbound = app[OUTBOUND]
    outbound.spawn(_deliver(outbound, url, aiohttp.FormData({"signed_request": f"{signature}.{body}"}), {}))


def _send_event(app: web.Application, topic: str, field: str, user_id: str, value: dict[str, Any]) -> None:
    state, outbound = app[STATE], app[OUTBOUND]
    if not state.options.webhook_url:
        return
    event = {
        "app_id": _APP_ID,
        "topic": topic,
        "target_id": user_id,
        "time": int(time.time()),
        "subscription_id": "1",
        "has_uid_field": False,
        "values": {"value": value, "field": field},
    }
    body = json.dumps(event).encode()
    signature = hmac.new(_secret(state), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
    outbound.spawn(_deliver(outbound, state.options.webhook_url, body, headers))


async def _deliver(outbound: Outbound, url: str, body: Any, headers: dict[str, str]) -> None:
    try:
        async with outbound.session.post(url, data=body, headers=headers) as response:
            _log.info("sandbox.webhook", extra={"url": url, "status": response.status})
    except (aiohttp.ClientError, TimeoutError) as error:
        _log.warning("sandbox.webhook_failed", extra={"url": url, "reason": str(error)})


def _secret(state: State) -> bytes:
    return (state.options.client_secret or DEFAULT_SECRET).encode()


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

"""Threads, as somebody sees it who can look behind the scenes: the feed, the calls, and what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from core.domain.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A post or reply that is public, by Threads' own account of it."""

    id: str
    username: str
    media_type: str
    text: str
    media: tuple[str, ...]
    reply_to: str | None
    creation_id: str
    permalink: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class ThreadsSide:
    """The sandbox over HTTP; the faults are those of :mod:`core.local.sandbox.faults`."""

    http: httpx.AsyncClient

    async def sign_up(self, username: str) -> Secret:
        """An account, new or not, and a token for it."""
        return Secret((await self._post("accounts", username=username))["access_token"])

    async def misbehave(self, kind: str, **how: Any) -> None:
        await self._post("faults", kind=kind, **how)

    async def behave(self) -> None:
        """Forget every fault that has not happened yet."""
        (await self.http.delete("/sandbox/faults")).raise_for_status()

    async def settings(self, **values: Any) -> None:
        await self._post("settings", **values)

    async def move_clock(self, by: timedelta) -> None:
        await self._post("clock", advance_seconds=by.total_seconds())

    async def end_access(self, username: str) -> None:
        """The owner removes the app: every token of the account is dead."""
        await self._post(f"accounts/{username}/deauthorize")

    async def feed(self, username: str | None = None) -> list[Shown]:
        """What is public, replies too, in the order in which it went out."""
        posts = (await self._get("feed"))["posts"]
        return [_shown(post) for post in posts if username in (None, post["username"])]

    async def calls(self, operation: str) -> list[dict[str, Any]]:
        """The calls that were received, of one kind such as ``publish`` or ``create``, in order."""
        log = await self._get("log", path=operation)
        return [call for call in log["requests"] if call["operation"] == operation]

    async def _get(self, address: str, /, **query: str) -> Any:
        return (await self.http.get(f"/sandbox/{address}", params=query)).raise_for_status().json()

    async def _post(self, address: str, /, **values: Any) -> Any:
        return (await self.http.post(f"/sandbox/{address}", json=values)).raise_for_status().json()


def _shown(post: dict[str, Any]) -> Shown:
    return Shown(
        id=post["id"],
        username=post["username"],
        media_type=post["media_type"],
        text=post["text"] or "",
        media=tuple(item["source_url"] for item in post["media"]),
        reply_to=post["reply_to"],
        creation_id=post["creation_id"],
        permalink=post["permalink"],
        published_at=datetime.fromtimestamp(post["published_at_ms"] / 1000, UTC),
    )

"""The sandbox's own door: users, switches, log and feed. Real Threads has none of these."""

from __future__ import annotations

import re
import unicodedata
from types import TracebackType
from typing import Any, Self

import httpx

from core.domain.errors import RefusedError, UnavailableError
from core.domain.secret import Secret


class SandboxAdmin:
    """Calls to ``/sandbox/...``. Raises UnavailableError when the sandbox does not answer or refuses."""

    def __init__(self, url: str) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def add_user(self, username: str) -> Secret:
        """A token of this user, who is made if new."""
        return Secret((await self._call("POST", "/sandbox/accounts", {"username": username}))["access_token"])

    async def set_processing(self, seconds: dict[str, float]) -> None:
        """How long the containers of each kind of post take."""
        await self._call("POST", "/sandbox/settings", {"processing_seconds": seconds})

    async def publish_calls(self) -> list[dict[str, Any]]:
        """Every ``threads_publish`` that was received, in order."""
        return (await self._call("GET", "/sandbox/log?path=threads_publish"))["requests"]

    async def feed(self) -> list[dict[str, Any]]:
        """Every post that is live, in the order of publishing."""
        return (await self._call("GET", "/sandbox/feed"))["posts"]

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            answer = await self._http.request(method, path, json=body)
            said: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise UnavailableError(f"The sandbox does not answer ({type(error).__name__}).") from error
        if answer.is_error:
            raise UnavailableError(f"The sandbox refuses: {said.get('error', answer.status_code)}")
        return said


def username_for(name: str) -> str:
    """A user name that Threads would take: small letters, digits, dots and underscores."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    username = re.sub(r"[^a-z0-9._]+", "_", plain).strip("._")[:30]
    if not username:
        raise RefusedError(f'"{name}" has no letter or digit for a user name: choose another name.')
    return username

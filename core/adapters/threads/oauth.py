"""Linking an account: the three steps of Threads' authorisation (threads_api fact sheet §2)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from core.adapters.threads import wire
from core.adapters.threads.transport import GraphTransport, Request
from core.domain.errors import RefusedError
from core.domain.secret import Secret
from core.domain.threads_codes import Call
from core.ports import IssuedToken

SCOPES: Final = (
    "threads_basic",
    "threads_content_publish",
    "threads_read_replies",
    "threads_manage_replies",
    "threads_manage_insights",
    "threads_delete",
)
"""What the product needs: to publish, to reply under its posts, to read figures, to delete."""


@dataclass(frozen=True, slots=True)
class ThreadsApp:
    """An app of Meta's dashboard: the Threads app id and secret, not the Facebook app's."""

    client_id: str
    client_secret: Secret
    redirect_uri: str


class ThreadsOAuth:
    """The authorisation calls of one app."""

    def __init__(self, base_url: str, app: ThreadsApp, *, http: httpx.AsyncClient | None = None) -> None:
        """``base_url`` is the API's. Raises SettingsError if it is no web address."""
        self._graph = GraphTransport(base_url, http)
        self._app = app

    async def aclose(self) -> None:
        """Close all connections."""
        await self._graph.aclose()

    def authorize_url(self, state: str) -> str:
        """The page on which the account's owner allows the app; ``state`` comes back with the answer.

        The page is on the API's host without ``graph.``.
        """
        values = {
            "client_id": self._app.client_id,
            "redirect_uri": self._app.redirect_uri,
            "scope": ",".join(SCOPES),
            "response_type": "code",
            "state": state,
        }
        site = self._graph.base_url.replace("://graph.", "://", 1)
        return f"{site}/oauth/authorize?{urlencode(values)}"

    async def exchange_code(self, code: Secret) -> wire.ShortLivedToken:
        """A token for one hour, for a code that works once within an hour."""
        values = {
            "client_id": self._app.client_id,
            "client_secret": self._app.client_secret,
            "grant_type": "authorization_code",
            "redirect_uri": self._app.redirect_uri,
            "code": code,
        }
        return await self._graph.ask(_request("POST", "/oauth/access_token", values), wire.short_lived_token)

    async def exchange_long_lived(self, token: Secret) -> IssuedToken:
        """A token for 60 days, for a short-lived one.

        Threads takes the secret and the token in the address only (fact sheet §2.3).
        """
        values = {
            "grant_type": "th_exchange_token",
            "client_secret": self._app.client_secret,
            "access_token": token,
        }
        return await self._graph.ask(_request("GET", "/access_token", values), wire.issued_token)


def code_from_redirect(address: str, state: str) -> Secret:
    """The code in the address that Threads sent the browser to; ``#_`` at its end is no part of it.

    Raises:
        RefusedError: the owner refused, the address has no code, or it belongs to another linking.
    """
    answer = parse_qs(urlsplit(address.strip()).query)
    if "error" in answer:
        raise RefusedError("The permission was refused on Threads; start again and choose Allow.")
    if "code" not in answer:
        raise RefusedError(
            "The address has no code in it; paste the whole address of the page that opened after Allow."
        )
    if not hmac.compare_digest(answer.get("state", [""])[0].encode(), state.encode()):
        raise RefusedError("The address belongs to another attempt to link; start again.")
    return Secret(answer["code"][0])


def _request(method: str, path: str, values: dict[str, str | Secret]) -> Request:
    return Request(call=Call.AUTHORIZE, method=method, path=path, values=values, token=None)

"""The authorize page: who links which account, with an Approve and a Cancel button."""

from __future__ import annotations

import html

from aiohttp import web

from core.local.sandbox.page import page_response
from core.local.sandbox.params import Params

_KEPT = ("client_id", "redirect_uri", "scope", "state", "response_type")


def consent_page(params: Params, scopes: list[str], usernames: list[str]) -> web.Response:
    """Return the page; its form posts the decision to ``/oauth/authorize``."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(params[name])}">'
        for name in _KEPT
        if name in params
    )
    choices = "".join(_choice(name, checked=number == 0) for number, name in enumerate(usernames))
    rights = "".join(f"<li>{html.escape(scope)}</li>" for scope in scopes)
    body = (
        '<form class="consent" method="post" action="/oauth/authorize">'
        f"{hidden}<h1>Link a Threads account</h1>"
        f"<p>The app {html.escape(params['client_id'])} asks for access in this sandbox:</p><ul>{rights}</ul>"
        f"{choices}"
        '<label for="new_username">or a new account:</label>'
        '<input type="text" id="new_username" name="new_username" placeholder="username" pattern="[A-Za-z0-9._]{1,30}">'
        '<button class="main" name="decision" value="approve">Approve</button>'
        '<button name="decision" value="cancel">Cancel</button></form>'
    )
    return page_response("Link a Threads account", body, refreshed=False)


def _choice(username: str, *, checked: bool) -> str:
    name = html.escape(username)
    mark = " checked" if checked else ""
    return f'<label><input type="radio" name="username" value="{name}"{mark}>{name}</label>'

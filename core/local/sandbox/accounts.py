"""The accounts of the sandbox and the tokens that were granted for them."""

from __future__ import annotations

import re
import secrets
import sqlite3
from dataclasses import dataclass

from core.local.sandbox.errors import GraphError, app_removed, invalid_token, token_expired
from core.local.sandbox.state import State

DEFAULT_ACCOUNT = "sandbox"
"""The account that is there from the first start on."""

SCOPES = (
    "threads_basic",
    "threads_content_publish",
    "threads_read_replies",
    "threads_manage_replies",
    "threads_manage_insights",
    "threads_delete",
    "threads_keyword_search",
    "threads_manage_mentions",
    "threads_location_tagging",
    "threads_profile_discovery",
    "threads_share_to_instagram",
)
SHORT_LIFE = 3600.0
"""Seconds that a token from the code exchange lives."""
LONG_LIFE = 60 * 86400.0
"""Seconds that an exchanged or refreshed token lives."""

_USERNAME = re.compile(r"[a-z0-9._]{1,30}")


@dataclass(frozen=True, slots=True)
class Account:
    user_id: str
    username: str
    created_at: float


@dataclass(frozen=True, slots=True)
class Grant:
    """One token. ``kind`` is ``short``, ``long`` or ``app``; times are epoch seconds."""

    token: str
    user_id: str
    kind: str
    scopes: frozenset[str]
    issued_at: float
    expires_at: float
    revoked: bool

    def refusal(self, now: float) -> GraphError | None:
        """Return the error that a call with this token gets, None when the token is good."""
        if self.revoked:
            return app_removed()
        if now >= self.expires_at:
            return token_expired(self.expires_at, now)
        return None


def ensure_account(state: State, username: str) -> Account:
    """Return the account named ``username``, made if it is new.

    Raises:
        ValueError: Threads would not allow the name.
    """
    name = username.strip().lstrip("@").lower()
    if not _USERNAME.fullmatch(name):
        raise ValueError("A username has 1 to 30 letters, digits, dots or underscores.")
    user_id = f"17841{secrets.randbelow(10**12):012d}"
    state.run("INSERT OR IGNORE INTO accounts VALUES (?, ?, ?)", user_id, name, state.now())
    found = account_named(state, name)
    if found is None:
        raise LookupError(name)
    return found


def account_named(state: State, username: str) -> Account | None:
    return _account(state.one("SELECT * FROM accounts WHERE username = ?", username.lstrip("@").lower()))


def account_by_id(state: State, user_id: str) -> Account | None:
    return _account(state.one("SELECT * FROM accounts WHERE user_id = ?", user_id))


def all_accounts(state: State) -> list[Account]:
    rows = state.all("SELECT * FROM accounts ORDER BY created_at, rowid")
    return [Account(row["user_id"], row["username"], row["created_at"]) for row in rows]


def issue_token(state: State, user_id: str, kind: str, scopes: frozenset[str]) -> Grant:
    now = state.now()
    life = SHORT_LIFE if kind == "short" else LONG_LIFE
    token = "THAA" + secrets.token_hex(48)
    grant = Grant(token, user_id, kind, scopes, now, now + life, revoked=False)
    values = (token, user_id, kind, " ".join(sorted(scopes)), now, grant.expires_at)
    state.run("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, 0)", *values)
    return grant


def find_token(state: State, token: str) -> Grant | None:
    row = state.one("SELECT * FROM tokens WHERE token = ?", token)
    return None if row is None else _grant(row)


def lasting_token(state: State, user_id: str) -> Grant:
    """Return a long-lived token with every scope: the newest that is good for a day more, or a new one."""
    row = state.one(
        "SELECT * FROM tokens WHERE user_id = ? AND kind = 'long' AND revoked = 0 AND scopes = ? "
        "AND expires_at > ? ORDER BY expires_at DESC LIMIT 1",
        user_id,
        " ".join(sorted(SCOPES)),
        state.now() + 86400,
    )
    return issue_token(state, user_id, "long", frozenset(SCOPES)) if row is None else _grant(row)


def revoke_tokens(state: State, user_id: str) -> None:
    """Take back every token of the account, as its owner does by removing the app."""
    state.run("UPDATE tokens SET revoked = 1 WHERE user_id = ?", user_id)


def require_token(state: State, token: str | None) -> Grant:
    """Return the grant of ``token``.

    Raises:
        GraphError: 190; it is missing, unknown, expired (463) or taken back (458).
    """
    if token is None:
        raise invalid_token("An access token is required to request this resource.")
    grant = find_token(state, token)
    if grant is None:
        raise invalid_token()
    if refusal := grant.refusal(state.now()):
        raise refusal
    return grant


def _account(row: sqlite3.Row | None) -> Account | None:
    return None if row is None else Account(row["user_id"], row["username"], row["created_at"])


def _grant(row: sqlite3.Row) -> Grant:
    return Grant(
        token=row["token"],
        user_id=row["user_id"],
        kind=row["kind"],
        scopes=frozenset(row["scopes"].split()),
        issued_at=row["issued_at"],
        expires_at=row["expires_at"],
        revoked=bool(row["revoked"]),
    )

"""A linked Threads account and what it allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.failures import Failure
from core.domain.secret import Secret


class AccountState(StrEnum):
    """Whether an account may publish."""

    ACTIVE = "ACTIVE"
    NEEDS_REAUTH = "NEEDS_REAUTH"
    """Its token has died: posts are held until it is linked again."""
    HELD = "HELD"
    """Threads restricts it: posts are held until a person releases it."""


class MissedPolicy(StrEnum):
    """What happens to a post whose time passed while the system was down."""

    PUBLISH = "publish"
    SKIP = "skip"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a call to Threads needs: the numeric user id (a text) and the access token."""

    user_id: str
    token: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A linked account. Times are aware, UTC. ``name`` is unique whatever its case."""

    id: str
    name: str
    user_id: str
    username: str
    token: Secret
    token_issued_at: datetime
    token_expires_at: datetime | None
    zone: str
    state: AccountState = AccountState.ACTIVE
    paused: bool = False
    is_default: bool = False
    missed_policy: MissedPolicy = MissedPolicy.PUBLISH
    due_at: datetime | None = None
    """When the token has to be refreshed next."""
    error: Failure | None = None
    version: int = 1

    @property
    def credentials(self) -> Credentials:
        return Credentials(self.user_id, self.token)

    @property
    def can_publish(self) -> bool:
        return self.state is AccountState.ACTIVE and not self.paused

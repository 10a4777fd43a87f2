"""Who may do what: roles, on all accounts or on single ones, and the people who have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal, TypedDict

from core.domain.errors import RefusedError, SettingsError
from core.domain.zones import resolve_local, zone

Language = Literal["en", "vi"]

_ENTRY: Final = re.compile(
    r"0*(?P<id>[1-9][0-9]{0,19})(?:\s*[:=]\s*(?P<role>[a-z]+)(?:\s*@\s*(?P<accounts>[^\s+]+(?:\+[^\s+]+)*))?)?"
)


class Role(StrEnum):
    """Each role may do what those before it may."""

    VIEWER = "viewer"
    """Sees posts, calendars and states."""
    EDITOR = "editor"
    """Writes, schedules, imports, publishes and deletes posts."""
    OWNER = "owner"
    """Manages accounts and people too."""


_RANK: Final = {role: rank for rank, role in enumerate(Role)}
_REFUSALS: Final = {
    Role.VIEWER: "You may not see this account: ask an owner for access.",
    Role.EDITOR: "You may look at this account but not change its posts: ask an owner to make you an editor.",
    Role.OWNER: "Only an owner of this account may do this: ask one.",
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do: ``everywhere`` on all accounts, ``on`` (by account id) on single ones."""

    everywhere: Role | None = None
    on: Mapping[str, Role] = field(default_factory=dict[str, Role])

    @property
    def accounts(self) -> frozenset[str] | None:
        """The accounts that may be seen; None means all, those to come included."""
        return None if self.everywhere is not None else frozenset(self.on)

    def may(self, role: Role, account_id: str | None = None) -> bool:
        """Whether this suffices for what needs ``role`` on the account; without one, on all of them."""
        held = [self.everywhere, self.on.get(account_id) if account_id is not None else None]
        return any(one is not None and _RANK[one] >= _RANK[role] for one in held)

    def somewhere(self, role: Role) -> bool:
        """Whether there is, or may be, an account on which this suffices for ``role``."""
        return self.may(role) or any(self.may(role, account_id) for account_id in self.on)

    def require(self, role: Role, account_id: str | None = None) -> None:
        """Raise RefusedError, in one sentence, unless this suffices."""
        if self.may(role, account_id):
            return
        if account_id is None:
            raise RefusedError(f"Only an {role} of all accounts may do this: ask an owner.")
        raise RefusedError(_REFUSALS[role if self.may(Role.VIEWER, account_id) else Role.VIEWER])


ALL_RIGHTS: Final = Rights(Role.OWNER)
"""Those of the worker and of whoever has the command line."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role as a setting or an invitation gives it; ``accounts`` names the accounts, none means all."""

    role: Role
    accounts: tuple[str, ...] = ()


class NoticeKind(StrEnum):
    """What people can be told about unasked."""

    PUBLISHED = "published"
    FAILED = "failed"
    OUTCOME_UNKNOWN = "outcome_unknown"
    MISSED = "missed"
    ACCOUNT_HELD = "account_held"
    TOKEN_EXPIRING = "token_expiring"  # noqa: S105  # no password
    QUOTA_FORECAST = "quota_forecast"
    QUEUE_LOW = "queue_low"
    JOINED = "joined"
    """Somebody is in by an invitation that its reader has made."""
    SYSTEM = "system"
    """A worker, Redis or MongoDB is down, or back."""
    DIGEST = "digest"


class Noise(StrEnum):
    """How loudly somebody is told."""

    ON = "on"
    SILENT = "silent"
    """Delivered without a sound."""
    OFF = "off"


DEFAULT_NOISE: Final[Mapping[NoticeKind, Noise]] = {
    **dict.fromkeys(NoticeKind, Noise.ON),
    NoticeKind.PUBLISHED: Noise.SILENT,
    NoticeKind.QUEUE_LOW: Noise.SILENT,
    NoticeKind.DIGEST: Noise.SILENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may use the product from Telegram; ``id`` is the numeric user id, as text.

    ``zone`` and ``language`` are None until chosen. ``digest_at`` is local time; None sends none.
    ``due_at`` is when the next digest has to be made. A person named by the settings has the role they
    say whatever ``grant`` is; ``grant`` None means that somebody may do nothing (any more).
    """

    id: str
    name: str = ""
    grant: Grant | None = None
    invited_by: str | None = None
    language: Language | None = None
    zone: str | None = None
    account_id: str | None = None
    """The account chosen for new posts; None means the default account."""
    noise: Mapping[NoticeKind, Noise] = field(default_factory=dict[NoticeKind, Noise])
    digest_at: time | None = None
    due_at: datetime | None = None
    seen_at: datetime | None = None
    blocked: bool = False
    """Has blocked the bot: nothing can be delivered until they write again."""
    version: int = 1

    def noise_of(self, kind: NoticeKind) -> Noise:
        return self.noise.get(kind, DEFAULT_NOISE[kind])


class Preferences(TypedDict, total=False):
    """What somebody may say about themselves; see :class:`Person`.

    ``noise`` names only the kinds that change.
    """

    language: Language | None
    zone: str | None
    account_id: str | None
    noise: Mapping[NoticeKind, Noise]
    digest_at: time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that makes one person one of us, once, until ``expires_at``; ``id`` is a digest of its token."""

    id: str
    grant: Grant
    invited_by: str
    expires_at: datetime
    used_by: str | None = None
    version: int = 1


def digest_due(person: Person, now: datetime, default_zone: str) -> datetime | None:
    """The next moment (UTC) after ``now`` that is the person's ``digest_at``; None without one.

    Local time is that of the person's zone, else of ``default_zone``.
    """
    if person.digest_at is None:
        return None
    where = zone(person.zone or default_zone)
    today = now.astimezone(where).date()
    moments = (
        resolve_local(datetime.combine(today + timedelta(days=ahead), person.digest_at), where).at
        for ahead in range(3)
    )
    return next(moment for moment in moments if moment > now)


def parse_allowed_users(text: str) -> dict[str, Grant]:
    """Read ``TELEGRAM_ALLOWED_USERS``: ``111:owner, 222:editor, 333:viewer@shop-hanoi+shop-saigon``.

    Entries stand apart by comma, semicolon or line; an id alone is an owner; an empty text is nobody.

    Raises:
        SettingsError: an entry cannot be read or names somebody again, naming it.
    """
    found: dict[str, Grant] = {}
    for entry in filter(None, map(str.strip, re.split(r"[,;\n]", text))):
        match = _ENTRY.fullmatch(entry.casefold())
        role = match["role"] or Role.OWNER if match else ""
        if match is None or role not in set(Role):
            raise SettingsError(
                f'TELEGRAM_ALLOWED_USERS cannot be read at "{entry}": write numeric ids with roles, such as'
                " 111:owner, 222:editor, 333:viewer@shop-hanoi (a username is not an id; /whoami tells it)."
            )
        if match["id"] in found:
            raise SettingsError(
                f"TELEGRAM_ALLOWED_USERS names {match['id']} twice: keep one entry, such as"
                f" {match['id']}:editor@shop-hanoi+shop-saigon."
            )
        accounts = tuple(match["accounts"].split("+")) if match["accounts"] else ()
        found[match["id"]] = Grant(Role(role), accounts)
    return found

"""People: who is let in with which rights, invitations, and what each of them prefers."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Unpack

from core.domain.access import (
    Grant,
    Invitation,
    Language,
    Person,
    Preferences,
    Rights,
    Role,
    digest_due,
)
from core.domain.errors import ConflictError, NotFoundError, RefusedError
from core.domain.notice import newcomer
from core.domain.zones import zone
from core.ports import AccountStore, Clock, Events, InvitationStore, NoticeStore, PersonStore
from core.services.desk import Desk

log = logging.getLogger(__name__)

INVITATION_LIFE: Final = timedelta(hours=24)
_SEEN_EVERY: Final = timedelta(hours=1)
_TOKEN_BYTES: Final = 24
"""192 bits: 32 letters, of the 64 that a Telegram deep link takes (Bot features: deep linking)."""
_TRIES: Final = 5
_LONGEST_NAME: Final = 128


class People:
    """Knows who is who. ``granted`` is what the settings say, by person; it wins over what is stored.

    A person that this hands out has the grant that counts. Nothing is kept between two calls, so that
    whoever is removed is out at once.
    """

    def __init__(  # noqa: PLR0913  # one per port
        self,
        *,
        people: PersonStore,
        invitations: InvitationStore,
        notices: NoticeStore,
        events: Events,
        accounts: AccountStore,
        desk: Desk,
        clock: Clock,
        granted: Mapping[str, Grant],
        default_zone: str,
    ) -> None:
        self._people = people
        self._invitations = invitations
        self._notices = notices
        self._events = events
        self._accounts = accounts
        self._desk = desk
        self._clock = clock
        self._granted = granted
        self._default_zone = default_zone

    async def admit(self, person_id: str, *, name: str, language: Language | None = None) -> Person | None:
        """Who this is, now seen under this name; None for a stranger, of whom nothing is written.

        ``language`` is theirs until they choose one.
        """
        stored = await self._people.get(person_id)
        if self._grant_of(person_id, stored) is None:
            return None
        now = self._clock.now()
        seen = Person(id=person_id, name=_tidy(name), language=language, seen_at=now)
        if stored is None and await self._people.add(seen):
            return self._with_grant(seen)

        def noticed(before: Person) -> Person:
            lately = before.seen_at is not None and now - before.seen_at < _SEEN_EVERY
            spoken = before.language or language
            if lately and (before.name, before.language) == (seen.name, spoken) and not before.blocked:
                return before
            return replace(before, name=seen.name, language=spoken, seen_at=now, blocked=False)

        if stored is None or noticed(stored) != stored:
            stored = await self._change(person_id, noticed)
        person = self._with_grant(stored)
        return person if person.grant is not None else None

    async def known(self, person_id: str) -> Person | None:
        """Who this is, without their being seen; None for a stranger and for somebody who was removed."""
        person = self._with_grant(await self._people.get(person_id) or Person(id=person_id))
        return person if person.grant is not None else None

    async def rights_of(self, person: Person) -> Rights:
        """What the person may do now; a name that no account has gives nothing."""
        grant = self._grant_of(person.id, person)
        if grant is None:
            return Rights()
        if not grant.accounts:
            return Rights(grant.role)
        found = [await self._accounts.by_name(name) for name in grant.accounts]
        return Rights(on={account.id: grant.role for account in found if account is not None})

    async def invite(self, grant: Grant, *, by: Person) -> tuple[Invitation, str]:
        """An invitation that one person can take up within 24 h, and its token, which is kept nowhere.

        Raises RefusedError unless ``by`` is an owner of all accounts, NotFoundError for an account that
        is not linked.
        """
        await self._must_own(by)
        for name in grant.accounts:
            if await self._accounts.by_name(name) is None:
                raise NotFoundError(f'No account is named "{name}": see the list of accounts.')
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        expires = self._clock.now() + INVITATION_LIFE
        invitation = Invitation(id=_digest(token), grant=grant, invited_by=by.id, expires_at=expires)
        await self._invitations.add(invitation)
        facts = {"role": grant.role.value, "accounts": list(grant.accounts)}
        log.info("person.invited", extra={"by": by.id, **facts})
        return invitation, token

    async def join(self, token: str, person_id: str, name: str) -> Person | None:
        """Let somebody in by the token of an invitation; None, and nothing written, if it is worth nothing.

        Whoever may as much already stays as they are and leaves the invitation unused. Whoever made it is told.
        """
        known = await self.admit(person_id, name=name)
        invitation = await self._invitations.get(_digest(token))
        if invitation is None or not await self._is_good(invitation, person_id):
            return known
        if known is not None and await self._needs_no(invitation.grant, known):
            return known
        if await self._invitations.save(invitation, replace(invitation, used_by=person_id)) is None:
            return known
        name = _tidy(name)  # told first: only who is not in yet comes again after a crash in between
        await self._notices.add([newcomer(invitation, person_id, name, self._clock.now())])
        joined = await self._let_in(person_id, name, invitation)
        self._events.announce()
        log.info("person.joined", extra={"person": person_id, "by": joined.invited_by})
        return joined

    async def remove(self, person_id: str, by: Person) -> None:
        """Take every right from somebody; they are out with their next update.

        Raises RefusedError unless ``by`` is an owner of all accounts, or for somebody whom the settings
        name; NotFoundError for a stranger.
        """
        await self._must_own(by)
        if person_id in self._granted:
            raise RefusedError(
                f"{person_id} is named by TELEGRAM_ALLOWED_USERS: take the id out there and start again."
            )
        stored = await self._people.get(person_id)
        if stored is None or stored.grant is None:
            raise NotFoundError(f"Nobody with the id {person_id} is one of us.")
        await self._change(person_id, lambda before: replace(before, grant=None, digest_at=None, due_at=None))
        log.info("person.removed", extra={"person": person_id, "by": by.id})

    async def everybody(self) -> list[Person]:
        """Everybody who may do something, by id, also those of the settings who never came."""
        stored = {person.id: person for person in await self._people.list()}
        ids = sorted(stored.keys() | self._granted.keys())
        known = [self._with_grant(stored.get(one) or Person(id=one)) for one in ids]
        return [person for person in known if person.grant is not None]

    async def claim_digests(self, *, until: datetime, limit: int) -> list[Person]:
        """The people whose digest is due up to ``until``; due again soon unless :meth:`digest_made` follows.

        Whoever has no grant may do nothing any more and gets none.
        """
        due = await self._people.claim_due(until=until, now=self._clock.now(), limit=limit)
        return [self._with_grant(person) for person in due]

    async def list(self, by: Person) -> list[Person]:
        """The same for a person. Raises RefusedError unless ``by`` is an owner of all accounts."""
        await self._must_own(by)
        return await self.everybody()

    async def set_preferences(self, person: Person, **changes: Unpack[Preferences]) -> Person:
        """Change what is named. The digest's next time follows ``digest_at`` and ``zone``.

        Raises UnknownZoneError for a zone that does not exist, NotFoundError for an account that the
        person may not see.
        """
        if unknown := changes.keys() - Preferences.__annotations__.keys():
            raise TypeError(f"no preferences: {', '.join(sorted(unknown))}")
        chosen: dict[str, Any] = dict(changes)
        if changes.get("zone") is not None:
            chosen["zone"] = zone(chosen["zone"]).key
        if changes.get("account_id") is not None:
            await self._must_see(person, chosen["account_id"])

        def changed(before: Person) -> Person:
            noise = {**before.noise, **changes.get("noise", {})}
            after = replace(before, **{**chosen, "noise": noise})
            if (after.digest_at, after.zone) == (before.digest_at, before.zone):
                return after
            return replace(after, due_at=digest_due(after, self._clock.now(), self._default_zone))

        after = await self._change(person.id, changed)
        await self._desk.arm(after.due_at)
        log.info("person.preferences", extra={"person": person.id, "changed": sorted(changes)})
        return self._with_grant(after)

    async def digest_made(self, person_id: str) -> None:
        """The person's next digest is due at the first of their hours after the one that was claimed."""

        def moved_on(before: Person) -> Person:
            if before.due_at is None:
                return before
            after = max(self._clock.now(), before.due_at)
            return replace(before, due_at=digest_due(before, after, self._default_zone))

        await self._change(person_id, moved_on)

    async def mark_blocked(self, person_id: str) -> None:
        """Nothing can be delivered to the person until they write again."""
        if await self._people.get(person_id) is not None:
            await self._change(person_id, lambda before: replace(before, blocked=True))

    def _grant_of(self, person_id: str, person: Person | None) -> Grant | None:
        return self._granted.get(person_id) or (person and person.grant)

    def _with_grant(self, stored: Person) -> Person:
        return replace(stored, grant=self._grant_of(stored.id, stored))

    async def _must_own(self, by: Person) -> None:
        """Of what is stored, not of what ``by`` says: they may have been removed meanwhile."""
        (await self._rights_now(by.id)).require(Role.OWNER)

    async def _rights_now(self, person_id: str) -> Rights:
        stored = await self._people.get(person_id)
        return await self.rights_of(stored or Person(id=person_id))

    async def _must_see(self, person: Person, account_id: str) -> None:
        rights = await self.rights_of(person)
        if not rights.may(Role.VIEWER, account_id) or await self._accounts.get(account_id) is None:
            raise NotFoundError("This account is not linked: see the list of accounts.")

    async def _is_good(self, invitation: Invitation, person_id: str) -> bool:
        """Neither used nor past, made by somebody who is still an owner, for somebody not in the settings.

        Used up by this person of whom nothing is known yet: a crash came between the two writes.
        """
        begun = invitation.used_by == person_id and await self._people.get(person_id) is None
        return (
            (invitation.used_by is None or begun)
            and self._clock.now() < invitation.expires_at
            and person_id not in self._granted
            and (await self._rights_now(invitation.invited_by)).may(Role.OWNER)
        )

    async def _needs_no(self, grant: Grant, person: Person) -> bool:
        rights = await self.rights_of(person)
        return person.grant == grant or rights.may(grant.role)

    async def _let_in(self, person_id: str, name: str, invitation: Invitation) -> Person:
        newcomer = Person(id=person_id)
        await self._people.add(newcomer)

        def joined(before: Person) -> Person:
            return replace(
                before,
                name=name,
                grant=invitation.grant,
                invited_by=invitation.invited_by,
                seen_at=self._clock.now(),
                blocked=False,
            )

        return await self._change(person_id, joined)

    async def _change(self, person_id: str, change: Callable[[Person], Person]) -> Person:
        """Apply a change to what is stored, whose grant is not that of the settings."""
        for _ in range(_TRIES):
            before = await self._people.get(person_id)
            if before is None:
                raise NotFoundError(f"Nobody with the id {person_id} is one of us.")
            after = change(before)
            if after == before:
                return before
            saved = await self._people.save(before, after)
            if saved is not None:
                return saved
        raise ConflictError(f"What is known of {person_id} keeps changing: try again.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _tidy(name: str) -> str:
    """What can be stored of a name: no lone surrogates, no end without."""
    return name.encode(errors="ignore").decode().strip()[:_LONGEST_NAME]

"""Where people, invitations, compositions and conversations are kept.

``save`` writes ``after`` if the stored version is still that of ``before`` and returns it with its new
version, or None when somebody was quicker. Nothing here raises for a lost race.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.domain.access import Invitation, Person
from core.domain.composition import Composition
from core.domain.conversation import Card, Letter, Talk


class PersonStore(Protocol):
    async def get(self, person_id: str) -> Person | None: ...

    async def add(self, person: Person) -> bool:
        """Insert; False when the person exists."""
        ...

    async def list(self) -> list[Person]: ...

    async def save(self, before: Person, after: Person) -> Person | None: ...

    async def claim_due(self, *, until: datetime, now: datetime, limit: int) -> list[Person]: ...


class InvitationStore(Protocol):
    async def add(self, invitation: Invitation) -> None: ...

    async def get(self, invitation_id: str) -> Invitation | None: ...

    async def save(self, before: Invitation, after: Invitation) -> Invitation | None: ...


class CompositionStore(Protocol):
    """Compositions, forgotten some weeks after they were begun."""

    async def add(self, composition: Composition) -> bool:
        """Insert; False when its id exists."""
        ...

    async def get(self, composition_id: str) -> Composition | None: ...

    async def save(self, before: Composition, after: Composition) -> Composition | None: ...


class TalkStore(Protocol):
    async def get(self, person_id: str) -> Talk:
        """A new one when there is none."""
        ...

    async def put(self, talk: Talk) -> None:
        """Write it whatever was there: the updates of one person are handled one by one."""
        ...


class CardStore(Protocol):
    async def put(self, card: Card) -> None:
        """Write it whatever was there."""
        ...

    async def get(self, chat_id: int, message_id: int) -> Card | None: ...

    async def of_subjects(self, subjects: Sequence[str]) -> list[Card]:
        """The oldest first."""
        ...

    async def recent(self, limit: int = 500) -> list[Card]:
        """The newest first."""
        ...

    async def delete(self, card_id: str) -> None: ...


class LetterBox(Protocol):
    """Updates of a chat service: stored before they are confirmed there, so that none is lost or done twice."""

    async def add(self, letters: Sequence[Letter]) -> list[Letter]:
        """Store; those that were new, in order."""
        ...

    async def waiting(self, bot_id: str) -> list[Letter]:
        """Those not dealt with, in the order of their numbers."""
        ...

    async def begin(self, letter_id: str) -> int:
        """Count an attempt to deal with it; which one this is (1, 2, ...), or 0 when it was dealt with already."""
        ...

    async def finish(self, letter_id: str) -> None:
        """It was dealt with; it is remembered for two days, so that a repeated one is known."""
        ...


class LeaseStore(Protocol):
    """Who alone may do something, until when."""

    async def take(self, name: str, holder: str, *, until: datetime, now: datetime) -> bool:
        """Take it, or keep it longer; False while somebody else holds it."""
        ...

    async def free(self, name: str, holder: str) -> None:
        """Give it back; nothing happens when somebody else holds it."""
        ...

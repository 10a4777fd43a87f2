"""What a chat remembers between two messages, so that any process can answer after any restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

_PATIENCE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where the conversation with a person stands; ``id`` is the person's.

    ``awaiting`` is the verb of the flow that asked for a typed answer (empty: none), about ``subject``;
    ``card`` is the message that asked, ``asked_at`` when. ``facts`` hold what a flow wants to know again.
    ``answered_by`` is the number of the update that took the question away; the question is kept beside it, so
    that an update whose handling was cut short finds it again.
    """

    id: str
    awaiting: str = ""
    subject: str = ""
    card: int | None = None
    asked_at: datetime | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    answered_by: int | None = None

    def heard_by(self, update: int) -> Talk:
        """The talk as this update finds it: a question that another one has taken away is none any more."""
        return self if self.answered_by in (None, update) else self.without_question()

    def without_question(self) -> Talk:
        return replace(self, awaiting="", subject="", card=None, asked_at=None, answered_by=None)

    def is_over(self, now: datetime) -> bool:
        """Whether the question was asked more than an hour ago: what is typed now is no answer to it."""
        return self.asked_at is None or now - self.asked_at > _PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message that follows its subject: ``<kind>:<id>`` of a post, series, batch, draft or invitation.

    ``id`` is ``<chat>:<message>``. ``shown`` says which state of the subject the message shows; at
    ``redraw_at`` it is drawn anew though that has not changed. Until then it has a button that says ``undo``,
    if anything, for as long as that works. ``storm`` is the group of notices that the message tells, for as
    long as its person has not turned it into something else.
    """

    id: str
    chat_id: int
    message_id: int
    person_id: str
    subject: str
    shown: str = ""
    storm: str = ""
    undo: str = ""
    redraw_at: datetime | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One update of a chat service, kept from its arrival until it was dealt with.

    ``id`` is ``<bot id>:<update id>``, ``number`` the update id; ``sender`` orders those of one person.
    """

    id: str
    number: int
    sender: str
    payload: str
    """The update as JSON."""
    arrived_at: datetime
    done: bool = False
    attempts: int = 0

"""Takes updates in: each is stored before Telegram forgets it, and dealt with once."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from telegram import Update, User
from telegram.error import TelegramError

from bot.api import Api, Json
from bot.arrivals import Arrival
from bot.dispatch import Dispatcher
from bot.gate import Gate, membership, sender_of
from bot.lanes import Lanes
from bot.patience import at_last, cause, soon
from bot.screens import Screen
from core.bootstrap import Core
from core.domain.access import Person
from core.domain.conversation import Letter
from core.domain.errors import UnavailableError

log = logging.getLogger(__name__)

T = TypeVar("T")

_MOST_ATTEMPTS: Final = 3
"""Processes that may end over the same letter before it is put aside."""
_HEAD_START: Final = 0.02
"""Seconds in which the answers to many taps at once leave, before MongoDB's driver takes the processor."""
_ANSWERS_FIRST: Final = 0.1
"""Seconds for which what a tap asks for waits until the button has stopped turning: people look at that."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An update that can be read, and who sent it."""

    update: Update
    user: User
    raw: Json


class Inbox:
    """The updates of one bot, while this process holds its lease.

    ``owed`` are letters that were answered or refused while MongoDB could not be told so: the next inbox of
    this process owes them too.
    """

    def __init__(
        self, core: Core, api: Api, gate: Gate, dispatcher: Dispatcher, owed: dict[str, Letter]
    ) -> None:
        self._core = core
        self._letters = core.stores.letters
        self._api = api
        self._gate = gate
        self._dispatcher = dispatcher
        self._lanes = Lanes(self._deal, self._left)
        self._aside: set[asyncio.Task[Any]] = set()
        self._in_hand: set[str] = set()
        self._owed = owed
        self._settling: asyncio.Task[None] | None = None

    async def resume(self) -> None:
        """Deal with what an earlier process has stored only. Raises UnavailableError; may be called again."""
        self._owe(())
        for letter in await self._letters.waiting(str(self._api.id)):
            if not self._has(letter.id) and (arrival := await self._resumed(letter)):
                self._put(arrival)

    async def _left(self, sender: int, most: int) -> list[Arrival]:
        """The first of a person that were stored only, since too many of theirs were in hand."""
        arrivals = await at_last(lambda: self._first_of(sender, most))
        self._in_hand.update(arrival.letter.id for arrival in arrivals)
        return arrivals

    async def _first_of(self, sender: int, most: int) -> list[Arrival]:
        waiting = await self._letters.waiting(str(self._api.id))
        theirs = [letter for letter in waiting if letter.sender == str(sender) and not self._has(letter.id)]
        return [arrival for letter in theirs[:most] if (arrival := await self._resumed(letter))]

    async def _resumed(self, letter: Letter) -> Arrival | None:
        """A stored one, unless nobody may say it any more."""
        read = self._read(json.loads(letter.payload))
        person = await self._gate.admit(read.update, read.user) if read else None
        if read is None or person is None:
            await self._letters.finish(letter.id)
            return None
        return Arrival(letter=letter, update=read.update, user=read.user, person=person, resumed=True)

    async def receive(self, raw_updates: Sequence[Json]) -> bool:
        """Store and begin to deal with them; whether they may be confirmed, else they are to be brought again.

        What an inbox has stored as it was closed is known to the one to which it is brought again.
        """
        if self._lanes.closed:
            return False
        try:
            await self._receive(raw_updates)
        except Exception as error:  # noqa: BLE001  # a process that ended over them would be given them again
            log.warning("bot.updates_wait", extra={"reason": cause(error)})
            return False
        return not self._lanes.closed

    async def _receive(self, raw_updates: Sequence[Json]) -> None:
        """Raises what was in the way of any of them, once the others are taken in."""
        reads = [read for raw in raw_updates if (read := self._read(raw)) and not self._has(self._id(read))]
        people = await asyncio.gather(*map(self._admit, reads), return_exceptions=True)
        await self._take(
            [
                self._arrival(read, person)
                for read, person in zip(reads, people, strict=True)
                if isinstance(person, Person)
            ]
        )
        for outcome in people:
            if isinstance(outcome, BaseException):
                raise outcome

    async def _take(self, arrivals: Sequence[Arrival]) -> None:
        if answers := [arrival.answering for arrival in arrivals if arrival.answering is not None]:
            await asyncio.wait(answers, timeout=_HEAD_START)
        letters = [arrival.letter for arrival in arrivals]
        try:
            new = await soon(self._letters.add(letters)) if letters else []
        except UnavailableError as error:
            if self._lanes.closed:
                return
            self._owe(letters)
            for arrival in arrivals:
                self._beside(self._dispatcher.unavailable(arrival, error))
            return
        first = {letter.id for letter in new}
        for arrival in arrivals:
            self._put(arrival if arrival.letter.id in first else replace(arrival, resumed=True))

    async def close(self, grace: float) -> None:
        """Stop; what is in hand may take ``grace`` seconds, what was not begun is left for the next start."""
        await self._lanes.close(grace)
        for task in self._aside:
            task.cancel()
        await asyncio.gather(*self._aside, return_exceptions=True)

    async def _admit(self, read: _Read) -> Person | None:
        """Who sent it, if they may use the bot."""
        person = await self._gate.admit(read.update, read.user)
        if person is None:
            self._beside(self._gate.turn_away(read.update, read.user))
        return person

    def _arrival(self, read: _Read, person: Person) -> Arrival:
        """It, with a tap's answer on its way."""
        tap = read.update.callback_query
        answering = self._beside(self._dispatcher.out.answer(tap.id)) if tap is not None else None
        return Arrival(
            letter=self._letter(read), update=read.update, user=read.user, person=person, answering=answering
        )

    def _put(self, arrival: Arrival) -> None:
        if arrival.letter.id not in self._in_hand and self._lanes.put(arrival):
            self._in_hand.add(arrival.letter.id)

    def _has(self, letter_id: str) -> bool:
        """Whether nothing more is to be done about it when it comes again."""
        return letter_id in self._in_hand or letter_id in self._owed

    def _read(self, raw: Json) -> _Read | None:
        """What somebody says in a private chat; None for all else."""
        try:
            update = Update.de_json(dict(raw), self._api)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with it, one update must not end the bot
            log.error("bot.update_unreadable", extra={"update": raw.get("update_id"), "reason": repr(error)})  # noqa: TRY400  # the traceback would show the text
            return None
        if update.my_chat_member is not None:
            self._beside(membership(update, self._api, self._core))
        user = sender_of(update)
        return _Read(update, user, raw) if user is not None else None

    def _id(self, read: _Read) -> str:
        return f"{self._api.id}:{read.update.update_id}"

    def _letter(self, read: _Read) -> Letter:
        return Letter(
            id=self._id(read),
            number=read.update.update_id,
            sender=str(read.user.id),
            payload=json.dumps(read.raw),
            arrived_at=self._core.clock.now(),
        )

    async def _deal(self, arrival: Arrival, more_of_album: bool) -> None:  # noqa: FBT001  # called by the lanes only
        letter = arrival.letter
        try:
            if arrival.answering is not None:
                await asyncio.wait([arrival.answering], timeout=_ANSWERS_FIRST)
            attempt = await at_last(lambda: self._letters.begin(letter.id)) if arrival.resumed else 1
            if attempt == 0:
                return
            if attempt >= _MOST_ATTEMPTS:
                log.error("bot.letter_given_up", extra={"letter": letter.id, "sender": arrival.user.id})
                await self._give_up(arrival)
            else:
                await self._dispatcher.handle(arrival, more_of_album=more_of_album)
            await self._finish(letter)
        finally:
            self._in_hand.discard(letter.id)

    async def _finish(self, letter: Letter) -> None:
        try:
            await self._letters.finish(letter.id)
        except Exception as error:  # noqa: BLE001  # whatever MongoDB says, the person was answered
            log.warning("bot.letter_unfinished", extra={"letter": letter.id, "reason": cause(error)})
            self._owe([letter])

    def _owe(self, letters: Sequence[Letter]) -> None:
        self._owed.update((letter.id, letter) for letter in letters)
        if self._owed and (self._settling is None or self._settling.done()):
            self._settling = self._beside(self._settle())

    async def _settle(self) -> None:
        """Have them known as done. One that was given up may be stored yet, so it is stored first."""
        while self._owed:
            letters = list(self._owed.values())
            await at_last(lambda letters=letters: self._letters.add(letters))
            for letter in letters:
                await at_last(lambda letter=letter: self._letters.finish(letter.id))
                del self._owed[letter.id]

    async def _give_up(self, arrival: Arrival) -> None:
        text = arrival.words(self._core).say("transport.given_up")
        try:
            await self._dispatcher.out.send(arrival.chat_id, Screen(text=text))
        except TelegramError as error:
            log.warning("bot.person_unreachable", extra={"reason": error.message})

    def _beside(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Do it while the next updates are taken in."""
        task = asyncio.create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
        return task

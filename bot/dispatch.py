"""From an update to the handler that answers it; what goes wrong there becomes one sentence."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import replace

from telegram import Message
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.arrivals import Arrival
from bot.commands import command_of
from bot.html import Html
from bot.outgoing import Outgoing
from bot.patience import soon
from bot.routes import Handler, Routes
from bot.screens import Screen
from bot.taps import decode
from bot.visit import Visit
from core.bootstrap import Core
from core.domain.conversation import Talk
from core.domain.errors import AutopostError, UnavailableError

log = logging.getLogger(__name__)


class Dispatcher:
    """``out`` carries the answers."""

    def __init__(self, core: Core, routes: Routes, out: Outgoing) -> None:
        self._core = core
        self._routes = routes
        self.out = out

    async def handle(self, arrival: Arrival, *, more_of_album: bool) -> None:
        """Let the update be answered; raises nothing."""
        try:
            known = self._core.people.known(arrival.person.id)
            person, talk = await soon(asyncio.gather(known, self._core.stores.talks.get(arrival.person.id)))
            if person is None:
                return  # removed since the update came
            arrival = replace(arrival, person=person)
            visit = await self._visit(
                arrival, talk.heard_by(arrival.update.update_id), more_of_album=more_of_album
            )
            handler = await self._handler(arrival, visit)
            if handler is not None:
                await handler(visit)
        except UnavailableError as error:
            await self._told(arrival, "transport.interrupted", error)
        except AutopostError as error:
            words = arrival.words(self._core)
            await self._tell(arrival, words.say("transport.refused", sentence=words.sentence(str(error))))
        except Forbidden:
            log.info("bot.blocked", extra={"person": arrival.person.id})
        except NetworkError as error:
            if isinstance(error, BadRequest):
                await self._broken(arrival, error)
            else:  # whether it has arrived nobody knows
                log.warning(
                    "bot.answer_uncertain", extra={"person": arrival.person.id, "reason": error.message}
                )
        except Exception as error:  # noqa: BLE001  # one update must not end the bot; the person and the log are told
            await self._broken(arrival, error)

    async def unavailable(self, arrival: Arrival, error: UnavailableError) -> None:
        """Say that nothing was done: the update could not even be stored."""
        await self._told(arrival, "transport.unavailable", error)

    async def _told(self, arrival: Arrival, key: str, error: UnavailableError) -> None:
        log.warning("bot.unavailable", extra={"person": arrival.person.id, "reason": str(error)})
        words = arrival.words(self._core)
        await self._tell(arrival, words.say(key, sentence=words.sentence(str(error))))

    async def _visit(self, arrival: Arrival, talk: Talk, *, more_of_album: bool) -> Visit:
        tapped = arrival.update.callback_query
        shown = tapped.message if tapped else arrival.update.message
        return Visit(
            person=arrival.person,
            core=await soon(self._core.acting(arrival.person)),
            words=arrival.words(self._core),
            out=self.out,
            update_id=arrival.update.update_id,
            message=shown if isinstance(shown, Message) else None,
            talk=talk,
            more_of_album=more_of_album,
        )

    async def _handler(self, arrival: Arrival, visit: Visit) -> Handler | None:
        """Who answers; what belongs to the route is put into the visit. None for what needs no answer."""
        tapped = arrival.update.callback_query
        if tapped is not None:
            visit.tap = decode(tapped.data or "")
            await visit.expect_nothing()
            return await self._tap_handler(arrival, visit)
        command = command_of(visit.message)
        if command is not None:
            visit.args = command.args
            await visit.expect_nothing()
            return self._routes.commands.get(command.name, _unknown_command)
        return await self._content_handler(visit)

    async def _tap_handler(self, arrival: Arrival, visit: Visit) -> Handler:
        if visit.tap is None:
            return _unknown_button
        instead = self._routes.when_late.get(visit.tap.verb)
        if instead is not None and await arrival.waited(self._core.clock.now()):
            visit.tap = replace(visit.tap, verb=instead)
            return _asking_again(self._routes.taps[instead])
        return self._routes.taps.get(visit.tap.verb, _unknown_button)

    async def _content_handler(self, visit: Visit) -> Handler | None:
        message, routes = visit.message, self._routes
        if message is None or (message.text is None and message.effective_attachment is None):
            return None  # a service message
        if visit.talk.is_over(self._core.clock.now()):
            await visit.expect_nothing()
        if message.text is not None:
            replied = message.reply_to_message
            if replied is not None and replied.message_id != visit.talk.card and routes.replies:
                visit.card = await self._core.stores.cards.get(visit.chat_id, replied.message_id)
                if visit.card is not None:
                    return routes.replies
            takes = routes.takes.get(visit.talk.awaiting)
            if visit.talk.awaiting in routes.answers and (takes is None or takes(visit)):
                return routes.answers[visit.talk.awaiting]
        is_file = message.document is not None and message.animation is None
        return (routes.files if is_file else routes.content) or _unknown_content

    async def _broken(self, arrival: Arrival, error: Exception) -> None:
        error_id = secrets.token_hex(4)
        log.error(
            "bot.handler_failed",
            exc_info=error,
            extra={"error_id": error_id, "person": arrival.person.id, "update": arrival.update.update_id},
        )
        await self._tell(arrival, arrival.words(self._core).say("transport.broken", error=error_id))

    async def _tell(self, arrival: Arrival, text: Html) -> None:
        try:
            await self.out.send(arrival.chat_id, Screen(text=text))
        except TelegramError as error:
            log.warning("bot.person_unreachable", extra={"reason": error.message})


def _asking_again(show: Handler) -> Handler:
    """Show how things stand, for a tap that came too late to be carried out."""

    async def handle(visit: Visit) -> None:
        await show(visit)
        await visit.say(Screen(text=visit.words.say("transport.late_tap")))

    return handle


async def _unknown_button(visit: Visit) -> None:
    await visit.say(Screen(text=visit.words.say("transport.unknown_button")))


async def _unknown_command(visit: Visit) -> None:
    command = command_of(visit.message)
    shown = f"/{command.name}" if command else ""
    await visit.say(Screen(text=visit.words.say("transport.unknown_command", command=shown)))


async def _unknown_content(visit: Visit) -> None:
    await visit.say(Screen(text=visit.words.say("transport.unknown_content")))

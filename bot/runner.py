"""Runs the parts of the bot together, and ends them in order."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from typing import Any, Final

from telegram.error import InvalidToken, TelegramError

from bot import command_menu, table
from bot.api import Api, token_of
from bot.delivery import Delivery, pause_after, pause_for
from bot.dispatch import Dispatcher
from bot.gate import Gate
from bot.inbox import Inbox
from bot.lease import Lease, holder_name
from bot.listening import listening
from bot.media_server import media_app
from bot.outgoing import Outgoing
from bot.pacing import Pace
from bot.polling import REJECTED, poll
from bot.routes import Routes
from bot.table import Duty
from bot.webhook import Webhook
from core.bootstrap import Core
from core.domain.conversation import Letter
from core.domain.errors import SettingsError, UnavailableError
from core.log import keep_secret
from core.settings import Settings

log = logging.getLogger(__name__)

OpenCore = Callable[[Settings], AbstractAsyncContextManager[Core]]
_GRACE: Final = 0.5
"""Seconds that the answers in hand may take when the bot stops."""
_LONGEST_GOODBYE: Final = 0.9
"""Seconds after which it ends whatever still hangs: all that matters is stored, as for a SIGKILL."""


async def serve(settings: Settings, open_core: OpenCore) -> None:
    """Run the bot until SIGTERM or SIGINT; a second signal ends the process at once.

    Raises SettingsError without a token or with one that Telegram refuses.
    """
    finish = asyncio.Event()
    _obey_signals(finish)
    token_of(settings)
    async with open_core(settings) as core:
        await BotProcess(core).run(finish)


class BotProcess:
    """One process; of several with one token, one leads and the others stand by."""

    def __init__(
        self,
        core: Core,
        *,
        routes: Routes = table.ROUTES,
        duties: Sequence[Duty] = table.DUTIES,
        vigils: Sequence[Duty] = table.VIGILS,
    ) -> None:
        token = token_of(core.settings)
        keep_secret(token)
        self.api = Api(token, core.settings.telegram_api_base_url)
        self.leads = asyncio.Event()
        """Set while this process takes updates."""
        self._core = core
        self._duties = duties
        self._vigils = vigils
        self.out = Outgoing(self.api, Delivery(Pace(), self._blocked))
        self._dispatcher = Dispatcher(core, routes, self.out)
        self._gate = Gate(core, self.out.patient())
        self._owed: dict[str, Letter] = {}

    async def run(self, finish: asyncio.Event) -> None:
        """Answer people until ``finish``."""
        settings = self._core.settings
        if not settings.telegram_allowed_users:
            log.warning(
                "bot.nobody_named",
                extra={
                    "remedy": "nobody may use this bot but who was invited: set TELEGRAM_ALLOWED_USERS to your"
                    " numeric id, which the bot tells to whoever sends it /whoami"
                },
            )
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.api.shutdown)
            holder = stack.enter_context(holder_name(settings.data_dir))
            await _first_of(finish.wait(), self._work(holder, finish))
        log.info("bot.stopped")

    async def _work(self, holder: str, finish: asyncio.Event) -> None:
        await self._greet()
        lease = Lease(self._core.stores.leases, self._core.clock, f"bot:{self.api.id}", holder)
        try:
            while True:
                await lease.take()
                vigils = [vigil(self._core, self.out.patient()) for vigil in self._vigils]
                await _first_of(self._until_another_leads(lease, finish), *vigils)
        finally:
            await lease.free()

    async def _until_another_leads(self, lease: Lease, finish: asyncio.Event) -> None:
        """Lead whenever the lease is surely ours."""
        while True:
            await self._lead(lease, finish)
            if not await lease.regain():
                return

    async def _greet(self) -> None:
        """Ask Telegram who we are, for as long as it takes."""
        failures = 0
        while True:
            try:
                await self.api.initialize()
            except InvalidToken:
                raise SettingsError(REJECTED) from None
            except TelegramError as error:
                failures += 1
                log.warning("bot.telegram_away", extra={"reason": error.message, "failures": failures})
                await asyncio.sleep(pause_for(error, failures))
            else:
                log.info("bot.ready", extra={"username": self.api.username})
                return

    async def _lead(self, lease: Lease, finish: asyncio.Event) -> None:
        """Take updates, serve media and do the duties until the lease is lost."""
        self.out.forget()
        inbox = Inbox(self._core, self.api, self._gate, self._dispatcher, self._owed)
        patient = self.out.patient()
        try:
            await _first_of(
                lease.keep(),
                self._take_updates(inbox),
                self._serve_media(),
                self._offer_commands(),
                *(duty(self._core, patient) for duty in self._duties),
            )
        finally:
            self.leads.clear()
            await inbox.close(_GRACE if finish.is_set() else 0)

    async def _take_updates(self, inbox: Inbox) -> None:
        await self._until_done(inbox.resume)
        settings = self._core.settings
        if settings.telegram_webhook_url is None:
            await self._until_done(self.api.delete_webhook)
            self.leads.set()
            await poll(self.api, inbox)
        else:
            webhook = Webhook(settings, settings.telegram_webhook_url, inbox)
            async with listening(webhook.app, settings.telegram_webhook_listen, "TELEGRAM_WEBHOOK_LISTEN"):
                await self._until_done(lambda: webhook.register(self.api))
                self.leads.set()
                await asyncio.Event().wait()

    async def _serve_media(self) -> None:
        settings = self._core.settings
        app = media_app(settings.media_at, settings.media_public_url or "")
        where = settings.media_listen
        async with listening(app, where, "MEDIA_LISTEN") if where else nullcontext():
            await asyncio.Event().wait()

    async def _until_done(self, step: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Try again while Telegram or MongoDB is away."""
        failures = 0
        while True:
            try:
                await step()
            except InvalidToken:
                raise SettingsError(REJECTED) from None
            except (TelegramError, UnavailableError) as error:
                failures += 1
                log.warning("bot.start_waits", extra={"reason": str(error), "failures": failures})
                telegrams = isinstance(error, TelegramError)
                await asyncio.sleep(pause_for(error, failures) if telegrams else pause_after(failures))
            else:
                return

    async def _offer_commands(self) -> None:
        """What strangers see; the menu of a person is set when they begin and when it changes."""
        await self._until_done(lambda: command_menu.offer_to_strangers(self.api))
        await asyncio.Event().wait()

    async def _blocked(self, chat_id: int) -> None:
        try:
            await self._core.people.mark_blocked(str(chat_id))
        except UnavailableError as error:
            log.warning("bot.block_not_kept", extra={"person": chat_id, "reason": str(error)})


async def _first_of(*works: Coroutine[Any, Any, object]) -> None:
    """Return when the first of them ends, with the others cancelled and ended; raises what one of them raises."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in done:
        task.result()


def _obey_signals(finish: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def asked(number: int) -> None:
        if finish.is_set():
            os._exit(128 + number)
        finish.set()
        deadline = threading.Timer(_LONGEST_GOODBYE, os._exit, (0,))
        deadline.daemon = True
        deadline.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked, number)

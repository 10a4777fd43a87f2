"""Takes updates that Telegram delivers."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import urlsplit

from aiohttp import web

from bot.api import WANTED, Api, Json
from bot.inbox import Inbox
from core.settings import Settings

log = logging.getLogger(__name__)

_LARGEST: Final = 1024 * 1024
"""Bytes; an update is some kilobytes."""
_SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header


class Webhook:
    """What ``inbox`` cannot take in Telegram delivers again."""

    def __init__(self, settings: Settings, url: str, inbox: Inbox) -> None:
        chosen = settings.telegram_webhook_secret
        self._secret = chosen.get_secret_value() if chosen else secrets.token_urlsafe(32)
        self._url = url
        self._inbox = inbox
        self._turn = asyncio.Lock()
        """What two connections bring keeps its order."""
        self.app = web.Application(client_max_size=_LARGEST)
        self.app.router.add_post(urlsplit(url).path or "/", self._take)

    async def register(self, api: Api) -> None:
        """Tell Telegram where to deliver. Raises telegram.error.TelegramError."""
        await api.set_webhook(self._url, allowed_updates=WANTED, secret_token=self._secret)
        log.info("bot.webhook_set")

    async def _take(self, request: web.Request) -> web.Response:
        shown = request.headers.get(_SECRET, "")
        # aiohttp decodes the bytes of a header so
        if not secrets.compare_digest(shown.encode("utf-8", "surrogateescape"), self._secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            update: Json | object = json.loads(await request.read())
        except ValueError:
            update = None
        if not isinstance(update, dict):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        async with self._turn:
            taken = await self._inbox.receive([cast("Json", update)])
        return web.Response(status=HTTPStatus.OK if taken else HTTPStatus.SERVICE_UNAVAILABLE)

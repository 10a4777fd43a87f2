"""HTTP servers of the bot."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from core.domain.errors import SettingsError


@asynccontextmanager
async def listening(app: web.Application, where: str, setting: str) -> AsyncGenerator[int]:
    """Serve at ``host:port``; the port. Raises SettingsError, naming the setting, when it cannot be had."""
    host, _, port = where.rpartition(":")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host.strip("[]"), int(port))
        try:
            await site.start()
        except OSError as error:
            raise SettingsError(
                f"The bot cannot listen at {where} ({error.strerror}): set {setting} to a free host and port."
            ) from None
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()

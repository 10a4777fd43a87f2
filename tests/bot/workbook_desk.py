"""Calendars to send to the bot, and what it sends back."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from bot_scene import BotScene
from openpyxl import load_workbook

from botapi.messages import Message

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def soon(scene: BotScene, later: timedelta = DAY) -> datetime:
    """A full minute of the product's time, so much from now."""
    return scene.core.clock.now().replace(second=0, microsecond=0) + later


def sheet(message: Message) -> list[dict[str, Any]]:
    """The rows of a workbook that the bot has sent, by header; those that hold anything."""
    assert message.document is not None
    rows = list(load_workbook(io.BytesIO(message.document)).worksheets[0].iter_rows(values_only=True))
    found = [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
    return [row for row in found if any(value is not None for value in row.values())]

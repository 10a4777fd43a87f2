"""The fixtures of the bot's tests."""

from __future__ import annotations

from bot_scene import an, database, environment, linh, minh, product, scene, stranger

from botapi.fixtures import telegram
from stories.fixtures import (
    clip,
    clock,
    engine,
    other_shop,
    photo,
    prepared_database,
    settings,
    shop,
    threads,
)

__all__ = [
    "an",
    "clip",
    "clock",
    "database",
    "engine",
    "environment",
    "linh",
    "minh",
    "other_shop",
    "photo",
    "prepared_database",
    "product",
    "scene",
    "settings",
    "shop",
    "stranger",
    "telegram",
    "threads",
]

"""The fixtures of the stories."""

from __future__ import annotations

from stories.fixtures import (
    clip,
    clock,
    database,
    engine,
    environment,
    other_shop,
    photo,
    prepared_database,
    settings,
    shop,
    threads,
)
from stories.scene import scene

__all__ = [
    "clip",
    "clock",
    "database",
    "engine",
    "environment",
    "other_shop",
    "photo",
    "prepared_database",
    "scene",
    "settings",
    "shop",
    "threads",
]

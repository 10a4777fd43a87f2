"""The fixtures of the stories."""

from __future__ import annotations

from stories.fixtures import clip, clock, engine, environment, other_shop, photo, settings, shop, threads

__all__ = ["clip", "clock", "engine", "environment", "other_shop", "photo", "settings", "shop", "threads"]

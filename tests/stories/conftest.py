"""The fixtures of the stories."""

from __future__ import annotations

from stories.fixtures import *  # noqa: F403  # it says itself which are for all
from stories.scene import scene

__all__ = ["scene"]

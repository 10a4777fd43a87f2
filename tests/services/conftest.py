"""The fixtures of the stories, and services that several modules test."""

from __future__ import annotations

import pytest

from core.services.composing import Composing
from core.services.people import People
from stories.engine import Engine
from stories.fixtures import *  # noqa: F403  # it says itself which are for all
from stories.scene import scene

__all__ = ["scene"]


@pytest.fixture
def people(engine: Engine) -> People:
    return engine.core.people


@pytest.fixture
def composing(engine: Engine) -> Composing:
    """With all rights."""
    return engine.core.composing

"""All wordings together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording import (
    accounts,
    basics,
    choosing,
    composing,
    notices,
    people,
    posts,
    settings,
    status,
    transport,
    workbooks,
)
from bot.wording.words import Text

_PARTS: Final = (
    accounts,
    basics,
    choosing,
    composing,
    notices,
    people,
    posts,
    settings,
    status,
    transport,
    workbooks,
)


def _merged() -> dict[str, Text]:
    merged: dict[str, Text] = {}
    for part in _PARTS:
        twice = merged.keys() & part.TEXTS.keys()
        if twice:
            raise ValueError(f"worded twice: {sorted(twice)}")
        merged.update(part.TEXTS)
    return merged


TEXTS: Final[Mapping[str, Text]] = _merged()

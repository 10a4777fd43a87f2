"""The pictures that the bot sends, as PNG of 1080 pixels in width and at most 300 KB.

A drawing function takes a plain value of :mod:`bot.pictures.subjects` and a language. It does no I/O
besides reading the shipped fonts once, draws any text whatsoever, and returns the same bytes for the
same input. It takes tens of milliseconds, so run it by :func:`bot.pictures.drawing.drawn`. Pillow is
imported with the first picture: use ``pictures.week_calendar``, not an import of the function by name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.pictures.palette import LOOKS, Look
from bot.pictures.subjects import (
    Entry,
    ImportPlan,
    Month,
    Preview,
    State,
    Stats,
    Tally,
    Thumbnail,
    Week,
)
from bot.pictures.summaries import (
    month_summary,
    preview_summary,
    stats_summary,
    week_summary,
    weeks_summary,
)

if TYPE_CHECKING:
    from bot.pictures.card import preview_card
    from bot.pictures.month import month_strip
    from bot.pictures.stats import stats_picture
    from bot.pictures.week import week_calendar
    from bot.pictures.weeks import weeks_preview

__all__ = [
    "LOOKS",
    "Entry",
    "ImportPlan",
    "Look",
    "Month",
    "Preview",
    "State",
    "Stats",
    "Tally",
    "Thumbnail",
    "Week",
    "month_strip",
    "month_summary",
    "preview_card",
    "preview_summary",
    "stats_picture",
    "stats_summary",
    "week_calendar",
    "week_summary",
    "weeks_preview",
    "weeks_summary",
]

_DRAWN_IN = {
    "preview_card": "card",
    "month_strip": "month",
    "stats_picture": "stats",
    "week_calendar": "week",
    "weeks_preview": "weeks",
}


def __getattr__(name: str) -> Any:
    if name not in _DRAWN_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_DRAWN_IN[name]}"), name)

"""Moments on cards that stay: each reader's phone shows them in its own zone, and nothing in them grows old."""

from __future__ import annotations

from datetime import datetime

from bot.html import Html, escape
from bot.wording import Words
from core.domain.distance import distance, moment_label, time_label


def moment(at: datetime, words: Words) -> Html:
    """In full; an old client shows it with the name of the person's zone."""
    return _tagged(at, moment_label(at, words.zone, words.language))


def short_moment(at: datetime, words: Words) -> Html:
    """Without year and zone, where other lines tell them."""
    return _tagged(at, time_label(at, words.zone, words.language))


def until(at: datetime, words: Words) -> Html:
    """How far away a moment is: ``in 42 h``."""
    return escape(distance(at, words.now, words.language))


def _tagged(at: datetime, text: str) -> Html:
    return Html(f'<tg-time unix="{int(at.timestamp())}" format="wDT">{escape(text).markup}</tg-time>')

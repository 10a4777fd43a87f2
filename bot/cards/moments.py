"""Moments on cards that stay: each reader's phone shows them in its own zone, and nothing in them grows old.

An old client shows them in the zone that the person has chosen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.zones import place
from bot.html import Html, escape
from bot.wording import Words
from core.domain.account import Account
from core.domain.distance import distance, moment_label, time_label
from core.domain.recurrence import Recurrence
from core.domain.recurrence_wording import describe_rule
from core.domain.zones import zone


def moment(at: datetime, words: Words, account: Account | None = None) -> Html:
    """In full; the zone is named where ``account`` has other clocks than the person."""
    differs = account is not None and _offset(at, zone(account.zone)) != _offset(at, words.zone)
    where = place(words.zone, words) if differs else ""
    return _tagged(at, moment_label(at, words.zone, words.language, place=where))


def placed_moment(at: datetime, words: Words) -> Html:
    """In full and with its zone, where it is decided on."""
    return _tagged(at, moment_label(at, words.zone, words.language, place=place(words.zone, words)))


def short_moment(at: datetime, words: Words) -> Html:
    """Without year and zone, where other lines tell them."""
    return _tagged(at, time_label(at, words.zone, words.language))


def until(at: datetime, words: Words) -> Html:
    """How far away a moment is: ``in 42 h``."""
    return escape(distance(at, words.now, words.language))


def rule_words(rule: Recurrence, words: Words) -> str:
    """When a rule happens; its zone is named where it is not the person's."""
    own = rule.zone == words.zone.key
    return describe_rule(rule, words.language, place="" if own else place(zone(rule.zone), words))


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _tagged(at: datetime, text: str) -> Html:
    return Html(f'<tg-time unix="{int(at.timestamp())}" format="wDT">{escape(text).markup}</tg-time>')

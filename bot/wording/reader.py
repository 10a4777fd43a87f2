"""Words for whoever reads them."""

from __future__ import annotations

from datetime import datetime

from bot.wording.catalogue import TEXTS
from bot.wording.words import Words
from core.domain.access import Language, Person
from core.domain.zones import zone


def words_for(person: Person | None, *, default_zone: str, now: datetime, language_code: str = "") -> Words:
    """In the language that the person chose, else in that of their Telegram (``language_code``)."""
    chosen = person.language if person else None
    return Words(TEXTS, chosen or spoken(language_code), zone((person and person.zone) or default_zone), now)


def spoken(language_code: str) -> Language:
    """The language of ours for that of somebody's Telegram (Bot API: User, an IETF tag)."""
    return "vi" if language_code.casefold().startswith("vi") else "en"

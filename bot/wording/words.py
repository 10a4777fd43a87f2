"""Says things in a person's language and zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.html import Html, escape
from bot.wording.shell_commands import with_bot_commands
from core.domain.access import Language
from core.domain.distance import echo
from core.domain.vietnamese import in_vietnamese
from core.domain.zones import in_zone


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence; both have the same ``{facts}``. It is Telegram's HTML: ``<b>`` is bold, ``&lt;`` a ``<``."""

    en: str
    vi: str


@dataclass(frozen=True, slots=True)
class Words:
    """``now`` is when the message is written (UTC), for words such as "in 2 h"."""

    texts: Mapping[str, Text]
    language: Language
    zone: ZoneInfo
    now: datetime

    def say(self, key: str, **facts: object) -> Html:
        """The text with its facts; each is shown as it is, unless it is Html already."""
        template = self._template(key)
        shown = {name: fact if isinstance(fact, Html) else escape(str(fact)) for name, fact in facts.items()}
        return Html(template.format(**{name: fact.markup for name, fact in shown.items()}))

    def label(self, key: str, **facts: object) -> str:
        """The same as plain text, for a button."""
        return self.say(key, **facts).plain

    def time(self, at: datetime, form: str = "wDT") -> Html:
        """A moment: Telegram shows it in the reader's own zone, an old client this text in the person's.

        ``form`` is Telegram's date-time formatting (Bot API: date-time entity formatting).
        """
        text = escape(echo(at, self.zone, self.now, self.language))
        return Html(f'<tg-time unix="{int(at.timestamp())}" format="{form}">{text.markup}</tg-time>')

    def sentence(self, sentence: str) -> Html:
        """What core says, in the person's language and zone and with the bot's commands."""
        told = in_zone(sentence, self.zone)
        told = in_vietnamese(told) if self.language == "vi" else told
        return with_bot_commands(told, self.language)

    def _template(self, key: str) -> str:
        text = self.texts[key]
        return text.vi if self.language == "vi" else text.en

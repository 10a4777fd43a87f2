"""Core's sentences name commands of the command line; on a phone, the bot's own stand in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.html import Html, escape
from core.domain.access import Language

_TICKED: Final = re.compile(r"`autopost ([^`]+)`(?: (?:or|hoặc) `autopost [^`]+`)?")
"""What belongs to one thing is one command here."""

_COMMANDS: Final[Mapping[str, str]] = {
    "accounts list": "/accounts",
    "accounts pause": "/pause",
    "accounts resume": "/resume",
    "import": "/import",
    "posts list": "/queue",
    "posts series": "/queue",
    "template": "/template",
}
"""The longest beginning of a command line that fits, and what does the same in the bot."""
_OF_A_POST: Final = re.compile(r"posts (?:cancel|delete|fix-stuck|publish|retry|show|why) (\S+)")


def with_bot_commands(sentence: str, language: Language) -> Html:
    """The sentence with commands that can be tapped; what only the server can do says so."""
    shown, end = "", 0
    for found in _TICKED.finditer(sentence):
        shown += escape(sentence[end : found.start()]).markup + _in_the_bot(found[1], language)
        end = found.end()
    return Html(shown + escape(sentence[end:]).markup)


def _in_the_bot(command: str, language: Language) -> str:
    if post := _OF_A_POST.match(command):
        return f"/post {escape(post[1]).markup}"
    fitting = max((one for one in _COMMANDS if command.startswith(one)), key=len, default=None)
    if fitting is not None:
        return _COMMANDS[fitting]
    where = "trên máy chủ" if language == "vi" else "on the server"
    return f"<code>autopost {escape(command).markup}</code> ({where})"

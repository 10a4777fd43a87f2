"""Emoji for pictures of a screen: no free font that is shipped has them, so each gets a small badge.

A badge is a rounded square in a colour that suits the emoji, with a sign that DejaVu Sans draws; an emoji
that is not listed gets an empty grey one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GREEN, _RED, _AMBER, _BLUE, _GREY, _VIOLET, _PINK = (
    "#34a853",
    "#e5484d",
    "#f2a20d",
    "#3390ec",
    "#8e99a4",
    "#8b5cf6",
    "#e8609c",
)


@dataclass(frozen=True, slots=True)
class Badge:
    """What stands for an emoji."""

    sign: str
    colour: str


_UNKNOWN = Badge("", "#b4bec8")
_BADGES = {
    sign: Badge(shown, colour)
    for colour, pairs in {
        _GREEN: "✅✔ 🟢● 🚀↑ 💾▼ 🆕N 📈↗ 🎉★ ✳✱ 👍✔",
        _RED: "❌✖ ✖✖ 🗑✖ 🚨! ⛔− 🔴● ⏹■ 🚫− 📉↘ ❗! 🔥▲ 🛑■",
        _AMBER: "⚠! 🔔♪ ⏰◷ 🕘◷ 🕐◷ 🕒◷ ⏳◷ 🟡● 🟠● ☀☀ 🔑⚷ 💡! ⚡ϟ ⌛◷ ⭐★ 🌅☀ 😀☺ 👋☺ 🙂☺",
        _BLUE: "📅▦ 📆▦ 🗓▦ 🔁↻ 🔄↻ ▶▶ ⏭» ⏩» ⏸‖ 🔵● 💬❝ 🌐⊕ 📋≡ 📄≡ 📎∞ 🔗∞ 🖼▣ 📷◉ 🎬▶ 📤↑ 📥↓ ↩↩ 📝✎ ✏✎ ➕+ ➖− ℹi 📊▥ ✍✎",
        _GREY: "⚙⚙ 👤☻ 👥☻ 🔕− ⌨▤ 📭○ 🧱▤ 🏷◈ 👁◎ ❓? ❔? 🔒◆ 📌◆ 📍◆ 🏠⌂ 🗂≡ ⚪○ ⚫● 🕳○",
        _VIOLET: "🧵§ 🧪∆ 🔮● 🟣●",
        _PINK: "❤♥ 🍜♨ ☕♨",
    }.items()
    for sign, shown in ((pair[0], pair[1:]) for pair in pairs.split())
}
_PICTURE = "[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_MARKS = "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*"
EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_MARKS}(?:\u200d{_PICTURE}{_MARKS})*"
    f"|[\u2139\u21a9\u21aa]\ufe0f"
)
"""One emoji with all that belongs to it."""


def badge_of(emoji: str) -> Badge:
    """The badge of a whole emoji; a keycap shows its key, a flag its letters."""
    if "\u20e3" in emoji:
        return Badge(emoji[0], _BLUE)
    if "\U0001f1e6" <= emoji[0] <= "\U0001f1ff":
        return Badge("".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in emoji), _RED)
    return _BADGES.get(emoji[0], _UNKNOWN)


def is_badged(emoji: str) -> bool:
    """Whether there is a badge for this emoji in particular."""
    return badge_of(emoji) is not _UNKNOWN

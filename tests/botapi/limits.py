"""How many messages a bot may send: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from botapi.errors import too_many_requests

_COUNTED = ("send", "edit", "copy", "forward")
_FREE = {"sendchataction"}


@dataclass(slots=True)
class Limits:
    """Messages per time; the default is generous, :func:`strict` is what Telegram's FAQ says."""

    chat_per_second: int = 10**6
    group_per_minute: int = 10**6
    all_per_second: int = 10**6
    _sent: dict[tuple[str, int], deque[float]] = field(
        default_factory=lambda: defaultdict[tuple[str, int], deque[float]](deque)
    )

    def count(self, method: str, chat_id: int | None, messages: int, now: float) -> None:
        """Note a call at this time in seconds; raises 429 if it is one too many."""
        if chat_id is None or not method.lower().startswith(_COUNTED) or method.lower() in _FREE:
            return
        rules = [(("chat", chat_id), self.chat_per_second, 1.0), (("all", 0), self.all_per_second, 1.0)]
        if chat_id < 0:
            rules.append((("group", chat_id), self.group_per_minute, 60.0))
        for key, limit, window in rules:
            times = self._sent[key]
            while times and times[0] <= now - window:
                times.popleft()
            if times and len(times) + messages > limit:
                raise too_many_requests(max(1, math.ceil(times[0] + window - now)))
        for key, _, _ in rules:
            self._sent[key].extend([now] * messages)


def strict() -> Limits:
    """One message a second in a chat, twenty a minute in a group, thirty a second in all."""
    return Limits(1, 20, 30)

"""What a button says when it is tapped: all that is needed to act, in at most 64 bytes.

A client can send any bytes, so nothing here is trusted: whoever acts on a tap looks the subject up with the
rights of the person, and compares its version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 64
"""Bytes of callback data (Bot API: InlineKeyboardButton)."""
_VERB: Final = re.compile(r"[a-z][a-z0-9_]{0,15}")
_FIELD: Final = re.compile(r"[A-Za-z0-9_.@+=/-]*")


@dataclass(frozen=True, slots=True)
class Tap:
    """``verb`` names the handler, ``subject`` what it acts on (an id), ``version`` what the person saw."""

    verb: str
    subject: str = ""
    version: int = 0
    args: tuple[str, ...] = ()

    def encode(self) -> str:
        """``verb:subject:version:arg,arg``. Raises ValueError for what a button cannot say."""
        data = f"{self.verb}:{self.subject}:{self.version or ''}:{','.join(self.args)}"
        fields = (self.subject, *self.args)
        if not _VERB.fullmatch(self.verb) or not all(map(_FIELD.fullmatch, fields)) or len(data) > _LONGEST:
            raise ValueError(f"a button cannot say {data!r}")
        return data

    def arg(self, index: int = 0) -> str:
        """The argument, or an empty text when the button has none there."""
        return self.args[index] if index < len(self.args) else ""


def decode(data: str) -> Tap | None:
    """The tap that was encoded; None for anything else."""
    parts = data.split(":")
    if len(data.encode()) > _LONGEST or len(parts) != len(("verb", "subject", "version", "args")):
        return None
    verb, subject, version, args = parts
    fields = tuple(args.split(",")) if args else ()
    known = _VERB.fullmatch(verb) and all(map(_FIELD.fullmatch, (subject, *fields)))
    if not known or not (version == "" or (version.isascii() and version.isdecimal())):
        return None
    return Tap(verb, subject, int(version or 0), fields)

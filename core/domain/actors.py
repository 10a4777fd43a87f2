"""Who did something, as the history of a post keeps it: by which face of the product, who, and their name then.

``telegram:1001:Linh`` is the person with this Telegram id, whatever they are called today; ``cli:linh`` a user of
the command line. Older entries have ``telegram:Linh``, without the id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

_TELEGRAM: Final = "telegram"
_LONGEST: Final = 64


def telegram_actor(person_id: str, name: str) -> str:
    """The person, for a history: the id that never changes, and the name on one line, without controls."""
    shown = "".join(char if char.isprintable() else " " for char in name)
    return f"{_TELEGRAM}:{person_id}:{' '.join(shown.split())[:_LONGEST]}"


def name_of_actor(who: str) -> str:
    """What people read: the name, else the id, without the face by which it was done."""
    _, name = _id_and_name(who)
    return name


def names_of_actors(everybody: Iterable[str]) -> dict[str, str]:
    """The name of each; whoever shares it with somebody else has their id behind it."""
    known = {who: _id_and_name(who) for who in everybody}
    shared = Counter(name for _, name in set(known.values()))
    return {
        who: f"{name} ({person_id})" if person_id and shared[name] > 1 else name
        for who, (person_id, name) in known.items()
    }


def _id_and_name(who: str) -> tuple[str, str]:
    face, _, rest = who.partition(":")
    person_id, separator, name = rest.partition(":")
    if face == _TELEGRAM and separator and person_id.isdecimal():
        return person_id, name or person_id
    return "", rest or who

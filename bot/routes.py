"""Which handler answers what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.visit import Visit

Handler = Callable[[Visit], Awaitable[None]]
Each = TypeVar("Each")


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """``commands`` by name, ``taps`` by verb, ``answers`` by the verb that awaits a typed text.

    ``when_late`` names, for a verb that publishes or deletes at once, the verb that shows its card instead when
    the tap has lain somewhere for long. ``takes`` says which texts such an answer may be; all others answer nothing. ``replies`` takes texts that reply to a card which follows its subject (``visit.card``), ``content`` texts,
    pictures and videos that answer nothing, ``files`` documents.
    """

    commands: Mapping[str, Handler] = field(default_factory=dict[str, Handler])
    taps: Mapping[str, Handler] = field(default_factory=dict[str, Handler])
    when_late: Mapping[str, str] = field(default_factory=dict[str, str])
    answers: Mapping[str, Handler] = field(default_factory=dict[str, Handler])
    takes: Mapping[str, Callable[[Visit], bool]] = field(default_factory=dict[str, Callable[[Visit], bool]])
    content: Handler | None = None
    files: Handler | None = None
    replies: Handler | None = None


def merged(parts: Iterable[Routes]) -> Routes:
    """All routes in one. Raises ValueError when two handlers want the same."""
    all_parts = list(parts)
    return Routes(
        commands=_union(part.commands for part in all_parts),
        taps=_union(part.taps for part in all_parts),
        when_late=_union(part.when_late for part in all_parts),
        answers=_union(part.answers for part in all_parts),
        takes=_union(part.takes for part in all_parts),
        content=_only(part.content for part in all_parts),
        files=_only(part.files for part in all_parts),
        replies=_only(part.replies for part in all_parts),
    )


def _union(mappings: Iterable[Mapping[str, Each]]) -> dict[str, Each]:
    union: dict[str, Each] = {}
    for mapping in mappings:
        if twice := union.keys() & mapping.keys():
            raise ValueError(f"routed twice: {sorted(twice)}")
        union.update(mapping)
    return union


def _only(handlers: Iterable[Handler | None]) -> Handler | None:
    found = [handler for handler in handlers if handler is not None]
    if len(found) > 1:
        raise ValueError(f"routed twice: {found}")
    return found[0] if found else None

"""A post that is being composed: what a face keeps until the person says when it goes out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.errors import NotFoundError, RefusedError
from core.domain.media import MEDIA_LIMIT
from core.domain.post import Content, Media
from core.domain.recurrence import Recurrence, preview, problems
from core.domain.zones import describe, zone

STALE: Final = "This card is out of date: look at the newest one."
_PAST_TOLERANCE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Refused:
    """A picture or video that was sent in message ``source`` and could not be taken; ``why`` is a sentence."""

    source: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Content without a home yet. ``at`` (UTC) or ``rule`` is when; neither means not chosen.

    ``sources`` numbers each item of ``content.media`` by the message it came in, so that an album reads
    in its order however its parts arrive; ``refused`` are those that are not in it. ``post_id`` is the post it becomes or, with a ``rule``, the
    series; it is written before that exists, and ``finished`` afterwards, so that a process that dies
    between leaves something that can be brought to its end and nothing that can be done twice.
    """

    id: str
    person_id: str
    content: Content
    account_id: str | None = None
    at: datetime | None = None
    rule: Recurrence | None = None
    allow_duplicate: bool = False
    sources: tuple[int, ...] = ()
    refused: tuple[Refused, ...] = ()
    post_id: str | None = None
    finished: bool = False
    created_at: datetime
    version: int = 1


def derived_post_id(composition: Composition) -> str:
    """Derive the id of the post that an open composition becomes: the same for whoever decides on this version.

    A composition that was taken back becomes another post, so that what is left of the first in a queue
    finds nothing.
    """
    return hashlib.sha256(f"{composition.id}/{composition.version}".encode()).hexdigest()[:12]


def check_time(at: datetime, now: datetime, zone_name: str = "UTC") -> None:
    """Raise RefusedError for a moment that has passed; half a minute of hesitation is forgiven."""
    if at < now - _PAST_TOLERANCE:
        when = describe(at, zone(zone_name))
        raise RefusedError(f"{when} has passed: choose a later time, or publish it now.")


def check_rule(rule: Recurrence, now: datetime) -> None:
    """Raise RefusedError for a rule that is wrong or never happens again."""
    wrong = problems(rule)
    if wrong:
        raise RefusedError(" ".join(wrong))
    if not preview(rule, now, 1):
        raise RefusedError("This never happens again: choose a later end.")


def with_media(composition: Composition, media: Media, source: int) -> Composition:
    """With one item more, at the place of its source; the same source again replaces its item.

    Raises:
        RefusedError: there are as many as a post takes already.
    """
    items = dict(zip(composition.sources, composition.content.media, strict=True))
    if source not in items and len(items) >= MEDIA_LIMIT:
        raise RefusedError(
            f"A post takes {MEDIA_LIMIT} pictures and videos: remove one before you add another."
        )
    ordered = sorted({**items, source: media}.items(), key=lambda item: item[0])
    others = tuple(one for one in composition.refused if one.source != source)
    return _holding(replace(composition, refused=others), ordered)


def with_refused(composition: Composition, source: int, why: str) -> Composition:
    """Noting that the item of this source could not be taken; nothing is noted of one that was."""
    if source in composition.sources:
        return composition
    others = [one for one in composition.refused if one.source != source]
    return replace(composition, refused=tuple(sorted([*others, Refused(source, why)], key=_source)))


def without_media(composition: Composition, index: int) -> Composition:
    """Without the item at ``index``, counted from 0. Raises NotFoundError."""
    _must_exist(composition, index)
    items = list(zip(composition.sources, composition.content.media, strict=True))
    return _holding(composition, [*items[:index], *items[index + 1 :]])


def _holding(composition: Composition, items: list[tuple[int, Media]]) -> Composition:
    return replace(
        composition,
        sources=tuple(source for source, _ in items),
        content=replace(composition.content, media=tuple(media for _, media in items)),
    )


def _source(refused: Refused) -> int:
    return refused.source


def _must_exist(composition: Composition, index: int) -> None:
    count = len(composition.content.media)
    if not 0 <= index < count:
        raise NotFoundError(f"There is no item {index + 1}: the post has {count} pictures and videos.")

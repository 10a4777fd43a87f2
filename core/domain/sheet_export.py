"""Posts and series as rows of a calendar sheet, so that reading them back changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from core.domain.account import Account
from core.domain.media import kind_of
from core.domain.post import Content, Media, MediaKind, Post, PostStatus
from core.domain.recurrence import Pattern, Recurrence
from core.domain.series import Series
from core.domain.sheet_headers import Field
from core.domain.sheet_labels import Language
from core.domain.sheet_words import VIETNAMESE_STATUS
from core.domain.zones import describe, resolve_local, zone

Place = tuple[Field, int]
"""A column: its field, and the number behind its name (0 without)."""
Cells = Mapping[Place, str | datetime | date]
"""A row to write. Times are local to the row's zone."""

_WEEKDAYS: Final = {
    Language.ENGLISH: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    Language.VIETNAMESE: ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
}
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TIMED: Final = (PostStatus.SCHEDULED, PostStatus.PUBLISHING, PostStatus.PUBLISHED)


def post_cells(post: Post, sheet_id: str, account: Account, language: Language) -> Cells:
    """A post as a row; one that waits for nothing (a draft, a failed one) is written without a time."""
    where = zone(account.zone)
    vietnamese = language is Language.VIETNAMESE
    cells: dict[Place, str | datetime | date] = {
        (Field.ID, 0): sheet_id,
        (Field.ACCOUNT, 0): account.name,
        (Field.STATUS, 0): VIETNAMESE_STATUS[post.status] if vietnamese else post.status.value,
        (Field.ZONE, 0): account.zone,
        **_content_cells(post.content),
    }
    if post.scheduled_at is not None:
        cells[Field.LOCAL_TIME, 0] = describe(post.scheduled_at, where)
        if post.status in _TIMED:
            cells[Field.SCHEDULED_AT, 0] = _local(post.scheduled_at, account.zone)
    if post.error is not None:
        cells[Field.ERROR, 0] = post.error.cause
    if post.permalink is not None:
        cells[Field.PERMALINK, 0] = post.permalink
    return cells


def series_cells(series: Series, sheet_id: str, account: Account, language: Language) -> Cells:
    """A series as a row: its start is the time, in the zone of its rule."""
    rule = series.rule
    cells: dict[Place, str | datetime | date] = {
        (Field.ID, 0): sheet_id,
        (Field.ACCOUNT, 0): account.name,
        (Field.ZONE, 0): rule.zone,
        (Field.SCHEDULED_AT, 0): datetime.combine(rule.start, rule.at),
        (Field.PATTERN, 0): rule.pattern.value,
        **_content_cells(series.content),
    }
    if days := _days(rule, language):
        cells[Field.DAYS, 0] = days
    if rule.until is not None:
        cells[Field.END_DATE, 0] = rule.until
    return cells


def places_of(rows: Sequence[Cells]) -> list[Place]:
    """The columns that these rows need, in the order of the sheet, with those that are always there."""
    used = {place for row in rows for place in row} | {(field, 0) for field in _ALWAYS}
    return sorted(used, key=lambda place: (_ORDER.index(place[0]), place[1]))


_ALWAYS: Final = (Field.ID, Field.ACCOUNT, Field.SCHEDULED_AT, Field.CONTENT, Field.STATUS, Field.ZONE)
_ORDER: Final = (
    Field.ID,
    Field.ACCOUNT,
    Field.SCHEDULED_AT,
    Field.CONTENT,
    Field.TYPE,
    Field.TOPIC,
    Field.STATUS,
    Field.PERMALINK,
    Field.ERROR,
    Field.LOCAL_TIME,
    Field.FIRST_COMMENT,
    Field.PART,
    Field.VIDEO,
    Field.IMAGE,
    Field.ALT_TEXT,
    Field.ZONE,
    Field.PATTERN,
    Field.DAYS,
    Field.END_DATE,
)


def _content_cells(content: Content) -> dict[Place, str]:
    cells: dict[Place, str] = {
        (Field.CONTENT, 0): content.text,
        (Field.TYPE, 0): content.type.value,
        (Field.TOPIC, 0): content.topic,
        (Field.FIRST_COMMENT, 0): content.first_comment,
        **{(Field.PART, number): text for number, text in enumerate(content.replies, 2)},
        **_media_cells(content.media),
        **{(Field.ALT_TEXT, number): item.alt_text for number, item in enumerate(content.media, 1)},
    }
    return {place: _written(text) for place, text in cells.items() if text}


def _media_cells(media: Sequence[Media]) -> dict[Place, str]:
    """Links by their order; videos that nobody knows by their address stand in the column of videos."""
    if len(media) == 1 and media[0].kind is MediaKind.VIDEO:
        return {(Field.VIDEO, 0): media[0].url}
    unknown = [item for item in media if item.kind is MediaKind.VIDEO and kind_of(item.url) is not item.kind]
    cells: dict[Place, str] = {(Field.VIDEO, 0): "\n".join(item.url for item in unknown)} if unknown else {}
    others = [item.url for item in media if item not in unknown]
    return {**cells, **{(Field.IMAGE, number): url for number, url in enumerate(others, 1)}}


def _written(text: str) -> str:
    """As Excel stores it: what looks like one of its escapes is escaped."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def _local(at: datetime, zone_name: str) -> datetime | str:
    """The time on the clock; with its offset where the clock shows it twice."""
    where = zone(zone_name)
    local = at.astimezone(where).replace(microsecond=0)
    naive = local.replace(tzinfo=None)
    return naive if resolve_local(naive, where).at == at.replace(microsecond=0) else local.isoformat()


def _days(rule: Recurrence, language: Language) -> str:
    match rule.pattern:
        case Pattern.WEEKLY:
            return ", ".join(_WEEKDAYS[language][day] for day in sorted(rule.weekdays))
        case Pattern.MONTHLY:
            return str(rule.day_of_month or rule.start.day)
        case _:
            return ""

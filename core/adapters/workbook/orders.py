"""How the child process that writes calendars is told what to write: as JSON in ASCII."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from core.domain.sheet_export import Cells
from core.domain.sheet_headers import Field
from core.domain.sheet_labels import Language

_TEXT: Final = "text"
_MOMENT: Final = "moment"
_DAY: Final = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOrder:
    """A calendar with these rows; ``accounts`` can be chosen in it."""

    language: Language
    rows: Sequence[Cells]
    accounts: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOrder:
    """A calendar to start from; ``zones`` are those of the accounts, by name."""

    language: Language
    today: date
    zones: Mapping[str, str]


def encode(order: CalendarOrder | TemplateOrder) -> bytes:
    if isinstance(order, TemplateOrder):
        told: dict[str, Any] = {"today": order.today.isoformat(), "zones": dict(order.zones)}
    else:
        rows = [[[*place, *_encoded(value)] for place, value in row.items()] for row in order.rows]
        told = {"rows": rows, "accounts": [*order.accounts]}
    return json.dumps({"language": order.language, **told}).encode("ascii")


def decode(text: bytes) -> CalendarOrder | TemplateOrder:
    found: dict[str, Any] = json.loads(text)
    language = Language(found["language"])
    if "zones" in found:
        today = date.fromisoformat(found["today"])
        return TemplateOrder(language=language, today=today, zones=found["zones"])
    rows = [_row(cells) for cells in found["rows"]]
    return CalendarOrder(language=language, rows=rows, accounts=found["accounts"])


def _encoded(value: str | datetime | date) -> tuple[str, str]:
    if isinstance(value, str):
        return _TEXT, value
    return (_MOMENT if isinstance(value, datetime) else _DAY), value.isoformat()


def _row(cells: list[list[Any]]) -> Cells:
    return {(Field(field), number): _decoded(kind, value) for field, number, kind, value in cells}


def _decoded(kind: str, value: str) -> str | datetime | date:
    if kind == _MOMENT:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind == _DAY else value

"""Cells of a sheet as openpyxl parses them, with what its read-only mode drops."""

from __future__ import annotations

import posixpath
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.packaging.relationship import get_dependents
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.worksheet.cell_range import CellRange

from core.domain.sheet import Cell, CellKind, Merge

_LINK_FORMULA = re.compile(r'(?:HYPERLINK|IMAGE)\(\s*"+([^"]+)"', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_FIRST_DAY = date(1900, 1, 1)
_FIRST_REAL_YEAR = 1905
_BUILTIN_FORMATS: dict[int, str] = BUILTIN_FORMATS
_FIRST_OWN_FORMAT = 164
_FORMULA_SHOWN = 60
_LONGEST_LINK = 2048


class SheetParser(WorkSheetParser):
    """openpyxl's parser of one sheet; keeps the formula behind a value."""

    def __init__(self, book: Any, sheet: Any, source: Any) -> None:
        super().__init__(
            source,
            sheet._shared_strings,  # noqa: SLF001 - read-only sheets offer no other way
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - as above
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - as above
        )
        self._book = book

    def parse_cell(self, element: Any) -> dict[str, Any]:
        parsed: dict[str, Any] = super().parse_cell(element)  # pyright: ignore[reportUnknownMemberType] # openpyxl has no types
        formula = element.find(FORMULA_TAG)
        if formula is not None:
            parsed["formula"] = formula.text or ""
            empty_result = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            parsed["calculated"] = parsed["value"] is not None or empty_result
        return parsed

    def has_time(self, style: int) -> bool:
        """Whether the number format of a date shows a time of day."""
        number: int = self._book._cell_styles[style].numFmtId  # noqa: SLF001 - as above
        own: list[str] = self._book._number_formats  # noqa: SLF001 - as above
        code = (
            own[number - _FIRST_OWN_FORMAT]
            if number >= _FIRST_OWN_FORMAT
            else _BUILTIN_FORMATS.get(number, "")
        )
        return "h" in _QUOTED.sub("", code).lower()


def cell_of(parser: SheetParser, parsed: dict[str, Any]) -> Cell | None:
    """Turn what the parser gave into a cell; None when it is empty."""
    name = f"{get_column_letter(parsed['column'])}{parsed['row']}"
    formula: str | None = parsed.get("formula")
    found = _LINK_FORMULA.search(formula) if formula else None
    link = found[1][:_LONGEST_LINK] if found else ""
    if formula is not None and not parsed["calculated"]:
        return Cell(name, CellKind.UNCALCULATED, f"={formula[:_FORMULA_SHOWN]}", link)
    if parsed["value"] is None:
        return Cell(name, CellKind.TEXT, link, link) if link else None
    kind, value = _typed(parser, parsed)
    return Cell(name, kind, value, link) if value.strip() or link else None


def _typed(parser: SheetParser, parsed: dict[str, Any]) -> tuple[CellKind, str]:
    value = parsed["value"]
    if parsed["data_type"] == "e":
        return CellKind.ERROR, str(value)
    match value:
        case bool():
            return CellKind.BOOL, str(value).upper()
        case int() | float():
            return CellKind.NUMBER, str(int(value)) if value == int(value) else repr(value)
        case date() | time() | timedelta():
            return _moment(_as_datetime(value), shows_time=parser.has_time(parsed["style_id"]))
        case _:
            return CellKind.TEXT, str(value)


def _as_datetime(value: date | time | timedelta) -> datetime:
    """Put a cell's date or time of day into Excel's first year where the rest is missing."""
    match value:
        case datetime():
            return value
        case date():
            return datetime.combine(value, time())
        case time():
            return datetime.combine(_FIRST_DAY, value)
        case _:
            return datetime.combine(_FIRST_DAY, time()) + value


def _moment(value: datetime, *, shows_time: bool) -> tuple[CellKind, str]:
    rounded = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    if rounded.year < _FIRST_REAL_YEAR:
        return CellKind.TIME, rounded.time().isoformat()
    if not shows_time and rounded.time() == time():
        return CellKind.DATE, rounded.date().isoformat()
    return CellKind.DATETIME, rounded.isoformat()


def hyperlinks(parser: SheetParser, archive: Any, path: str) -> dict[tuple[int, int], str]:
    """Where the hyperlinks of a parsed sheet lead, by row and column of their first cell."""
    found: dict[tuple[int, int], str] = {}
    folder, part = posixpath.split(path)
    rels_path = f"{folder}/_rels/{part}.rels"
    rels: Any = get_dependents(archive, rels_path) if rels_path in archive.namelist() else None
    for link in parser.hyperlinks.hyperlink:
        if link.id and rels is not None:
            place = CellRange(link.ref)
            found[place.min_row, place.min_col] = str(rels.get(link.id).Target)[:_LONGEST_LINK]
    return found


def merges(parser: SheetParser) -> tuple[Merge, ...]:
    ranges: Any = parser.merged_cells.mergeCell if parser.merged_cells else ()
    places = (CellRange(merged.ref) for merged in ranges)
    return tuple(Merge(place.min_row, place.max_row, place.min_col, place.max_col) for place in places)

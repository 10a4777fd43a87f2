"""Sheets made of plain values, as the workbook reader would hand them over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from core.domain.sheet import Cell, CellKind, Merge, RawRow, RawSheet, SheetReport, SheetRow
from core.domain.sheet_headers import letters
from core.domain.sheet_rows import read_rows

NOW = datetime(2027, 2, 20, tzinfo=UTC)
ZONES: dict[str | None, str] = {
    None: "Asia/Ho_Chi_Minh",
    "shop-gom": "Asia/Ho_Chi_Minh",
    "Berlin": "Europe/Berlin",
}
HEAD = [
    "ID",
    "Nội dung bài post",
    "Loại bài viết",
    "Trạng thái",
    "Thời gian đăng",
    "Link Video",
    "Link ảnh 1",
]
Value = str | float | bool | datetime | date | time | Cell | None


def cell(name: str, value: Value) -> Cell | None:
    """The cell that holds ``value``; a cell is taken as it is, None is empty."""
    match value:
        case None:
            return None
        case Cell():
            return Cell(name, value.kind, value.value, value.link)
        case _:
            return Cell(name, _kind(value), _written(value))


def _kind(value: str | float | datetime | date | time) -> CellKind:
    kinds = ((bool, CellKind.BOOL), (int | float, CellKind.NUMBER), (datetime, CellKind.DATETIME))
    kinds += ((date, CellKind.DATE), (time, CellKind.TIME), (str, CellKind.TEXT))
    return next(kind for known, kind in kinds if isinstance(value, known))


def _written(value: str | float | datetime | date | time) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value).upper() if isinstance(value, bool) else str(value)


def sheet(*rows: Sequence[Value], first: int = 1, merges: Sequence[Merge] = ()) -> RawSheet:
    """A sheet whose rows start at row ``first``; the header is one of them."""
    made: list[RawRow] = []
    for number, values in enumerate(rows, first):
        named = ((at, cell(f"{letters(at)}{number}", value)) for at, value in enumerate(values, 1))
        cells = {at: found for at, found in named if found is not None}
        if cells:
            made.append(RawRow(number, cells))
    return RawSheet(name="Lịch", rows=tuple(made), merges=tuple(merges))


def read(*rows: Sequence[Value], now: datetime = NOW, merges: Sequence[Merge] = ()) -> SheetReport:
    return read_rows(sheet(*rows, merges=merges), default_zone_of=ZONES, now=now)


def only(*rows: Sequence[Value], now: datetime = NOW) -> SheetRow:
    """The one row of a sheet without errors."""
    report = read(*rows, now=now)
    assert not report.errors, report.errors
    (row,) = report.rows
    return row

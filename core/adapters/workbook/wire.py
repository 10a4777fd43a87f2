"""How the child process hands a sheet over: as JSON in ASCII."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from core.domain.errors import WorkbookError
from core.domain.post import PostStatus
from core.domain.sheet import Cell, CellKind, Merge, RawRow, RawSheet
from core.domain.sheet_result import RowResult


def encode(sheet: RawSheet) -> bytes:
    rows = [
        [row.number, row.hidden, [[at, c.name, c.kind, c.value, c.link] for at, c in row.cells.items()]]
        for row in sheet.rows
    ]
    merges = [[m.first_row, m.last_row, m.first_column, m.last_column] for m in sheet.merges]
    return json.dumps(
        {"name": sheet.name, "rows": rows, "merges": merges, "also": sheet.also, "beyond": sheet.beyond}
    ).encode("ascii")


def decode(text: bytes) -> RawSheet:
    found: dict[str, Any] = json.loads(text)
    return RawSheet(
        name=found["name"],
        rows=tuple(_row(*row) for row in found["rows"]),
        merges=tuple(Merge(*merge) for merge in found["merges"]),
        also=tuple(found["also"]),
        beyond=found["beyond"],
    )


def encode_error(error: WorkbookError) -> bytes:
    return json.dumps({"error": str(error)}).encode("ascii")


def decode_error(text: bytes) -> WorkbookError:
    return WorkbookError(json.loads(text)["error"])


def encode_results(results: Sequence[RowResult]) -> bytes:
    return json.dumps([asdict(result) for result in results]).encode("ascii")


def decode_results(text: bytes) -> list[RowResult]:
    return [_result(**found) for found in json.loads(text)]


def _result(**found: Any) -> RowResult:
    status = PostStatus(found.pop("status")) if found["status"] else found.pop("status")
    bad = tuple((cell, cause) for cell, cause in found.pop("bad_cells"))
    return RowResult(**found, status=status, bad_cells=bad)


def _row(number: int, hidden: bool, cells: list[list[Any]]) -> RawRow:  # noqa: FBT001 - a row of JSON
    found = {at: Cell(name, CellKind(kind), value, link) for at, name, kind, value, link in cells}
    return RawRow(number, found, hidden)

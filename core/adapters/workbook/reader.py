"""Reads the calendar sheet of a workbook. Runs as ``python -m core.adapters.workbook.reader NAME``.

The workbook comes on standard input; the sheet leaves on standard output (:mod:`core.adapters.workbook.wire`).
"""

from __future__ import annotations

import io
import itertools
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook

from core.adapters.workbook import cells, guard, limits, wire
from core.domain.errors import WorkbookError
from core.domain.sheet import Cell, RawRow, RawSheet
from core.domain.sheet_headers import HEADER_SEARCH, score

MAX_ROWS = 2000
MAX_COLUMNS = 100
MAX_MERGES = 2000
MAX_CELL = 32_767
"""Characters that Excel itself allows in a cell."""
MAX_TEXT = 8 * 2**20
"""Characters of the whole sheet: one shared text may stand in any number of cells."""


def read(data: bytes, name: str) -> RawSheet:
    """Read the sheet whose header knows most columns, the first of equals.

    Raises:
        WorkbookError: no visible sheet has such a header, or the sheet is too large.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        guard.check_parts(archive, name)
    book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    scores = {sheet.title: score(_top(book, sheet)) for sheet in visible}
    best = max(visible, key=lambda sheet: scores[sheet.title], default=None)
    if best is None or not scores[best.title]:
        raise WorkbookError(
            f'{name} has no sheet with a header row that names the column "Nội dung bài post" or "Content":'
            " start from the workbook that `autopost template` writes."
        )
    also = tuple(title for title, known in scores.items() if known > 1 and title != best.title)
    return _read_sheet(book, best, also, name)


def _top(book: Any, sheet: Any) -> list[RawRow]:
    """The rows in which a header is looked for."""
    with sheet._get_source() as source:  # noqa: SLF001 - read-only sheets offer no other way
        parser = cells.SheetParser(book, sheet, source)
        rows = itertools.takewhile(lambda row: row[0] <= HEADER_SEARCH, parser.parse())
        return [row for number, parsed in rows if (row := _row(parser, number, parsed))]


def _read_sheet(book: Any, sheet: Any, also: tuple[str, ...], name: str) -> RawSheet:
    with sheet._get_source() as source:  # noqa: SLF001 - as above
        parser = cells.SheetParser(book, sheet, source)
        rows = list(_rows(parser, name))
        links = cells.hyperlinks(parser, book._archive, sheet._worksheet_path)  # noqa: SLF001 - as above
        merges = [merge for merge in cells.merges(parser) if merge.first_column <= MAX_COLUMNS]
    if len(merges) > MAX_MERGES:
        raise WorkbookError(f"{name} has more than {MAX_MERGES} merged cells: split them up again.")
    linked = [_linked(_narrow(row), links) for row in rows]
    if sum(len(cell.link) for row in linked for cell in row.cells.values()) > MAX_TEXT:
        raise _too_much(name)
    return RawSheet(
        name=sheet.title,
        rows=tuple(row for row in linked if row.cells),
        merges=tuple(replace(merge, last_column=min(merge.last_column, MAX_COLUMNS)) for merge in merges),
        also=also,
        beyond=any(max(row.cells) > MAX_COLUMNS for row in rows),
    )


def _rows(parser: cells.SheetParser, name: str) -> Iterator[RawRow]:
    count = characters = 0
    for number, parsed in parser.parse():
        row = _row(parser, number, parsed)
        if row is None:
            continue
        count += 1
        characters += sum(len(cell.value) for cell in row.cells.values())
        if count > MAX_ROWS:
            raise WorkbookError(f"{name} has more than {MAX_ROWS} rows: split it into several workbooks.")
        if characters > MAX_TEXT:
            raise _too_much(name)
        yield row


def _row(parser: cells.SheetParser, number: int, parsed: list[dict[str, Any]]) -> RawRow | None:
    found: dict[int, Cell] = {}
    for part in parsed:
        cell = cells.cell_of(parser, part)
        if cell is None:
            continue
        if len(cell.value) > MAX_CELL:
            raise WorkbookError(
                f"Cell {cell.name} has more than {MAX_CELL} characters, more than Excel allows."
            )
        found[part["column"]] = cell
    hidden = parser.row_dimensions.get(str(number), {}).get("hidden") in ("1", "true")
    return RawRow(number, found, hidden) if found else None


def _too_much(name: str) -> WorkbookError:
    return WorkbookError(f"{name} holds more than {MAX_TEXT // 2**20} million characters: split it.")


def _narrow(row: RawRow) -> RawRow:
    return replace(row, cells={at: cell for at, cell in row.cells.items() if at <= MAX_COLUMNS})


def _linked(row: RawRow, links: dict[tuple[int, int], str]) -> RawRow:
    found = {
        at: replace(cell, link=links[row.number, at]) if (row.number, at) in links else cell
        for at, cell in row.cells.items()
    }
    return replace(row, cells=found)


def main(name: str) -> int:
    return limits.run(lambda data: wire.encode(read(data, name)), name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

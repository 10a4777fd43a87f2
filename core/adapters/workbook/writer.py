"""Writes results into a workbook. Runs as ``python -m core.adapters.workbook.writer NAME LENGTH``.

On standard input come the results (JSON, LENGTH bytes), then the workbook; the new one leaves on standard
output. The calendar sheet gets the columns status, error, local time, permalink and ID where it has none;
an ID that is there stays. Formulas of that sheet become their results, since openpyxl would save them
without and nobody could import the file again. What openpyxl does not know (charts, shapes) is lost.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from copy import copy
from datetime import datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill

from core.adapters.workbook import limits, wire
from core.adapters.workbook.reader import read
from core.domain.errors import WorkbookError
from core.domain.sheet import Cell, CellKind, RawSheet
from core.domain.sheet_headers import Field, Header, find_header
from core.domain.sheet_labels import LABELS, Language
from core.domain.sheet_result import RowResult
from core.domain.sheet_words import VIETNAMESE_STATUS

AUTHOR = "Threads Auto-Post"
WIDTHS = {Field.ID: 12, Field.STATUS: 14, Field.ERROR: 48, Field.LOCAL_TIME: 34, Field.PERMALINK: 44}

_TEMPORARY_FILES = 64 * 2**20
_BAD = PatternFill("solid", fgColor="FFC7CE")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(data: bytes, results: Sequence[RowResult], name: str) -> bytes:
    """Return the workbook ``data`` with ``results`` in its calendar sheet.

    Raises:
        WorkbookError: as :func:`core.adapters.workbook.reader.read`.
    """
    raw = read(data, name)
    header = find_header(raw.rows, raw.merges)
    if header is None:
        raise WorkbookError(f"{name} has no header row any more.")
    book: Any = load_workbook(io.BytesIO(data), rich_text=True)
    sheet = book[raw.name]
    _forget_marks(sheet)
    _keep_values(sheet, raw)
    columns = _result_columns(sheet, header)
    for result in results:
        _write_row(sheet, columns, header, result)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def put_text(cell: Any, text: str) -> None:
    """Write ``text`` so that no spreadsheet takes it for a formula."""
    cell.value = _ILLEGAL.sub("", text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_STARTS)


def _forget_marks(sheet: Any) -> None:
    """Take back what an earlier result has marked."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _keep_values(sheet: Any, raw: RawSheet) -> None:
    """Replace formulas by their results."""
    for row in raw.rows:
        for known in row.cells.values():
            cell = sheet[known.name]
            if cell.data_type == "f" and known.kind is not CellKind.UNCALCULATED:
                _put_value(cell, known)


def _put_value(cell: Any, known: Cell) -> None:
    match known.kind:
        case CellKind.NUMBER:
            cell.value = float(known.value)
        case CellKind.DATETIME | CellKind.DATE:
            shown = cell.number_format
            cell.value = datetime.fromisoformat(known.value)
            cell.number_format = shown
        case CellKind.TIME:
            shown = cell.number_format
            cell.value = time.fromisoformat(known.value)
            cell.number_format = shown
        case _:
            put_text(cell, known.value)


def _result_columns(sheet: Any, header: Header) -> dict[Field, int]:
    """Where each result goes; columns that are missing are added behind the last header."""
    language = Language.VIETNAMESE if header.vietnamese else Language.ENGLISH
    last = max(cell.column for cell in sheet[header.row] if cell.value is not None)
    model = sheet.cell(header.row, last)
    found: dict[Field, int] = {}
    for field, width in WIDTHS.items():
        column = header.one(field)
        if column is None:
            last += 1
            title = sheet.cell(header.row, last, LABELS[field].name(language))
            title._style = copy(model._style)  # noqa: SLF001 - openpyxl's documented way to copy a style
            sheet.column_dimensions[title.column_letter].width = width
        found[field] = column.index if column else last
    return found


def _write_row(sheet: Any, columns: dict[Field, int], header: Header, result: RowResult) -> None:
    texts = {
        Field.ERROR: result.error,
        Field.LOCAL_TIME: result.local_time,
        Field.PERMALINK: result.permalink,
    }
    if result.status is not None:
        texts[Field.STATUS] = VIETNAMESE_STATUS[result.status] if header.vietnamese else result.status.value
    if result.sheet_id and sheet.cell(result.row, columns[Field.ID]).value is None:
        texts[Field.ID] = result.sheet_id
    for field, text in texts.items():
        cell = sheet.cell(result.row, columns[field])
        if not isinstance(cell, MergedCell):
            put_text(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=field is Field.ERROR)
    if result.permalink:
        sheet.cell(result.row, columns[Field.PERMALINK]).hyperlink = result.permalink
    causes: dict[str, list[str]] = {}
    for name, cause in result.bad_cells:
        causes.setdefault(name, []).append(cause)
    for name, found in causes.items():
        _mark(sheet[name], "\n".join(found))


def _mark(cell: Any, cause: str) -> None:
    if isinstance(cell, MergedCell):
        return
    cell.fill = _BAD
    cell.comment = Comment(_ILLEGAL.sub("", cause), AUTHOR, width=320, height=120)


def main(name: str, length: int) -> int:
    def job(stdin: bytes) -> bytes:
        return write(stdin[length:], wire.decode_results(stdin[:length]), name)

    return limits.run(job, name, file_size=_TEMPORARY_FILES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))

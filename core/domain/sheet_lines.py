"""The rows below the header as one line per post, with merged cells taken as people mean them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.domain.sheet import Cell, CellKind, Merge, RawRow, RawSheet
from core.domain.sheet_headers import RESULTS, Column, Field, Header
from core.domain.sheet_problems import CellError, RowProblems
from core.domain.text import clean_text

_MEDIA = frozenset({Field.IMAGE, Field.VIDEO, Field.MERGED_LINKS, Field.ALT_TEXT})
_SHARED = frozenset(
    {Field.ACCOUNT, Field.SCHEDULED_AT, Field.DATE, Field.TIME, Field.ZONE, Field.PATTERN, Field.DAYS}
    | {Field.END_DATE, Field.STATUS, Field.TYPE, Field.TOPIC}
)
"""A cell of these that is merged over several rows counts for each of them."""

_ALONE = frozenset({Field.ID, Field.STATUS, Field.TYPE, Field.SKIP_AI, Field.ROW_NUMBER} | RESULTS)
"""What is often filled down an empty sheet: a row with nothing else holds no post."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Line:
    """One post: its cells by column. ``media`` also has the cells of rows that are merged into it."""

    row: int
    cells: dict[Column, Cell]
    media: tuple[tuple[Column, Cell], ...] = ()
    joined: tuple[int, ...] = ()
    hidden: bool = False
    unnamed: tuple[int, ...] = ()
    """Columns with a cell but without a header."""

    def cell(self, field: Field) -> tuple[Column, Cell] | None:
        return next(((column, cell) for column, cell in self.cells.items() if column.field is field), None)

    def all(self, field: Field) -> list[tuple[Column, Cell]]:
        found = [(column, cell) for column, cell in self.cells.items() if column.field is field]
        return sorted(found, key=lambda pair: (pair[0].number, pair[0].index))

    def text(self, field: Field, problems: RowProblems) -> str:
        """The text of the field, cleaned; empty when there is none or it is an error, which is noted."""
        found = self.cell(field)
        return text_of(*found, problems) if found else ""

    @property
    def holds_a_post(self) -> bool:
        return any(column.field not in _ALONE for column in self.cells) or bool(self.media)


def lines_of(sheet: RawSheet, header: Header) -> list[Line]:
    """One line for each row below the header that is not empty and not merged into another."""
    by_index = {column.index: column for column in header.columns}
    below = [row for row in sheet.rows if row.number > header.last_row]
    named = {at for row in sheet.rows if row.number == header.row for at in row.cells} | by_index.keys()
    rows = {row.number: _line(row, by_index, named) for row in below}
    blocks = [merge for merge in sheet.merges if merge.last_row > merge.first_row > header.last_row]
    _fill_down(rows, blocks, by_index)
    content = next(column.index for column in header.columns if column.field is Field.CONTENT)
    _join(rows, [block for block in blocks if block.first_column <= content <= block.last_column])
    return [rows[number] for number in sorted(rows)]


def text_of(column: Column, cell: Cell, problems: RowProblems) -> str:
    """The text of a cell without Excel's escapes and control characters; an error cell is noted."""
    if cell.kind is CellKind.ERROR:
        problems.error(column, CellError(f"The cell holds the error {cell.value}.", "Mend its formula."))
        return ""
    if cell.kind is CellKind.UNCALCULATED:
        remedy = "Open the workbook in Excel and save it, or write the value instead of the formula."
        problems.error(column, CellError("The result of its formula is not in the file.", remedy))
        return ""
    return clean_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.value))


def _line(row: RawRow, by_index: dict[int, Column], named: set[int]) -> Line:
    known = {by_index[at]: cell for at, cell in sorted(row.cells.items()) if at in by_index}
    media = tuple(pair for pair in known.items() if pair[0].field in _MEDIA)
    return Line(row.number, known, media, hidden=row.hidden, unnamed=tuple(row.cells.keys() - named))


def _fill_down(rows: dict[int, Line], blocks: Sequence[Merge], by_index: dict[int, Column]) -> None:
    for block in blocks:
        column = by_index.get(block.first_column)
        top = rows.get(block.first_row)
        if column is None or column.field not in _SHARED or top is None or column not in top.cells:
            continue
        for line in list(_below(rows, block)):
            if line.holds_a_post:
                rows[line.row] = replace(line, cells={**line.cells, column: top.cells[column]})


def _join(rows: dict[int, Line], blocks: Sequence[Merge]) -> None:
    """Take the rows under a merged text into its post: their pictures follow those of the first row."""
    for block in blocks:
        top = rows.get(block.first_row)
        below = list(_below(rows, block)) if top else []
        if top is None or not below:
            continue
        media = (*top.media, *(pair for line in below for pair in line.media))
        rows[block.first_row] = replace(top, media=media, joined=tuple(line.row for line in below))
        for line in below:
            del rows[line.row]


def _below(rows: dict[int, Line], block: Merge) -> Iterator[Line]:
    return (line for number, line in rows.items() if block.first_row < number <= block.last_row)

"""A calendar sheet: what was read from a workbook, and what its rows say.

The workbook adapter makes a :class:`RawSheet`; :func:`core.domain.sheet_rows.read_rows` turns it into a
:class:`SheetReport`. Row numbers and cell names are those that the person sees in the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.post import Content
from core.domain.recurrence import Recurrence


class CellKind(StrEnum):
    """What a cell holds; :attr:`Cell.value` writes it as shown behind each."""

    TEXT = "text"
    NUMBER = "number"
    """``12`` or ``3.5``."""
    DATETIME = "datetime"
    """ISO, without a zone, to the second."""
    DATE = "date"
    """ISO; the cell shows no time of day."""
    TIME = "time"
    """ISO."""
    BOOL = "bool"
    """``TRUE`` or ``FALSE``."""
    ERROR = "error"
    """Excel's word, such as ``#N/A``."""
    UNCALCULATED = "uncalculated"
    """A formula whose result is not in the file; the value is the formula."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty. ``name`` is such as ``C7``; ``link`` is where a hyperlink leads."""

    name: str
    kind: CellKind
    value: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row that is not empty: ``number`` from 1, ``cells`` by column number from 1."""

    number: int
    cells: Mapping[int, Cell]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, its ends included; the value is in its first row and column."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """The sheet of a workbook whose header row was found, in order of rows."""

    name: str
    rows: tuple[RawRow, ...]
    merges: tuple[Merge, ...] = ()
    also: tuple[str, ...] = ()
    """Other visible sheets that look like a calendar too and were not read."""
    beyond: bool = False
    """There are cells to the right of the last column that is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a cell or row: ``cause`` and ``remedy`` are one sentence each.

    ``column`` is the header as the file writes it, ``cell`` such as ``C7``; both are empty when the
    whole row is meant.
    """

    row: int
    column: str = ""
    cell: str = ""
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Row ``row`` has the content and account of the earlier row ``of``."""

    row: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row without errors.

    ``account`` is a known name, or None where the row names none. ``scheduled_at`` is the moment (UTC)
    of the post, or of the first occurrence of its series; None makes it a draft. ``zone`` is the IANA
    name in which its times are meant.
    """

    row: int
    sheet_id: str | None
    account: str | None
    content: Content
    content_hash: str
    scheduled_at: datetime | None
    zone: str
    recurrence: Recurrence | None = None
    drawn: bool = False
    """The time is not the row's own: it was drawn for it, or is that of the post it has become."""

    @property
    def is_draft(self) -> bool:
        return self.scheduled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """What a sheet says.

    ``total`` counts the rows that hold a post; every one of them is in ``rows``, in ``errors``, in
    ``duplicates`` or in ``left_out`` (already published). ``notes`` are sentences about the whole file.
    """

    total: int
    rows: tuple[SheetRow, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    duplicates: tuple[Duplicate, ...]
    left_out: tuple[int, ...]
    notes: tuple[str, ...]
    marked: Mapping[int, str] = field(default_factory=dict[int, str])
    """The ID, or an empty text, of each row that is left out."""

    @property
    def first(self) -> datetime | None:
        """The earliest time of a row, in UTC."""
        return min(self._times(), default=None)

    @property
    def last(self) -> datetime | None:
        """The latest time of a row (of a series: its first occurrence), in UTC."""
        return max(self._times(), default=None)

    def _times(self) -> list[datetime]:
        return [row.scheduled_at for row in self.rows if row.scheduled_at is not None]

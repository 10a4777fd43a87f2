"""Excel files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from core.domain.sheet import RawSheet
from core.domain.sheet_export import Cells
from core.domain.sheet_labels import Language
from core.domain.sheet_result import RowResult


class Workbooks(Protocol):
    """Excel files, read and written where they can do no harm."""

    async def read(self, data: bytes, file_name: str) -> RawSheet:
        """The sheet with the calendar. Raises WorkbookError, one sentence, for what cannot be read."""
        ...

    async def write_result(self, source: bytes, results: Sequence[RowResult]) -> bytes:
        """The same workbook with the results filled in. Raises WorkbookError."""
        ...

    async def write_calendar(
        self, rows: Sequence[Cells], language: Language, accounts: Sequence[str]
    ) -> bytes:
        """A new calendar with these rows; ``accounts`` can be chosen in it."""
        ...

    async def write_template(self, language: Language, today: date, zones: Mapping[str, str]) -> bytes:
        """A calendar to start from, with examples; ``zones`` are those of the accounts, by name."""
        ...

"""Excel files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.domain.sheet import RawSheet
from core.domain.sheet_result import RowResult


class Workbooks(Protocol):
    """Excel files, read and written where they can do no harm."""

    async def read(self, data: bytes, file_name: str) -> RawSheet:
        """The sheet with the calendar. Raises WorkbookError, one sentence, for what cannot be read."""
        ...

    async def write_result(self, source: bytes, results: Sequence[RowResult]) -> bytes:
        """The same workbook with the results filled in. Raises WorkbookError."""
        ...

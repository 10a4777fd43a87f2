"""Workbooks as the services see them."""

from __future__ import annotations

from collections.abc import Sequence

from core.adapters.workbook.child import read_workbook, write_result
from core.domain.sheet import RawSheet
from core.domain.sheet_result import RowResult


class WorkbookFiles:
    """Implements core.ports.Workbooks: each file is opened in a child process with limits."""

    async def read(self, data: bytes, file_name: str) -> RawSheet:
        return await read_workbook(data, file_name)

    async def write_result(self, source: bytes, results: Sequence[RowResult]) -> bytes:
        return await write_result(source, results)

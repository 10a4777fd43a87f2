"""Workbooks as the services see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.adapters.workbook import orders
from core.adapters.workbook.child import read_workbook, run, write_result
from core.domain.sheet import RawSheet
from core.domain.sheet_export import Cells
from core.domain.sheet_labels import Language
from core.domain.sheet_result import RowResult

_OURS = "The workbook"


class WorkbookFiles:
    """Implements core.ports.Workbooks: each file is opened in a child process with limits."""

    async def read(self, data: bytes, file_name: str) -> RawSheet:
        return await read_workbook(data, file_name)

    async def write_result(self, source: bytes, results: Sequence[RowResult]) -> bytes:
        return await write_result(source, results)

    async def write_calendar(
        self, rows: Sequence[Cells], language: Language, accounts: Sequence[str]
    ) -> bytes:
        return await _write(orders.CalendarOrder(language=language, rows=rows, accounts=accounts))

    async def write_template(self, language: Language, today: date, zones: Mapping[str, str]) -> bytes:
        return await _write(orders.TemplateOrder(language=language, today=today, zones=zones))


async def _write(order: orders.CalendarOrder | orders.TemplateOrder) -> bytes:
    return await run("export", (_OURS,), orders.encode(order), _OURS)

"""Reading and judging a calendar of 1,000 rows, safely, against just reading it.

Ours starts the guarded child process, reads the workbook there and judges every row here, as an import does.
The baseline is openpyxl's own read-only pass over the same bytes in this process: it trusts the file and
understands nothing of it. Medians of the rounds, in which the two take turns.
"""

from __future__ import annotations

import io
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any, Final

from openpyxl import load_workbook

from bench.figures import Figure
from bench.stage import BenchmarkError
from core.adapters.workbook.files import WorkbookFiles
from core.adapters.workbook.template import write_calendar
from core.domain.sheet_labels import Language
from core.domain.sheet_rows import read_rows
from examples.make_examples import ACCOUNTS, row_of
from examples.vietnamese import VIETNAMESE

_ROWS: Final = 1000
_ROUNDS: Final = 5
_ZONE: Final = "Asia/Ho_Chi_Minh"
_BEFORE: Final = datetime(2027, 1, 1, tzinfo=UTC)
"""The calendar begins in March 2027, so no time of it has passed."""


async def run() -> list[Figure]:
    """Milliseconds for the whole calendar."""
    data = _calendar()
    rounds = [(await _judged(data), _passed(data)) for _ in range(_ROUNDS)]
    ours, plain = (median(seconds) * 1000 for seconds in zip(*rounds, strict=True))
    return [
        Figure(
            subject="importing",
            what=f"{_ROWS:,} rows read and judged",
            ours=ours,
            baseline=plain,
            unit="ms",
            against="openpyxl, unguarded",
        )
    ]


def _calendar() -> bytes:
    """The example's posts over and over, each with a text and a time of its own."""
    entries = [
        replace(
            entry,
            id=f"ROW-{number}",
            day=number // 20,
            text=f"{number}. {entry.text}",
            pattern=None,
            days="",
            until=None,
        )
        for number, entry in enumerate(islice(cycle(VIETNAMESE), _ROWS))
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calendar.xlsx"
        write_calendar(path, Language.VIETNAMESE, [row_of(entry) for entry in entries], accounts=ACCOUNTS)
        return path.read_bytes()


async def _judged(data: bytes) -> float:
    began = time.monotonic()
    sheet = await WorkbookFiles().read(data, "calendar.xlsx")
    report = read_rows(sheet, default_zone_of=dict.fromkeys((*ACCOUNTS, None), _ZONE), now=_BEFORE)
    seconds = time.monotonic() - began
    if len(report.rows) != _ROWS:
        raise BenchmarkError(f"{len(report.rows)} of {_ROWS} rows were understood: {report.errors[:1]}")
    return seconds


def _passed(data: bytes) -> float:
    began = time.monotonic()
    book: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    filled = sum(row[0] is not None for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    seconds = time.monotonic() - began
    if filled != _ROWS + 1:
        raise BenchmarkError(f"openpyxl saw {filled} of {_ROWS} rows and a header.")
    return seconds

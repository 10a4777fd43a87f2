"""Content calendars as a person fills them in."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HEADER = ("ID", "Tài khoản", "Thời gian đăng", "Nội dung bài post", "Comment", "Link ảnh 1")
REPEATING = (*HEADER, "Lặp lại", "Ngày kết thúc")

Row = tuple[Any, ...]


def workbook(*rows: Row, header: tuple[str, ...] = HEADER) -> bytes:
    """A workbook of these rows; its times are those of Hanoi, without a zone."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append([_naive(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(data: bytes) -> list[dict[str, Any]]:
    """The rows of a workbook, by header."""
    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def _naive(cell: Any) -> Any:
    return cell.astimezone(HANOI).replace(tzinfo=None) if isinstance(cell, datetime) else cell
